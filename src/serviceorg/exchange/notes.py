"""The problems of one input while they are being found."""

from ..errors import LogProblems, Problem

#: An input with more problems than this is not read to its end.
MOST_PROBLEMS = 100


class Notes:
    """The problems of one file in the order they were found; with too many, or a fatal one, reading stops."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def add(self, code: str, where: str, message: str) -> None:
        """Keep a problem.

        Raises:
            LogProblems: When one more than ``MOST_PROBLEMS`` would be kept.
        """
        if len(self.problems) >= MOST_PROBLEMS:
            text = f"there are more than {MOST_PROBLEMS} problems; the rest was not read"
            self.problems.append(Problem("too-many", where.partition(",")[0], text, self.file))
            raise LogProblems(self.problems)
        self.problems.append(Problem(code, where, message, self.file))

    def stop(self, code: str, where: str, message: str) -> LogProblems:
        """Return the error to raise for a problem after which nothing more can be read."""
        return LogProblems([*self.problems, Problem(code, where, message, self.file)])

    def raise_if_any(self) -> None:
        """Raise everything that was found.

        Raises:
            LogProblems: If anything was found.
        """
        if self.problems:
            raise LogProblems(self.problems)


def shown(value: object) -> str:
    """Return a value as it is shown in a message: its repr, cut after 60 signs."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"

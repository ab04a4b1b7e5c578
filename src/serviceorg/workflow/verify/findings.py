"""What verification says about a definition, and the words it is said with."""

from collections.abc import Iterable

import attrs


@attrs.frozen
class Finding:
    """Something a definition cannot mean, or a promise it does not keep.

    ``where`` leads to it in the version: ("move", 3), ("clock", 0, "tier", 1), counted from 0. ``story`` has
    the openings and moves of a shortest life that shows it, empty where no life is needed.
    """

    code: str
    where: tuple[str | int, ...]
    message: str
    story: tuple[str, ...] = ()


def listed(ids: Iterable[str], word: str = "and") -> str:
    """Return ids in words: "'a', 'b' and 'c'"."""
    quoted = [repr(one) for one in ids]
    return f" {word} ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


def told(story: Iterable[str]) -> str:
    """Return a life in one line: "report → accept → close"."""
    return " → ".join(story)


def times(number: int) -> str:
    """Return "once" or "3 times"."""
    return "once" if number == 1 else f"{number} times"

"""What can go wrong, as values with a stable ``code``.

::

    ServiceOrgError
    ├── AmountError          a number that is not exact, or out of bounds       (ValueError)
    ├── PeriodError          a period or date nobody can read                   (ValueError)
    ├── UnknownIdError       an id nobody registered                            (KeyError)
    ├── NotInForceError      no version of a rule set covers that day           (LookupError)
    ├── CalendarNotPublished a day nobody has published yet, or no longer kept  (LookupError)
    ├── MomentError          a moment without a zone                            (ValueError)
    ├── DurationError        a duration nobody can count                        (ValueError)
    ├── ScoringError         a question the rule set cannot answer              (ValueError)
    ├── Problems             a list of problems of one input, all at once       (ValueError)
    │   ├── RuleSetProblems  … of a rule file or folder
    │   ├── WorkflowProblems … of a workflow file
    │   ├── FormProblems     … of what was filled in for a move
    │   ├── UnitProblems     … of a tree of units
    │   ├── LogProblems      … of an event log, or of how it is read as a workflow
    │   ├── StructureProblems … of the file that says which trees, roles and traits there are
    │   ├── SnapshotProblems … of the units, people and bonds of a snapshot
    │   ├── DutyProblems     … of a file of duties
    │   ├── CoverageProblems … of a file of quotas and coverage checks
    │   ├── LedgerProblems   … of a file of account rules, or of a journal
    │   ├── MatchingProblems … of a file of matching rules, or of needs and offers
    │   ├── CommitmentProblems … of a file of commitments
    │   └── FactProblems     … of facts or subjects
    ├── EntryRefused         an entry the rules of the accounts do not allow     (ValueError)
    ├── TicketError          a ticket that does not fit the workflow or the move  (ValueError)
    └── PluginFault          a plugin that failed, named                        (RuntimeError)
"""

from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any

import attrs


class ServiceOrgError(Exception):
    """The root of every error this library raises on purpose."""

    code = "error"

    def to_problem(self) -> dict[str, object]:
        """Return the error as an RFC 9457 problem object: ``type``, ``title``, ``detail``."""
        return {"type": f"urn:serviceorg:{self.code}", "title": type(self).__name__, "detail": str(self)}


class AmountError(ServiceOrgError, ValueError):
    """A number is not exact (a binary float, NaN) or out of its declared bounds."""

    code = "amount"


class PeriodError(ServiceOrgError, ValueError):
    """A period or date cannot be read, or does not fit the rule set."""

    code = "period"


class UnknownIdError(ServiceOrgError, KeyError):
    """Nothing of that kind is registered under the id."""

    code = "unknown-id"

    def __init__(self, kind: str, found: str, known: Iterable[str]) -> None:
        self.kind, self.found, self.known = kind, found, tuple(sorted(known))
        super().__init__(kind, found, self.known)

    def __str__(self) -> str:
        return f"there is no {self.kind} {self.found!r}; {known_names(self.found, self.known)}"


class NotInForceError(ServiceOrgError, LookupError):
    """No version of the rule set is in force on that day."""

    code = "not-in-force"


class CalendarNotPublished(ServiceOrgError, LookupError):
    """A calendar holds no data for a day: nobody knows yet (or here) whether it is a working day.

    ``calendar`` is its id, ``day`` the first day that was asked for in vain; the data run from
    ``first`` to ``through``.
    """

    code = "calendar-not-published"

    def __init__(self, calendar: str, day: date, first: date, through: date) -> None:
        self.calendar, self.day, self.first, self.through = calendar, day, first, through
        super().__init__(calendar, day, first, through)

    def __str__(self) -> str:
        known = (
            f"calendar {self.calendar!r}: {self.day} is not known; known is {self.first} to {self.through}"
        )
        if self.day < self.first:
            return f"{known}. Add the files of earlier years"
        return f"{known}. Add the year's file, or accept provisional days with assuming('weekends')"


class MomentError(ServiceOrgError, ValueError):
    """A moment says no zone, so nobody knows which day it falls on."""

    code = "moment"


class DurationError(ServiceOrgError, ValueError):
    """A duration, or an extension of one, cannot be counted."""

    code = "duration"


class ScoringError(ServiceOrgError, ValueError):
    """The rule set cannot answer what was asked of it."""

    code = "scoring"


class PluginFault(ServiceOrgError, RuntimeError):
    """A plugin failed while the registry was built; says which plugin, hook and distribution."""

    code = "plugin-fault"

    def __init__(self, plugin: str, distribution: str, hook: str, cause: BaseException | str) -> None:
        self.plugin, self.distribution, self.hook, self.cause = plugin, distribution, hook, cause
        super().__init__(plugin, distribution, hook, cause)

    def __str__(self) -> str:
        reason = self.cause if isinstance(self.cause, str) else f"{type(self.cause).__name__}: {self.cause}"
        return f"plugin {self.plugin!r} of {self.distribution} failed in {self.hook}: {reason}"


@attrs.frozen
class Problem:
    """One thing wrong with an input: where, what was found, what is allowed.

    ``where`` is a key path (``item[3].points``) or a line (``line 7``) of ``file``.
    """

    code: str
    where: str
    message: str
    file: str = ""

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.file, self.where) if part)
        return f"{place}: {self.message} [{self.code}]" if place else f"{self.message} [{self.code}]"


class Problems(ServiceOrgError, ValueError):
    """Everything wrong with one input, in the order of the input."""

    code = "problems"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class RuleSetProblems(Problems):
    """Everything wrong with a rule file or folder."""

    code = "rule-set"


class FactProblems(Problems):
    """Everything wrong with facts or subjects."""

    code = "facts"


class WorkflowProblems(Problems):
    """Everything wrong with a workflow file."""

    code = "workflow"


class FormProblems(Problems):
    """Everything wrong with what was filled in for a move; the ticket is as it was.

    ``chinese`` has the same for people who read 中文, a sentence for each problem, with the fields' titles.
    """

    code = "form"

    def __init__(self, problems: Sequence[Problem], chinese: Sequence[str] = ()) -> None:
        super().__init__(problems)
        self.chinese = tuple(chinese)
        self.args = (self.problems, self.chinese)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the problems, in order."""
        return tuple(problem.code for problem in self.problems)

    def in_(self, lang: str) -> str:
        """Return all problems as sentences in "en" or "zh"."""
        return "\n".join(self.chinese) if lang == "zh" and self.chinese else str(self)


class UnitProblems(Problems):
    """Everything wrong with a tree of units."""

    code = "units"


class LogProblems(Problems):
    """Everything wrong with an event log, or with the file that says how it is read as a workflow."""

    code = "log"


class StructureProblems(Problems):
    """Everything wrong with a file that says which trees, kinds of unit, roles and traits there are."""

    code = "structure"


class SnapshotProblems(Problems):
    """Everything wrong with the units, people and bonds of a snapshot."""

    code = "snapshot"


class DutyProblems(Problems):
    """Everything wrong with a file of duties."""

    code = "duties"


class CoverageProblems(Problems):
    """Everything wrong with a file of quotas and coverage checks."""

    code = "coverage"


class LedgerProblems(Problems):
    """Everything wrong with a file of account rules, or with a journal that was read."""

    code = "ledger"


class MatchingProblems(Problems):
    """Everything wrong with a file of matching rules, or with needs and offers."""

    code = "matching"


class CommitmentProblems(Problems):
    """Everything wrong with a file of commitments."""

    code = "commitments"


class EntryRefused(ServiceOrgError, ValueError):
    """An entry was not posted, and the journal is as it was.

    ``entry`` is the id it would have had, ``reasons`` everything that stands against it; ``english`` and
    ``chinese`` say the same, a sentence for each.
    """

    code = "entry-refused"

    def __init__(
        self, entry: str, reasons: Sequence[Any], english: Sequence[str], chinese: Sequence[str]
    ) -> None:
        self.entry, self.reasons = entry, tuple(reasons)
        self.english, self.chinese = tuple(english), tuple(chinese)
        super().__init__(entry, self.reasons, self.english, self.chinese)

    def __str__(self) -> str:
        return self.in_("en")

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the reasons, in order."""
        return tuple(reason.code for reason in self.reasons)

    def in_(self, lang: str) -> str:
        """Return all reasons as sentences in "en" or "zh"."""
        if lang == "zh":
            return "\n".join([f"分录{self.entry}不予入账：", *self.chinese])
        return "\n".join([f"entry {self.entry!r} refused:", *self.english])


class TicketError(ServiceOrgError, ValueError):
    """A ticket does not fit the workflow, the moment or the revision it is asked about."""

    code = "ticket"


class CalendarProblems(Problems):
    """Everything wrong with the file of a calendar year, or with days that do not fit together."""

    code = "calendar"


def known_names(found: str, known: Iterable[str], most: int = 8) -> str:
    """Return what is allowed in words, with the nearest guess last.

    >>> known_names("conut", ["count", "sum"])
    "known are 'count', 'sum'. Did you mean 'count'?"
    """
    names = sorted(known)
    if not names:
        return "none is known here"
    near = get_close_matches(found, names, n=1, cutoff=0.6)
    shown = names if len(names) <= most else [*names[:most], "…"]
    text = "known are " + ", ".join(name if name == "…" else repr(name) for name in shown)
    return f"{text}. Did you mean {near[0]!r}?" if near else text

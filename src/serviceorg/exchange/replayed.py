"""What a replay found: cases, what was refused in them, how the targets stood."""

from collections import Counter
from datetime import datetime

import attrs

from ..basics import FrozenMap
from ..reasons import Reason
from ..workflow import Ticket


@attrs.frozen(kw_only=True)
class Refusal:
    """An event the workflow refused; the ticket is as it was, and the replay went on.

    ``codes`` are those of the requirements that were not met (``reasons``), or of the error whose text is
    ``message``. ``line`` is where the event stands in the file, 0 for a moment of the case itself.
    """

    event: str
    move: str
    at: datetime | None
    line: int
    codes: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()
    message: str = ""


@attrs.frozen(kw_only=True)
class Case:
    """What became of one case: the ticket (None if nothing opened it), and how often what happened.

    ``verdicts`` has that of each clock. ``notes`` are the codes of what was put right on the way:
    "opened-early" (something happened before the case began) and "no-opening-moment".
    """

    id: str
    ticket: Ticket | None
    fired: int
    ignored: int
    refused: tuple[Refusal, ...]
    verdicts: FrozenMap[str, str]
    is_ended: bool
    notes: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Replay:
    """A log replayed, case by case in its order; ``at`` is the moment the clocks were read."""

    cases: tuple[Case, ...]
    at: datetime | None

    @property
    def fired(self) -> int:
        """How many openings and moves were made."""
        return sum(case.fired for case in self.cases)

    @property
    def ignored(self) -> int:
        """How many events were ignored, as the mapping says."""
        return sum(case.ignored for case in self.cases)

    @property
    def refused(self) -> int:
        """How many events were refused."""
        return sum(len(case.refused) for case in self.cases)

    @property
    def ended(self) -> int:
        """How many cases came to an end."""
        return sum(case.is_ended for case in self.cases)

    def reasons(self) -> FrozenMap[tuple[str, str], int]:
        """Return how often each move was refused for each code; an event with two codes counts for both."""
        return FrozenMap(
            Counter((one.move, code) for case in self.cases for one in case.refused for code in one.codes)
        )

    def verdicts(self, clock: str) -> FrozenMap[str, int]:
        """Return how many cases have each verdict of a clock; cases nothing opened have none."""
        return FrozenMap(Counter(case.verdicts[clock] for case in self.cases if clock in case.verdicts))

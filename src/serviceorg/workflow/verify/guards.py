"""When a move may be made, as far as memories decide it: alternatives, each a mask of values per memory.

Of a requirement on anything but memories both is taken as possible: that it holds, and that it fails.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import reduce
from math import ceil

from ...basics import FrozenMap
from ..rules import (
    AnyOf,
    Check,
    ClockIs,
    Counted,
    Happened,
    Need,
    NoneOpen,
    Part,
    PartsDone,
    StateIs,
    Timed,
)
from .memories import (
    MOST_COUNTED,
    NONE_DONE,
    RUNNING,
    SOME_DONE,
    UNSURE,
    VERDICTS,
    WHOLE,
    Matter,
    Memory,
    Pieces,
    Shared,
    Status,
    tally,
)

#: What must hold together: for each memory the values it may have, as bits.
Guard = FrozenMap[Memory, int]
Guards = tuple[Guard, ...]
ALWAYS: Guards = (FrozenMap(),)
NEVER: Guards = ()
#: More alternatives than this are given up: then the move counts as possible whatever was before.
MOST = 24


class Reader:
    """Reads requirements as guards, for one definition: the tops of its memories and its parts."""

    def __init__(self, tops: Mapping[Memory, int], parts: Iterable[Part]) -> None:
        self._tops = tops
        self._parts = {part.id: part for part in parts}

    def hold(self, needs: Iterable[Need], state: str) -> Guards:
        """Return when all requirements may hold in a state ("" before the opening)."""
        return reduce(both, (self._holds(need.check, state) for need in needs), ALWAYS)

    def fail(self, needs: Iterable[Need], state: str) -> Guards:
        """Return when one of the requirements may fail; of none none can."""
        return reduce(either, (self._fails(need.check, state) for need in needs), NEVER)

    def runs(self, clocks: Iterable[str]) -> Guards:
        """Return when one of these clocks runs."""
        return reduce(either, (self._is(Status(clock), 1 << RUNNING) for clock in clocks), NEVER)

    def _holds(self, check: Check, state: str) -> Guards:
        if isinstance(check, AnyOf):
            return reduce(either, (self.hold(group, state) for group in check.groups), NEVER)
        if isinstance(check, StateIs):
            return ALWAYS if state in check.states else NEVER
        memory, mask = self._mask(check)
        return ALWAYS if memory is None else self._is(memory, mask)

    def _fails(self, check: Check, state: str) -> Guards:
        match check:
            case AnyOf():
                return reduce(both, (self.fail(group, state) for group in check.groups), ALWAYS)
            case StateIs():
                return NEVER if state in check.states else ALWAYS
            case Timed():
                return ALWAYS  # what began may be over and may be not
            case ClockIs():
                # In time and overdue are one memory, so are met and late: asked for alone, each may fail.
                mask = sum(
                    1 << value for value in {*VERDICTS.values()} if not _covered(value, check.verdicts)
                )
                return self._is(Status(check.clock), mask)
            case PartsDone() if check.verdicts:
                return ALWAYS
            case PartsDone() if self._is_open(check.part):
                # Some complete is one at least, whole is all; of a number or a share nobody knows.
                fails = {"all": ~(1 << WHOLE), "any": 1 << NONE_DONE | 1 << UNSURE}
                return self._is(Shared(check.part), fails.get(str(check.needed), -1))
        memory, mask = self._mask(check)
        return ALWAYS if memory is None else self._is(memory, ~mask)

    def _mask(self, check: Check) -> tuple[Memory | None, int]:
        """Return the memory a check looks at and the values for which it may hold."""
        match check:
            case Counted() if self._tops[tally(check)] <= MOST_COUNTED:
                memory = tally(check)
                values = range(self._tops[memory] + 1)
                return memory, sum(1 << value for value in values if check.bounds.hold(value))
            case Happened():
                return tally(check), ~1 if check.wants else 1
            case Timed():
                return tally(check), ~1
            case NoneOpen():
                return Matter(check.matter), 1
            case PartsDone():
                if self._is_open(check.part):
                    return Shared(check.part), -1 << (WHOLE if check.needed == "all" else SOME_DONE)
                return Pieces(check.part), -1 << self._needed(check)
            case ClockIs():
                return Status(check.clock), sum(1 << value for value in {VERDICTS[v] for v in check.verdicts})
            case _:
                return None, 0

    def _needed(self, check: PartsDone) -> int:
        """Return how many pieces must be complete at least."""
        if isinstance(check.needed, int):
            return min(check.needed, MOST_COUNTED)
        if check.needed == "any":
            return 1
        share = check.needed if isinstance(check.needed, Fraction) else 1
        return ceil(share * self._tops[Pieces(check.part)])

    def _is_open(self, part: str) -> bool:
        return part not in self._parts or bool(self._parts[part].of_slot)

    def _is(self, memory: Memory, mask: int) -> Guards:
        every = (2 << self._tops[memory]) - 1
        mask &= every
        if mask == every:
            return ALWAYS
        return (FrozenMap({memory: mask}),) if mask else NEVER


def both(left: Guards, right: Guards) -> Guards:
    """Return when one of each holds at the same time."""
    if left is ALWAYS or right is ALWAYS:
        return right if left is ALWAYS else left
    found: dict[Guard, None] = {}
    for one in left:
        for other in right:
            shared = {memory: one.get(memory, -1) & mask for memory, mask in other.items()}
            if all(shared.values()):
                found[FrozenMap({**one, **shared})] = None
    return _bounded(found)


def either(left: Guards, right: Guards) -> Guards:
    """Return when one of them holds, without saying it twice."""
    return _bounded(dict.fromkeys((*left, *right)))


def _bounded(found: Mapping[Guard, None]) -> Guards:
    # An alternative without conditions makes all others needless.
    return ALWAYS if len(found) > MOST or any(not guard for guard in found) else tuple(found)


def _covered(value: int, verdicts: tuple[str, ...]) -> bool:
    return all(word in verdicts for word, meant in VERDICTS.items() if meant == value)


def sure(needs: Iterable[Need], known: Iterable[Need]) -> bool:
    """Return whether these requirements hold wherever the known ones do."""
    given = [need.check for need in known]
    return all(need.check in given for need in needs)

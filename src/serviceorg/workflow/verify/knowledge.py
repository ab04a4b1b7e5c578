"""What is known of fields and slots along a life: which of a few classes of values one may have.

A field's values fall into classes by the lists requirements compare it with, a slot is empty or filled. What
is known is the set of classes it may be in, as bits; the first is "empty". A form fills a field with
anything, a requirement that holds leaves out what does not fit; where nothing is left there is no life.
"""

from collections.abc import Iterable, Iterator

from ...basics import FrozenMap
from ..rules import Check, Field, FieldIs, Move, Opening, SameUnit, Share, Slot, SlotIs, Value, Version
from .memories import EMPTY, FILLED, Known, Memory

#: Fields with more classes than this are not followed: any value may be in them at any time.
MOST_CLASSES = 7


Way = tuple[int, int]
Sets = tuple[int, ...]


class Knowledge:
    """The fields and slots the requirements of a version look at, and what every step tells of them."""

    def __init__(self, version: Version) -> None:
        self._steps: tuple[Opening | Move, ...] = (*version.openings, *version.moves)
        asked = [check for step in self._steps for check in _checks(step)]
        self.keep = frozenset(slot.id for slot in version.slots if slot.keep)
        self._classes: dict[Known, dict[object, int]] = {
            Known(slot.id, is_field=False): {} for slot in version.slots if _is_asked(slot, asked)
        }
        for field in version.fields:
            classes = _classes(field, [check for check in asked if _is_about(check, field.id)])
            if classes is not None:
                self._classes[Known(field.id, is_field=True)] = classes
        self._every = {
            known: (2 << max(classes.values(), default=1)) - 1 for known, classes in self._classes.items()
        }
        self._effects: dict[tuple[Known, Way], Sets] = {}
        self._guards: dict[Way, FrozenMap[Memory, int]] = {}

    def tops(self) -> dict[Memory, int]:
        """Return everything that is followed, with the largest set of classes."""
        found: dict[Memory, int] = {}
        found.update((known, every) for known, every in self._every.items())
        return found

    def guard(self, way: Way) -> FrozenMap[Memory, int]:
        """Return for which sets a step can take a route, as bits; what is not named does not matter."""
        if way not in self._guards:
            guard: dict[Memory, int] = {}
            for known, every in self._every.items():
                mask = sum(1 << found for found, left in enumerate(self.after(known, way)) if left)
                if mask != (2 << every) - 2:
                    guard[known] = mask
            self._guards[way] = FrozenMap(guard)
        return self._guards[way]

    def after(self, known: Known, way: Way) -> Sets:
        """Return what may be filled in after a step for each set before it, 0 where it cannot be made."""
        if (known, way) not in self._effects:
            self._effects[known, way] = self.followed(known, self._steps[way[0]], way[1], self.keep)
        return self._effects[known, way]

    def followed(self, known: Known, step: Opening | Move, route: int, keep: frozenset[str]) -> Sets:
        """Return the same for any step, be it of another version, with the slots that keep there."""
        return self._field(known, step, route) if known.is_field else self._slot(known, step, route, keep)

    def _field(self, known: Known, step: Opening | Move, route: int) -> Sets:
        every = self._every[known]
        filled, left = every - EMPTY, every
        for check, wanted in _answered(step, route):
            bits = self._bits(known, check)
            if bits is not None and (wanted or not (isinstance(check, Share) or _bounded(check))):
                left &= bits if wanted else ~bits
        if known.name in step.required:
            return (0, *[filled & left] * every)
        new = filled if known.name in step.optional else 0
        if isinstance(step, Move) and known.name in step.clears:
            return (0, *[(EMPTY | new) & left] * every)
        return (0, *[(found | new) & left for found in range(1, every + 1)])

    def _bits(self, known: Known, check: Check) -> int | None:
        """Return the classes in which a check may hold, None if it is about something else."""
        filled = self._every[known] - EMPTY
        if isinstance(check, Share):
            return filled if known.name in (check.part, check.of) else None
        if not isinstance(check, FieldIs) or check.field != known.name:
            return None
        if check.filled is not None:
            return filled if check.filled else EMPTY
        if check.bounds is not None:
            return filled
        classes = self._classes[known]
        words = [_word(one) for one in check.one_of]
        # Another version may compare with words that this one does not tell apart.
        return sum({1 << classes[word] for word in words}) if classes.keys() >= {*words} else None

    def _slot(self, known: Known, step: Opening | Move, route: int, keep: frozenset[str]) -> Sets:
        before = after = EMPTY | FILLED
        for check, wanted in _routed(step, route):
            before &= _holding(known.name, check, wanted=wanted)
        for need in step.needs:
            asked = _holding(known.name, need.check, wanted=True)
            # Whether a ticket may be opened is judged by the slots as the opening fills them.
            after, before = (after & asked, before) if isinstance(step, Opening) else (after, before & asked)
        values = [sets[known.name] for sets in (step.routes[route].sets, step.sets) if known.name in sets]
        given = [_given(value, step) for value in values]
        is_kept = known.name in keep
        return tuple(_put(found & before, given, is_kept=is_kept) & after for found in range(4))


def _checks(step: Opening | Move) -> Iterator[Check]:
    for needs in (step.needs, *(route.when for route in step.routes)):
        yield from (need.check for need in needs)


def _answered(step: Opening | Move, route: int) -> Iterator[tuple[Check, bool]]:
    """Yield the checks whose answers follow from taking a route: those that hold, and those that fail."""
    for need in step.needs:
        yield need.check, True
    yield from _routed(step, route)


def _routed(step: Opening | Move, route: int) -> Iterator[tuple[Check, bool]]:
    """Yield the checks of the routes whose answers follow from taking one."""
    for need in step.routes[route].when:
        yield need.check, True
    for earlier in step.routes[:route]:
        if len(earlier.when) == 1:  # of several nobody knows which one failed
            yield earlier.when[0].check, False


def _holding(slot: str, check: Check, *, wanted: bool) -> int:
    """Return what may be in a slot where a check holds, or fails."""
    if isinstance(check, SlotIs) and check.slot == slot:
        if check.filled is not None:
            return FILLED if check.filled == wanted else EMPTY
        return FILLED if wanted else EMPTY | FILLED
    is_asked = wanted and isinstance(check, SameUnit) and check.slot == slot
    return FILLED if is_asked else EMPTY | FILLED


def _bounded(check: Check) -> bool:
    return isinstance(check, FieldIs) and check.bounds is not None


def _is_about(check: Check, field: str) -> bool:
    if isinstance(check, Share):
        return field in (check.part, check.of)
    return isinstance(check, FieldIs) and check.field == field


def _is_asked(slot: Slot, asked: Iterable[Check]) -> bool:
    return any(isinstance(check, (SlotIs, SameUnit)) and check.slot == slot.id for check in asked)


def _word(value: object) -> object:
    return (isinstance(value, bool), value)  # True is not 1 here


def _classes(field: Field, checks: list[Check]) -> "dict[object, int] | None":
    """Return the class of each word a field is compared with, from 1; None if it is not followed.

    Words that all lists take or leave together are one class; so are all that no list names.
    """
    if not checks:
        return None
    lists = [
        frozenset(map(_word, check.one_of)) for check in checks if isinstance(check, FieldIs) and check.one_of
    ]
    known: tuple[object, ...] = field.one_of or ((True, False) if field.type == "flag" else ())
    words = dict.fromkeys((*map(_word, known), *(word for one in lists for word in sorted(one, key=repr))))
    numbers: dict[tuple[bool, ...], int] = {}
    if not known:
        numbers[(False,) * len(lists)] = 1
    found = {}
    for word in words:
        taken = tuple(word in one for one in lists)
        found[word] = numbers.setdefault(taken, len(numbers) + 1)
    return found if len(numbers) < MOST_CLASSES else None


def _put(found: int, given: list[int], *, is_kept: bool) -> int:
    """Return what may be in a slot after values were put into it, one after the other."""
    for one in given if found else ():
        kept = found & FILLED if is_kept else 0
        found = kept | (one if not kept or found & EMPTY else 0)
    return found


def _given(value: Value, step: Opening | Move) -> int:
    """Return what a value puts into a slot: somebody, nobody, or either."""
    if value.nobody:
        return EMPTY
    is_sure = (
        value.actor or value.constant is not None or (bool(value.field) and value.field in step.required)
    )
    return FILLED if is_sure else EMPTY | FILLED

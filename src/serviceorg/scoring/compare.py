"""What a change of rules does: whose result changes, by how much, because of which amendment."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

import attrs

from ..basics import Period, out_of_units
from ..facts import Fact
from ..model import Subject
from .book import FactBook
from .card import Part, Scorecard
from .context import MeasureFunction
from .field import score_all
from .rules import RuleSet, Version


@attrs.frozen
class ItemChange:
    """One item or category before and after."""

    id: str
    before: Decimal
    after: Decimal


@attrs.frozen(kw_only=True)
class Change:
    """One subject whose result is not the same under both rule sets."""

    subject: str
    before: Decimal | None
    after: Decimal | None
    grade_before: str | None
    grade_after: str | None
    status_before: str
    status_after: str
    items: tuple[ItemChange, ...]
    categories: tuple[ItemChange, ...]
    amendments: tuple["Amendment", ...]

    @property
    def difference(self) -> Decimal | None:
        """Return after minus before, None where one of them has no total."""
        return None if self.before is None or self.after is None else self.after - self.before


@attrs.frozen
class Amendment:
    """A version that one of the two rule sets has and the other has not, or has otherwise."""

    effective: date
    basis: str
    touches: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Comparison:
    """Both rule sets over the same facts."""

    before: str
    after: str
    subjects: int
    amendments: tuple[Amendment, ...]
    changes: tuple[Change, ...]


def compare(
    rules: RuleSet,
    new_rules: RuleSet,
    facts: Iterable[Fact] | FactBook,
    *,
    period: Period,
    subjects: Iterable[Subject] | None = None,
    as_of: date | None = None,
    measures: Mapping[str, MeasureFunction] | None = None,
) -> Comparison:
    """Return whose result differs between two rule sets, with the items and amendments behind it.

    An amendment is put to a subject's account when it changes an item, category or head value that
    differs for that subject.
    """
    book = facts if isinstance(facts, FactBook) else FactBook.of(facts)
    known = None if subjects is None else tuple(subjects)
    old = score_all(rules, book, subjects=known, period=period, as_of=as_of, measures=measures)
    new = score_all(new_rules, book, subjects=known, period=period, as_of=as_of, measures=measures)
    amendments = _amendments(rules, new_rules)
    by_id = {card.subject: card for card in new}
    changes = [_change(card, by_id[card.subject], amendments) for card in old if card.subject in by_id]
    return Comparison(
        before=f"{rules.id} {rules.version}",
        after=f"{new_rules.id} {new_rules.version}",
        subjects=len(old),
        amendments=amendments,
        changes=tuple(change for change in changes if change is not None),
    )


def _change(old: Scorecard, new: Scorecard, amendments: tuple[Amendment, ...]) -> Change | None:
    items = _items(old, new)
    categories = _differences(old.categories, new.categories) if items or old.total != new.total else ()
    same = (old.total, old.grade, old.star, old.status) == (new.total, new.grade, new.star, new.status)
    if same and not items and not categories:
        return None
    differing = {f"item.{c.id}" for c in items} | {f"category.{c.id}" for c in categories}
    if not differing or not any(set(amendment.touches) & differing for amendment in amendments):
        differing |= {place for amendment in amendments for place in amendment.touches}
    return Change(
        subject=old.subject,
        before=old.total,
        after=new.total,
        grade_before=old.grade,
        grade_after=new.grade,
        status_before=old.status,
        status_after=new.status,
        items=items,
        categories=categories,
        amendments=tuple(a for a in amendments if set(a.touches) & differing),
    )


def _items(old: Scorecard, new: Scorecard) -> tuple[ItemChange, ...]:
    """Compare in units first: of thousands of cards only the differing items become points."""
    before, after = _named_units(old), _named_units(new)
    differing = [name for name in {**before, **after} if before.get(name, 0) != after.get(name, 0)]
    scales = old.question.plan.rules.scale, new.question.plan.rules.scale
    if scales[0] == scales[1] and not differing:
        return ()
    found = []
    for name in {**before, **after}:
        points = out_of_units(before.get(name, 0), scales[0]), out_of_units(after.get(name, 0), scales[1])
        if points[0] != points[1]:
            found.append(ItemChange(name, *points))
    return tuple(found)


def _named_units(card: Scorecard) -> dict[str, int]:
    ids = card.question.plan.item_ids
    return {ids[no]: units for no, units in sorted(card.item_units().items())}


def _differences(old: Mapping[str, Part], new: Mapping[str, Part]) -> tuple[ItemChange, ...]:
    names = list(dict.fromkeys((*old, *new)))
    nothing = Part(Decimal(0))
    pairs = [(name, old.get(name, nothing).points, new.get(name, nothing).points) for name in names]
    return tuple(ItemChange(name, before, after) for name, before, after in pairs if before != after)


def _amendments(rules: RuleSet, new_rules: RuleSet) -> tuple[Amendment, ...]:
    """Return the versions the two do not share, each with what it touches."""
    old = {version.effective: version for version in rules.versions}
    new = {version.effective: version for version in new_rules.versions}
    found: list[Amendment] = []
    for day in sorted(old.keys() | new.keys()):
        mine, theirs = old.get(day), new.get(day)
        if mine is not None and theirs is not None and mine.digest == theirs.digest:
            continue
        shown = theirs or mine
        assert shown is not None
        source = new_rules if theirs is not None else rules
        against = mine if mine is not None and theirs is not None else _before(source, day)
        found.append(Amendment(day, shown.basis, _touches(against, shown)))
    return tuple(found)


def _before(rules: RuleSet, day: date) -> Version | None:
    earlier = [version for version in rules.versions if version.effective < day]
    return earlier[-1] if earlier else None


def _touches(old: Version | None, new: Version) -> tuple[str, ...]:
    """Return the places (item.ID, category.ID, grade.ID, …) that differ between two versions."""
    if old is None:
        return tuple(f"item.{item.id}" for item in new.items)
    places: list[str] = ["rule_set"] if old.head != new.head else []
    for noun in ("categories", "items", "vetoes", "grades", "stars", "consequences", "awards"):
        before = {part.id: part for part in getattr(old, noun)}
        after = {part.id: part for part in getattr(new, noun)}
        name = {"categories": "category", "vetoes": "veto"}.get(noun, noun[:-1])
        places += [f"{name}.{id_}" for id_ in {**before, **after} if before.get(id_) != after.get(id_)]
    return tuple(places)

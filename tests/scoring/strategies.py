"""Random rule sets as plain outlines, their TOML text, and random facts for them.

An outline says what a rule set says, in Decimals and dictionaries; the text goes to the engine, the
outline to the slow reference. Every clause reads a kind of its own, so that no fact is counted twice.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import attrs
from hypothesis import settings
from hypothesis import strategies as st

from serviceorg.facts import Fact
from serviceorg.loading import rule_set_from_text
from serviceorg.scoring import RuleSet

#: Properties of plain numbers, and those that hold the whole engine, get more examples than others.
ARITHMETIC = settings(max_examples=50 * settings().max_examples)
MANY = settings(max_examples=7 * settings().max_examples)

SPANS = ("day", "week", "month", "quarter", "half", "year", "period")
NESTED = ("day", "month", "quarter", "half", "year", "period")


@attrs.frozen(kw_only=True)
class ClauseOutline:
    """One clause: what it pays for facts of kind ``k{no}``, and how much at most."""

    no: int
    sign: int = 1
    points: Decimal
    unit: Decimal | None = None  # paid per so much of the amount
    step: Decimal | None = None
    round: str = "down"
    double: Decimal | None = None  # times this where the attribute level is "high"
    times: Mapping[str, int] = attrs.field(factory=dict)
    cap: Mapping[str, Decimal] = attrs.field(factory=dict)
    take: str = ""
    harmless: str = ""  # a line that changes nothing and forces the general path


@attrs.frozen(kw_only=True)
class ItemOutline:
    """One item of a category."""

    no: int
    category: int
    clauses: tuple[ClauseOutline, ...]
    full: Decimal | None = None
    floor: Decimal | None = None
    cap: Mapping[str, Decimal] = attrs.field(factory=dict)
    round: Decimal | None = None


@attrs.frozen(kw_only=True)
class CategoryOutline:
    """One category."""

    cap: Decimal | None = None
    floor: Decimal | None = None
    round: Decimal | None = None


@attrs.frozen(kw_only=True)
class Outline:
    """A whole rule set; ``later`` is its state from the 1st of July on, if it changes."""

    scale: int
    base: Decimal = Decimal(0)
    cap: Decimal | None = None
    floor: Decimal | None = None
    round: Decimal | None = None
    vetoed: bool = False  # a fact of kind "veto" makes the total nothing
    categories: tuple[CategoryOutline, ...]
    items: tuple[ItemOutline, ...]
    later: "Outline | None" = None

    @property
    def clauses(self) -> list[ClauseOutline]:
        """All clauses in order of their numbers."""
        return [clause for item in self.items for clause in item.clauses]


#: The day from which an outline's later state holds.
CHANGE = date(2024, 7, 1)


def _widest(scale: int) -> int:
    """Return the most points a clause may pay per unit, so that 64 bits hold the product with any amount."""
    most: int = 460_000_000 // 10**scale
    return min(most, 250_000)


def _amount(chance: Random, scale: int, most: int) -> Decimal:
    return Decimal(chance.randint(1, most * 10**scale)).scaleb(-scale)


def _perhaps(chance: Random, value: Decimal, *, often: float = 0.3) -> Decimal | None:
    return value if chance.random() < often else None


def _caps(chance: Random, scale: int, spans: Sequence[str], most: int) -> dict[str, Decimal]:
    return {span: _amount(chance, scale, most) for span in spans}


def _clause(chance: Random, no: int, scale: int, *, plain: bool | None, wide: bool) -> ClauseOutline:
    """Draw a clause; ``plain`` ones fit the inner loop, ``wide`` ones pay up to the 64-bit bound."""
    most = _widest(scale) if wide else 12
    unit = chance.choice([None, Decimal(1), Decimal(1), Decimal("0.25"), Decimal(3), Decimal("0.0007")])
    clause = ClauseOutline(
        no=no, sign=chance.choice([1, 1, -1]), points=_amount(chance, scale, most), unit=unit
    )
    if chance.random() < 0.5 if plain is None else plain:
        spans = chance.choice([(), ("month",), ("quarter",), ("half",), ("period",), ("month", "period")])
        return attrs.evolve(clause, cap=_caps(chance, scale, spans, 4 * most))
    capped = chance.sample(("event", *SPANS), chance.choice([0, 1, 2, 3]))
    clause = attrs.evolve(
        clause,
        cap=_caps(chance, scale, capped, 4 * most),
        times={span: chance.randint(1, 4) for span in chance.sample(SPANS, chance.choice([0, 0, 1, 2]))},
        double=None if wide else chance.choice([None, None, Decimal("1.5"), Decimal("0.33")]),
        take=chance.choice(["", "", "", "", "", "best", "worst", "first", "last"]),
    )
    if unit is not None and chance.random() < 0.4:
        step = chance.choice([Decimal(1), Decimal("0.25"), Decimal("0.5")])
        return attrs.evolve(clause, step=step, round=chance.choice(["down", "up", "nearest"]))
    return clause


def _item(
    chance: Random, no: int, clauses: tuple[ClauseOutline, ...], categories: int, scale: int
) -> ItemOutline:
    most = 40 if all(clause.points < 13 for clause in clauses) else _widest(scale)
    full = _perhaps(chance, _amount(chance, scale, most))
    return ItemOutline(
        no=no,
        category=chance.randrange(categories),
        clauses=clauses,
        full=full,
        floor=Decimal(0) if full is not None else _perhaps(chance, Decimal(0)),
        cap=_caps(chance, scale, chance.sample(SPANS, chance.choice([0, 0, 1, 2])), most),
        round=_perhaps(chance, Decimal("0.5"), often=0.2) if scale else None,
    )


def _changed(chance: Random, outline: Outline) -> Outline:
    """Draw other points and caps for some clauses: the outline after an amendment."""
    items = []
    for item in outline.items:
        own = []
        for clause in item.clauses:
            caps = _caps(chance, outline.scale, tuple(clause.cap), 40)
            new = attrs.evolve(clause, points=_amount(chance, outline.scale, 12), cap=caps)
            own.append(chance.choice([clause, new]))
        items.append(attrs.evolve(item, clauses=tuple(own)))
    return attrs.evolve(outline, items=tuple(items), base=outline.base + chance.choice([0, 5]))


def _outline(
    chance: Random,
    *,
    plain: bool | None = None,
    wide: bool = False,
    changing: bool = True,
    earning: bool = False,
    bare: bool = False,
) -> Outline:
    scale, number = chance.randint(0, 4), chance.randint(1, 2)
    categories = tuple(
        CategoryOutline(
            cap=_perhaps(chance, _amount(chance, scale, 60)),
            floor=_perhaps(chance, -_amount(chance, scale, 20)),
            round=_perhaps(chance, Decimal(1), often=0.1),
        )
        for _ in range(number)
    )
    items: list[ItemOutline] = []
    count = 0
    for no in range(chance.randint(1, 3)):
        size = chance.choice([1, 1, 2])
        own = tuple(_clause(chance, count + at, scale, plain=plain, wide=wide) for at in range(size))
        items.append(_item(chance, no, own, number, scale))
        count += size
    base = chance.choice([Decimal(0), Decimal(60)])
    outline = Outline(
        scale=scale,
        base=base,
        cap=_perhaps(chance, base + 5 + _amount(chance, scale, 60)),  # never below the base, later either
        floor=_perhaps(chance, Decimal(0)),
        round=_perhaps(chance, Decimal(1), often=0.1),
        vetoed=chance.random() < 0.2,
        categories=categories,
        items=tuple(items),
    )
    if earning:
        outline = _only_earning(outline)
    if bare:
        outline = _bare(outline)
    if changing and chance.random() < 0.5:
        outline = attrs.evolve(outline, later=_changed(chance, outline))
    return outline


def _bare(outline: Outline) -> Outline:
    """Return the outline with items that are nothing but one plain clause, which has a path of its own."""
    items = tuple(
        ItemOutline(no=no, category=0, clauses=(attrs.evolve(clause, no=no),))
        for no, clause in enumerate(clause for item in outline.items for clause in item.clauses)
    )
    return attrs.evolve(outline, items=items)


def _only_earning(outline: Outline) -> Outline:
    """Return the outline without anything that takes points away for a good deed.

    To keep one of many, or the first few, may keep one whose day has no room under a cap: the rule says so.
    So does an item's cap of a shorter span than its clauses' own: it refuses what has used up theirs.
    """
    items = []
    for item in outline.items:
        own = []
        for clause in item.clauses:
            take = "best" if clause.take and not clause.cap and not item.cap else ""
            own.append(attrs.evolve(clause, sign=1, times={}, take=take))
        cap = (
            item.cap if len(own) == 1 else {span: most for span, most in item.cap.items() if span == "period"}
        )
        items.append(attrs.evolve(item, clauses=tuple(own), cap=cap))
    return attrs.evolve(outline, items=tuple(items), vetoed=False)


#: Days on which spans end and begin, so that caps and amendments meet their edges.
_EDGES = [
    date(2024, 3, 31),
    date(2024, 4, 1),
    date(2024, 6, 30),
    date(2024, 7, 1),
    date(2024, 9, 29),
    date(2024, 9, 30),
]


def _facts(
    chance: Random, outline: Outline, *, subject: str = "S", most: int = 12, straight: bool = False
) -> list[Fact]:
    """Draw facts of a subject, a few of them recorded late, taken back, or outside the year."""
    found: list[Fact] = []
    for no in range(chance.randint(0, most)):
        on = chance.choice(
            [date(2023, 12, 29) + timedelta(days=chance.randint(0, 371)), chance.choice(_EDGES)]
        )
        units = chance.choice(
            [chance.randint(0, 10**5), chance.choice([2500, 5000, 15_000, 25_000]), chance.randint(0, 10**10)]
        )
        found.append(
            Fact(
                id=f"{subject}-{no}",
                subject=subject,
                kind=f"k{chance.choice(outline.clauses).no}",
                on=on,
                amount=Decimal(units).scaleb(-4),
                recorded_on=on if straight else on + timedelta(days=chance.choice([0, 0, 0, 20, 200])),
                attributes={"level": chance.choice(["low", "high"])},
            )
        )
    if found and chance.random() < 0.3:  # two that nothing reads
        day, kind = date(2024, 5, 5), "k0-other"
        found += [Fact(id=f"{subject}-{kind}-{no}", subject=subject, kind=kind, on=day) for no in (1, 2)]
    if outline.vetoed and chance.random() < 0.3:
        found.append(Fact(id=f"{subject}-veto", subject=subject, kind="veto", on=date(2024, 9, 9)))
    if found and not straight and chance.random() < 0.4:
        found.append(reversal(chance.choice(found), days=chance.randint(0, 30)))
    return found


def reversal(gone: Fact, *, days: int = 0) -> Fact:
    """Return the fact that takes another back, so many days after that was recorded."""
    return Fact(
        id=f"{gone.id}-back",
        subject=gone.subject,
        kind=gone.kind,
        on=gone.on,
        amount=gone.amount,
        recorded_on=gone.recorded_on + timedelta(days=days),
        reverses=gone.id,
    )


#: Cases are drawn by Python's own generator from a seed that Hypothesis draws: ten times as fast as drawing
#: each number by itself, and far more varied. A failing case is printed whole.
_SEEDS = st.integers(0, 2**64)


@st.composite
def cases(
    draw: st.DrawFn, /, *, straight: bool = False, most: int = 12, **more: Any
) -> tuple[Outline, list[Fact]]:
    """Draw a rule set with facts of subject "S"; ``straight`` facts are recorded at once and stand."""
    chance = Random(draw(_SEEDS))
    outline = _outline(chance, **more)
    return outline, _facts(chance, outline, straight=straight, most=most)


@st.composite
def crowds(draw: st.DrawFn, /, **more: Any) -> tuple[Outline, list[Fact]]:
    """Draw a rule set with facts of three subjects, mixed."""
    chance = Random(draw(_SEEDS))
    outline = _outline(chance, **more)
    mixed = [fact for name in ("A", "B", "C") for fact in _facts(chance, outline, subject=name, most=5)]
    chance.shuffle(mixed)
    return outline, mixed


def forced(outline: Outline, line: str) -> Outline:
    """Return the outline with a line in every clause that changes nothing but the path taken."""
    items = tuple(
        attrs.evolve(item, clauses=tuple(attrs.evolve(clause, harmless=line) for clause in item.clauses))
        for item in outline.items
    )
    later = None if outline.later is None else forced(outline.later, line)
    return attrs.evolve(outline, items=items, later=later)


def text_of(outline: Outline) -> str:
    """Return the outline as a rule file."""
    lines = ['[rule_set]\nid = "t"\ntitle = "T"\nsubject = "member"\nperiod = "year"']
    lines.append('effective = 2020-01-01\nbasis = "for tests"\nsource = "for tests"')
    lines.append(f"scale = {outline.scale}\nbase = {outline.base}")
    lines += _given("cap", outline.cap) + _given("floor", outline.floor) + _rounding(outline.round)
    for kind in [f"k{clause.no}" for clause in outline.clauses]:
        lines.append(f'[fact.{kind}]\namount = true\nfields.level = ["low", "high", "never"]')
    for no, category in enumerate(outline.categories):
        lines.append(f'[[category]]\nid = "c{no}"\ntitle = "C"')
        lines += _given("cap", category.cap) + _given("floor", category.floor) + _rounding(category.round)
    for item in outline.items:
        lines += _item_lines(item)
    if outline.vetoed:
        lines.append('[fact.veto]\n[[veto]]\nid = "v"\ntitle = "V"\non = "veto"\neffect = "zero"')
    if outline.later is not None:
        lines += _amendment(outline, outline.later)
    return "\n".join(lines)


def built(outline: Outline, *, direction: str = "half-up") -> RuleSet:
    """Return the outline as the engine's rule set."""
    return rule_set_from_text(text_of(outline).replace("base =", f'direction = "{direction}"\nbase =', 1))


def _given(key: str, value: "Decimal | None") -> list[str]:
    return [] if value is None else [f"{key} = {value}"]


def _rounding(step: Decimal | None) -> list[str]:
    return [] if step is None else [f"round = {{ step = {step} }}"]


def _table(values: Mapping[str, object]) -> str:
    return "{ " + ", ".join(f"{name} = {value}" for name, value in values.items()) + " }"


def _item_lines(item: ItemOutline) -> list[str]:
    lines = [f'[[item]]\nid = "i{item.no}"\ncategory = "c{item.category}"\ntitle = "I"']
    lines += _given("full", item.full) + _rounding(item.round)
    if item.full is None:
        lines += _given("floor", item.floor)
    if item.cap:
        lines.append(f"cap = {_table(item.cap)}")
    for clause in item.clauses:
        lines += [f'[[item.clause]]\nid = "k{clause.no}"', *_clause_lines(clause)]
    return lines


def _clause_lines(clause: ClauseOutline) -> list[str]:
    lines = [f'on = "k{clause.no}"', f"{'points' if clause.sign > 0 else 'deduct'} = {clause.points}"]
    if clause.unit is not None:
        per = {"field": '"amount"', "unit": clause.unit}
        if clause.step is not None:
            per |= {"step": clause.step, "round": f'"{clause.round}"'}
        lines.append(f"per = {_table(per)}")
    if clause.double is not None:
        lines.append(f'factor = [{{ where = {{ level = "high" }}, by = {clause.double} }}]')
    if clause.times:
        lines.append(f"times = {_table(clause.times)}")
    if clause.cap:
        lines.append(f"cap = {_table(clause.cap)}")
    if clause.take:
        lines.append(f'take = "{clause.take}"')
    return [*lines, clause.harmless]


def _amendment(old: Outline, new: Outline) -> list[str]:
    changes = {"rule_set.base": new.base}
    for before, after in zip(old.items, new.items, strict=True):
        for one, two in zip(before.clauses, after.clauses, strict=True):
            path = f"item.i{before.no}.clause.k{one.no}"
            changes[f"{path}.{'points' if one.sign > 0 else 'deduct'}"] = two.points
            changes |= {f"{path}.cap.{span}": cap for span, cap in two.cap.items()}
    lines = [f'[[amend]]\neffective = {CHANGE}\nbasis = "for tests"\n[amend.set]']
    return lines + [f'"{path}" = {value}' for path, value in changes.items()]

"""Who owes whom, found in bulk, is what a slow walk finds household by household, day by day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from serviceorg.basics import Year
from serviceorg.calendars import AtLeast, china
from serviceorg.duties import DutyBook, Towards, Who, obligations
from serviceorg.duties.spans import Timing
from serviceorg.model import Membership, Placement, Snapshot, Trait, Unit
from tests.duties.worlds import CALENDARS, quarterly

START = date(2023, 11, 1)
GRIDS, HOUSEHOLDS, PEOPLE = ("G1", "G2"), ("H1", "H2", "H3"), ("P", "Q")
VALUES = ("poor", "ordinary")


@st.composite
def spans(draw):
    """Draw a first and a last day around 2024, either of which may be open."""
    first, last = sorted((draw(st.integers(0, 500)), draw(st.integers(0, 500))))
    since = START + timedelta(first) if draw(st.booleans()) else None
    until = START + timedelta(last) if draw(st.booleans()) else None
    return {"since": since, "until": until}


@st.composite
def snapshots(draw):
    """Draw grids with a level between them and some households, linkers and classes that come and go."""
    units = [Unit(id=name, kind="small-grid", **draw(spans())) for name in GRIDS]
    units += [
        Unit(id="C", kind="cell"),
        *(Unit(id=name, kind="household", **draw(spans())) for name in HOUSEHOLDS),
    ]
    placed = [Placement(tree="links", unit=name) for name in GRIDS]
    placed.append(Placement(tree="links", unit="C", parent=draw(st.sampled_from(GRIDS))))
    for name in HOUSEHOLDS:
        moved = START + timedelta(draw(st.integers(0, 500)))
        above = draw(st.tuples(*[st.sampled_from((*GRIDS, "C"))] * 2))
        placed.append(Placement(tree="links", unit=name, parent=above[0], until=moved - timedelta(1)))
        placed.append(Placement(tree="links", unit=name, parent=above[1], since=moved))
    rows = draw(st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(GRIDS), spans()), max_size=5))
    bonds = [Membership(person=person, unit=unit, role="linker", **span) for person, unit, span in rows]
    held = draw(
        st.lists(st.tuples(st.sampled_from(HOUSEHOLDS), st.sampled_from(VALUES), spans()), max_size=5)
    )
    traits = [Trait(of=name, name="care", value=value, **span) for name, value, span in held]
    return Snapshot.of(units=units, placements=placed, memberships=bonds, traits=traits)


def days_of(window):
    """Return every day of a window."""
    return [window.start + timedelta(number) for number in range((window.end - window.start).days + 1)]


def suits(snapshot, household, window, towards):
    """Return whether the class holds as declared, by asking the snapshot day by day."""
    wanted = set(towards.where["care"])

    def holds(day):
        values = snapshot.traits_of(household, "care", on=day)
        return bool(wanted & set(values)) or (not values and "" in wanted)

    if towards.class_on in ("any", "all"):
        return (any if towards.class_on == "any" else all)(map(holds, days_of(window)))
    return holds(window.end if towards.class_on == "end" else window.start)


def slow(snapshot, duty):
    """Return what is owed in 2024 as (who, grid, household, window, needed), one question at a time."""
    found = []
    for window in Timing(CALENDARS, "cn").windows(duty, date(2024, 1, 1), date(2024, 12, 31)):
        day = window.held_on
        for name in HOUSEHOLDS:
            if not snapshot.is_there(name, day) or not suits(snapshot, name, window, duty.towards):
                continue
            there = sum(snapshot.is_there(name, one) for one in days_of(window))
            needed = window.least
            if duty.partial == "none":
                needed = window.least if there == len(days_of(window)) else 0
            elif duty.partial == "pro-rata":
                needed = window.least * there // len(days_of(window))
            for above in snapshot.tree("links", on=day).chain(name):
                if (
                    not needed
                    or snapshot.unit(above).kind != "small-grid"
                    or not snapshot.is_there(above, day)
                ):
                    continue
                holders = snapshot.holders(above, "linker", on=day)
                found += [
                    (who, above, name, window.label, needed) for who in {bond.person for bond in holders}
                ]
    return sorted(found)


@given(
    snapshots(),
    st.sampled_from(("end", "start", "any", "all")),
    st.sampled_from((("poor",), ("ordinary", ""), VALUES)),
    st.sampled_from(("whole", "none", "pro-rata")),
    st.sampled_from(("end", "start")),
)
def test_bulk_and_slow_walk_agree(snapshot, class_on, values, partial, held):
    """Whatever is declared of classes, parts and days, both find the same obligations, each once."""
    duty = quarterly(
        who=Who(role="linker", at=("small-grid",)),
        towards=Towards(kinds=("household",), tree="links", where={"care": values}, class_on=class_on),
        at_least=AtLeast(3, per="quarter"),
        partial=partial,
        held=held,
    )

    book = DutyBook(id="test/duties", duties=(duty,))
    found = obligations(book, snapshot, period=Year(2024), calendars={"cn": china()})

    owed = sorted((one.who, one.unit, one.towards, one.period, one.needed) for one in found)
    assert owed == slow(snapshot, duty)

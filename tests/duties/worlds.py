"""Small worlds for the tests of duties: one grid, its households, a linker, and visits."""

from datetime import date

from serviceorg.basics import Label, Quarter, parse_period
from serviceorg.calendars import AtLeast, CalendarDays, WorkingDays, china
from serviceorg.duties import Duty, DutyBook, Fulfilment, Towards, Who, check_duties
from serviceorg.facts import Fact
from serviceorg.model import Membership, Placement, Snapshot, Trait, Unit

CALENDARS = {"cn": china()}
Q3 = Quarter(2024, 3)
LINKER = Who(role="linker", at=("small-grid",))
HOUSEHOLDS = Towards(kinds=("household",), tree="links")
VISIT = Fulfilment(facts=("visit",), target="household", by="anyone")


def day(text):
    """Return a day written like "2024-08-14"; None stays None."""
    return None if text is None else date.fromisoformat(text)


def days(*texts):
    """Return days as keyword arguments since and until."""
    return dict(zip(("since", "until"), map(day, texts), strict=False))


def visit(number, on, household="H", by="P", recorded=None, **attributes):
    """Return a visit to a household."""
    return Fact(
        id=str(number),
        subject=by,
        kind="visit",
        on=day(on),
        recorded_on=day(recorded),
        attributes={"household": household, **attributes},
    )


def reversal(number, of, recorded):
    """Return what takes a visit back."""
    return Fact(id=str(number), subject="P", kind="visit", on=day(recorded), reverses=str(of))


def trait(of, name, value, *span):
    """Return a trait with the days it holds."""
    return Trait(of=of, name=name, value=value, **days(*span))


def household(name, *span):
    """Return a household with the days it is there."""
    return Unit(id=name, kind="household", **days(*span))


def bond(person="P", unit="G", role="linker", span=()):
    """Return a bond with the days it holds."""
    return Membership(person=person, unit=unit, role=role, **days(*span))


ONE_HOUSEHOLD, ONE_LINKER = (household("H"),), (bond(),)


def world(*, households=ONE_HOUSEHOLD, bonds=ONE_LINKER, traits=(), units=(), under="G"):
    """Return a snapshot of one small grid "G" with households below it."""
    grids = (Unit(id="G", kind="small-grid"), *units)
    placed = [Placement(tree="links", unit=unit.id) for unit in grids]
    placed += [Placement(tree="links", unit=one.id, parent=under) for one in households]
    return Snapshot.of(units=(*grids, *households), placements=placed, memberships=bonds, traits=traits)


def quarterly(**changes):
    """Return the duty to visit each household once a quarter, with three working days of grace."""
    given = {
        "id": "visit",
        "title": Label(zh="走访", en="Visit"),
        "who": LINKER,
        "towards": HOUSEHOLDS,
        "fulfilled": VISIT,
        "at_least": AtLeast(1, per="quarter"),
        "grace": WorkingDays(3),
        "due_soon": CalendarDays(7, roll="none"),
        "source": "Row 99",
    }
    return Duty(**{**given, **changes})


def monthly(**changes):
    """Return the duty to visit each household once a month."""
    return quarterly(**{"id": "monthly", "at_least": AtLeast(1, per="month"), **changes})


def on_days(recurrence, **changes):
    """Return a duty of the grid itself that comes on certain days."""
    given = {
        "id": "day",
        "title": Label(zh="当日", en="Day"),
        "who": Who(kinds=("small-grid",)),
        "on": recurrence,
        "fulfilled": Fulfilment(facts=("report",)),
    }
    return Duty(**{**given, **changes})


def report_of(duties, snapshot, facts=(), *, on, period=Q3, facts_from=None):
    """Return the report of some duties; the period may be written like "2024-Q3"."""
    book = DutyBook(
        id="test/duties",
        duties=(duties,) if isinstance(duties, Duty) else tuple(duties),
        title=Label(zh="责任", en="Duties"),
        source="A test",
    )
    when = parse_period(period) if isinstance(period, str) else period
    known = day(facts_from)
    return check_duties(book, snapshot, facts, on=day(on), period=when, calendars=CALENDARS, facts_from=known)


def shown(report):
    """Return the obligations as {target or who, period: status}."""
    return {(one.towards or one.who, one.period): one.status for one in report.obligations}


def status(report):
    """Return the status of the only obligation."""
    (one,) = report.obligations
    return one.status

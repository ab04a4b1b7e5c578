"""Who owes a visit to whom: classes that change, linkers that change, households that come and go."""

import attrs

from serviceorg.calendars import AtLeast
from serviceorg.duties import Fulfilment, Towards, Who, obligations
from serviceorg.duties.book import DutyBook
from serviceorg.model import Membership, Unit
from tests.duties.worlds import (
    CALENDARS,
    HOUSEHOLDS,
    Q3,
    bond,
    day,
    household,
    monthly,
    quarterly,
    report_of,
    shown,
    status,
    trait,
    visit,
    world,
)

ORDINARY = attrs.evolve(HOUSEHOLDS, where={"care": ("ordinary", "")})
POOR = attrs.evolve(HOUSEHOLDS, where={"care": ("poor",)})
BY_CLASS = (quarterly(towards=ORDINARY), monthly(towards=POOR))


def test_the_class_on_the_last_day_of_the_window_decides():
    """Poor from 20 August to 25 September: monthly in August, ordinary when the quarter ends (trap 28)."""
    snapshot = world(
        traits=(
            trait("H", "care", "ordinary", None, "2024-08-19"),
            trait("H", "care", "poor", "2024-08-20", "2024-09-25"),
            trait("H", "care", "ordinary", "2024-09-26"),
        )
    )

    report = report_of(BY_CLASS, snapshot, on="2024-07-01")

    assert [(one.duty.id, one.period) for one in report.obligations] == [
        ("visit", "2024-Q3"),
        ("monthly", "2024-08"),
    ]


def test_a_household_without_a_class_is_ordinary_where_the_duty_says_so():
    """The empty text in a condition stands for having no value at all."""
    assert shown(report_of(BY_CLASS, world(), on="2024-07-01")) == {("H", "2024-Q3"): "open"}


def test_the_day_that_decides_the_class_is_declared():
    """Poor from 10 to 20 August: not on the first or last day, on some days, not on all."""
    snapshot = world(traits=(trait("H", "care", "poor", "2024-08-10", "2024-08-20"),))

    def owed(class_on):
        duty = monthly(towards=attrs.evolve(POOR, class_on=class_on))
        return len(report_of(duty, snapshot, on="2024-09-01", period="2024-08").obligations)

    assert [owed(word) for word in ("start", "end", "any", "all")] == [0, 0, 1, 0]


def test_two_classes_one_after_the_other_hold_on_all_days():
    """A condition with two values holds on every day of August though the value changes within."""
    snapshot = world(
        traits=(
            trait("H", "care", "poor", None, "2024-08-15"),
            trait("H", "care", "ill", "2024-08-16"),
        )
    )
    towards = attrs.evolve(HOUSEHOLDS, where={"care": ("poor", "ill")}, class_on="all")

    report = report_of(monthly(towards=towards), snapshot, on="2024-09-01", period="2024-08")

    assert len(report.obligations) == 1


def test_two_conditions_must_hold_on_the_same_day():
    """Poor until the 10th and alone from the 20th is never both, though each holds on some day."""
    snapshot = world(
        traits=(trait("H", "care", "poor", None, "2024-08-10"), trait("H", "home", "alone", "2024-08-20"))
    )
    towards = attrs.evolve(HOUSEHOLDS, where={"care": ("poor",), "home": ("alone",)}, class_on="any")

    report = report_of(monthly(towards=towards), snapshot, on="2024-09-01", period="2024-08")

    assert report.obligations == ()


def test_who_is_linker_on_the_last_day_owes_the_window():
    """A linker who left in August owes nothing for the quarter; the successor owes all of it."""
    snapshot = world(bonds=(bond("P", span=(None, "2024-08-31")), bond("Q", span=("2024-09-01",))))

    (one,) = report_of(quarterly(), snapshot, on="2024-09-01").obligations

    assert (one.who, one.unit, one.needed) == ("Q", "G", 1)


def test_who_holds_it_on_the_first_day_owes_it_where_that_is_declared():
    """With held = "start" the linker of July owes the third quarter."""
    snapshot = world(bonds=(bond("P", span=(None, "2024-08-31")), bond("Q", span=("2024-09-01",))))

    (one,) = report_of(quarterly(held="start"), snapshot, on="2024-09-01").obligations

    assert one.who == "P"


def test_the_visit_of_the_linker_before_counts_if_anyone_may_come():
    """By anyone, the old linker's visit is the household's visit; by oneself, it is not the new one's."""
    snapshot = world(bonds=(bond("P", span=(None, "2024-08-31")), bond("Q", span=("2024-09-01",))))
    facts = [visit(1, "2024-08-14", by="P")]
    own = Fulfilment(facts=("visit",), target="household", by="self")

    assert status(report_of(quarterly(), snapshot, facts, on="2024-09-30")) == "done"
    assert status(report_of(quarterly(fulfilled=own), snapshot, facts, on="2024-09-30")) == "due-soon"


def test_two_linkers_of_one_grid_each_owe_or_owe_together():
    """Each of two holders owes every household; jointly, the grid owes it and either may come."""
    snapshot = world(bonds=(bond("P"), bond("Q")))
    own = Fulfilment(facts=("visit",), target="household", by="self")
    together = Who(role="linker", at=("small-grid",), several="joint")
    facts = [visit(1, "2024-08-14", by="Q")]

    each = report_of(quarterly(fulfilled=own), snapshot, facts, on="2024-10-20")
    joint = report_of(quarterly(fulfilled=own, who=together), snapshot, facts, on="2024-10-20")

    assert [(one.who, one.status) for one in each.obligations] == [("P", "missed"), ("Q", "done")]
    assert [(one.who, one.status) for one in joint.obligations] == [("G", "done")]


def test_a_grid_without_a_linker_is_told_not_dropped():
    """What nobody owes because the post is empty is listed with the number of households (row 98)."""
    snapshot = world(households=(household("H1"), household("H2")), bonds=())

    report = report_of(quarterly(), snapshot, on="2024-09-30")

    assert report.obligations == ()
    assert [(one.duty, one.unit, one.period, one.targets) for one in report.vacant] == [
        ("visit", "G", "2024-Q3", 2)
    ]


def test_a_household_that_moved_in_on_the_last_day_is_owed_what_is_declared():
    """There for 1 of 92 days: all of it, none of it, or a part, which rounds down to none."""
    snapshot = world(households=(household("H", "2024-09-30"),))

    def needed(partial, times=1):
        duty = quarterly(partial=partial, at_least=AtLeast(times, per="quarter"))
        return [one.needed for one in report_of(duty, snapshot, on="2024-09-30").obligations]

    assert needed("whole") == [1]
    assert needed("none") == []
    assert needed("pro-rata") == []
    assert needed("pro-rata", times=92) == [1]


def test_a_part_of_a_window_is_rounded_down():
    """There from 1 August, 61 of 92 days: of three visits 183/92, which is one."""
    snapshot = world(households=(household("H", "2024-08-01"),))
    duty = quarterly(partial="pro-rata", at_least=AtLeast(3, per="quarter"))

    (one,) = report_of(duty, snapshot, on="2024-09-30").obligations

    assert one.needed == 1


def test_a_household_that_has_moved_away_is_owed_nothing():
    """Who is not there on the day that decides cannot be visited."""
    snapshot = world(households=(household("H", None, "2024-09-29"),))

    assert report_of(quarterly(), snapshot, on="2024-10-20").obligations == ()


def test_a_household_lies_below_through_levels_between():
    """A linker answers for households at any depth below the grid; other grids' linkers do not."""
    cell, other = Unit(id="C", kind="cell"), Unit(id="G2", kind="small-grid")
    snapshot = world(units=(cell, other), bonds=(bond(), bond("X", "G2")))
    placements = tuple(
        attrs.evolve(one, parent={"C": "G", "H": "C"}.get(one.unit, "")) for one in snapshot.placements
    )

    report = report_of(quarterly(), attrs.evolve(snapshot, placements=placements), on="2024-09-30")

    assert [(one.who, one.towards) for one in report.obligations] == [("P", "H")]


def test_a_duty_can_be_owed_to_people():
    """Each resident with a bond in the grid is a target; those without the label are not."""
    residents = tuple(Membership(person=name, unit="G", role="resident") for name in ("R1", "R2"))
    snapshot = world(bonds=(bond(), *residents), traits=(trait("R2", "label", "alone"),))
    towards = Towards(kinds=("small-grid",), tree="links", role="resident", where={"label": ("alone",)})

    report = report_of(quarterly(towards=towards), snapshot, [visit(1, "2024-08-01", "R2")], on="2024-08-02")

    assert shown(report) == {("R2", "2024-Q3"): "done"}


def test_people_are_chosen_by_their_own_traits():
    """A duty of leaders is owed by the holders whose rank says so on the day (row 101)."""
    snapshot = world(bonds=(bond("P"), bond("Q")), traits=(trait("Q", "rank", "leader"),))
    duty = quarterly(who=Who(role="linker", at=("small-grid",), where={"rank": ("leader",)}))

    assert [one.who for one in report_of(duty, snapshot, on="2024-08-01").obligations] == ["Q"]


def test_what_is_owed_can_be_asked_without_any_fact():
    """Obligations of a period are planned, whatever was done."""
    book = DutyBook(id="test/duties", duties=BY_CLASS)
    snapshot = world(traits=(trait("H", "care", "poor"),))

    found = list(obligations(book, snapshot, period=Q3, calendars=CALENDARS))

    assert [(one.period, one.due, one.status) for one in found] == [
        ("2024-07", day("2024-07-31"), "planned"),
        ("2024-08", day("2024-08-31"), "planned"),
        ("2024-09", day("2024-09-30"), "planned"),
    ]

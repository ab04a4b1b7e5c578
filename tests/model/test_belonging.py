"""Who is scored in a period, and by which unit (W31)."""

from datetime import date

import pytest

from serviceorg.basics import Quarter, Span, Year
from serviceorg.errors import SnapshotProblems
from serviceorg.model import (
    CategoryRule,
    Cutoff,
    Dated,
    Exemption,
    Membership,
    Person,
    Placement,
    Snapshot,
    Structure,
    Subject,
    Trait,
    TraitKind,
    Unit,
    UnitKind,
    explain,
    merge,
    transfer,
)

ALWAYS = date.min
#: Nantou: inside the county the last unit assesses; beyond it the new one up to 1 December.
NANTOU = Cutoff(month=12, day=1, tree="admin", within="county")


def home(person, unit, since=None, until=None, role="member"):
    """Return a home bond."""
    return Membership(person=person, unit=unit, role=role, affiliation="home", since=since, until=until)


def county(*bonds, people="p", structure=Structure(), traits=()):  # noqa: B008  # a frozen value
    """Return two counties with their agencies, and people bound to them."""
    chain = {"nantou": "", "health": "nantou", "land": "nantou", "yunlin": "", "water": "yunlin"}
    return Snapshot.of(
        structure=structure,
        units=[Unit(id=unit, kind="agency" if parent else "county") for unit, parent in chain.items()],
        placements=[Placement(tree="admin", unit=unit, parent=parent) for unit, parent in chain.items()],
        people=[Person(id=one) for one in people],
        memberships=bonds,
        traits=traits,
    )


def moved(on, old="health", new="water"):
    """Return the two bonds of somebody whose first day at the new unit is ``on``."""
    return home("p", old, until=on.replace(day=on.day - 1) if on.day > 1 else date(2024, 11, 30)), home(
        "p", new, since=on
    )


def test_a_subject_has_all_that_scoring_asks_for():
    """Category, organisation, joining, leaving and exemptions come from birth, bonds and traits (W31)."""
    structure = Structure(
        categories=(CategoryRule(id="B", below_age=60), CategoryRule(id="C", from_age=60)),
        traits=[TraitKind(id="health", exempts={"bedridden": "not_assessed"})],
    )
    snapshot = Snapshot.of(
        structure=structure,
        units=[Unit(id="village")],
        people=[Person(id="p", name="P", born=date(1964, 4, 10))],
        memberships=[home("p", "village", date(2019, 7, 1), date(2024, 11, 30))],
        traits=[
            Trait(of="p", name="health", value="bedridden", since=date(2024, 3, 1), until=date(2024, 5, 31))
        ],
    )

    assert snapshot.subjects(Year(2024)) == (
        Subject(
            id="p",
            name="P",
            category=(Dated(date(2024, 1, 1), "B"), Dated(date(2024, 4, 10), "C")),
            organisation=(Dated(date(2019, 7, 1), "village"),),
            joined=date(2019, 7, 1),
            left=date(2024, 11, 30),
            exemptions=(
                Exemption(
                    effect="not_assessed",
                    since=date(2024, 3, 1),
                    until=date(2024, 5, 31),
                    reason="health: bedridden",
                ),
            ),
        ),
    )


def test_subjects_are_those_with_such_a_bond_in_the_period():
    """Who left before, comes after or is bound otherwise is no subject of the period; the order is by id."""
    snapshot = county(
        home("left", "health", until=date(2023, 12, 31)),
        home("last-day", "health", until=date(2024, 1, 1)),
        home("comes", "health", since=date(2025, 1, 1)),
        home("first-day", "health", since=date(2024, 12, 31)),
        home("cook", "health", role="cook"),
        Membership(person="guest", unit="health", role="member", affiliation="residence"),
        people=("left", "last-day", "comes", "first-day", "cook", "guest"),
    )

    assert [subject.id for subject in snapshot.subjects(Year(2024))] == ["first-day", "last-day"]
    assert [one.id for one in snapshot.subjects(Year(2024), affiliation="residence")] == ["guest"]
    assert [one.id for one in snapshot.subjects(Year(2024), role="cook")] == ["cook"]


def test_a_move_is_dated_and_a_gap_is_nobodys():
    """Each organisation holds from the first day of its bond; between two bonds there is none."""
    snapshot = county(
        home("p", "health", until=date(2024, 3, 31)),
        home("p", "land", date(2024, 4, 1), date(2024, 6, 30)),
        home("p", "water", since=date(2024, 9, 1)),
    )

    (subject,) = snapshot.subjects(Year(2024))

    assert subject.organisation == (
        Dated(ALWAYS, "health"),
        Dated(date(2024, 4, 1), "land"),
        Dated(date(2024, 7, 1), ""),
        Dated(date(2024, 9, 1), "water"),
    )
    assert (subject.joined, subject.left) == (None, None)


def test_who_came_back_joined_on_coming_back():
    """A membership of years ago does not make a joiner of this year an old hand (trap 27)."""
    snapshot = county(
        home("p", "health", date(2010, 1, 1), date(2015, 12, 31)),
        home("p", "land", date(2024, 10, 1), date(2024, 12, 31)),
        home("p", "water", date(2025, 1, 1), date(2025, 6, 30)),
        home("p", "health", date(2027, 1, 1)),
    )

    (subject,) = snapshot.subjects(Year(2024))

    assert (subject.joined, subject.left) == (date(2024, 10, 1), date(2025, 6, 30))
    assert subject.organisation == (Dated(date(2024, 10, 1), "land"), Dated(date(2025, 1, 1), "water"))


def test_membership_without_a_gap_is_followed_back():
    """Who moved on New Year's Day has been a member since the first of the joined bonds."""
    snapshot = county(
        home("p", "health", date(2019, 1, 1), date(2023, 12, 31)), home("p", "land", since=date(2024, 1, 1))
    )

    (subject,) = snapshot.subjects(Year(2024))

    assert subject.joined == date(2019, 1, 1)


@pytest.mark.parametrize(
    ("on", "new", "unit"),
    [
        (date(2024, 12, 31), "land", "land"),
        (date(2024, 12, 1), "water", "water"),
        (date(2024, 12, 2), "water", "health"),
        (date(2024, 3, 5), "water", "water"),
    ],
    ids=["inside-on-the-last-day", "beyond-on-1-december", "beyond-on-2-december", "beyond-in-march"],
)
def test_nantou_transfers(on, new, unit):
    """Inside the county the last unit assesses; beyond it the new one up to 1 December (trap 24)."""
    snapshot = county(*moved(on, new=new))

    found, _ = snapshot.assessing_unit("p", Year(2024), cutoff=NANTOU)

    assert found == unit


def test_a_late_move_is_explained():
    """The reason tells unit, day and last day in both languages (trap 24)."""
    snapshot = county(*moved(date(2024, 12, 2)))

    _, reason = snapshot.assessing_unit("p", Year(2024), cutoff=NANTOU)

    assert explain(reason) == (
        "p is assessed for 2024 by health\n"
        "  belongs to health on 2024-01-01\n"
        "  moved from health to water on 2024-12-02, after 2024-12-01: the old unit assesses"
    )
    assert explain(reason, lang="zh").splitlines()[-1] == (
        "  2024-12-02 由 health 调到 water，晚于 2024-12-01：由原单位考核"
    )


def test_moves_are_taken_one_after_the_other():
    """After a late move beyond the county, a return inside it is again a move inside (trap 24)."""
    snapshot = county(
        home("p", "health", until=date(2024, 12, 4)),
        home("p", "water", date(2024, 12, 5), date(2024, 12, 19)),
        home("p", "land", since=date(2024, 12, 20)),
    )

    assert snapshot.assessing_unit("p", Year(2024), cutoff=NANTOU)[0] == "land"


def test_a_cutoff_outside_the_period_bars_no_move():
    """In a quarter without 1 December every move beyond the county is in time."""
    snapshot = county(*moved(date(2024, 3, 31)))

    assert snapshot.assessing_unit("p", Quarter(2024, 1), cutoff=NANTOU)[0] == "water"


def test_a_year_that_begins_in_november_has_its_cutoff_at_its_beginning():
    """The last day is the one that lies in the period: 1 December 2024 for November 2024 to October 2025."""
    snapshot = county(*moved(date(2024, 12, 2)))

    assert snapshot.assessing_unit("p", Year(2025, first_month=11), cutoff=NANTOU)[0] == "health"


def test_nobody_assesses_who_belongs_nowhere():
    """Without a bond in the period no unit assesses, and the reason says so."""
    snapshot = county(home("p", "health", until=date(2023, 12, 31)))

    unit, reason = snapshot.assessing_unit("p", Year(2024), cutoff=NANTOU)

    assert unit == ""
    assert explain(reason) == "p belongs to no unit in 2024, so none assesses"


def test_a_cutoff_must_be_given():
    """Which unit assesses is asked only where the caller or the structure says by which rule."""
    with pytest.raises(SnapshotProblems) as caught:
        county().assessing_unit("p", Year(2024))

    assert str(caught.value) == (
        "person 'p': no cutoff is given; allowed is cutoff=Cutoff(…), or one in the structure [no-cutoff]"
    )


def test_with_a_cutoff_a_subject_has_one_organisation():
    """The structure's cutoff decides the organisation of every subject of the period (trap 24)."""
    snapshot = county(*moved(date(2024, 12, 2)), structure=Structure(cutoff=NANTOU))

    (subject,) = snapshot.subjects(Year(2024))

    assert subject.organisation == (Dated(ALWAYS, "health"),)


def test_a_merged_unit_is_the_same_agency_under_the_county():
    """Whose unit was merged is assessed by the merged one, whatever the day (traps 24, 29)."""
    snapshot = county(home("p", "health"))
    merged = merge(snapshot, ["health", "land"], into=Unit(id="care", kind="agency"), on=date(2024, 12, 15))

    assert merged.assessing_unit("p", Year(2024), cutoff=NANTOU)[0] == "care"


def test_a_merged_community_is_scored_for_its_last_year_only():
    """A community merged on 1 July is a subject of that year, and of no later one (trap 29)."""
    structure = Structure(kinds=[UnitKind(id="agency"), UnitKind(id="county")])
    snapshot = county(home("p", "health"), structure=structure)
    merged = merge(snapshot, ["health", "land"], into=Unit(id="care", kind="agency"), on=date(2024, 7, 1))

    last, this = (merged.unit_subjects(Year(year), kind="agency", tree="admin") for year in (2024, 2025))

    assert [(one.id, one.left) for one in last] == [
        ("care", None),
        ("health", date(2024, 6, 30)),
        ("land", date(2024, 6, 30)),
        ("water", None),
    ]
    assert last[0] == Subject(
        id="care", kind="agency", organisation=(Dated(date(2024, 7, 1), "nantou"),), joined=date(2024, 7, 1)
    )
    assert [one.id for one in this] == ["care", "water"]


def test_a_unit_without_a_tree_has_no_organisation():
    """Without a tree nobody is above; a trait of the unit exempts it all the same."""
    structure = Structure(traits=[TraitKind(id="care", exempts={"pilot": "not_graded"})])
    snapshot = county(structure=structure, traits=[Trait(of="land", name="care", value="pilot")])

    subjects = snapshot.unit_subjects(Span(date(2024, 1, 1), date(2024, 1, 31)), kind="agency")

    assert [one.organisation for one in subjects] == [(), (), ()]
    assert subjects[1].exemptions == (Exemption(effect="not_graded", since=ALWAYS, reason="care: pilot"),)


def test_a_transfer_takes_the_score_along():
    """After a transfer the subject is one, with both units in its year (W31)."""
    snapshot = transfer(county(home("p", "health")), "p", to="land", on=date(2024, 5, 1))

    assert [one.organisation for one in snapshot.subjects(Year(2024))] == [
        (Dated(ALWAYS, "health"), Dated(date(2024, 5, 1), "land"))
    ]


def test_of_two_homes_at_once_the_later_counts_while_it_holds():
    """A bond inside another takes its days and gives them back."""
    snapshot = county(home("p", "health"), home("p", "water", date(2024, 3, 1), date(2024, 5, 31)))

    (subject,) = snapshot.subjects(Year(2024))

    assert subject.organisation == (
        Dated(ALWAYS, "health"),
        Dated(date(2024, 3, 1), "water"),
        Dated(date(2024, 6, 1), "health"),
    )
    assert subject.left is None

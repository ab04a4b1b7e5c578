"""Covers, quotas and shares: who is looked at, what is counted, what falls short and by how much."""

from datetime import date
from decimal import Context, Decimal, localcontext
from fractions import Fraction

import pytest

from serviceorg.coverage import (
    Amount,
    Bounds,
    CoverageBook,
    Display,
    Holders,
    Items,
    ShareBound,
    Size,
    Told,
    UnitCount,
    Values,
    check_coverage,
    explain,
)
from serviceorg.errors import AmountError, CoverageProblems, FactProblems, UnknownIdError
from serviceorg.facts import Fact
from serviceorg.model import Catalogue, Membership, Person, Snapshot, Structure, Trait, Tree, Unit, UnitKind
from tests.coverage_checks.worlds import DAY, cover, found, number, outcome, snapshot

HEAD = Holders(role="head")


def told(subject, on=DAY, *, name="", kind="visit", **rest):
    """Return a fact."""
    return Fact(id=name or f"{subject}-{on}", subject=subject, kind=kind, on=on, **rest)


# ---- whom


def test_exempt_units_leave_both_numbers():
    """A unit that is exempt is in neither number: two of three, not two of four (trap 26)."""
    kinds = dict.fromkeys(("a", "b", "c", "d"), "cell")
    world = snapshot(
        kinds, holders=[("a", "head", "p"), ("b", "head", "q")], traits=[("d", "status", "building")]
    )

    result = outcome(cover(HEAD, exempt={"status": ("building",)}), world)

    assert (result.base, result.met, result.exempt, result.share) == (3, 2, 1, Fraction(2, 3))


def test_without_a_base_there_is_no_share():
    """Nobody to look at is neither all nor none: no share, no mean, no verdict."""
    result = outcome(cover(HEAD), snapshot())

    assert (result.base, result.share, result.shown_share, result.mean, result.holds) == (
        0,
        None,
        None,
        None,
        None,
    )


def test_units_are_looked_at_as_they_were_that_day():
    """A unit counts from its first day to its last, both included."""
    world = Snapshot.of(
        units=[
            Unit(id="first", kind="cell", since=DAY),
            Unit(id="last", kind="cell", until=DAY),
            Unit(id="later", kind="cell", since=date(2013, 10, 16)),
            Unit(id="gone", kind="cell", until=date(2013, 10, 14)),
        ]
    )

    assert outcome(cover(HEAD), world).unmet == ("first", "last")


def test_units_under_another_are_looked_at_alone():
    """``under`` takes a unit itself and what lies below it in the tree."""
    world = snapshot(
        dict.fromkeys(("a", "b", "c", "top"), "cell"), parents={"top": "", "a": "top", "b": "a", "c": "top"}
    )

    assert outcome(cover(HEAD, tree="t", under="a"), world).unmet == ("a", "b")


def test_people_are_looked_at_once():
    """Somebody who holds the role at two units is one person (row 97)."""
    world = snapshot(
        {"a": "cell", "b": "cell", "h": "home"},
        parents={"a": "", "b": "", "h": "b"},
        holders=[("a", "linker", "p"), ("b", "linker", "p")],
    )
    check = cover(UnitCount(kinds=("home",)), each="person", role="linker", tree="t")

    result = outcome(check, world)

    assert (result.base, result.total) == (1, 1)


def test_somebody_who_is_not_there_that_day_holds_nothing():
    """A post whose holder has left by the day is empty; somebody without a record of their own counts."""
    world = Snapshot.of(
        units=[Unit(id="a", kind="cell"), Unit(id="b", kind="cell"), Unit(id="c", kind="cell")],
        people=[Person(id="p", until=date(2013, 10, 14)), Person(id="q", until=DAY)],
        memberships=[
            Membership(person=person, unit=unit, role="head")
            for unit, person in (("a", "p"), ("b", "q"), ("c", "unknown"))
        ],
    )

    assert outcome(cover(HEAD), world).unmet == ("a",)


# ---- holders


def test_a_household_is_reached_through_the_area_above_it():
    """Whoever answers for a small grid answers for each household in it: exactly one linker (rows 97, 98)."""
    world = snapshot(
        {"g1": "cell", "g2": "cell", "h1": "home", "h2": "home", "h3": "home"},
        parents={"g1": "", "g2": "g1", "h1": "g1", "h2": "g2", "h3": "g2"},
        holders=[("g1", "linker", "p"), ("g2", "linker", "q"), ("h3", "linker", "q")],
    )
    check = cover(
        Holders(role="linker", through="above"), each="home", tree="t", bounds=Bounds(exactly=number(1))
    )

    # h2 and h3 are reached by p and q; q counts once though there are two ways to q.
    assert found(outcome(check, world)) == [("h2", "exactly"), ("h3", "exactly")]


def test_holders_below_are_counted_once_each():
    """Counting people below a unit takes each person once, however many units they hold the role at."""
    world = snapshot(
        {"top": "town", "a": "cell", "b": "cell"},
        parents={"top": "", "a": "top", "b": "top"},
        holders=[("a", "head", "p"), ("b", "head", "p"), ("b", "head", "q")],
    )

    result = outcome(cover(Holders(role="head", through="below"), each="town", tree="t"), world)

    assert result.total == 2


def test_holders_may_be_asked_for_traits_and_affiliation():
    """Only people with the trait and the affiliation count: two full-time staff (row 148)."""
    world = snapshot(
        {"a": "centre"},
        holders=[("a", "staff", "p"), ("a", "staff", "q"), ("a", "staff", "r")],
        traits=[("p", "time", "full"), ("q", "time", "full"), ("r", "time", "part")],
    )
    staff = Holders(role="staff", where={"time": ("full",)})

    assert outcome(cover(staff, each="centre"), world).total == 2
    assert outcome(cover(Holders(role="staff", affiliation="secondment"), each="centre"), world).total == 0


# ---- units, sizes


def test_sizes_are_added_up_and_what_nobody_told_is_not_nought():
    """Sizes below a unit are added up; where one is not known, the sum is not known, and it is told."""
    world = snapshot(
        {"x": "town", "y": "town", "a": "cell", "b": "cell", "c": "cell"},
        parents={"x": "", "y": "", "a": "x", "b": "x", "c": "y"},
        sizes={"a": number("1.5"), "b": number("2")},
    )
    check = cover(
        UnitCount(kinds=("cell",), add_size=True), each="town", tree="t", bounds=Bounds(exactly=number("3.5"))
    )

    result = outcome(check, world)

    assert found(result) == [("y", "untold")]
    assert (result.met, result.total, result.mean) == (1, None, None)


def test_a_units_own_size_is_held_against_the_standard():
    """1,000 square metres are enough, 999.99 are not, no figure is told as such (row 116)."""
    world = snapshot(
        {"a": "community", "b": "community", "c": "community"},
        sizes={"a": number(1000), "b": number("999.99")},
    )

    result = outcome(cover(Size(), each="community", bounds=Bounds(at_least=number(1000))), world)

    assert found(result) == [("b", "at_least"), ("c", "untold")]
    assert result.findings[0].deviation == Fraction(-1, 100)


def test_sizes_are_exact_in_any_context():
    """A float is refused with its unit; a sum keeps every digit in whatever decimal context."""
    town = {"x": "town", "a": "cell", "b": "cell"}
    above = {"x": "", "a": "x", "b": "x"}
    check = cover(UnitCount(kinds=("cell",), add_size=True), each="town", tree="t")

    with localcontext(Context(prec=3)):
        exact = outcome(
            check, snapshot(town, parents=above, sizes={"a": number("1000.01"), "b": number("0.01")})
        )

    assert exact.total == Fraction(100002, 100)
    with pytest.raises(AmountError, match=r"size: 0\.5: a binary float is not exact"):
        outcome(check, snapshot(town, parents=above, sizes={"a": 0.5, "b": number(1)}))


def test_a_bond_may_be_asked_for_its_affiliation():
    """Only bonds of the affiliation asked for count: seconded, not at home (row 121)."""
    world = Snapshot.of(
        units=[Unit(id="s", kind="street"), Unit(id="c", kind="community"), Unit(id="d", kind="community")],
        memberships=[
            Membership(person="p", unit="s", role="staff", affiliation="home"),
            Membership(person="p", unit="c", role="staff", affiliation="secondment"),
            Membership(person="p", unit="d", role="staff", affiliation="residence"),
        ],
    )
    seconded = UnitCount(kinds=("community",), affiliation="secondment")
    anyhow = UnitCount(kinds=("community",), role="staff")

    assert outcome(cover(seconded, each="person", role="staff", affiliation="home"), world).total == 1
    assert outcome(cover(anyhow, each="person", role="staff", affiliation="home"), world).total == 2


def test_a_person_has_what_lies_below_each_of_their_units_once():
    """Of two posts of which one lies below the other, only the upper one counts."""
    world = snapshot(
        {"a": "cell", "b": "cell", "h1": "home", "h2": "home"},
        parents={"a": "", "b": "a", "h1": "b", "h2": "a"},
        holders=[("a", "linker", "p"), ("b", "linker", "p")],
    )
    check = cover(UnitCount(kinds=("home",)), each="person", role="linker", tree="t")

    assert outcome(check, world).total == 2


def test_a_bond_to_the_household_itself_counts():
    """Somebody linked to households one by one has as many as they hold (rows 85, 136)."""
    world = snapshot({"h1": "home", "h2": "home"}, holders=[("h1", "linker", "p"), ("h2", "linker", "p")])

    assert outcome(cover(UnitCount(kinds=("home",)), each="person", role="linker"), world).total == 2


# ---- bounds


@pytest.mark.parametrize(
    ("bounds", "kept"),
    [
        pytest.param({"exactly": 2}, [2], id="exactly"),
        pytest.param({"at_least": 2}, [2, 3], id="at least (以上) includes"),
        pytest.param({"at_most": 2}, [0, 1, 2], id="at most (以下) includes"),
        pytest.param({"above": 2}, [3], id="above (超过) excludes"),
        pytest.param({"below": 2}, [0, 1], id="below (不满) excludes"),
        pytest.param({"at_least": 1, "at_most": 2}, [1, 2], id="a range"),
        pytest.param({"about": 2, "tolerance": Fraction(1)}, [1, 2, 3], id="about"),
    ],
)
def test_bounds_include_the_number_or_not(bounds, kept):
    """以上、以下 include the number, 超过、不满 do not; about has a tolerance (trap 2)."""
    people = [("b", "p1"), ("c", "p1"), ("c", "p2"), ("d", "p1"), ("d", "p2"), ("d", "p3")]
    world = snapshot(dict.fromkeys("abcd", "cell"), holders=[(unit, "head", one) for unit, one in people])
    given = {name: value if name == "tolerance" else number(value) for name, value in bounds.items()}

    result = outcome(cover(HEAD, bounds=Bounds(**given)), world)

    assert ["abcd".index(unit) for unit in "abcd" if unit not in result.unmet] == kept


def test_about_is_never_a_fault():
    """About 30 with 22 found is told with its deviation of -8, and is not a fault (trap 43)."""
    world = snapshot(
        {"g": "cell", **{f"h{n}": "home" for n in range(22)}},
        parents={"g": "", **{f"h{n}": "g" for n in range(22)}},
    )
    check = cover(
        UnitCount(kinds=("home",)),
        noun="quota",
        tree="t",
        bounds=Bounds(about=number(30), tolerance=Fraction(5)),
    )

    result = outcome(check, world)

    assert result.holds is True
    assert [(one.of, one.code, one.deviation, one.soft) for one in result.findings] == [
        ("g", "about", -8, True)
    ]


def test_a_mean_is_exact_and_shown_as_declared():
    """16 households of 7 linkers are 16/7 on average, shown as 2.3 (the rounding of M15)."""
    kinds = {**{f"g{n}": "cell" for n in range(7)}, **{f"h{n}": "home" for n in range(16)}}
    world = snapshot(kinds, parents={one: "g0" if kind == "home" else "" for one, kind in kinds.items()})
    check = cover(
        UnitCount(kinds=("home",)), noun="quota", tree="t", of="mean", bounds=Bounds(at_least=number(3))
    )

    result = outcome(check, world)

    assert (result.mean, result.shown_mean) == (Fraction(16, 7), Decimal("2.3"))
    assert [(one.of, one.code, one.found, one.deviation) for one in result.findings] == [
        ("", "at_least", Fraction(16, 7), Fraction(-5, 7))
    ]


def test_priority_is_told_only_while_some_are_left():
    """Who has ordinary households while poor ones are with nobody of the class is told (row 96)."""

    def world(*elsewhere):
        homes = {"h1": "a", "h2": "a", **dict.fromkeys(elsewhere, "b")}
        return snapshot(
            {"a": "cell", "b": "cell", **dict.fromkeys(homes, "home")},
            parents={"a": "", "b": "", **homes},
            holders=[("a", "linker", "p")],
            traits=[("h1", "care", "poor"), *((one, "care", "poor") for one in elsewhere)],
        )

    check = cover(
        UnitCount(kinds=("home",)),
        noun="quota",
        each="person",
        role="linker",
        tree="t",
        bounds=Bounds(exactly=number(2)),
        priority={"care": ("poor",)},
    )

    assert found(outcome(check, world()), soft=True) == []
    assert found(outcome(check, world("h3", "h4")), soft=True) == [("p", "priority")]
    assert outcome(check, world("h3", "h4")).findings[0].wanted == 2


# ---- items, values


def test_missing_items_are_named():
    """Of uniform things those that are missing are named; others do not stand in for them (row 145)."""
    world = snapshot({"a": "centre"}, traits=[("a", "uniform", "flag"), ("a", "uniform", "balloon")])

    result = outcome(cover(Items(trait="uniform", all=("emblem", "flag", "guide")), each="centre"), world)

    assert [(one.names, one.found, one.wanted) for one in result.findings] == [(("emblem", "guide"), 1, 3)]


def test_a_catalogue_says_what_is_mandatory():
    """Asked by a catalogue, its mandatory items must be there, and no others (row 146)."""
    offered = Catalogue(id="seven", trait="service", items={}, mandatory=("x", "y"), open=True)
    world = Snapshot.of(
        structure=Structure(catalogues=[offered]),
        units=[Unit(id="a", kind="centre")],
        traits=[Trait(of="a", name="service", value="x"), Trait(of="a", name="service", value="z")],
    )

    result = outcome(cover(Items(catalogue="seven"), each="centre"), world)

    assert result.findings[0].names == ("y",)


def test_themes_must_differ_where_the_rule_says_so():
    """Each window has its own theme: those with the same one are told with the others (row 63)."""
    world = snapshot(
        dict.fromkeys(("a", "b", "c", "d"), "window"),
        traits=[("a", "theme", "x"), ("b", "theme", "x"), ("c", "theme", "y")],
    )

    result = outcome(cover(Values(trait="theme", unlike=True), each="window"), world)

    assert [(one.of, one.code, one.names) for one in result.findings] == [
        ("a", "same", ("b",)),
        ("b", "same", ("a",)),
        ("d", "at_least", ()),
    ]


# ---- facts, amounts


@pytest.mark.parametrize(
    ("within", "first"),
    [
        pytest.param("day", date(2013, 10, 15), id="day"),
        pytest.param("month", date(2013, 10, 1), id="month"),
        pytest.param("quarter", date(2013, 10, 1), id="quarter"),
        pytest.param("half", date(2013, 7, 1), id="half"),
        pytest.param("year", date(2013, 1, 1), id="year"),
    ],
)
def test_facts_count_from_the_first_day_of_the_span(within, first):
    """Facts of the span around the day count, up to that day; the day before it begins does not."""
    facts = [told("a", first), told("a", date.fromordinal(first.toordinal() - 1), name="before")]

    result = outcome(cover(Told(kinds=("visit",), within=within)), snapshot({"a": "cell"}), facts=facts)

    assert result.total == 1


def test_facts_of_the_last_days_include_the_day_itself():
    """The last 30 days to 15 October begin on 16 September."""
    facts = [told("a", date(2013, 9, 16)), told("a", date(2013, 9, 15)), told("a", date(2013, 10, 16))]

    assert outcome(cover(Told(kinds=("visit",), days=30)), snapshot({"a": "cell"}), facts=facts).total == 1


def test_what_is_taken_back_does_not_count():
    """A visit that is reversed leaves its household unvisited, and the reversal is no visit either."""
    facts = [told("a", name="wrong"), told("a", name="back", reverses="wrong")]

    assert outcome(cover(Told(kinds=("visit",))), snapshot({"a": "cell"}), facts=facts).unmet == ("a",)


def test_a_reversal_of_nothing_is_refused():
    """A fact that reverses what is not there is an error of the input, not a visit less."""
    with pytest.raises(FactProblems, match="reverses 'nothing'"):
        outcome(cover(Told(kinds=("visit",))), snapshot({"a": "cell"}), facts=[told("a", reverses="nothing")])


def test_only_what_was_known_by_a_day_counts():
    """Asked as of an earlier day, what was entered later is not known."""
    late = told("a", date(2013, 10, 1), recorded_on=date(2013, 10, 20))

    check = cover(Told(kinds=("visit",)))

    assert outcome(check, snapshot({"a": "cell"}), facts=[late], as_of=date(2013, 10, 19)).met == 0
    assert outcome(check, snapshot({"a": "cell"}), facts=[late], as_of=date(2013, 10, 20)).met == 1


def test_facts_about_somebody_else_are_found_by_their_attribute():
    """A visit is the linker's fact, and is about the household it names (row 75)."""
    facts = [told("p", attributes={"household": "a"})]
    world = snapshot({"a": "cell", "p": "cell"})

    assert outcome(cover(Told(kinds=("visit",), about="household")), world, facts=facts).unmet == ("p",)


def test_amounts_of_facts_are_added_up_and_divided():
    """Office money is added up (row 17); what was matched is divided by what was granted (row 18)."""
    facts = [
        told("a", name="1", amount=Decimal(15000), attributes={"granted": 3, "matched": 2}),
        told("a", name="2", amount=Decimal("14999.99"), attributes={"granted": 3, "matched": 4}),
        told("b", name="3", attributes={"granted": 0, "matched": 0}),
    ]
    world = snapshot({"a": "cell", "b": "cell", "c": "cell"})
    ratio = cover(Told(kinds=("visit",), add="matched", per="granted"), bounds=Bounds(at_least=number(1)))
    money = cover(Told(kinds=("visit",), add="amount"), bounds=Bounds(at_least=number(30000)))

    matched = outcome(ratio, world, facts=facts)

    assert (matched.base, matched.exempt, found(matched)) == (2, 1, [("c", "untold")])
    assert outcome(money, snapshot({"a": "cell"}), facts=facts[:2]).findings[0].deviation == Fraction(-1, 100)


def test_a_fact_without_the_number_is_an_error():
    """A sum over facts of which one carries no number is refused with the fact named."""
    with pytest.raises(CoverageProblems, match=r"^fact 'x': the fact has no number 'amount'"):
        outcome(
            cover(Told(kinds=("visit",), add="amount")), snapshot({"a": "cell"}), facts=[told("a", name="x")]
        )


def test_amounts_of_the_host_are_exact_and_read():
    """Amounts come by name and unit: a float is refused, a name nobody reads is told with a guess."""
    check = cover(Amount(of="office-money"), bounds=Bounds(at_least=number(30000)))
    world = snapshot({"a": "cell", "b": "cell"})

    result = outcome(check, world, amounts={"office-money": {"a": "30000"}})

    assert found(result) == [("b", "untold")]
    with pytest.raises(AmountError, match=r"amounts\.office-money, a: 0\.1: a binary float is not exact"):
        outcome(check, world, amounts={"office-money": {"a": 0.1}})
    with pytest.raises(CoverageProblems, match="Did you mean 'office-money'"):
        outcome(check, world, amounts={"ofice-money": {}})


# ---- shares


@pytest.mark.parametrize(
    ("compare", "holds"), [pytest.param("exact", False, id="exact"), pytest.param("shown", True, id="shown")]
)
def test_a_share_is_compared_as_declared(compare, holds):
    """7 of 8 are 87.5 %, printed as 88 %: enough for 88 % as shown, not enough exactly (row 116)."""
    world = snapshot(
        {f"c{n}": "community" for n in range(8)},
        sizes={f"c{n}": number(1000 if n else 900) for n in range(8)},
    )
    check = cover(
        Size(),
        each="community",
        noun="share",
        bounds=Bounds(at_least=number(1000)),
        display=Display(places=0),
        share=ShareBound(at_least=Fraction(88, 100), compare=compare),
    )

    result = outcome(check, world)

    assert (result.share, result.shown_share, result.holds) == (Fraction(7, 8), Decimal(88), holds)
    assert result.unmet == ("c0",)


def test_a_bound_on_a_share_may_exclude_the_number():
    """Exactly half is not more than half (trap 3)."""
    world = snapshot({"a": "cell", "b": "cell"}, holders=[("a", "head", "p")])
    half = Fraction(1, 2)

    assert outcome(cover(HEAD, noun="share", share=ShareBound(at_least=half)), world).holds is True
    assert outcome(cover(HEAD, noun="share", share=ShareBound(above=half)), world).holds is False


# ---- words, versions, facts, reasons


def test_words_the_structure_does_not_know_are_refused_at_once():
    """A misspelt kind would make an empty base that looks well; all such words are named with a guess."""
    world = Snapshot.of(structure=Structure(kinds=[UnitKind(id="cell")], trees=[Tree(id="grid")]))

    with pytest.raises(CoverageProblems) as caught:
        outcome(cover(UnitCount(kinds=("cel",)), each="sell", tree="gird"), world)

    assert [(one.where, one.message) for one in caught.value.problems] == [
        ("cover.c.each", "the structure has no kind of unit 'sell'; known are 'cell'. Did you mean 'cell'?"),
        ("cover.c.tree", "the structure has no tree 'gird'; known are 'grid'. Did you mean 'grid'?"),
        (
            "cover.c.units.kind",
            "the structure has no kind of unit 'cel'; known are 'cell'. Did you mean 'cell'?",
        ),
    ]


def test_the_version_of_the_day_is_checked():
    """Of two versions of a check the one in force that day decides."""
    book = CoverageBook(
        id="test/book",
        checks=(
            cover(HEAD, until=date(2013, 6, 30)),
            cover(HEAD, since=date(2013, 7, 1), bounds=Bounds(at_least=number(2))),
        ),
    )
    world = snapshot({"a": "cell"}, holders=[("a", "head", "p")])

    assert check_coverage(book, world, on=date(2013, 6, 30))["c"].met == 1
    assert check_coverage(book, world, on=date(2013, 7, 1))["c"].met == 0


def test_a_report_becomes_facts():
    """Each gap is a fact about who falls short; with a subject each share is one too, as shown."""
    world = snapshot({"a": "cell", "b": "cell", "c": "cell"}, holders=[("a", "head", "p")])
    report = check_coverage(CoverageBook(id="test/book", checks=(cover(HEAD),)), world, on=DAY)

    facts = list(report.facts(subject="city"))

    assert [(one.subject, one.kind, one.amount) for one in facts] == [
        ("b", "coverage-gap", None),
        ("c", "coverage-gap", None),
        ("city", "coverage-share", Decimal("33.3")),
    ]
    assert facts[0].attributes == {"book": "test/book", "check": "c", "missed": "at_least", "soft": False}
    assert len({one.id for one in facts}) == 3


def test_a_check_that_is_not_there_is_named():
    """Asking a report for a check it does not have names those it has."""
    report = check_coverage(CoverageBook(id="test/book", checks=(cover(HEAD),)), snapshot(), on=DAY)

    with pytest.raises(UnknownIdError, match="there is no coverage check 'd'; known are 'c'"):
        report["d"]


def test_a_finding_explains_itself_in_both_languages():
    """A finding says who, what was found and wanted, what is missing, and by which rule, from where."""
    world = snapshot({"a": "centre"}, traits=[("a", "uniform", "flag")])
    check = cover(
        Items(trait="uniform", all=("emblem", "flag")), each="centre", source="report of 2018", rows=(145,)
    )

    result = outcome(check, world)

    assert explain(result.findings[0]) == (
        "a: 1, wanted is at least 2 (-1)\n"
        "  missing: emblem\n"
        "  found by: c (c) (source: report of 2018)\n"
        "    row 145 of the source table"
    )
    assert explain(result, lang="zh") == (
        "c（c）：1 个中 0 个达标（0.0 %）（来源：report of 2018）\n"
        "  原表第 145 行\n"
        "  a：现为 1，要求不少于 2（差 -1）\n"
        "    缺：emblem"
    )

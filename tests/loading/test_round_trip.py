"""Every key of the vocabulary becomes the value it says."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from serviceorg.basics import FrozenMap, Label
from serviceorg.facts import Fact, FactKind, FieldKind
from serviceorg.loading import rule_set_from_path
from serviceorg.model import Dated, Exemption, Subject
from serviceorg.scoring.rules import (
    Award,
    Ballots,
    Check,
    Checks,
    Condition,
    Consequence,
    Direct,
    Each,
    Factor,
    Gate,
    Group,
    Late,
    Length,
    Limit,
    Linear,
    Marginal,
    Per,
    Place,
    PluginMeasure,
    Points,
    PointsBy,
    Quorum,
    Rank,
    Ranking,
    Rate,
    Relative,
    RollUp,
    Rounding,
    Share,
    Step,
    Steps,
    Tally,
    Trim,
    Validity,
    Who,
    Window,
)

D = Decimal


@pytest.fixture(scope="module")
def rules():
    """Return the rule set that uses every key."""
    return rule_set_from_path(Path(__file__).parent / "correct" / "everything.toml")


@pytest.fixture(scope="module")
def first(rules):
    """Return its first version."""
    return rules.versions[0]


def item(version, name):
    """Return an item of a version."""
    return next(item for item in version.items if item.id == name)


def test_the_head_becomes_the_rule_set(rules):
    """What holds for all versions stands at the rule set."""
    assert (rules.id, rules.title) == ("town/everything", Label(zh="全部写法", en="Everything"))
    assert rules.subject_kinds == ("member", "window")
    assert (rules.period, rules.first_month, rules.scale, rules.direction) == ("quarter", 11, 3, "half-even")
    assert (rules.source, rules.illustrative, rules.rows) == ("Gazette 7/2024", True, (152, 161))
    assert rules.dates == "recorded"


def test_the_head_of_a_version(first):
    """What amendments may change stands at the version."""
    head = first.head

    assert (first.effective, first.basis) == (date(2024, 11, 1), "Council 3/2024")
    assert (head.base, head.cap, head.floor) == (D(60), D("120.5"), D(0))
    assert head.round == Rounding(step=D("0.5"), direction="down")
    assert head.base_for_part == "months"
    assert head.who == Who(kinds=("member",), categories=("regular", "front line"))
    assert head.counts["items"] == 10
    assert head.roll_up == RollUp(
        into="year",
        by="weights",
        weights=(D(1), D(1), D(1), D(2)),
        partial="served",
        least=2,
        round=Rounding(step=D(1)),
    )
    by = ("total", "category.service", "item.A1")
    assert head.ranking == Ranking(by=by, ties="dense", within="organisation")


def test_kinds_of_fact(rules):
    """A kind says whether its facts carry an amount, and what each attribute may be."""
    assert rules.kinds["shift"] == FactKind(
        id="shift",
        title=Label(en="Shift"),
        amount=True,
        unit="h",
        most=D(24),
        fields=FrozenMap(
            role=FieldKind(name="role", one_of=("lead", "helper")),
            holiday=FieldKind(name="holiday", type="flag"),
            partner=FieldKind(name="partner", required=False),
            kilometres=FieldKind(name="kilometres", type="number", most=D(500), required=False),
            back=FieldKind(name="back", type="date", required=False),
        ),
    )
    assert rules.kinds["visit"].amount
    assert not rules.kinds["absence"].amount
    assert rules.kinds["scorecard"].amount


def test_categories(first):
    """A category has a cap on what it earns and a floor on what it costs."""
    service = first.categories[0]

    assert (service.id, service.title, service.cap, service.floor) == ("service", Label(zh="服务"), 80, -20)
    assert service.round == Rounding(step=D("0.1"), direction="up")
    assert service.source == "§ 2"


def test_an_item_in_short_form_has_one_clause(first):
    """Without a list of clauses the keys are those of the only clause, but for caps over spans of time."""
    a1 = item(first, "A1")
    (clause,) = a1.clauses

    assert (a1.category, a1.source, a1.full, a1.floor) == ("service", "§ 3", None, None)
    assert a1.cap == {"month": D("10.5"), "period": D(25)}
    assert a1.round == Rounding(step=D(1))
    assert clause.cap == {"event": D(3)}
    assert (clause.measure, clause.pay, clause.sign) == (Each(), Points(points=D("0.125")), 1)
    assert clause.who == Who(kinds=("member",), categories=("regular",))
    assert clause.times == {"day": 1, "month": 20}
    assert clause.factors == (
        Factor(where=FrozenMap(holiday=(True,)), by=D("1.5")),
        Factor(where=FrozenMap(role=("lead",)), by=D(2)),
    )
    assert clause.stack == "highest"


def test_what_a_clause_reads(first):
    """The selecting keys become the selection, its gate and its time for late entry."""
    select = item(first, "A1").clauses[0].select

    assert (select.on, select.about, select.distinct, select.members) == (("shift",), "partner", "day", False)
    assert select.where == {"role": ("lead", "helper"), "holiday": (True,)}
    assert select.unless == {"partner": ("none",)}
    gate = Gate(kind="sanction", where=FrozenMap(grade=("demerit",)), within=Length(months=12))
    assert select.gate == gate
    assert select.late == Late(by="recorded", within=Length(months=1))


def test_the_time_for_late_entry_of_the_head_holds_for_every_clause(first):
    """A clause that says nothing about late entry takes what the head says."""
    late = item(first, "A3").clauses[0].select.late

    assert late == Late(by="decided", within=Length(days=30))


def test_the_window_of_a_clause(first):
    """A rolling window has a length; carrying over and wiping belong to it."""
    assert item(first, "A1").clauses[0].window == Window(
        kind="rolling",
        length=Length(days=365),
        carry=FrozenMap(role=("lead",)),
        clear_after="month",
        clear_on="absence",
    )


def test_quantities(first):
    """The nearest step is rounded half up."""
    assert item(first, "A1").clauses[0].per == Per(
        field="amount",
        unit=D(2),
        step=D("0.5"),
        round="half-up",
        most=FrozenMap(event=D(8), day=D(12)),
    )


def test_an_item_with_clauses(first):
    """With a list of clauses, cap and take at the item are the item's, and its clauses have their own."""
    a2 = item(first, "A2")
    one, other = a2.clauses

    assert (a2.full, a2.floor, a2.cap, a2.take) == (D(20), D(-5), {"period": D(30)}, "best")
    assert (one.id, one.select.members, one.per_head, one.take) == ("a", True, False, "worst")
    assert one.cap == {"month": D(4)}
    assert one.pay == PointsBy(field="level", table=FrozenMap(town=D(1), city=D(2)))
    assert (other.sign, other.pay, other.times, other.shared) == (
        -1,
        Points(points=D(1)),
        {"period": 3},
        True,
    )
    assert other.select.gate == Gate(kind="shift", within=Length(days=60), wants=True)


def test_deductions_by_value(first):
    """deduct_by is points_by with the other sign."""
    clause = item(first, "A3").clauses[0]

    assert (clause.pay, clause.sign) == (PointsBy(field="level", table=FrozenMap(town=D("0.5"))), -1)


def test_the_floor_of_an_allotment_is_nothing():
    """An item with full and no floor cannot come below 0; floor = "none" lets it."""
    from serviceorg.loading import rule_set_from_text

    text = (
        '[rule_set]\nid = "a"\ntitle = "t"\nsubject = "m"\nperiod = "year"\neffective = 2025-01-01\n'
        'basis = "b"\nsource = "s"\n[fact.k]\n[fact.l]\n[[category]]\nid = "c"\ntitle = "t"\n'
        '[[item]]\nid = "I"\ncategory = "c"\ntitle = "t"\non = "k"\ndeduct = 1\nfull = 20\n'
        '[[item]]\nid = "J"\ncategory = "c"\ntitle = "t"\non = "l"\ndeduct = 1\nfull = 20\nfloor = "none"\n'
    )

    allotted, open_below = rule_set_from_text(text).items

    assert (allotted.floor, open_below.floor) == (D(0), None)


def test_rates(first):
    """A rate divides two attributes, or facts that match by facts that match, or heads."""
    fields, heads = item(first, "B1").clauses

    assert fields.measure == Rate(part_field="attended", whole_field="scheduled", over="month")
    assert fields.pay == Steps(
        steps=(Step(start=D("0.8"), points=D(1)), Step(above=D("0.95"), points=D(2))),
    )
    assert (fields.missing, heads.missing, heads.sign) == ("zero", "full", -1)
    assert heads.measure == Rate(
        part=FrozenMap(role=("lead",)),
        whole=FrozenMap(holiday=(False,)),
        whole_unless=FrozenMap(role=("helper",)),
        heads=True,
        least=2,
    )
    assert heads.pay == Linear(target=D("0.9"), full=D(5), lose=D("0.5"), per=D("0.01"), whole=True)


def test_ballots(first):
    """Ballots keep groups, aspects, trimming, validity, quorum and the places of rounding."""
    clause = item(first, "B2").clauses[0]

    assert (clause.pay, clause.missing) == (Points(points=D(10)), "pending")
    assert clause.measure == Ballots(
        by="group",
        groups=(
            Group(id="leaders", weight=D(4), title=Label(en="Leaders")),
            Group(id="peers", weight=D(6), least=3, trim=Trim(over=5, high=1, low=2)),
        ),
        aspect="aspect",
        aspects=(Group(id="conduct", weight=D("0.4")), Group(id="results", weight=D("0.6"))),
        trim=Trim(over=7),
        least=2,
        panel="panel",
        decimals=FrozenMap(aspect=4, group=2, panel=3, end=1),
        direction="half-up",
        missing="reweigh",
        valid=Validity(
            ballot="ballot",
            limits=(Limit(at_least=D(90), most=3), Limit(below=D(70), least=2)),
            not_all_equal=True,
            not_self="voter",
        ),
        quorum=Quorum(least=50, group="peers", share=D("0.7")),
    )


def test_checklists(first):
    """With checks, take belongs to the measure; parts with points need no other pay."""
    one, many = item(first, "B3").clauses

    parts = (Check(id="sign", title=Label(en="Sign"), points=D(1)), Check(id="log", points=D(2), must=True))
    assert (one.measure, one.pay, one.take) == (Checks(parts=parts, take="best"), Points(points=D(0)), "")
    parts = (Check(id="door"), Check(id="roof"))
    assert many.measure == Checks(parts=parts, by="name", all_or_nothing=True)


def test_ranks_and_what_they_pay(first):
    """A rank pays by place or share of the ranked, or less for each place."""
    steps, place = item(first, "B4").clauses[0], item(first, "B5").clauses[0]

    assert steps.measure == Rank(by="amount", within="category", ties="mean", order="low", least=5)
    assert steps.pay == Steps(
        steps=(Step(to=D(3), points=D(5)), Step(to=D("0.2"), share=True, points=D(1))),
    )
    assert (place.measure, place.select.on) == (Rank(by="category.service"), ())
    assert place.pay == Place(full=D(10), lose=D("0.5"))


def test_tallies_and_slices(first):
    """A sum can be compared with the best, or be paid slice by slice."""
    best, slices = item(first, "B6").clauses[0], item(first, "B7").clauses[0]

    assert best.measure == Tally(what="sum", field="kilometres", over="quarter")
    assert best.pay == Relative(full=D(8), within="organisation")
    assert (slices.select.members, slices.per_head) == (True, True)
    assert slices.pay == Marginal(
        slices=(Step(start=D(0), points=D("0.2")), Step(start=D(10), points=D("0.1"))),
    )


def test_a_measure_with_a_dot_is_a_plug_in_s(first):
    """Its options become exact and frozen; whether somebody supplies it is asked later."""
    measure = item(first, "B7").clauses[1].measure

    options = {"length": D(3), "words": ("a", "b"), "deep": {"on": date(2024, 1, 1), "yes": True}}
    assert measure == PluginMeasure(id="acme.streak", over="month", options=FrozenMap(options))
    assert hash(measure)


def test_vetoes(first):
    """A veto has an effect, a scope, and a term by length or by an attribute."""
    v1, v2, v3, v4 = first.vetoes

    assert (v1.on, v1.effect, v1.grade, v1.lasts) == (
        ("sanction", "scorecard"),
        "grade_at_most",
        "pass",
        Length(days=90),
    )
    assert v1.who == Who(categories=("regular",))
    assert (v2.members, v2.effect, v2.lifted, v2.adds_up) == (True, "no_star", "lifted", Length(months=48))
    assert (v2.lasts, v2.lasts_field) == (None, "grade")
    assert v2.lasts_by == {"warning": Length(months=6), "demerit": Length(months=12)}
    assert (v3.effect, v3.scope, v3.lasts) == ("zero", "category.service", None)
    assert (v4.effect, v4.lasts) == ("no_award", Length(months=3))


def test_grades(first):
    """Grades keep what they need, their quota, and the facts that give them without scoring."""
    excellent, passed, fail = first.grades

    assert (excellent.start, excellent.share) == (
        D(90),
        Share(numerator=1, denominator=3, rounding="half-up", ties="in", within="category"),
    )
    assert excellent.needs == (
        Condition(what="item.A1", above=D(3), most=D(20)),
        Condition(what="category.quality", least=D(1), below=D(40)),
    )
    assert excellent.direct == (Direct(on=("visit",), where=FrozenMap(level=("city",))),)
    assert (passed.above, passed.below, len(passed.direct)) == (D("59.5"), D(90), 2)
    assert (fail.start, fail.to) == (None, D("59.5"))


def test_stars_stand_highest_first(first):
    """Stars are sorted by level; what keeps a star is one more need."""
    silver, one = first.stars

    assert (silver.id, silver.level, silver.start) == ("silver", 2, D(80))
    assert silver.needs == (
        Condition(what="grade", one_of=("excellent", "pass")),
        Condition(what="facts", on=("shift",), window="rolling", length=Length(months=12), least=D(5)),
    )
    assert (one.id, one.above) == ("star-1", D(70))
    assert one.share == Share(numerator=1, denominator=5)
    assert Fraction(one.share.numerator, one.share.denominator) == Fraction(20, 100)


def test_consequences_and_awards(first):
    """Consequences look back over periods; awards go to the first of a ranking."""
    assert first.consequences == (
        Consequence(
            id="talk",
            title=Label(zh="谈话"),
            when=(Condition(what="total", below=D(60)),),
            consecutive=2,
            ladder="low",
            source="§ 12",
        ),
        Consequence(
            id="warning",
            title=Label(zh="警示"),
            when=(Condition(what="grade", one_of=("fail",)),),
            times=3,
            within=Length(months=24),
            ladder="low",
        ),
    )
    assert first.awards == (
        Award(
            id="star-of-the-quarter",
            title=Label(zh="季度之星"),
            top=3,
            within="organisation",
            needs=(Condition(what="total", least=D(80)),),
            ties="in",
            source="§ 13",
        ),
    )


def test_cases(rules):
    """A case has subjects, facts and the exact results expected of each subject."""
    three, one = rules.cases

    assert (three.title, three.period, three.as_of) == ("三位成员", "2025-Q1", date(2025, 1, 31))
    assert three.subjects[0] == Subject(
        id="M-1",
        kind="member",
        category="regular",
        organisation="north",
        joined=date(2020, 1, 1),
        left=date(2026, 1, 1),
        exemptions=(
            Exemption(effect="not_graded", since=date(2025, 1, 10), until=date(2025, 1, 20), reason="ill"),
        ),
    )
    assert three.subjects[1].category == (
        Dated(date(2020, 1, 1), "regular"),
        Dated(date(2025, 1, 1), "front line"),
    )
    assert three.facts[0] == Fact(
        id="S-1",
        subject="M-1",
        kind="shift",
        on=date(2025, 1, 5),
        amount=D("2.5"),
        recorded_on=date(2025, 1, 6),
        decided_on=date(2025, 1, 7),
        attributes={
            "role": "lead",
            "holiday": True,
            "partner": "M-2",
            "kilometres": D(12),
            "back": date(2025, 1, 6),
        },
    )
    assert (three.facts[1].id, three.facts[1].reverses) == ("case-2", "S-1")
    assert three.expect["M-1"] == {
        "total": D("61.5"),
        "grade": "pass",
        "star": 1,
        "status": "scored",
        "vetoes": ("V1",),
        "place": 1,
        "awards": ("star-of-the-quarter",),
        "consequences": ("talk",),
        "item.A1": D("1.5"),
        "category.service": D(-3),
    }
    assert (one.subjects, one.expect) == (
        (Subject(id="M-9", kind="member"),),
        {"M-9": {"total": D(60)}},
    )


def test_titles_are_chinese_where_a_chinese_sign_stands_in_them(rules):
    """A plain title with a Chinese sign is the Chinese one, any other the English one."""
    assert rules.items[0].title == Label(zh="服务时长")
    assert rules.kinds["shift"].title == Label(en="Shift")

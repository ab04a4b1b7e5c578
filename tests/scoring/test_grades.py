import pytest

from tests.scoring.given import POINTS, card, cards, codes, fact, reasons, results, rules, said, subject

BANDS = """
[[grade]]
id = "good"
title = "Good"
{good}
[[grade]]
id = "fair"
title = "Fair"
from = 60
[[grade]]
id = "poor"
title = "Poor"
"""


def graded(good, facts, text="", **more):
    """Return the grades of everybody with facts, by subject."""
    found = cards(rules(POINTS + BANDS.format(good=good) + text), facts, **more)
    return {name: one.grade for name, one in found.items()}


@pytest.mark.parametrize(("good", "wanted"), [("from = 80", "good"), ("above = 80", "fair")])
def test_a_band_begins_at_or_above_its_bound(good, wanted):
    """80 is good where good begins from 80, fair where it begins above 80 (trap 2)."""
    assert graded(good, results({"A": 80})) == {"A": wanted}


def test_no_total_is_homeless():
    """79.99 is fair, 59.99 poor, 0 poor: bands begin where the one above ends (trap 1)."""
    assert graded("from = 80", results({"A": "79.99", "B": "59.99", "C": 0})) == {
        "A": "fair",
        "B": "poor",
        "C": "poor",
    }


NEEDS = [
    ('{ what = "total", from = 90 }', False),
    ('{ what = "total", below = 85 }', False),
    ('{ what = "total", to = 85 }', True),
    ('{ what = "total", above = 84 }', True),
    ('{ what = "category.c", from = 85 }', True),
    ('{ what = "item.i", above = 85 }', False),
    ('{ what = "facts", on = "result", from = 1 }', True),
    ('{ what = "facts", on = "result", from = 2 }', False),
    ('{ what = "facts", on = "result", field = "amount", from = 85 }', True),
    ('{ what = "facts", on = "result", window = "ever", from = 2 }', True),
    ('{ what = "facts", on = "result", window = { months = 24 }, field = "amount", from = 95 }', True),
    ('{ what = "facts", on = "result", window = { days = 30 }, from = 1 }', False),
]


@pytest.mark.parametrize(("need", "met"), NEEDS)
def test_a_band_may_need_more_than_points(need, met):
    """With 85 points of May, and 10 of May last year, each need holds or not (S20)."""
    rule_set = rules(POINTS + BANDS.format(good=f"from = 80\nneeds = [{need}]"))

    found = card(rule_set, [fact("05-01", 85, "result"), fact("2023-05-01", 10, "result")])

    assert found.grade == ("good" if met else "fair")
    assert ("needs" in codes(found)) is not met


SHARE = 'from = 80\nshare = {{ most = "1/3", ties = "{}", rounding = "{}" }}'


@pytest.mark.parametrize(
    ("marks", "ties", "rounding", "wanted"),
    [
        ({"A": 95, "B": 90, "C": 85}, "out", "down", "A"),
        ({"A": 95, "B": 95, "C": 85}, "out", "down", ""),  # both tied at the edge stay out
        ({"A": 95, "B": 95, "C": 85}, "in", "down", "AB"),
        ({"A": 95, "B": 90}, "in", "down", ""),  # a third of 2 is none (M8)
        ({"A": 95, "B": 90}, "in", "half-up", "A"),  # 2/3 rounds to 1
        ({"A": 95, "B": 90, "C": 85, "D": 80}, "out", "up", "AB"),  # 4/3 is begun twice
        ({"A": 95, "B": 70, "C": 60}, "out", "up", "A"),
    ],
)
def test_a_share_of_a_grade(marks, ties, rounding, wanted):
    """At most a third is good, rounded and tied as declared; who does not fit is fair (S21, trap 7)."""
    found = graded(SHARE.format(ties, rounding), results(marks))

    assert "".join(sorted(name for name, grade in found.items() if grade == "good")) == wanted
    assert {grade for name, grade in found.items() if name not in wanted} <= {"fair"}


def test_a_share_within_each_organisation():
    """Half of each team's two: the best of P and the best of Q."""
    team = {"A": "P", "B": "P", "C": "Q", "D": "Q"}
    good = 'from = 80\nshare = { most = 0.5, ties = "out", rounding = "down", within = "organisation" }'

    found = graded(
        good,
        results({"A": 99, "B": 98, "C": 82, "D": 81}),
        subjects=[subject(name, organisation=where) for name, where in team.items()],
    )

    assert found == {"A": "good", "B": "fair", "C": "good", "D": "fair"}


def test_who_does_not_fit_counts_in_the_next_band():
    """One of four may be good, two fair (half): the others fall to poor."""
    text = """
    [[grade]]
    id = "good"
    title = "G"
    from = 80
    share = { most = "25%", ties = "out", rounding = "down" }
    [[grade]]
    id = "fair"
    title = "F"
    from = 60
    share = { most = "50%", ties = "out", rounding = "down" }
    [[grade]]
    id = "poor"
    title = "P"
    """
    found = cards(rules(POINTS + text), results({"A": 99, "B": 98, "C": 97, "D": 96}))

    assert [found[name].grade for name in "ABCD"] == ["good", "fair", "fair", "poor"]
    assert [one.arguments for one in reasons(found["D"], "quota")] == [("good",), ("fair",)]


def test_those_not_assessed_are_out_of_the_share():
    """Three of four are assessed: a third of them is one (trap 26)."""
    who = [subject("A"), subject("B"), subject("C"), subject("D", left="2023-01-01")]
    found = graded(SHARE.format("out", "down"), results({"A": 99, "B": 98, "C": 97}), subjects=who)

    assert found == {"A": "good", "B": "fair", "C": "fair", "D": None}


def test_alone_a_grade_with_a_share_is_pending():
    """Nobody can say alone whether the share has room: the card waits for it, and says so."""
    rule_set = rules(POINTS + BANDS.format(good=SHARE.format("out", "down")))

    sure, unsure = (
        card(rule_set, [fact(amount=70, kind="result")]),
        card(rule_set, [fact(amount=95, kind="result")]),
    )

    assert (sure.status, sure.grade) == ("scored", "fair")
    assert (unsure.status, unsure.grade, unsure.waiting_for) == ("pending", None, ("share.good",))
    assert (unsure.total, unsure.could_reach) == (95, 95)


DIRECT = 'from = 80\ndirect = { on = "medal", where = { rank = "first" } }'
MEDAL = '[fact.medal]\nfields.rank = ["first", "second"]'


def test_a_fact_may_give_the_grade_directly():
    """A first medal makes good of 10 points, without a total; a second one does not (S32)."""
    won = [*results({"A": 10, "B": 10}), fact(kind="medal", subject="A", rank="first")]
    won.append(fact(kind="medal", subject="B", rank="second"))

    found = cards(rules(POINTS + BANDS.format(good=DIRECT) + MEDAL), won)

    assert (found["A"].status, found["A"].grade, found["A"].total, found["A"].place) == (
        "awarded",
        "good",
        None,
        None,
    )
    assert (found["B"].status, found["B"].grade, found["B"].total) == ("scored", "poor", 10)
    assert said(found["A"], "awarded") == [["Good"]]


@pytest.mark.parametrize(
    ("effect", "wanted"), [('"zero"', "poor"), ('"no_grade"', None), ('{ grade_at_most = "fair" }', "fair")]
)
def test_a_veto_is_stronger_than_a_direct_grade(effect, wanted):
    """Nothing, no grade, or at most fair: a fact that gives good directly does not lift the veto."""
    text = f'{MEDAL}\n[fact.bad]\n[[veto]]\nid = "v"\ntitle = "V"\non = "bad"\neffect = {effect}'
    rule_set = rules(POINTS + BANDS.format(good=DIRECT) + text)

    assert card(rule_set, [fact(kind="medal", rank="first"), fact(kind="bad")]).grade == wanted


STARS = """
[[star]]
level = 2
title = "Two"
from = 80
share = { most = "1/3", ties = "out", rounding = "down" }
[[star]]
level = 1
title = "One"
from = 60
[[star]]
level = 3
title = "Three"
from = 95
direct = { on = "medal", where = { rank = "first" } }
"""


def test_stars_go_from_the_highest_down():
    """96 has three stars; of 90 and 85 (a third of five is one) the better has two.

    The other has one, 50 points have none, and a first medal gives three whatever the points.
    """
    won = [
        *results({"A": 96, "B": 90, "C": 85, "D": 50, "E": 10}),
        fact(kind="medal", subject="E", rank="first"),
    ]

    found = cards(rules(POINTS + STARS + MEDAL), won)

    assert {name: one.star for name, one in found.items()} == {"A": 3, "B": 2, "C": 1, "D": None, "E": 3}
    assert {one.status for one in found.values()} == {"scored"}


def test_alone_a_star_with_a_share_is_pending():
    """Two stars wait for the others, three do not."""
    rule_set = rules(POINTS + STARS + MEDAL)

    sure, unsure = (
        card(rule_set, [fact(amount=96, kind="result")]),
        card(rule_set, [fact(amount=90, kind="result")]),
    )

    assert (sure.star, sure.status) == (3, "scored")
    assert (unsure.star, unsure.waiting_for) == (None, ("share.star-2",))


def test_a_star_needs_a_grade():
    """A star may need a grade: 85 points are not good here, so the star is not given."""
    text = (
        BANDS.format(good="from = 90")
        + '[[star]]\nlevel = 1\ntitle = "One"\nfrom = 60\nneeds = [{ what = "grade", one_of = ["good"] }]'
    )
    rule_set = rules(POINTS + text)

    assert card(rule_set, [fact(amount=85, kind="result")]).star is None
    assert card(rule_set, [fact(amount=90, kind="result")]).star == 1

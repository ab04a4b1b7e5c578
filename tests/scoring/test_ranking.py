import pytest

from serviceorg.model import Exemption
from tests.scoring.given import POINTS, cards, day, fact, reasons, results, rules, subject

SECOND = (
    '[fact.y]\namount = true\n[[item]]\nid = "j"\ncategory = "d"\ntitle = "J"\non = "y"\n'
    'points = 1\nper = "amount"\n'
)
TWO = ('id = "c"', 'id = "d"')
MARKS = results({"A": 90, "B": 80, "C": 80, "D": 70})


def places(ranking, facts=MARKS, text="", **more):
    """Return everyone's place."""
    head = {} if not ranking else {"ranking": ranking}
    found = cards(rules(POINTS + SECOND + text, categories=TWO, **head), facts, **more)
    return {name: one.place for name, one in found.items()}


@pytest.mark.parametrize(
    ("ranking", "wanted"),
    [("", [1, 2, 2, 4]), ('{ ties = "dense" }', [1, 2, 2, 3]), ('{ ties = "max" }', [1, 3, 3, 4])],
)
def test_everyone_has_a_place(ranking, wanted):
    """90, 80, 80, 70 are placed 1 2 2 4, or dense, or with the last of those tied (S33)."""
    assert places(ranking) == dict(zip("ABCD", wanted, strict=True))


@pytest.mark.parametrize("key", ["item.j", "category.d"])
def test_ties_are_broken_by_further_keys(key):
    """Of B and C with 80 each, C has 5 in the second part: A 1, C 2, B 3, D 4."""
    facts = [*results({"A": 90, "B": 80, "C": 75, "D": 70}), fact(amount=5, kind="y", subject="C")]

    assert places(f'{{ by = ["total", "{key}"] }}', facts) == {"A": 1, "C": 2, "B": 3, "D": 4}


def test_places_within_a_group():
    """Each category of members has its own first."""
    who = [subject(name, category="X" if name in "AB" else "Y") for name in "ABCD"]

    assert places('{ within = "category" }', subjects=who) == {"A": 1, "B": 2, "C": 1, "D": 2}


def test_those_without_a_final_total_have_no_place():
    """One not assessed has none; one without a grade has."""
    who = [subject(name) for name in "AB"]
    who += [
        subject("C", exemptions=(Exemption(effect="not_graded", since=day("01-01")),)),
        subject("D", exemptions=(Exemption(effect="not_assessed", since=day("01-01")),)),
    ]

    assert places("", subjects=who) == {"A": 1, "B": 2, "C": 2, "D": None}


def test_the_place_is_told():
    """The explanation of a card scored with others names its place."""
    found = cards(rules(POINTS), MARKS)

    assert [reasons(found[name], "place")[0].arguments for name in "AD"] == [(1,), (4,)]


AWARD = '[[award]]\nid = "star"\ntitle = "Star of the year"\ntop = {top}\nties = "{ties}"\n'


@pytest.mark.parametrize(
    ("top", "ties", "wanted"),
    [(1, "in", "A"), (2, "in", "ABC"), (2, "out", "A"), (3, "out", "ABC"), (9, "out", "ABCD")],
)
def test_awards_and_ties_at_the_edge(top, ties, wanted):
    """The first two of 90, 80, 80, 70: the tied both come in, or both stay out (rows 53 and 74)."""
    found = cards(rules(POINTS + AWARD.format(top=top, ties=ties)), MARKS)

    assert "".join(name for name, one in found.items() if one.awards == ("star",)) == wanted


def test_an_award_may_need_more_and_be_given_in_each_group():
    """Those with 75 points at least, the first of each organisation: A of P, C of Q."""
    more = 'within = "organisation"\nneeds = [{ what = "total", from = 75 }]\n'
    who = [subject(name, organisation={"A": "P", "B": "P", "C": "Q", "D": "Q"}[name]) for name in "ABCD"]

    found = cards(rules(POINTS + AWARD.format(top=1, ties="out") + more), MARKS, subjects=who)

    assert {name: one.awards for name, one in found.items()} == {
        "A": ("star",),
        "B": (),
        "C": ("star",),
        "D": (),
    }


def test_nobody_to_rank():
    """Without subjects there are no cards."""
    assert cards(rules(POINTS + AWARD.format(top=1, ties="in")), []) == {}


RANKED = '[[item]]\nid = "r"\ncategory = "d"\ntitle = "R"\non = "y"\n'
STEPS = "step = [{ to = 1, points = 10 }, { to = 3, points = 5 }]"


@pytest.mark.parametrize(
    ("rank", "pay", "wanted"),
    [
        ('{ by = "item.i" }', STEPS, [10, 5, 5, 0]),
        ('{ by = "category.c", ties = "max" }', STEPS, [10, 5, 5, 0]),
        ('{ by = "total", ties = "dense" }', STEPS, [10, 5, 5, 5]),
        ('{ by = "total", order = "low" }', STEPS, [0, 5, 5, 10]),
        (
            '{ by = "total", ties = "mean" }',
            "place = { full = 10, lose = 2 }",
            [10, 7, 7, 4],
        ),  # 2.5th: 10 - 3
        ('{ by = "total" }', "place = { full = 2, lose = 1 }", [2, 1, 1, 0]),  # the 4th would have -1
        ('{ by = "total" }', 'step = [{ to = "25%", points = 8 }, { to = "50%", points = 4 }]', [8, 4, 4, 0]),
        ('{ by = "total", least = 5 }', STEPS, [0, 0, 0, 0]),
    ],
)
def test_points_for_a_place(rank, pay, wanted):
    """Four places pay by rungs, by share of those ranked, or so much less a place (S16)."""
    text = RANKED.replace('on = "y"', 'on = "result"\nshared = true') + f"rank = {rank}\n{pay}"
    source = POINTS.replace("points = 1", "points = 1\nshared = true")

    found = cards(rules(source + text, categories=TWO), MARKS)

    assert [found[name].items["r"].points for name in "ABCD"] == wanted
    assert [found[name].total for name in "ABCD"] == [
        a + b for a, b in zip([90, 80, 80, 70], wanted, strict=True)
    ]


def test_points_for_a_place_by_a_mark():
    """Ranked by the last amount of a fact of the clause's own: 7, 9 and none; the third has no place."""
    facts = [
        fact("05-01", 9, "y", subject="A"),
        fact("06-01", 7, "y", subject="A"),
        fact("05-01", 8, "y", subject="B"),
    ]
    rule_set = rules(
        POINTS + "[fact.y]\namount = true\n" + RANKED + f'rank = {{ by = "amount" }}\n{STEPS}', categories=TWO
    )

    found = cards(rule_set, [*facts, *results({"C": 1})])

    assert [found[name].items["r"].points for name in "ABC"] == [5, 10, 0]


def test_points_for_a_place_within_a_group():
    """Each organisation ranks its own members."""
    text = (
        RANKED.replace('on = "y"', 'on = "result"\nshared = true')
        + f'rank = {{ by = "total", within = "organisation" }}\n{STEPS}'
    )
    who = [subject(name, organisation="P" if name in "AB" else "Q") for name in "ABCD"]

    found = cards(
        rules(POINTS.replace("points = 1", "points = 1\nshared = true") + text, categories=TWO),
        MARKS,
        subjects=who,
    )

    assert [found[name].items["r"].points for name in "ABCD"] == [10, 5, 10, 5]


def test_the_best_has_the_full_mark_and_others_their_part():
    """100 for the best, 60 of 80 is 75; the best of each organisation where it says so (S15)."""
    text = (
        '[fact.x]\namount = true\n[[item]]\nid = "i"\ncategory = "c"\ntitle = "I"\non = "x"\n'
        'measure = "sum"\nrelative = {{ full = 100{} }}'
    )
    facts = [fact(amount=marks, subject=name) for name, marks in (("A", 80), ("B", 60), ("C", 30))]
    who = [subject(name, organisation="Q" if name == "C" else "P") for name in "ABC"]
    gone = subject("D", exemptions=(Exemption(effect="not_assessed", since=day("01-01")),))
    facts.append(fact(amount=900, subject="D"))

    whole = cards(rules(text.format("")), facts, subjects=[*who, gone])
    apart = cards(rules(text.format(', within = "organisation"')), facts, subjects=[*who, gone])

    assert [whole[name].total for name in "ABC"] == [100, 75, 37.5]
    assert [apart[name].total for name in "ABC"] == [100, 75, 100]
    assert cards(rules(text.format("")), [], subjects=who)["A"].total == 0

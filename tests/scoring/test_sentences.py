import re

import pytest

from serviceorg.model import Exemption
from serviceorg.reasons import render
from serviceorg.scoring import explain
from serviceorg.scoring.sentences import SENTENCES
from tests.scoring.given import POINTS, card, cards, day, fact, item, results, rules, subject

GRADES = '[[grade]]\nid = "good"\ntitle = "Good"\n{}\n[[grade]]\nid = "poor"\ntitle = "Poor"\n'
DATA = (
    '[fact.x]\namount = true\nfields.level = ["town", "city"]\nfields.group = ["a", "b"]\n'
    'fields.ballot = "text"\n[fact.y]'
)


def exempt(effect):
    """Return a subject that is exempt all year."""
    return subject(exemptions=(Exemption(effect=effect, since=day("01-01"), reason="ill"),))


def one(keys, *facts, who=None, as_of=None, **head):
    """Return the card of an item with these keys."""
    return card(item(f'on = "x"\n{keys}', DATA, **head), facts, who=who, as_of=as_of)


def shared():
    """Return the card of one for whom the share of good has no room."""
    share = 'from = 1\nshare = { most = "50%", rounding = "down", ties = "out" }'
    return cards(rules(POINTS + GRADES.format(share)), results({"A": 9, "B": 8}))["B"]


def rolled():
    """Return a year's card made of quarters."""
    rule_set = rules(POINTS, period='"quarter"', roll_up='{ into = "year", by = "sum", partial = "served" }')
    return card(rule_set, results({"S": 5}))


def vetoed():
    """Return the card of one whose score is undone."""
    text = '[fact.bad]\n[[veto]]\nid = "v"\ntitle = "V"\non = "bad"\neffect = "zero"'
    return card(rules(POINTS + text), [fact(amount=5, kind="result"), fact(kind="bad")])


GROUPED = """points = 10
missing = "zero"
[item.ballots]
out_of = 100
by = "group"
groups = [{ id = "a", weight = 1 }, { id = "b", weight = 2 }]
missing = "reweigh"
[item.ballots.valid]
ballot = "ballot"
not_all_equal = true
"""

#: What each code of a reason comes from.
SCENES = {
    "total rules": lambda: one("points = 1"),
    "pending missing": lambda: one(
        'measure = "mean"\nmissing = "pending"\nstep = [{ from = 1, points = 2 }]'
    ),
    "not_assessed": lambda: one("points = 1", who=exempt("not_assessed")),
    "not_graded": lambda: card(rules(POINTS + GRADES.format("from = 1")), [], who=exempt("not_graded")),
    "awarded": lambda: card(
        rules(POINTS + GRADES.format('from = 1\ndirect = { on = "medal" }') + "[fact.medal]"),
        [fact(kind="medal")],
    ),
    "base part-base": lambda: one(
        "points = 1", who=subject(joined="07-01"), base="60", base_for_part='"months"'
    ),
    "category item event": lambda: one("points = 1", fact()),
    "allotment floor": lambda: one("deduct = 9\nfull = 5", fact()),
    "per": lambda: one('points = 1\nper = "amount"', fact(amount="2.5")),
    "value": lambda: one('measure = "count"\npoints = 1', fact()),
    "group refused-void": lambda: card(
        item(f'on = "x"\n{GROUPED}', DATA),
        [
            fact(amount=80, group="a", ballot="1"),
            fact(amount=60, group="b", ballot="2"),
            fact(amount=60, group="b", ballot="2", subject="T"),
        ],
    ),
    "cap": lambda: one("points = 1\ncap = { month = 0.5 }", fact()),
    "cap-period": lambda: one("points = 1\ncap = 0.5", fact()),
    "too-early": lambda: one("points = 1", fact("01-05"), effective="2024-03-01"),
    "elsewhere": lambda: one("points = 1", fact("2023-05-01")),
    "ceiling": lambda: one("points = 9", fact(), cap="5"),
    "round": lambda: one('points = 1\nper = "amount"', fact(amount="2.5"), round="{ step = 1 }"),
    "reweighed": lambda: card(
        item(
            (
                'on = "x"\nmeasure = "mean"\nmissing = "reweigh"\nstep = [{ from = 1, points = 2 }]\n'
                '[[item]]\nid = "j"\ncategory = "c"\ntitle = "J"\non = "y"\nmeasure = "present"\n'
                "points = 3"
            ),
            DATA,
        ),
        [fact(kind="y")],
    ),
    "veto vetoed": vetoed,
    "grade": lambda: card(rules(POINTS + GRADES.format("from = 1")), results({"S": 5})),
    "star": lambda: card(rules(POINTS + '[[star]]\nlevel = 1\ntitle = "One"\nfrom = 1'), results({"S": 5})),
    "needs": lambda: card(
        rules(POINTS + GRADES.format('from = 1\nneeds = [{ what = "item.i", from = 9 }]')), results({"S": 5})
    ),
    "quota": shared,
    "part": rolled,
    "place": lambda: cards(rules(POINTS), results({"S": 5}))["S"],
    "refused-times": lambda: one("points = 1\ntimes = { month = 1 }", fact(), fact()),
    "refused-same": lambda: one('points = 1\ndistinct = "day"', fact(), fact()),
    "refused-category": lambda: one('points = 1\nwho = { categories = ["A"] }', fact()),
    "refused-kind": lambda: one(
        'points = 1\nwho = { kinds = ["window"] }', fact(), subject='["member", "window"]'
    ),
    "refused-late": lambda: one(
        'points = 1\nlate = { by = "recorded", days = 1 }', fact(recorded_on="06-01")
    ),
    "refused-gate": lambda: one('points = 1\nonly_if = { none = "y", days = 9 }', fact(), fact(kind="y")),
    "refused-take": lambda: one('points = 1\ntake = "best"', fact(), fact()),
    "refused-cleared": lambda: one('points = 1\nwindow = "ever"\nclear_on = "y"', fact(), fact(kind="y")),
    "reversed": lambda: one("points = 1", fact(id="1"), fact(id="2", reverses="1")),
    "unknown-then": lambda: one("points = 1", fact(recorded_on="07-01"), as_of="06-01"),
    "outside": lambda: one("points = 1", fact(), who=subject(joined="06-01")),
    "unread": lambda: one("points = 1", fact(kind="z")),
    "consequence": lambda: card(
        rules(POINTS + '[[consequence]]\nid = "t"\ntitle = "T"\nwhen = [{ what = "total", from = 0 }]'), []
    ),
}


def test_every_code_has_a_scene():
    """The scenes below name every code the catalogue has a sentence for, and no other."""
    assert {code for names in SCENES for code in names.split()} == set(SENTENCES)


@pytest.mark.parametrize("names", SCENES)
def test_every_reason_is_told_in_both_languages(names):
    """The scene gives its reasons, and each has a whole sentence in English and in Chinese."""
    found = SCENES[names]()
    seen = {reason.code: reason for reason in found.reason.walk()}

    assert set(names.split()) <= set(seen)
    for code in names.split():
        for lang in ("en", "zh"):
            line = render(seen[code], SENTENCES, lang=lang).splitlines()[0]
            assert line.strip()
            assert not re.search(r"[{}]|None|Label\(|Fraction\(", line), line
    assert explain(found).splitlines()[0] != explain(found, lang="zh").splitlines()[0]


@pytest.mark.parametrize("code", SENTENCES)
def test_both_languages_say_the_same_things(code):
    """Each argument stands in the English and in the Chinese sentence alike; nothing else is asked for."""
    template = SENTENCES[code]
    asked = {lang: set(re.findall(r"{(\w+)", getattr(template, lang))) for lang in ("en", "zh")}

    assert asked["en"] == asked["zh"]
    assert asked["en"] <= set(template.names)

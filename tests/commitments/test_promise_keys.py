import pytest

from serviceorg.commitments import explain
from serviceorg.errors import CommitmentProblems, FactProblems
from tests.commitments.given import HUNDRED, LIMIT, book, day, done, seen

PARTED = HUNDRED.replace("target = 100\n", "")
SUM = 'together = "sum"\n'
REACHED = 'together = "reached"\n'
PART = """
[[commitment.part]]
id = "{}"
target = {}
where = {{ thing = "{}" }}
"""
TREES, SHRUBS = PART.format("trees", 60, "tree"), PART.format("shrubs", 40, "shrub")
MILESTONE = "[[commitment.milestone]]\non = 2025-02-01\ntarget = {}\n"
CASE = """
[[case]]
title = "{}"
on = 2025-02-01
facts = [{}]
expects = {{ c = {{ status = "on-track" }} }}
"""
FACT = '{{ id = "{}", subject = "u-1", kind = "done", on = 2025-01-01, amount = 1{} }}'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            PARTED + TREES,
            'parts need together = "sum" or together = "reached" [missing-key]',
            id="parts-without-a-word-for-the-whole",
        ),
        pytest.param(
            HUNDRED + REACHED + TREES,
            "the target is the number of parts here; leave it out [key-fit]",
            id="target-beside-parts-that-are-counted",
        ),
        pytest.param(
            HUNDRED + SUM + TREES + SHRUBS.replace("40", "41"),
            "100 is not the sum of the parts, 101; correct one of them, or leave it out [counts]",
            id="target-is-not-the-sum",
        ),
        pytest.param(
            PARTED + 'direction = "at_most"\n' + REACHED + TREES,
            "it belongs to each part here; leave it out [key-fit]",
            id="direction-of-the-whole",
        ),
        pytest.param(
            HUNDRED + SUM,
            "there are no parts; leave it out or write parts [key-fit]",
            id="together-without-parts",
        ),
        pytest.param(
            PARTED + SUM + TREES + SHRUBS + 'direction = "at_most"\n',
            'limits do not add up with what must be reached; write together = "reached" [key-fit]',
            id="a-limit-in-a-sum",
        ),
        pytest.param(
            PARTED + SUM + TREES + SHRUBS + 'measure = "count"\n',
            "parts that add up are measured alike; write 'measure' once, for the whole [key-fit]",
            id="another-measure-in-a-sum",
        ),
        pytest.param(
            PARTED + REACHED + TREES + "due = 2025-04-11\n",
            "2025-04-11 lies after that of the promise, 2025-04-10 [bounds]",
            id="part-after-the-whole",
        ),
        pytest.param(
            PARTED + REACHED + TREES + "due = 2024-12-31\n",
            "2024-12-31 lies before the first day, 2025-01-01 [bounds]",
            id="part-before-the-whole",
        ),
        pytest.param(
            PARTED + REACHED + TREES + SHRUBS + MILESTONE.format(3),
            "3 is more than the whole target, 2 [out-of-range]",
            id="milestone-beyond-the-parts",
        ),
        pytest.param(
            PARTED + REACHED + TREES + SHRUBS + MILESTONE.format("1.5"),
            "1.5 is never counted; write a whole number [out-of-range]",
            id="half-a-part",
        ),
        pytest.param(
            PARTED + REACHED + TREES + PART.format("more", 5, "tree"),
            "one fact can count here and in part 'trees' of 'c' at once; tell them apart by 'where', or "
            "write shared = true [counted-twice]",
            id="two-parts-of-one-kind",
        ),
        pytest.param(
            HUNDRED.replace("= 100", "= 0"),
            "0 is reached before anything is done; write more [out-of-range]",
            id="nothing-to-reach",
        ),
        pytest.param(
            HUNDRED.replace("target = 100", 'target = "done"'),
            "'measure' says nothing of what is done or not done; leave it out [key-fit]",
            id="measure-of-what-is-done",
        ),
        pytest.param(
            HUNDRED.replace('"sum"', '"distinct"'),
            "the key 'field' is missing: which attribute's values are told apart [missing-key]",
            id="distinct-what",
        ),
        pytest.param(
            HUNDRED.replace('"sum"', '"count"\nfield = "thing"'),
            "facts are counted; a field belongs to 'sum', 'last', 'distinct' [key-fit]",
            id="field-of-a-count",
        ),
        pytest.param(
            LIMIT.format(kind="done", measure="sum") + 'pace = "even"\n',
            "'pace' asks for more with time; it does not go with 'at_most' [key-fit]",
            id="pace-of-a-limit",
        ),
        pytest.param(
            HUNDRED + 'pace = "even"\n' + MILESTONE.format(3),
            "found 'pace' and 'milestone'; only one of them can be written [one-of]",
            id="pace-and-milestones",
        ),
        pytest.param(
            HUNDRED + "until = 2024-12-31\n",
            "2024-12-31 lies before the first day, 2025-01-01 [bounds]",
            id="until-before-since",
        ),
        pytest.param(
            HUNDRED + 'proof = { fields = "foto" }\n',
            "facts of kind 'done' have no attribute 'foto'; known are 'checker', 'photo', 'thing'. Did you "
            "mean 'photo'? [unknown-attribute]",
            id="misspelt-proof",
        ),
        pytest.param(
            HUNDRED + 'where = { photo = "yes" }\n',
            "the attribute 'photo' of kind 'done' is true or false; 'yes' is not [attribute-type]",
            id="where-of-another-type",
        ),
        pytest.param(
            HUNDRED + CASE.format("x", "") + CASE.format("x", ""),
            "'x' is the title of another case too [case-title]",
            id="one-title-twice",
        ),
        pytest.param(
            HUNDRED + CASE.format("x", f"{FACT.format('a', '')}, {FACT.format('a', '')}"),
            "the fact 'a' is named twice [double-id]",
            id="one-fact-twice-in-a-case",
        ),
        pytest.param(
            HUNDRED + CASE.format("x", FACT.format("a", ', reverses = "b"')),
            "unknown fact 'b'; known are 'a' [case-fact]",
            id="a-case-reverses-nothing",
        ),
    ],
)
def test_keys_that_do_not_go_together_are_told(text, message):
    """What cannot mean anything is refused with what is allowed."""
    with pytest.raises(CommitmentProblems) as caught:
        book(text)

    assert message in str(caught.value)


def test_a_condition_picks_the_facts_of_anyone():
    """With "anyone", only facts with the wanted attribute count; a flag never matches a number."""
    text = HUNDRED + 'whose = "anyone"\nwhere = { thing = ["tree", "shrub"], photo = true }\n'
    facts = [
        done(1, "02-01", 1, thing="tree", photo=True),
        done(2, "02-01", 2, subject="u-2", thing="shrub", photo=True),
        done(3, "02-01", 4, thing="stone", photo=True),
        done(4, "02-01", 8, thing="tree", photo=False),
        done(5, "02-01", 16, thing="tree", photo=1),
        done(6, "02-01", 32),
    ]

    assert seen(facts, "02-02", text=text).actual == 3


@pytest.mark.parametrize(
    ("value", "shown"),
    [("yes", "'yes'"), (True, "True"), (None, "None")],
    ids=["text", "flag", "missing"],
)
def test_an_attribute_that_is_no_number_cannot_be_summed(value, shown):
    """What is summed must be a number in every fact that counts."""
    text = HUNDRED.replace('"sum"', '"sum"\nfield = "size"').replace('fact = "done"', 'fact = "sized"')
    text = '[fact.sized]\nfields.size = { type = "number", required = false }\n' + text
    fact = done(1, "02-01", kind="sized", **({} if value is None else {"size": value}))

    with pytest.raises(FactProblems) as caught:
        seen([fact, done(2, "02-02", kind="sized", size=3)], "03-01", text=text)

    assert str(caught.value) == (
        f"fact 'f1': size: found {shown}; progress is measured by it, so it must be there and not negative "
        "[no-quantity]"
    )


def test_an_attribute_that_is_a_number_is_summed():
    """The sum of an attribute is exact like that of amounts."""
    text = HUNDRED.replace('"sum"', '"sum"\nfield = "size"').replace('fact = "done"', 'fact = "sized"')
    text = '[fact.sized]\nfields.size = "number"\n' + text

    one = seen(
        [done(1, "02-01", kind="sized", size=99), done(2, "02-02", kind="sized", size=1)], "03-01", text=text
    )

    assert (one.status, one.actual) == ("done", 100)


def test_a_fact_without_the_value_that_is_told_apart_is_refused():
    """A fact that does not say where cannot be one of different places."""
    text = HUNDRED.replace('fact = "done"', 'fact = "event"').replace('"sum"', '"distinct"\nfield = "place"')

    with pytest.raises(FactProblems, match="place: found None; progress is measured by it"):
        seen([done(1, "02-01", kind="event")], "03-01", text=text.replace("= 100", "= 2"))


def test_milestones_parts_pace_limits_and_withdrawals_are_explained():
    """Each kind of rule has its sentence in both languages."""
    stepped = seen([done(1, "02-02", 3)], "02-03", text=HUNDRED + MILESTONE.format(3))
    parted = seen([], "02-03", text=PARTED + SUM + TREES + SHRUBS)
    paced = seen([], "01-02", text=HUNDRED.replace("= 100", "= 1") + 'pace = "even"\n')
    limited = seen([done(1, "02-02", 4)], "02-03", text=LIMIT.format(kind="done", measure="sum"))
    silent = seen([], "02-03", text=LIMIT.format(kind="level", measure="last"))
    gone = seen([], "03-01", text=HUNDRED + 'withdrawn = { on = 2025-03-01, basis = "Doc 9" }\n')

    told = [explain(one) for one in (stepped, parted, paced, limited, silent, gone)]

    assert "milestone 2025-02-01, 3: met late" in told[0]
    assert "part trees: 0 of 60, not started" in told[1]
    assert "by now 1/100 should be reached" in told[2]
    assert "4, and at most 3 allowed, up to 2025-04-10" in told[3]
    assert "broken on 2025-02-02" in told[3]
    assert "nothing, and at most 3 allowed" in told[4]
    assert "no fact counts" in told[4]
    assert "withdrawn on 2025-03-01 by: Doc 9" in told[5]
    assert limited.standing.broken == day("02-02")

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serviceorg.basics import Label
from serviceorg.workflow import Child, Command, Refused
from serviceorg.workflow.judging.checks import enough
from tests.workflow.features.given import Actor, at, day, flow_of, lived

WHO = Actor("c", unit="street-1")
TEXT = """
[workflow]
id = "example/needs"
title = { zh = "条件", en = "Needs" }
effective = 2024-01-01
basis = "B"
source = "S"

[[slot]]
id = "unit"
kind = "unit"

[[slot]]
id = "escort"

[[slot]]
id = "barred"
many = true

[[field]]
id = "class"
one_of = ["minor", "major"]

[[field]]
id = "score"
type = "number"

[[field]]
id = "flag"
type = "flag"

[[field]]
id = "on"
type = "date"

[[field]]
id = "yes"
type = "count"

[[field]]
id = "all"
type = "count"

[[field]]
id = "who"

[[field]]
id = "escort"

[[field]]
id = "unit"

[[field]]
id = "people"
type = "ids"

[[field]]
id = "barred"
type = "ids"

[[state]]
id = "begun"
kind = "initial"

[[state]]
id = "second"

[[state]]
id = "ended"
kind = "final"

[[opening]]
id = "begin"
to = "begun"
by = "anyone"
optional = ["escort", "unit", "barred"]
sets = { escort = { field = "escort" }, unit = { field = "unit" }, barred = { field = "barred" } }

[[move]]
id = "forth"
from = "begun"
to = "second"
by = "anyone"

[[move]]
id = "back"
from = "second"
to = "begun"
by = "anyone"

[[move]]
id = "raise-matter"
from = "@open"
to = "same"
by = "anyone"
opens = "matter"

[[move]]
id = "settle-matter"
from = "@open"
to = "same"
by = "anyone"
settles = "matter"

[[move]]
id = "leave"
from = "@open"
to = "ended"
by = "anyone"

[[move]]
id = "end"
from = "@open"
to = "ended"
by = "anyone"
optional = ["class", "score", "flag", "on", "yes", "all", "who", "people"]
needs = [NEED]

[[clock]]
id = "limit"
start = "begin"
stop = "second"
cancel = "ended"
limit = { hours = 1 }
"""


def needing(need, **options):
    """Return a flow whose move "end" has one need."""
    return flow_of(TEXT.replace("NEED", need), **options)


def codes(flow, ticket, *, moment="2024-11-04 12:00", by=WHO, form=None, children=()):
    """Return the codes that stand against "end", () if it can be made."""
    command = Command(ticket=ticket, move="end", by=by, at=at(moment), form=form or {}, children=children)
    (outcome,) = flow.fire_many([command])
    if outcome.error is None:
        return ()
    assert isinstance(outcome.error, Refused)
    return outcome.error.codes


def begun(flow, *steps, **form):
    """Return a ticket opened at 9 o'clock on Monday 4 November, after some moves, one a minute."""
    ticket = flow.open("T", by=WHO, at=at("2024-11-04 09:00"), form=form).ticket
    for minute, step in enumerate(steps, 1):
        ticket = lived(flow, ticket, (step, WHO, f"2024-11-04 09:{minute:02}"))
    return ticket


FIELDS = [
    ('{ field = "class", is = "minor" }', {"class": "minor"}, {"class": "major"}),
    ('{ field = "class", one_of = ["minor"] }', {"class": "minor"}, {}),
    ('{ field = "flag", is = true }', {"flag": True}, {"flag": False}),
    ('{ field = "flag", is = false }', {"flag": False}, {}),
    ('{ field = "score", is = 1 }', {"score": Decimal("1.0")}, {"score": 2}),
    ('{ field = "score", from = 3 }', {"score": 3}, {"score": Decimal("2.9999")}),
    ('{ field = "score", above = 3 }', {"score": Decimal("3.0001")}, {"score": 3}),
    ('{ field = "score", to = 9 }', {"score": 9}, {"score": Decimal("9.0001")}),
    ('{ field = "score", below = 9 }', {"score": Decimal("8.9999")}, {"score": 9}),
    ('{ field = "score", from = 0 }', {"score": 0}, {}),
    ('{ field = "on", is = 2024-11-04 }', {"on": day("2024-11-04")}, {"on": day("2024-11-05")}),
    ('{ field = "who", filled = true }', {"who": "a"}, {}),
    ('{ field = "flag", filled = true }', {"flag": False}, {}),
    ('{ field = "who", filled = false }', {}, {"who": "a"}),
]


@pytest.mark.parametrize(("need", "good", "bad"), FIELDS)
def test_a_field_is_compared_exactly_and_unfilled_fails(need, good, bad):
    """Trap 2: 以上 and 以下 include the number, 超过 and 不满 do not; what is not filled in meets nothing."""
    flow = needing(need)
    ticket = begun(flow)

    assert (codes(flow, ticket, form=good), codes(flow, ticket, form=bad)) == ((), ("field",))


SHARES = [
    ('above = "1/2"', (51, 100), (50, 100)),
    ('from = "1/2"', (50, 100), (49, 100)),
    ('from = "2/3"', (2, 3), (1, 3)),
    ('from = "1/3"', (1, 3), (333_333, 1_000_000)),
    ('from = "80%"', (4, 5), (79, 100)),
    ('below = "1/3"', (0, 1), (1, 3)),
    ('to = "1/3"', (1, 3), (334, 1000)),
    ("from = 0", (0, 5), (0, 0)),
]


@pytest.mark.parametrize(("bound", "good", "bad"), SHARES)
def test_a_share_is_an_exact_fraction(bound, good, bad):
    """W22, traps 2 and 3: a third is a third; nothing of nothing is no share."""
    flow = needing('{ share = "yes", of = "all", ' + bound + " }")
    ticket = begun(flow)

    for (yes, whole), expected in ((good, ()), (bad, ("share",))):
        assert codes(flow, ticket, form={"yes": yes, "all": whole}) == expected
    assert codes(flow, ticket, form={"yes": 1}) == ("share",)


HALF = needing('{ share = "yes", of = "all", above = "1/2" }')


@given(st.integers(0, 1_000_000), st.integers(0, 1_000_000))
def test_more_than_half_is_more_than_half(yes, whole):
    """For any counts, 过半数 holds if twice the part is more than the whole, and the part no more than it."""
    holds = codes(HALF, begun(HALF), form={"yes": yes, "all": whole}) == ()

    assert holds == (whole < 2 * yes <= 2 * whole)


TIMES = [
    ("hours = 24", timedelta(hours=24), timedelta(microseconds=1)),
    ("minutes = 30", timedelta(minutes=30), timedelta(microseconds=1)),
]


@pytest.mark.parametrize(("duration", "end", "more"), TIMES)
def test_a_time_in_hours_is_over_after_its_last_moment(duration, end, more):
    """Trap 19: at the last moment one is still within, and the time is over right after it."""
    within = needing("{ within = { " + duration + ' }, since = "begin" }')
    elapsed = needing("{ elapsed = { " + duration + ' }, since = "begin" }')
    last = at("2024-11-04 09:00") + end

    found = [
        codes(flow, begun(flow), moment=moment.replace(tzinfo=None).isoformat())
        for flow in (within, elapsed)
        for moment in (last, last + more)
    ]

    assert found == [(), ("within",), ("elapsed",), ()]


@pytest.mark.parametrize(
    ("duration", "first"),
    [
        ("working_days = 5", "2024-11-12 00:00"),
        ('days = 5, roll = "none"', "2024-11-10 00:00"),
        ("days = 5", "2024-11-12 00:00"),
        ("months = 1", "2024-12-05 00:00"),
        ("next_working_day = true", "2024-11-06 00:00"),
    ],
)
def test_a_time_in_days_is_over_with_its_last_day(duration, first):
    """Trap 18: from Monday 4 November; the first day is excluded, and 24:00 belongs to the next day."""
    flow = needing("{ elapsed = { " + duration + ' }, since = "begin" }')
    before = (at(first) - timedelta(seconds=1)).replace(tzinfo=None).isoformat()

    assert codes(flow, begun(flow), moment=before) == ("elapsed",)
    assert codes(flow, begun(flow), moment=first) == ()


@pytest.mark.parametrize("kind", ["within", "elapsed"])
def test_a_time_since_what_never_happened_is_neither_over_nor_not_over(kind):
    """Without its beginning a time meets no need, and the remedy is to do that first."""
    flow = needing("{ " + kind + ' = { hours = 1 }, since = "forth" }')

    with pytest.raises(Refused, match="'forth' must come first"):
        flow.fire(begun(flow), "end", by=WHO, at=at("2024-11-04 12:00"))


def test_a_time_counts_from_the_last_occurrence():
    """Entering a state again begins the time anew."""
    flow = needing('{ elapsed = { minutes = 30 }, since = "second" }')
    ticket = begun(flow, "forth", "back", "forth")

    assert codes(flow, ticket, moment="2024-11-04 09:31:30") == ("elapsed",)
    assert codes(flow, ticket, moment="2024-11-04 09:33:01") == ()


@pytest.mark.parametrize(
    ("verdict", "steps", "moment"),
    [
        ("in-time", (), "2024-11-04 10:00:00"),
        ("overdue", (), "2024-11-04 10:00:01"),
        ("met", ("forth",), "2024-11-04 12:00"),
    ],
)
def test_a_need_asks_how_a_clock_stands_now(verdict, steps, moment):
    """A verdict is worked out at the moment of the move; every other verdict is refused."""
    others = [one for one in ("in-time", "overdue", "met", "late") if one != verdict]

    flow = needing(f'{{ clock = "limit", is = "{verdict}" }}')
    assert codes(flow, begun(flow, *steps), moment=moment) == ()
    flow = needing('{ clock = "limit", one_of = ["' + '", "'.join(others) + '"] }')
    assert codes(flow, begun(flow, *steps), moment=moment) == ("clock",)


def test_every_open_matter_must_be_settled():
    """Two matters opened ask for two to be settled; with one of them open the move is refused."""
    flow = needing('{ none_open = "matter" }')
    ticket = begun(flow, "raise-matter", "raise-matter", "settle-matter")

    one_left = codes(flow, ticket)
    ticket = lived(flow, ticket, ("settle-matter", WHO, "2024-11-04 10:00"))

    assert (ticket.open["matter"], one_left, codes(flow, ticket)) == (0, ("none-open",), ())


def test_nothing_more_is_settled_than_was_opened():
    """A matter that is not open cannot be settled: the count never falls below none."""
    flow = needing('{ none_open = "matter" }')

    with pytest.raises(Refused) as caught:
        flow.fire(begun(flow), "settle-matter", by=WHO, at=at("2024-11-04 10:00"))

    assert caught.value.codes == ("nothing-open",)


@pytest.mark.parametrize(
    ("different", "by", "expected"),
    [
        ('"escort"', Actor("e"), ("different",)),
        ('"escort"', Actor("x"), ()),
        ('"begin"', WHO, ("different",)),
        ('["forth", "escort"]', WHO, ("different",)),
        ('["back", "barred"]', WHO, ()),
        ('["back", "barred"]', Actor("b2"), ("different",)),
    ],
)
def test_another_person_is_one_in_no_slot_and_of_no_move(different, by, expected):
    """W17: whoever is in one of the slots, or made one of the moves, is not another person."""
    flow = needing("{ different = " + different + " }")

    ticket = begun(flow, "forth", escort="e", barred=["b1", "b2"])

    assert codes(flow, ticket, by=by) == expected


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ("street-1", ()),
        ("grid-1", ()),
        ("city", ("same-unit",)),
        ("street-2", ("same-unit",)),
        ("", ("same-unit",)),
    ],
)
def test_the_actor_s_unit_lies_in_that_of_the_slot(own, expected):
    """The unit itself and everything below it is of that unit; what lies above or beside is not."""
    flow = needing('{ same_unit = "unit" }')

    assert codes(flow, begun(flow, unit="street-1"), by=Actor("x", unit=own)) == expected


@pytest.mark.parametrize(
    ("need", "form", "by", "expected"),
    [
        ('{ not_in = "barred" }', {}, Actor("b1"), ("not-in",)),
        ('{ not_in = "barred" }', {}, WHO, ()),
        ('{ not_in = "barred", field = "who" }', {"who": "b2"}, WHO, ("not-in",)),
        ('{ not_in = "barred", field = "who" }', {"who": "x"}, Actor("b1"), ()),
        ('{ not_in = "barred", field = "people" }', {"people": ["x", "b1"]}, WHO, ("not-in",)),
        ('{ not_in = "barred", field = "people" }', {"people": ["x", "y"]}, WHO, ()),
        ('{ not_in = "barred", field = "who" }', {}, WHO, ()),
    ],
)
def test_who_is_barred_is_kept_out(need, form, by, expected):
    """W20: the actor, or everyone a field names, is in no slot of the barred."""
    flow = needing(need)

    assert codes(flow, begun(flow, barred=["b1", "b2"]), form=form, by=by) == expected


def _children(*states):
    return [Child(id=f"c{n}", state=state, is_closed=state == "shut") for n, state in enumerate(states)]


CHILDREN = [
    ('"all"', (), True),
    ('"all"', ("shut", "shut"), True),
    ('"all"', ("shut", "open"), False),
    ('"any"', (), False),
    ('"any"', ("open", "shut"), True),
    ('"any"', ("open",), False),
    ("2", ("shut", "shut", "open"), True),
    ("2", ("shut", "open", "open"), False),
    ('"2/3"', ("shut", "shut", "open"), True),
    ('"2/3"', ("shut",) * 3 + ("open",) * 2, False),
    ('"2/3"', ("shut",) * 4 + ("open",), True),
    ('"all", in = ["open", "shut"]', ("shut", "open"), True),
    ('"all", in = "open"', ("shut", "open"), False),
]


@pytest.mark.parametrize(("needed", "states", "holds"), CHILDREN)
def test_so_many_children_are_done(needed, states, holds):
    """All of none holds and any of none does not; two thirds of five are four."""
    flow = needing("{ children = " + needed + " }")

    found = codes(flow, begun(flow), children=_children(*states))

    assert found == (() if holds else ("children",))


@pytest.mark.parametrize(
    ("need", "steps", "holds"),
    [
        ('{ count = "forth", to = 0 }', (), True),
        ('{ count = "forth", to = 0 }', ("forth",), False),
        ('{ count = "forth", from = 2 }', ("forth", "back", "forth"), True),
        ('{ count = ["forth", "back"], from = 3 }', ("forth", "back", "forth"), True),
        ('{ count = ["forth", "back"], above = 3 }', ("forth", "back", "forth"), False),
        ('{ count = "raise-matter", to = 0, since = "back" }', ("raise-matter", "forth", "back"), True),
        ('{ count = "raise-matter", to = 0, since = "back" }', ("forth", "back", "raise-matter"), False),
        ('{ count = "raise-matter", to = 1, since = "back" }', ("raise-matter", "raise-matter"), False),
        ('{ count = "begin", above = 0 }', (), True),
    ],
)
def test_moves_are_counted_before_this_one(need, steps, holds):
    """Counts are of earlier moves, several together, and since the last of something."""
    flow = needing(need)

    assert codes(flow, begun(flow, *steps)) == (() if holds else ("count",))


@pytest.mark.parametrize(
    ("need", "steps", "code"),
    [
        ('{ happened = "forth" }', (), "happened"),
        ('{ happened = "forth" }', ("forth",), ""),
        ('{ happened = ["forth", "back"] }', ("forth",), ""),
        ('{ happened = "second" }', ("forth", "back"), ""),
        ('{ happened = "begun" }', (), ""),
        ('{ happened = "forth", since = "back" }', ("forth", "back"), "happened"),
        ('{ happened = "forth", since = "back" }', ("forth", "back", "forth"), ""),
        ('{ not_happened = "forth" }', ("forth", "back"), "not-happened"),
        ('{ not_happened = ["back", "raise-matter"] }', ("forth",), ""),
        ('{ not_happened = "forth", since = "back" }', ("forth", "back"), ""),
    ],
)
def test_what_happened_is_remembered_in_order(need, steps, code):
    """Moves and states are remembered by their last occurrence; since never is since the opening."""
    flow = needing(need)

    assert codes(flow, begun(flow, *steps)) == ((code,) if code else ())


@pytest.mark.parametrize(
    ("need", "form", "code"),
    [
        ('{ slot = "escort", filled = true }', {}, "slot"),
        ('{ slot = "escort", filled = true }', {"escort": "e"}, ""),
        ('{ slot = "escort", filled = false }', {"escort": "e"}, "slot"),
        ('{ slot = "unit", is = "street-1" }', {"unit": "street-1"}, ""),
        ('{ slot = "unit", one_of = ["street-1", "city"] }', {"unit": "street-2"}, "slot"),
        ('{ slot = "barred", is = "b2" }', {"barred": ["b1", "b2"]}, ""),
    ],
)
def test_a_slot_is_filled_or_holds_somebody(need, form, code):
    """W7: a slot is asked whether anybody is in it, or whether one of some ids is."""
    flow = needing(need)

    assert codes(flow, begun(flow, **form)) == ((code,) if code else ())


def test_of_alternatives_one_whole_group_must_hold():
    """An entry that is a list holds only as a whole; the refusal has what is missing of every group."""
    both = '[{ field = "class", is = "minor" }, { slot = "escort", filled = true }]'
    flow = needing('{ any = [{ field = "flag", is = true }, ' + both + "] }")
    ticket = begun(flow, escort="e")

    assert codes(flow, ticket, form={"flag": True}) == ()
    assert codes(flow, ticket, form={"class": "minor"}) == ()
    assert codes(flow, begun(flow), form={"class": "minor"}) == ("any",)
    with pytest.raises(Refused) as caught:
        flow.fire(begun(flow), "end", by=WHO, at=at("2024-11-04 12:00"), form={"class": "minor"})
    assert [one.code for one in caught.value.reasons[0].children] == ["one-of-these", "field", "slot"]


def test_a_plugin_s_requirement_sees_the_form_and_says_why_not():
    """A requirement is asked with ticket, fields, actor, moment and options; None lets the move through."""
    asked = []

    def budget(ticket, fields, actor, moment, options):
        asked.append((ticket.id, dict(fields), actor, moment, dict(options)))
        return None if fields.get("score", 0) <= options["most"] else Label(zh="超支", en="over budget")

    flow = needing(
        '{ requirement = "city/budget", options = { most = 5 } }', requirements={"city/budget": budget}
    )
    ticket = begun(flow)

    assert codes(flow, ticket, form={"score": 5}) == ()
    assert codes(flow, ticket, form={"score": 6}) == ("requirement",)
    assert asked[0] == ("T", {"score": 5}, "c", at("2024-11-04 12:00"), {"most": 5})


def test_the_words_of_the_rule_stand_above_the_reason():
    """A need with a title is refused in the rule's own words; reason, remedy and source stand with it."""
    flow = needing(
        '{ count = "forth", to = 0, title = { zh = "只此一次", en = "Once only" }, source = "§3" }'
    )

    with pytest.raises(Refused) as caught:
        flow.fire(begun(flow, "forth"), "end", by=WHO, at=at("2024-11-04 12:00"))

    (reason,) = caught.value.reasons
    assert (reason.code, reason.source) == ("rule", "§3")
    assert caught.value.in_("zh").splitlines()[1].startswith("只此一次")
    assert [one.code for one in reason.children] == ["count-within", "count"]


@given(st.integers(1, 30), st.fractions(min_value=Fraction(1, 30), max_value=1))
def test_a_part_of_the_children_is_rounded_up(count, part):
    """For any part, the least number of children that suffices is the part of all of them, rounded up."""
    needed = enough(part, count)

    assert needed >= part * count > needed - 1

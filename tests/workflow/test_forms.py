from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serviceorg.errors import FormProblems
from serviceorg.workflow import Refused
from tests.workflow.features.given import Actor, at, flow_of

WHO = Actor("c", "clerk")
TYPES = """
[workflow]
id = "example/forms"
title = { zh = "表单", en = "Forms" }
effective = 2024-01-01
basis = "B"
source = "S"

[[role]]
id = "clerk"

[[field]]
id = "words"

[[field]]
id = "choice"
one_of = ["yes", "no"]

[[field]]
id = "people"
type = "count"
least = 1
most = 50

[[field]]
id = "points"
type = "number"
least = -5
most = 5

[[field]]
id = "agreed"
type = "flag"

[[field]]
id = "day"
type = "date"

[[field]]
id = "since"
type = "moment"

[[field]]
id = "helpers"
type = "ids"

[[state]]
id = "begun"
kind = "initial"

[[state]]
id = "ended"
kind = "final"

[[opening]]
id = "begin"
to = "begun"
by = "anyone"

[[move]]
id = "note"
from = "begun"
to = "same"
by = "clerk"
optional = ["words", "choice", "people", "points", "agreed", "day", "since", "helpers"]

[[move]]
id = "check"
from = "begun"
to = "ended"
by = "clerk"
form = ["words", "choice"]
optional = ["people"]
needs = [{ field = "people", above = 10 }]
"""
FLOW = flow_of(TYPES)
TICKET = FLOW.open("T", by=Actor("x"), at=at("2024-11-04 09:00")).ticket
#: What a field may be, in the words of the problem.
ALLOWED = {
    "words": "a text that is not empty, at most 10000 signs",
    "choice": "one of 'yes', 'no'",
    "people": "a whole number from 1 to 50",
    "points": "an exact number (no binary float) with at most 4 decimals from -5 to 5",
    "agreed": "True or False",
    "day": "a date without a time of day, from 1900 to 2200",
    "since": "a moment with a time zone, from 1900 to 2200",
    "helpers": "a list of different ids, at least one",
}
CHINA = timezone(timedelta(hours=8))
RIGHT = [
    ("words", "路灯不亮", "路灯不亮"),
    ("words", "x" * 10_000, "x" * 10_000),
    ("choice", "no", "no"),
    ("people", 1, 1),
    ("people", 50, 50),
    ("points", -5, Decimal(-5)),
    ("points", Decimal("0.1234"), Decimal("0.1234")),
    ("agreed", False, False),
    ("day", date(2024, 2, 29), date(2024, 2, 29)),
    ("since", datetime(2024, 11, 4, 9, tzinfo=CHINA), datetime(2024, 11, 4, 1, tzinfo=UTC)),
    ("helpers", ["a"], ("a",)),
    ("helpers", ("b", "a"), ("b", "a")),
]
WRONG: list[tuple[str, list[object]]] = [
    ("words", ["", "  \n", 5, None, True, b"x", "x" * 10_001, "\ud800"]),
    ("choice", ["maybe", "", "Yes", None, 1]),
    ("people", [0, 51, -1, 1.0, Decimal(5), True, "5", None]),
    (
        "points",
        [
            0.5,
            "1",
            Decimal("5.1"),
            Decimal("-5.1"),
            Decimal("1.23456"),
            Decimal("NaN"),
            Decimal("Infinity"),
            True,
            None,
        ],
    ),
    ("agreed", [1, 0, "true", None, "no"]),
    ("day", [datetime(2024, 11, 4, tzinfo=UTC), "2024-11-04", 20241104, None]),
    ("since", [datetime(2024, 11, 4, 9), date(2024, 11, 4), "2024-11-04T09:00:00+08:00", None]),  # noqa: DTZ001  # naive on purpose
    ("helpers", [[], "a", ["a", "a"], ["a", ""], ["a", 1], None, {"a"}, ["x"] * 10_001]),
]


def note(form):
    """Return the fields after a move with that form."""
    return FLOW.fire(TICKET, "note", by=WHO, at=at("2024-11-04 10:00"), form=form).ticket.fields


@pytest.mark.parametrize(("field", "value", "kept"), RIGHT)
def test_a_right_value_is_kept_exactly(field, value, kept):
    """What fits is kept: numbers exact, moments in UTC, lists of ids in their order and frozen."""
    fields = note({field: value})

    assert fields == {field: kept}
    assert type(fields[field]) is type(kept)


@pytest.mark.parametrize(("field", "value"), [(field, value) for field, values in WRONG for value in values])
def test_a_wrong_value_is_told_with_what_is_allowed(field, value):
    """No value is bent to fit: what does not fit is shown, shortened if it is long, with what would."""
    shown = repr(value) if len(repr(value)) <= 60 else f"{repr(value)[:57]}…"

    with pytest.raises(FormProblems) as caught:
        note({field: value})

    (problem,) = caught.value.problems
    assert (problem.code, problem.where) == ("wrong-value", field)
    assert problem.message == f"found {shown}; allowed is {ALLOWED[field]}"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("day", date(1, 1, 1)),
        ("day", date(1899, 12, 31)),
        ("day", date(2201, 1, 1)),
        ("since", datetime(1, 1, 1, tzinfo=CHINA)),
        ("since", datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-8)))),
    ],
)
def test_a_day_no_calendar_knows_is_no_value(field, value):
    """Days before 1900 and after 2200 can be counted by nothing, so a form does not take them."""
    with pytest.raises(FormProblems) as caught:
        note({field: value})

    assert [(one.code, one.where) for one in caught.value.problems] == [("wrong-value", field)]


def test_all_problems_of_a_form_are_told_at_once():
    """Unknown, wrong and missing fields stand in one error, each with its place and its remedy."""
    form = {"chioce": "yes", "words": "", "people": 60}

    with pytest.raises(FormProblems) as caught:
        FLOW.fire(TICKET, "check", by=WHO, at=at("2024-11-04 10:00"), form=form)

    assert str(caught.value) == (
        "chioce: unknown field 'chioce'; known are 'choice', 'people', 'words'. Did you mean 'choice'? "
        "[unknown-field]\n"
        "words: found ''; allowed is a text that is not empty, at most 10000 signs [wrong-value]\n"
        "people: found 60; allowed is a whole number from 1 to 50 [wrong-value]\n"
        "choice: the field is missing: one of 'yes', 'no' is needed [missing-field]"
    )
    assert caught.value.code == "form"


def test_a_form_of_a_move_without_one_is_refused():
    """A move that asks for nothing takes nothing: a field it does not know is a slip."""
    flow = flow_of(
        TYPES.replace('form = ["words", "choice"]\noptional = ["people"]\n', "").replace(
            'needs = [{ field = "people", above = 10 }]\n', ""
        )
    )
    ticket = flow.open("T", by=Actor("x"), at=at("2024-11-04 09:00")).ticket

    with pytest.raises(FormProblems, match=r"unknown field 'words'; none is known here"):
        flow.fire(ticket, "check", by=WHO, at=at("2024-11-04 10:00"), form={"words": "w"})


def test_a_wrong_form_leaves_the_ticket_as_it_was():
    """After an error the ticket in hand is the same value, and so is one worked out again."""
    before = FLOW.open("T", by=Actor("x"), at=at("2024-11-04 09:00")).ticket

    with pytest.raises(FormProblems):
        FLOW.fire(TICKET, "check", by=WHO, at=at("2024-11-04 10:00"))

    assert before == TICKET
    assert TICKET.revision == 1


def test_who_may_not_is_told_that_before_the_form():
    """A refusal stands before a wrong form, so that a stranger learns nothing of what a form takes."""
    with pytest.raises(Refused) as caught:
        FLOW.fire(TICKET, "check", by=Actor("s"), at=at("2024-11-04 10:00"), form={"words": ""})

    assert caught.value.codes == ("no-permission",)


def test_needs_are_asked_of_the_form_as_it_is_filled_in():
    """A need looks at the fields of the ticket with those of the form over them; unfilled fails."""
    base = {"words": "w", "choice": "yes"}
    noted = FLOW.fire(TICKET, "note", by=WHO, at=at("2024-11-04 10:00"), form={"people": 11}).ticket

    codes = []
    for ticket, form in [(TICKET, base), (noted, base | {"people": 10}), (TICKET, base | {"people": 10})]:
        with pytest.raises(Refused) as caught:
            FLOW.fire(ticket, "check", by=WHO, at=at("2024-11-04 11:00"), form=form)
        codes.append(caught.value.codes)
    step = FLOW.fire(noted, "check", by=WHO, at=at("2024-11-04 11:00"), form=base)

    assert codes == [("field",)] * 3
    assert dict(step.ticket.fields) == {"people": 11, "words": "w", "choice": "yes"}


def test_what_is_not_filled_in_again_stays():
    """A form changes the fields it names and no others; the ticket before it keeps its own."""
    first = FLOW.fire(
        TICKET, "note", by=WHO, at=at("2024-11-04 10:00"), form={"words": "a", "people": 2}
    ).ticket

    second = FLOW.fire(first, "note", by=WHO, at=at("2024-11-04 11:00"), form={"words": "b"}).ticket

    assert dict(first.fields) == {"words": "a", "people": 2}
    assert dict(second.fields) == {"words": "b", "people": 2}


def test_a_list_changed_after_the_move_changes_nothing():
    """The ticket holds its own copy of what was handed in."""
    helpers = ["a", "b"]
    form: dict[str, object] = {"helpers": helpers}

    ticket = FLOW.fire(TICKET, "note", by=WHO, at=at("2024-11-04 10:00"), form=form).ticket
    helpers.append("c")
    form["words"] = "late"

    assert dict(ticket.fields) == {"helpers": ("a", "b")}
    assert dict(ticket.last.form) == {"helpers": ("a", "b")}


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.text(max_size=20),
    st.dates(min_value=date(1900, 1, 2), max_value=date(2200, 12, 30)),
    st.datetimes(
        datetime.fromisoformat("1900-01-02"),
        datetime.fromisoformat("2200-12-30"),
        timezones=st.sampled_from([None, UTC, CHINA]),
    ),
    st.lists(st.one_of(st.text(max_size=3), st.integers()), max_size=4),
    st.dictionaries(st.text(max_size=2), st.integers(), max_size=2),
)
NAMES = st.one_of(st.sampled_from([*ALLOWED]), st.text(max_size=5))


@given(st.dictionaries(NAMES, VALUES, max_size=5))
def test_any_form_ends_in_a_ticket_or_in_problems(form):
    """Whatever is filled in is kept whole or told whole: a problem for each field that does not fit."""
    try_alone = {name: _fits(name, value) for name, value in form.items()}

    if all(try_alone.values()):
        assert set(note(form)) == set(form)
    else:
        with pytest.raises(FormProblems) as caught:
            note(form)
        assert sorted(one.where for one in caught.value.problems) == sorted(
            name for name, fits in try_alone.items() if not fits
        )


def _is_number(value):
    exact = type(value) is int or (isinstance(value, Decimal) and value.is_finite())
    return exact and -5 <= value <= 5 and round(Decimal(value), 4) == value


def _is_list(value):
    texts = isinstance(value, list) and all(isinstance(one, str) and one for one in value)
    return texts and 0 < len(value) == len(set(value))


#: Whether a value fits a field, by the words of the vocabulary.
FITTING = {
    "words": lambda value: isinstance(value, str) and bool(value.strip()),
    "choice": lambda value: value in ("yes", "no"),
    "people": lambda value: type(value) is int and 1 <= value <= 50,
    "points": _is_number,
    "agreed": lambda value: isinstance(value, bool),
    "day": lambda value: type(value) is date,
    "since": lambda value: isinstance(value, datetime) and value.tzinfo is not None,
    "helpers": _is_list,
}


def _fits(name, value):
    return name in FITTING and FITTING[name](value)


def test_what_is_wrong_is_told_in_chinese_too():
    """The same problems, a sentence each, with the fields' Chinese titles for those who fill them in."""
    text = FORM_IN_CHINESE
    flow = flow_of(text)

    with pytest.raises(FormProblems) as caught:
        flow.open("T", by=Actor("x"), at=at("2024-03-01 09:00"), form={"class": "other", "odd": 1})

    assert caught.value.codes == ("wrong-value", "unknown-field", "missing-field")
    assert caught.value.in_("zh").splitlines() == [
        "类别：现为'other'；应为咨询、投诉之一",
        "没有字段“odd”；可填：诉求（request）、类别（class）",
        "诉求未填写：应为不为空的文字，至多10000字",
    ]
    assert caught.value.in_("en") == str(caught.value)


FORM_IN_CHINESE = """
[workflow]
id = "test/form"
title = "表单"
effective = 2024-01-01
basis = "测试"
source = "测试"
[[field]]
id = "request"
title = "诉求"
[[field]]
id = "class"
title = "类别"
one_of = ["咨询", "投诉"]
[[state]]
id = "received"
kind = "initial"
[[state]]
id = "closed"
kind = "final"
[[opening]]
id = "report"
to = "received"
by = "anyone"
form = ["request"]
optional = ["class"]
[[move]]
id = "close"
from = "received"
to = "closed"
by = "anyone"
"""

"""Every key of a workflow file becomes the value it says."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from serviceorg.basics import FrozenMap, Label
from serviceorg.calendars import (
    CalendarDays,
    Months,
    NextWorkingDay,
    RealTime,
    WorkingDays,
    WorkingTime,
)
from serviceorg.loading import workflow_from_path
from serviceorg.model import Actor
from serviceorg.workflow.rules import (
    AnyOf,
    Bounds,
    Children,
    ClockIs,
    Counted,
    Different,
    Extension,
    Field,
    FieldIs,
    Happened,
    InFlight,
    Limit,
    Metric,
    Need,
    NoneOpen,
    NotIn,
    Part,
    PartsDone,
    Permit,
    Plugged,
    Promise,
    Role,
    Route,
    SameUnit,
    Share,
    Slot,
    SlotIs,
    State,
    StateIs,
    Tier,
    Timed,
    Value,
)

CHINA = timezone(timedelta(hours=8))


@pytest.fixture(scope="module")
def flow():
    """Return the workflow that uses every key."""
    return workflow_from_path(Path(__file__).parent / "correct" / "everything.toml")


@pytest.fixture(scope="module")
def first(flow):
    """Return its first version."""
    return flow.versions[0]


def named(values, name):
    """Return the value with an id."""
    return next(value for value in values if value.id == name)


def checks(move):
    """Return the checks of a move's needs."""
    return [need.check for need in move.needs]


def test_the_head_becomes_the_workflow(flow):
    """What holds for all versions stands at the workflow."""
    assert (flow.id, flow.title) == ("town/everything", Label(zh="全部写法", en="Everything"))
    assert (flow.source, flow.illustrative, flow.rows) == ("Gazette 3/2024", True, (84, 110))
    assert {"handled", "thanked"} <= set(flow.kinds)
    assert flow.origin.endswith("everything.toml")


def test_the_head_becomes_the_first_version(first):
    """What may change in time stands at the version, with a digest of 64 signs."""
    assert (first.effective, first.basis) == (date(2024, 1, 1), "Notice 1/2024")
    assert (first.calendar, first.scope, first.identity) == ("cn", "unit", ("number",))
    assert first.in_flight == InFlight()
    assert len(first.digest) == 64


def test_places_become_values(first):
    """Roles, slots, fields and parts keep their keys; what is not written has its usual value."""
    assert first.roles == (Role(id="clerk", title=Label(zh="受理员", en="Clerk")), Role(id="head"))
    assert named(first.slots, "requester") == Slot(
        id="requester",
        title=Label(zh="诉求人", en="Requester"),
        party="applicant",
        seen_by=("clerk", "head"),
    )
    assert named(first.slots, "handler") == Slot(id="handler", keep=True, party="handler")
    assert named(first.slots, "helpers") == Slot(id="helpers", kind="unit", many=True)
    assert named(first.fields, "class") == Field(id="class", one_of=("consult", "complaint"))
    assert named(first.fields, "weight") == Field(
        id="weight", type="number", least=Decimal("0.5"), most=Decimal("99.5")
    )
    assert named(first.fields, "request") == Field(id="request", seen_by=("clerk",))
    assert first.parts == (
        Part(
            id="report",
            title=Label(zh="材料", en="Reports"),
            pieces=("talk", "visit"),
            verdicts=("agree", "oppose"),
        ),
        Part(id="signed", of_slot="helpers"),
    )


def test_a_final_state_is_closed_to_the_public(first):
    """Outsiders see a final state as closed and every other as open, where nothing else is written."""
    assert named(first.states, "withdrawn") == State(id="withdrawn", kind="final", public="closed")
    assert named(first.states, "working") == State(id="working", kind="active", public="open")
    assert named(first.states, "closed").outcome == "solved"


def test_openings_say_who_and_what(first):
    """An opening has its permits, its form and what it sets; `to` alone is a single route."""
    window, phone = first.openings

    assert window.routes == (Route(to="received"),)
    assert window.permits == (Permit(role="clerk", scope="any"),)
    assert window.required == ("number", "request", "class", "urgent")
    assert window.optional == ("deadline", "statutory", "seen_on")
    assert window.sets == {"requester": Value(field="number"), "unit": Value(actor_unit=True)}
    assert phone.permits == (Permit(anyone=True),)
    assert phone.needs == (
        Need(
            FieldIs("request", filled=True),
            title=Label(zh="须写明诉求", en="A request is needed"),
            source="§2(2)",
        ),
    )
    assert phone.sets == {
        "unit": Value(field="class", table=FrozenMap({"consult": "street-1", "": "street-2"})),
        "above": Value(parent_of="unit"),
        "reviewer": Value(nobody=True),
    }


def test_routes_keep_their_order(first):
    """Routes are tried from the first to the last; one value with `is` is a list of one."""
    phone, check = named(first.openings, "phone"), named(first.moves, "check")

    assert phone.routes == (
        Route(
            to="received",
            when=(Need(FieldIs("class", ("consult",))),),
            sets=FrozenMap({"handler": Value(constant="u-1")}),
        ),
        Route(to="working", when=(Need(FieldIs("class", ("complaint",))),)),
    )
    assert check.routes[0].when == (
        Need(FieldIs("urgent", (True,))),
        Need(SlotIs("unit", ("street-1", "street-2"))),
    )
    assert check.routes[1] == Route(to="checking")


def test_groups_of_states_are_written_out(first):
    """`@open` is every state that is not final; `@active`, `@waiting`, `@final` are those of the kind."""
    assert named(first.moves, "urge").sources == ("received", "working", "waiting", "parked", "checking")
    assert named(first.moves, "ask").sources == ("working", "checking")
    assert named(first.moves, "answer").sources == ("waiting", "parked")
    assert named(first.moves, "reopen").sources == ("closed", "withdrawn")


def test_a_move_that_stays_has_an_empty_target(first):
    """`to = "same"` is a route without a state of its own."""
    assert named(first.moves, "urge").routes == (Route(to=""),)


def test_permits_are_as_written(first):
    """A role alone is held about the scope; slots, anyone and the clock each have a permit of their own."""
    assert named(first.moves, "accept").permits == (
        Permit(role="clerk"),
        Permit(role="head", at="above", scope="exactly"),
    )
    assert named(first.moves, "report-in").permits == (Permit(slot="handler"),)
    assert named(first.moves, "answer").permits == (Permit(anyone=True), Permit(clock=True))


def test_moves_open_settle_complete_and_extend(first):
    """What a move does besides going on stands in its own keys."""
    accept, settle = named(first.moves, "accept"), named(first.moves, "settle")

    assert (accept.opens, accept.duty, accept.source) == ("objection", "handle", "§3")
    assert accept.sets == {
        "handler": Value(actor=True),
        "helpers": Value(field="to_units"),
        "above": Value(slot="unit"),
        "watchers": Value(slot="requester"),
    }
    assert (settle.settles, settle.resets_parts) == ("objection", ("report", "signed"))
    assert accept.clears == ("weight", "extra")
    assert named(first.moves, "report-in").completes == "report"
    assert named(first.moves, "extend").extends == (
        Extension(clock="resolve", by=WorkingDays(5)),
        Extension(clock="reply", days_field="extra", most=10),
    )


def test_needs_of_every_kind(first):
    """Each kind of need becomes its check; shares and bounds are exact fractions."""
    assert checks(named(first.moves, "accept")) == [
        FieldIs("weight", bounds=Bounds(least=Fraction(1), below=Fraction(50))),
        StateIs(("received",)),
        SlotIs("handler", filled=False),
        NotIn("handler"),
    ]
    assert checks(named(first.moves, "sign")) == [
        SameUnit("unit"),
        Different(slots=("requester",), moves=("accept",)),
    ]
    assert checks(named(first.moves, "ask")) == [
        Counted(("ask",), Bounds(most=Fraction(1)), since="accept"),
        Timed("working", RealTime(24 * 60), within=True),
    ]
    assert checks(named(first.moves, "check")) == [
        Share("yes", "present", Bounds(above=Fraction(1, 2), most=Fraction(1))),
        Share("yes", "present", Bounds(least=Fraction(1, 2), below=Fraction(1))),
        FieldIs("present", bounds=Bounds(above=Fraction(2), most=Fraction(400))),
        Timed("accept", WorkingDays(1)),
        ClockIs("resolve", ("in-time", "overdue")),
        NoneOpen("objection"),
        Children(Fraction(2, 3), ("closed",)),
        PartsDone("report", "any", ("agree",)),
        PartsDone("signed", "all"),
        NotIn("handler", "to_whom"),
        Plugged("town.budget", FrozenMap({"most": 5})),
    ]


def test_alternatives_are_groups(first):
    """Of `any` each entry is a group; a single need is a group of one."""
    assert checks(named(first.moves, "close")) == [
        AnyOf(
            (
                (Need(Happened(("ask",), since="accept")),),
                (Need(Happened(("withdraw", "waiting"), wants=False)), Need(SlotIs("unit", ("street-1",)))),
            )
        ),
        ClockIs("resolve", ("in-time",)),
    ]


def test_clocks_have_limits_and_tiers(first):
    """A clock names what moves it; its limit is a duration, a table or a field; tiers stand in order."""
    resolve, reply, wait = first.clocks

    assert (resolve.start, resolve.stop, resolve.pause) == (("accept", "working"), ("closed",), ("waiting",))
    assert (resolve.reset, resolve.cancel) == (("report",), ("withdraw",))
    assert (resolve.again, resolve.grace) == ("grace", NextWorkingDay(ends="office"))
    assert (resolve.holder, resolve.calendar_of, resolve.source) == ("handler", "unit", "§4")
    assert resolve.limit == Limit(
        by="class",
        table=FrozenMap(
            {
                "consult": WorkingDays(5, ends="office", bound="under"),
                "complaint": CalendarDays(15, roll="none"),
            }
        ),
        or_later="statutory",
    )
    assert resolve.tiers == (
        Tier(id="yellow", before=WorkingDays(2), colour="yellow", source="§4(2)"),
        Tier(id="red", at_due=True, colour="red"),
        Tier(id="urged", after=CalendarDays(1), every=RealTime(24 * 60), times=3),
    )
    assert (reply.since, reply.again) == ("seen_on", "restart")
    assert reply.limit == Limit(
        duration=Months(1, roll="previous"), by="class", table=FrozenMap({"consult": WorkingTime(120)})
    )
    assert [tier.after for tier in reply.tiers] == [WorkingTime(30), RealTime(90)]
    assert (wait.limit, wait.tiers) == (
        Limit(until="deadline"),
        (Tier(id="over", at_due=True, move="answer"),),
    )


def test_notices_and_facts_say_what_they_carry(first):
    """A notice has its slots and text; a fact has its subject, amount and attributes by value."""
    (notice,), (done,) = first.notices, first.emissions

    assert (notice.on, notice.to) == (("accept", "resolve.yellow"), ("requester", "watchers"))
    assert notice.text == Label(zh="{request}已由{handler}受理", en="{handler} has accepted {request}")
    assert notice.when == (Need(FieldIs("urgent", (True,))),)
    assert (notice.confidential, done.confidential) == (True, True)
    assert (done.on, done.kind, done.subject) == (("closed", "withdrawn"), "handled", "handler")
    assert (done.amount, done.reverses, done.source) == (Value(field="extra"), "number", "§6")
    assert done.attributes == {
        "in_time": Value(clock="resolve", table=FrozenMap({"met": "yes", "late": "no", "": "no"})),
        "days_late": Value(days_late="resolve"),
        "redone": Value(count="reopen"),
        "class": Value(field="class"),
        "state": Value(state=True),
        "by": Value(actor=True),
        "urgent": Value(field="urgent"),
        "seen_on": Value(field="seen_on"),
        "unit": Value(slot="unit"),
        "weight": Value(constant=Decimal("1.5")),
        "note": Value(constant="told"),
    }


def test_metrics_and_promises(first):
    """A rate has its whole, its exclusions by group and its good part; a promise is one of three forms."""
    assert first.metrics == (
        Metric(
            id="in-time",
            title=Label(zh="按时办结率", en="In time"),
            of=(Need(Happened(("closed",))),),
            exclude=(
                (Need(FieldIs("urgent", (True,))),),
                (Need(ClockIs("resolve", ("cancelled",))), Need(StateIs(("withdrawn",)))),
            ),
            good=(Need(ClockIs("resolve", ("met",))),),
            by="above",
            source="§7",
        ),
    )
    assert first.promises == (
        Promise(
            never=("closed",),
            without=("check",),
            since=("reopen",),
            title=Label(zh="未检查不结案", en="Never closed unless checked"),
            source="§8",
        ),
        Promise(never=("sign", "report-in"), after=("closed",), until=("reopen",)),
        Promise(never=("accept",), at_most=1),
    )


def test_an_amendment_makes_a_version(flow, first):
    """A second version has what was set and added, not what was retired, and its own basis and digest."""
    second = flow.versions[1]

    assert (second.effective, second.basis) == (date(2025, 1, 1), "Notice 2/2025")
    assert second.clocks[0].limit.table["complaint"] == CalendarDays(20, roll="none")
    assert named(second.states, "checking").title == Label(zh="核验中", en="Being checked")
    assert {move.id for move in first.moves} - {move.id for move in second.moves} == {
        "urge",
        "park",
        "unpark",
    }
    assert {move.id for move in second.moves} - {move.id for move in first.moves} == {
        "remind",
        "audit-part",
        "finish",
    }
    assert second.in_flight == InFlight(
        tickets="move", states=FrozenMap({"parked": "working"}), clocks="restart"
    )
    assert second.digest != first.digest


def test_cases_are_stories(flow):
    """An actor goes by the name in the case; steps keep their moments, forms, refusals and expectations."""
    (case,) = flow.cases
    opened, refused, accepted, passed = case.steps

    assert (case.title, case.units) == ("taken in and withdrawn", {"street-1": "town", "town": ""})
    assert case.actors == {
        "wang": Actor("wang", "clerk@street-1", "street-1"),
        "li": Actor("li", "head@town"),
        "zhao": Actor("zhao"),
    }
    assert (opened.do, opened.by, opened.at) == ("window", "wang", datetime(2024, 9, 27, 9, tzinfo=CHINA))
    assert opened.form["seen_on"] == date(2024, 9, 26)
    assert opened.form["deadline"] == datetime(2024, 10, 1, tzinfo=CHINA)
    assert opened.expect["slots"] == {"requester": "zhao", "unit": ("street-1",)}
    assert (refused.refused, refused.children) == (("field",), {"c-1": "closed"})
    assert accepted.form == {"to_units": ("street-1",), "weight": Decimal("1.5")}
    assert accepted.expect["due"] == {"resolve": datetime(2024, 10, 13, tzinfo=CHINA)}
    assert (passed.do, passed.by) == ("tick", "")


def test_the_file_is_frozen_whole(flow):
    """A workflow can be hashed, so nothing in it can change."""
    assert isinstance(hash(flow.versions), int)
    assert isinstance(hash(flow.cases), int)

from datetime import date

import pytest

import serviceorg as so
from tests.schemes.story import Story, moment, registry, told

UNITS = {"hub": "city", "water": "city", "roads": "city", "police": "city", "city": ""}
ACTORS: dict[str, so.Actor | str] = {
    "operator": so.Actor("operator", ("operator@hub",), "hub"),
    "platform": so.Actor("platform", ("platform@hub",), "hub"),
    "hub": so.Actor("hub", ("hub-head@hub",), "hub"),
    "caller": so.Actor("caller", ("caller-back@hub",), "hub"),
    "supervisor": so.Actor("supervisor", ("supervisor@hub",), "hub"),
    "water": "unit-clerk@water",
    "roads": "unit-clerk@roads",
    "police": "unit-clerk@police",
    "head": "unit-head@water",
    "officer": "@water",
    "office": "city-office@city",
    "executive": "city-executive@city",
    "resident": "",
}
CALL = {"number": "W-1", "client_id": "resident", "contact": "1", "request": "Leak", "class": "service"}
LEAD = {"lead_unit": "water", "lead_level": "city"}


def called(at="09-27 22:30"):
    """Return a story that begins with a call, late on a Friday."""
    story = Story("weifang/hotline-12345", UNITS, ACTORS)
    story.open("call", "operator", at, **CALL)
    return story


def dispatched(at="09-27 22:40", **more):
    """Return a story of a matter the water office has been given."""
    story = called()
    story.do("dispatch", "operator", at, **{**LEAD, **more})
    return story


def handling(**more):
    """Return a story of a matter somebody of the water office works on."""
    story = dispatched(**more)
    story.do("take", "water", "09-28 09:00", officer="officer")
    return story


def replied(**more):
    """Return a story of a matter that was answered."""
    story = handling(**more)
    story.do("reply", "officer", "09-30 09:00", result="Mended")
    return story


def test_the_line_is_open_day_and_night():
    """Calls and messages come in at three in the morning of a holiday."""
    story = Story("weifang/hotline-12345", UNITS, ACTORS)

    step = story.open("message", "platform", "10-01 03:00", **CALL)

    assert step.ticket.state == "received"
    assert step.ticket.holder("client") == "resident"


def test_five_working_days():
    """The answer is due after five working days, make-up days among them (W9, M12)."""
    story = dispatched()

    due = story.due("resolve")

    assert due == moment("10-11 00:00")  # 29 (worked), 30 Sep, 8, 9, 10 Oct


@pytest.mark.parametrize(
    ("statutory", "due"),
    [(date(2024, 11, 29), "11-30 00:00"), (date(2024, 9, 30), "10-11 00:00")],
)
def test_a_longer_statutory_limit_prevails(statutory, due):
    """A statutory limit counts where it is longer than the five working days, and only there."""
    story = dispatched(statutory_until=statutory)

    assert story.due("resolve") == moment(due)


def test_five_more_once_by_the_head_before_it_is_due():
    """The head may give five working days more, once, before the day; the caller is told (W10, trap 21)."""
    story = handling()

    by_handler = story.refused("extend", "officer", "10-10 09:00", reason="R")
    too_late = story.refused("extend", "head", "10-11 00:00", reason="R")
    step = story.do("extend", "head", "10-10 23:00", reason="R")

    assert by_handler == ("different", "no-permission")
    assert too_late == ("clock",)
    assert story.due("resolve") == moment("10-17 00:00")  # from the old day: 11, 12 (worked), 14, 15, 16 Oct
    assert [(one.notice, one.to) for one in step.notices] == [("extended", "resident")]
    assert story.refused("extend", "head", "10-11 09:00", reason="R") == ("count",)


@pytest.mark.parametrize(
    ("at", "refused"), [("09-28 22:40:00", ()), ("09-28 22:40:01", ("within",)), ("09-30 09:00", ("within",))]
)
def test_a_return_within_twenty_four_hours(at, refused):
    """What is not the unit's goes back within 24 hours, which run through the weekend (W4, trap 19)."""
    story = dispatched()

    if refused:
        assert story.refused("apply-return", "water", at, reason="Not ours") == refused
    else:
        assert story.do("apply-return", "water", at, reason="Not ours").ticket.state == "return-asked"


def test_a_return_needs_its_reason():
    """Who returns a matter says why."""
    story = dispatched()

    with pytest.raises(so.FormProblems, match="reason"):
        story.do("apply-return", "water", "09-28 09:00")


def test_no_return_after_a_ruling():
    """Once the hub has ruled who leads, nobody returns the matter, however quickly (W4)."""
    story = dispatched()
    story.do("apply-return", "water", "09-27 22:50", reason="Not ours")
    story.do("rule", "hub", "09-27 23:00", lead_unit="roads", lead_level="city", reason="Surface")

    codes = story.refused("apply-return", "roads", "09-27 23:10", reason="Not ours")

    assert codes == ("not-happened",)


def test_a_third_return_is_ruled_upon():
    """After two returns a third cannot be taken back any more: the hub rules (Bayannur's bounces)."""
    story = called()
    for number, unit in enumerate(("water", "roads", "water")):
        story.do("dispatch", "operator", f"09-28 0{number}:00", lead_unit=unit, lead_level="city")
        story.do("apply-return", unit, f"09-28 0{number}:30", reason="Not ours")
        if number < 2:
            story.do("accept-return", "hub", f"09-28 0{number}:40")

    codes = story.refused("accept-return", "hub", "09-28 02:40")

    assert codes == ("count",)


def test_one_leads_and_the_others_help():
    """The lead unit answers when every helping unit has reported (W5)."""
    story = handling(helper_units=["police", "roads"])
    story.do("helper-report", "police", "09-29 09:00", reason="Seen")

    early = story.refused("reply", "officer", "09-29 10:00", result="Mended")
    story.do("helper-report", "roads", "09-29 11:00", reason="Seen")
    step = story.do("reply", "officer", "09-29 12:00", result="Mended")

    assert early == ("any",)
    assert step.ticket.state == "calling-back"


def test_where_both_are_in_charge_the_city_leads():
    """A matter of city and county cannot be given to the county."""
    story = called()

    county = story.refused(
        "dispatch", "operator", "09-27 23:00", lead_unit="water", lead_level="county", overlap=True
    )
    step = story.do("dispatch", "operator", "09-27 23:00", lead_unit="water", lead_level="city", overlap=True)

    assert county == ("any",)
    assert step.ticket.state == "assigned"


def test_what_cannot_be_solved_goes_up_two_levels():
    """The unit, then the city office, then the city executive meeting, each its own (W8)."""
    story = handling()

    states = [story.do("report-unsolved", "head", "09-30 09:00", reason="Money").ticket.state]
    by_unit = story.refused("to-executive", "head", "10-08 09:00", reason="Money")
    states.append(story.do("to-executive", "office", "10-08 09:00", reason="Money").ticket.state)
    states.append(
        story.do(
            "decide", "executive", "10-09 09:00", lead_unit="water", officer="officer", reason="Yes"
        ).ticket.state
    )

    assert states == ["at-city-office", "at-executive", "handling"]
    assert by_unit == ("no-permission",)


def test_time_takes_it_up_where_nobody_does():
    """Five working days after the limit the matter lies with the city office (W8)."""
    story = handling()

    step = story.tick("10-17 00:00")  # due 10 Oct; 11, 12 (worked), 14, 15, 16 Oct

    assert step.ticket.state == "at-city-office"
    assert ("hotline-overdue", "water") in [(fact.kind, fact.subject) for fact in step.facts]


@pytest.mark.parametrize("trigger", ["overdue", "refused", "false-reply", "repeated", "ordered"])
def test_supervision_is_answered_first(trigger):
    """In each of five cases a matter is supervised; the supervisor is answered first (W18)."""
    story = handling()
    step = story.do("supervise", "supervisor", "09-29 09:00", trigger=trigger, reason="R")

    codes = story.refused("reply", "officer", "09-29 10:00", result="Mended")
    story.do("answer-supervision", "head", "09-29 11:00", result="On it")

    assert step.facts[0].attributes["trigger"] == trigger
    assert codes == ("none-open",)
    assert story.do("reply", "officer", "09-29 12:00", result="Mended").ticket.state == "calling-back"


def test_nothing_is_closed_without_a_call_back():
    """A matter is closed by the call-back alone, by somebody who did not handle it (W14, W15)."""
    story = replied()

    by_officer = story.refused("confirm", "officer", "10-08 09:00", solved=True, view="satisfied")
    unsolved = story.refused("confirm", "caller", "10-08 09:00", solved=False, view="satisfied")
    step = story.do("confirm", "caller", "10-08 09:00", solved=True, view="satisfied")

    assert by_officer == ("no-permission", "separation")
    assert unsolved == ("field",)
    assert step.ticket.state == "closed"


def test_what_was_redone_is_struck_off_as_redone():
    """The first of Xilingol's kinds: solved, but only the second time (W14, W16)."""
    story = replied()
    story.do("redo", "caller", "10-08 09:00", solved=False, view="dissatisfied", reason="Leaks")
    story.do("reply", "officer", "10-09 09:00", result="Mended well")

    step = story.do("confirm", "caller", "10-10 09:00", solved=True, view="satisfied")

    assert step.ticket.state == "closed-redone"
    assert story.verdict("redo-limit") == "met"


@pytest.mark.parametrize("kind", ["judged", "extended", "handed-over"])
def test_the_other_kinds_need_a_ruling(kind):
    """Judged, put off, handed over: asked by the unit, ruled by the hub, said to the caller (trap 39)."""
    story = replied()
    story.do("ask-strike", "head", "10-08 09:00", strike=kind, reason="R")

    by_unit = story.refused("strike-off", "head", "10-08 10:00", reason="R")
    step = story.do("strike-off", "hub", "10-08 10:00", reason="R")

    assert by_unit == ("no-permission", "separation")
    assert step.ticket.state == kind
    assert [(one.notice, one.to) for one in step.notices] == [("struck-off", "resident")]


def test_a_repeated_request_without_new_facts_is_only_answered():
    """The same request again is only answered; with new facts it is a matter like others (W2)."""
    story = called()

    new = story.refused("inform", "operator", "09-27 23:00", same_as="W-0", new_facts=True)
    step = story.do("inform", "operator", "09-27 23:00", same_as="W-0", new_facts=False)

    assert new == ("field",)
    assert step.ticket.state == "informed"


def test_three_rates_with_what_they_leave_out():
    """Judged matters leave two rates; who was not reached is in neither (W19, traps 39, 40)."""
    flow = registry().workflow("weifang/hotline-12345")
    tickets = [told("weifang/hotline-12345", number, ticket=f"T-{number}").ticket for number in range(3)]

    rates = {
        (one.metric, one.group): (one.good, one.counted, dict(one.excluded))
        for one in flow.metrics(tickets, at=moment("12-31 00:00"))
    }

    assert rates["satisfied", "transport"] == (("T-0",), ("T-0",), {})
    assert rates["satisfied", "roads"] == ((), (), {"T-1": 0})
    assert ("satisfied", "housing") not in rates
    assert rates["solved", "roads"] == ((), (), {"T-1": 0})
    assert rates["response", "housing"] == ((), ("T-2",), {})


def test_a_handler_with_an_interest_steps_back():
    """Nobody handles the matter of the person who called, and a handler may be changed on recusal (W20)."""
    story = dispatched()

    own = story.refused("take", "water", "09-28 09:00", officer="resident")
    story.do("take", "water", "09-28 09:00", officer="officer")
    story.do("recuse", "officer", "09-28 10:00", officer="colleague", reason="A relative")

    assert own == ("not-in",)
    assert story.ticket.holder("handler") == "colleague"


def test_who_called_is_the_hubs_to_know():
    """The unit sees the contact it needs, and not who called; who calls back at the hub sees both (W20)."""
    story = handling()

    unit = story.flow.view(story.ticket, by=story.actors["water"])
    hub = story.flow.view(story.ticket, by=story.actors["caller"])

    assert story.ticket.holder("unit") == "water"
    assert hub["fields"]["contact"] == "1"
    assert "client" not in unit["slots"]
    assert hub["slots"]["client"] == ("resident",)
    assert unit["fields"]["contact"] == "1"


def test_five_more_count_from_the_statutory_day():
    """Where a statutory limit prevails the head's five days lie after it (trap 21)."""
    story = handling(statutory_until=date(2024, 11, 29))

    story.do("extend", "head", "11-19 09:00", reason="A hearing")

    assert story.due("resolve") == moment("12-07 00:00")  # from Fri 29 Nov: 2, 3, 4, 5, 6 Dec


def test_nothing_is_struck_off_before_the_caller_had_an_answer():
    """Striking off needs an answer first: without one, no kind of it can be asked for (traps 36, 39)."""
    story = handling()

    codes = story.refused("ask-strike", "head", "09-30 09:00", strike="judged", reason="Sound")

    assert codes == ("happened",)

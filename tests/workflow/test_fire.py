import copy
import pickle
from datetime import UTC, datetime, timedelta, timezone

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from serviceorg.errors import FormProblems, MomentError, NotInForceError, TicketError, UnknownIdError
from serviceorg.workflow import SENTENCES, Child, Command, Refused
from tests.workflow.features.given import Actor, at, feature, flow_of, lived

APPEAL = """
[workflow]
id = "example/fire"
title = { zh = "诉求", en = "Appeal" }
effective = 2024-01-01
basis = "B"
source = "S"
scope = "unit"

[[role]]
id = "clerk"
title = { zh = "受理员", en = "Clerk" }

[[slot]]
id = "unit"
title = { zh = "承办单位", en = "Unit" }
kind = "unit"

[[slot]]
id = "requester"
title = { zh = "诉求人", en = "Requester" }
party = "applicant"

[[slot]]
id = "handler"
title = { zh = "经办人", en = "Handler" }
party = "handler"

[[field]]
id = "unit"

[[field]]
id = "class"
title = { zh = "类别", en = "Class" }
one_of = ["minor", "major"]

[[field]]
id = "yes"
title = { zh = "同意票", en = "Votes for it" }
type = "count"

[[field]]
id = "present"
title = { zh = "到会", en = "Present" }
type = "count"

[[field]]
id = "proof"
title = { zh = "凭证", en = "Proof" }

[[field]]
id = "helper"
title = { zh = "协助人", en = "Helper" }

[[part]]
id = "reports"
title = { zh = "报告", en = "Reports" }
pieces = ["fire", "water"]

[[field]]
id = "piece"
title = { zh = "哪一项", en = "Piece" }
one_of = ["fire", "water"]

[[state]]
id = "received"
title = { zh = "已登记", en = "Registered" }
kind = "initial"

[[state]]
id = "working"
title = { zh = "办理中", en = "In hand" }

[[state]]
id = "closed"
title = { zh = "办结", en = "Closed" }
kind = "final"

[[opening]]
id = "report"
title = { zh = "提出", en = "Report" }
to = "received"
by = "anyone"
form = ["unit"]
sets = { requester = "actor", unit = { field = "unit" } }

[[opening]]
id = "phone"
title = { zh = "电话", en = "Telephone" }
to = "working"
by = "clerk"
form = ["unit"]
sets = { unit = { field = "unit" }, handler = "actor" }

[[move]]
id = "accept"
title = { zh = "受理", en = "Accept" }
from = "received"
to = "working"
by = "clerk"
sets = { handler = "actor" }
duty = "handle"

[[move]]
id = "hint"
title = { zh = "督办", en = "Supervise" }
from = "@open"
to = "same"
by = "anyone"
opens = "supervision"

[[move]]
id = "answer-hint"
title = { zh = "反馈", en = "Report back" }
from = "@open"
to = "same"
by = "clerk"
settles = "supervision"

[[move]]
id = "report-piece"
title = { zh = "提交报告", en = "Hand in a report" }
from = "working"
to = "same"
by = "clerk"
form = ["piece"]
completes = "reports"

[[move]]
id = "close"
title = { zh = "办结", en = "Close" }
from = "working"
to = "closed"
by = "clerk"
form = ["class"]
optional = ["yes", "present", "proof", "helper"]
needs = [
    { field = "class", is = "minor" },
    { field = "proof", filled = true },
    { field = "yes", from = 3, below = 9 },
    { state = "working" },
    { slot = "handler", is = "nobody-else" },
    { share = "yes", of = "present", above = "1/2" },
    { elapsed = { working_days = 5 }, since = "working" },
    { within = { hours = 1 }, since = "working" },
    { clock = "resolve", is = "overdue" },
    { none_open = "supervision" },
    { different = "accept" },
    { same_unit = "unit" },
    { not_in = "requester", field = "helper" },
    { children = "2/3" },
    { count = "report-piece", from = 1 },
    { happened = "report-piece" },
    { not_happened = "hint" },
    { parts = "reports", done = "all" },
    { any = [{ field = "class", is = "minor" }, [{ slot = "unit", is = "u" }, { happened = "phone" }]] },
    { requirement = "budget", options = { least = 5 } },
    { field = "class", is = "minor", title = { zh = "重大不得简办", en = "Nothing major" }, source = "§9" },
]
duty = "review"

[[move]]
id = "withdraw"
title = { zh = "撤回", en = "Withdraw" }
from = "@open"
to = "closed"
by = "anyone"

[[clock]]
id = "resolve"
title = { zh = "办理时限", en = "Time to resolve" }
start = "working"
stop = "closed"
limit = { working_days = 5 }
"""
CODES = """
    separation field field field slot share elapsed within clock none-open different same-unit not-in children
    count happened not-happened parts any requirement field
"""
WANG, LI = Actor("wang"), Actor("li", "clerk@street-1", "street-1")


def refuse(ticket, fields, actor, moment, options):
    """Return that there is no money: a requirement that never holds."""
    from serviceorg.basics import Label

    return Label(zh=f"经费不足{options['least']}元", en=f"less than {options['least']} yuan are left")


FLOW = flow_of(APPEAL, requirements={"budget": refuse})


def received(name="T", flow=FLOW):
    """Return a ticket at street-1 that has just been received."""
    return flow.open(name, by=WANG, at=at("2024-11-04 09:00"), form={"unit": "street-1"}).ticket


def refused_close():
    """Return the refusal of a close against which everything stands that can."""
    ticket = lived(FLOW, received(), ("accept", LI, "2024-11-04 10:00"), ("hint", WANG, "2024-11-04 11:00"))
    form = {"class": "major", "yes": 2, "present": 4, "helper": "wang"}
    abroad = attrs.evolve(LI, unit="street-2")
    children = [Child(id=name, state="open", is_closed=name == "c1") for name in ("c1", "c2", "c3")]
    with pytest.raises(Refused) as caught:
        FLOW.fire(ticket, "close", by=abroad, at=at("2024-11-04 12:00"), form=form, children=children)
    return caught.value


def test_every_unmet_need_is_told_at_once():
    """A refusal has all that stands against the move, in the order of the file, the duty first."""
    ticket = lived(FLOW, received(), ("accept", LI, "2024-11-04 10:00"), ("hint", WANG, "2024-11-04 11:00"))

    error = refused_close()

    assert list(error.codes) == CODES.split()
    assert (error.ticket, error.move, error.state) == (ticket.id, "close", "working")
    assert error.code == "refused"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_reason_has_a_remedy_and_a_sentence(lang):
    """Each reason has a first child that says what would help, and both can be read in both languages."""
    error = refused_close()

    lines = error.in_(lang).splitlines()

    assert all(reason.children for reason in error.reasons)
    assert {one.code for reason in error.reasons for one in reason.walk()} <= set(SENTENCES)
    assert len(lines) == 1 + sum(1 for reason in error.reasons for _ in reason.walk())
    assert not any("{" in line or "None" in line for line in lines)


def test_a_refusal_reads_like_the_rule():
    """Counts, shares and moments are shown as people of the place say them, in the wall clock's time."""
    lines = [line.strip() for line in str(refused_close()).splitlines()]

    assert "Votes for it of Present: 2 of 4, which is 1/2" in lines
    assert "Votes for it must be more than 1/2 of Present" in lines
    assert "since 'In hand' at 2024-11-04 10:00, 5 working days have not passed yet" in lines
    assert "Votes for it must be at least 3 and less than 9" in lines
    assert "1 of 3 child tickets are done, 2 are needed" in lines
    assert "less than 5 yuan are left" in lines
    assert "Nothing major (source: §9)" in lines


def test_a_refusal_reads_like_the_rule_in_chinese():
    """The same in Chinese: 超过 for more than, 以上 for at least, 不满 for less than."""
    lines = [line.strip() for line in refused_close().in_("zh").splitlines()]

    assert "同意票占到会：4中2，即1/2" in lines
    assert "同意票须为到会的超过1/2" in lines
    assert "同意票须为3以上且不满9" in lines
    assert "自2024-11-04 10:00“办理中”起尚未满5个工作日" in lines
    assert "重大不得简办（来源：§9）" in lines


def test_a_refusal_names_the_move_in_the_language_asked_for():
    """The head of a refusal has the title of the move, not its id."""
    with pytest.raises(Refused) as caught:
        FLOW.fire(received(), "accept", by=WANG, at=at("2024-11-04 10:00"))

    assert caught.value.in_("zh").splitlines()[0] == "工单T不能受理："
    assert caught.value.in_("en").splitlines()[0] == "ticket T: 'Accept' refused"


def test_a_refusal_leaves_the_ticket_as_it_was():
    """Nothing of a refused move is kept: the ticket in hand equals the one before, and goes on."""
    ticket = lived(FLOW, received(), ("accept", LI, "2024-11-04 10:00"))
    before = copy.deepcopy(ticket)

    with pytest.raises(Refused):
        FLOW.fire(ticket, "close", by=LI, at=at("2024-11-04 12:00"), form={"class": "minor"})

    assert ticket == before
    assert hash(ticket) == hash(before)
    assert FLOW.replay("T", ticket.history) == ticket


def test_a_moment_without_a_zone_is_refused_everywhere():
    """Nobody knows the day of a naive moment, so it is an error in every verb that takes one."""
    ticket, naive = received(), datetime.fromisoformat("2024-11-05 09:00")
    form = {"unit": "street-1"}

    for verb in (
        lambda: FLOW.open("T", by=WANG, at=naive, form=form),
        lambda: FLOW.fire(ticket, "accept", by=LI, at=naive),
        lambda: FLOW.moves(ticket, by=LI, at=naive),
        lambda: FLOW.clocks(ticket, at=naive),
        lambda: FLOW.tick(ticket, at=naive),
        lambda: FLOW.migrate(ticket, by=LI, at=naive),
        lambda: FLOW.metrics([ticket], at=naive),
    ):
        with pytest.raises(MomentError, match="has no time zone"):
            verb()


def test_a_moment_before_the_last_event_is_refused():
    """Time does not run backwards on a ticket; the same moment again is allowed."""
    ticket = received()

    with pytest.raises(MomentError, match="lies before the last event"):
        FLOW.fire(ticket, "accept", by=LI, at=at("2024-11-04 08:59:59"))
    same = FLOW.fire(ticket, "accept", by=LI, at=at("2024-11-04 09:00"))

    assert same.ticket.state == "working"


@pytest.mark.parametrize(
    "moment",
    [datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=8))), datetime(9999, 12, 31, 23, tzinfo=UTC)],
)
def test_a_moment_out_of_all_bounds_is_told(moment):
    """A moment no calendar can count is an error with a text, not an overflow."""
    with pytest.raises(MomentError):
        FLOW.open("T", by=WANG, at=moment, form={"unit": "street-1"})


@given(st.timezones(), st.integers(0, 10**6))
def test_zones_do_not_matter(zone, seconds):
    """The same moment told in any zone leads to the same ticket, and events are kept in UTC."""
    ticket = received()
    moment = at("2024-11-04 10:00") + timedelta(seconds=seconds)

    here = FLOW.fire(ticket, "accept", by=LI, at=moment)
    there = FLOW.fire(ticket, "accept", by=LI, at=moment.astimezone(zone))

    assert here == there
    assert there.events[0].at.tzinfo is UTC


def test_an_unknown_move_or_opening_is_told_with_the_nearest():
    """A slip in a name is an error of its own, with what is known and the nearest guess."""
    with pytest.raises(UnknownIdError) as move:
        FLOW.fire(received(), "acept", by=LI, at=at("2024-11-04 10:00"))
    with pytest.raises(UnknownIdError) as opening:
        FLOW.open("T", by=WANG, at=at("2024-11-04 09:00"), form={"unit": "u"}, how="fone")

    assert str(move.value) == (
        "there is no move 'acept'; known are 'accept', 'answer-hint', 'close', 'hint', 'report-piece', "
        "'withdraw'. "
        "Did you mean 'accept'?"
    )
    assert str(opening.value) == (
        "there is no opening 'fone'; known are 'phone', 'report'. Did you mean 'phone'?"
    )


def test_a_move_that_does_not_leave_this_state_is_refused_with_those_it_leaves():
    """A known move from elsewhere is a refusal, not an error: the state is what stands against it."""
    with pytest.raises(Refused) as caught:
        FLOW.fire(received(), "close", by=LI, at=at("2024-11-04 10:00"), form={"class": "minor"})

    assert caught.value.codes == ("not-from-here",)
    assert "'Close' cannot be done in the state 'Registered'" in str(caught.value)
    assert "possible in: In hand" in str(caught.value)


def test_a_ticket_of_another_workflow_or_version_is_an_error():
    """A flow moves its own tickets; others are told with the names of both."""
    foreign = attrs.evolve(received(), workflow="elsewhere/appeal", version="x" * 64)
    unknown = attrs.evolve(received(), version="0123456789abcdef")

    with pytest.raises(TicketError, match="it is of workflow 'elsewhere/appeal', not 'example/fire'"):
        FLOW.fire(foreign, "accept", by=LI, at=at("2024-11-04 10:00"))
    with pytest.raises(TicketError, match="its version 0123456789ab is none of those"):
        FLOW.fire(unknown, "accept", by=LI, at=at("2024-11-04 10:00"))


def test_a_stale_revision_is_an_error():
    """Whoever moves a ticket that somebody else has moved since is told to read it again."""
    ticket = lived(FLOW, received(), ("accept", LI, "2024-11-04 10:00"))

    with pytest.raises(TicketError, match="it has 2 events, not 1; read it again"):
        FLOW.fire(ticket, "hint", by=LI, at=at("2024-11-04 11:00"), revision=1)
    step = FLOW.fire(ticket, "hint", by=LI, at=at("2024-11-04 11:00"), revision=2)

    assert step.ticket.revision == 3


def test_before_the_first_version_nothing_is_in_force():
    """A ticket cannot be opened before the first day of the first version; it can at its first moment."""
    form = {"unit": "street-1"}

    with pytest.raises(NotInForceError, match="in force from 2024-01-01 on"):
        FLOW.open("T", by=WANG, at=at("2023-12-31 23:59"), form=form)
    step = FLOW.open("T", by=WANG, at=at("2024-01-01 00:00"), form=form)

    assert step.ticket.state == "received"


def test_what_the_clock_has_to_do_first_comes_first():
    """Once a timed move fell due no other is made before it; the refusal names the tier and the moment."""
    flow = feature("w12")
    ticket = flow.open("T", by=WANG, at=at("2024-11-01 09:00")).ticket
    late = at("2024-11-09 00:00")

    with pytest.raises(Refused) as caught:
        flow.fire(ticket, "supply", by=WANG, at=late, form={"papers": "P"})

    assert caught.value.codes == ("tick-first",)
    assert "papers-due.over fell due at 2024-11-09 00:00" in str(caught.value)
    assert flow.fire(ticket, "supply", by=WANG, at=late - timedelta(seconds=1), form={"papers": "P"})


def _told(options):
    return {one.move: [reason.code for reason in one.reasons] for one in options}


def test_what_moves_offers_can_be_made():
    """A move is offered as allowed if nothing but its form can still stand against it."""
    flow, ticket = FLOW, received()
    overdue = feature("w12")
    late = overdue.open("T", by=WANG, at=at("2024-11-01 09:00")).ticket

    fresh = flow.moves(ticket, by=LI, at=at("2024-11-05 09:00"))
    gone = overdue.moves(late, by=WANG, at=at("2024-11-20 09:00"))

    assert _told(fresh) == {"accept": [], "hint": [], "answer-hint": ["nothing-open"], "withdraw": []}
    assert "tick-first" in _told(gone)["supply"]


def test_an_option_shows_its_form_and_does_not_judge_it_beforehand():
    """Needs on fields of the form are left to when it is filled in; the others are told."""
    ticket = lived(FLOW, received(), ("accept", LI, "2024-11-04 10:00"))

    options = {one.move: one for one in FLOW.moves(ticket, by=LI, at=at("2024-11-04 10:30"))}

    close = options["close"]
    assert (close.allowed, close.required) == (False, ("class",))
    assert close.optional == ("yes", "present", "proof", "helper")
    assert not {"field", "share", "not-in"} & {one.code for one in close.reasons}
    assert {"separation", "different", "elapsed"} <= {one.code for one in close.reasons}


def test_many_commands_have_an_outcome_each():
    """Of many commands each ends in a step or an error of its own, in their order."""
    tickets = [received(f"T-{number}") for number in range(3)]
    commands = [
        Command(ticket=tickets[0], move="accept", by=LI, at=at("2024-11-04 10:00")),
        Command(ticket=tickets[1], move="accept", by=WANG, at=at("2024-11-04 10:00")),
        Command(ticket=tickets[2], move="accept", by=LI, at=at("2024-11-04 10:00"), revision=7),
    ]

    outcomes = FLOW.fire_many(commands)

    assert [one.ticket for one in outcomes] == ["T-0", "T-1", "T-2"]
    assert [type(one.error) for one in outcomes] == [type(None), Refused, TicketError]
    assert outcomes[0].step == FLOW.fire(tickets[0], "accept", by=LI, at=at("2024-11-04 10:00"))
    assert outcomes[1].step is outcomes[2].step is None


def test_whole_or_not_at_all():
    """With whole=True one error keeps every step back; faultless commands show neither step nor error."""
    good = Command(ticket=received("T-1"), move="accept", by=LI, at=at("2024-11-04 10:00"))
    bad = attrs.evolve(good, ticket=received("T-2"), by=WANG)

    kept_back = FLOW.fire_many([good, bad], whole=True)
    made = FLOW.fire_many([good, attrs.evolve(bad, by=LI)], whole=True)

    assert [(one.step, type(one.error)) for one in kept_back] == [(None, type(None)), (None, Refused)]
    assert all(one.step is not None and one.error is None for one in made)


def test_values_are_frozen():
    """Neither a ticket nor a step can be changed, and what they hold cannot either."""
    step = FLOW.fire(received(), "accept", by=LI, at=at("2024-11-04 10:00"))

    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        step.ticket.state = "closed"
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        step.facts = ()
    with pytest.raises(TypeError):
        step.ticket.fields["unit"] = "street-2"


def test_values_travel():
    """Tickets, steps and refusals come back from a pickle as they were; equal tickets have equal hashes."""
    step = FLOW.fire(received(), "accept", by=LI, at=at("2024-11-04 10:00"))
    again = FLOW.fire(received(), "accept", by=LI, at=at("2024-11-04 10:00"))
    error = refused_close()

    sent = pickle.loads(pickle.dumps((step, error)))

    assert sent[0] == step
    assert (sent[1].reasons, str(sent[1])) == (error.reasons, str(error))
    assert hash(step.ticket) == hash(again.ticket) == hash(sent[0].ticket)


def test_a_history_of_any_length_replays_to_the_ticket():
    """A long history is numbered without a gap and leads to the same ticket again."""
    ticket = lived(FLOW, received(), ("accept", LI, "2024-11-04 10:00"))
    for number in range(150):
        move, by = ("hint", WANG) if number % 2 == 0 else ("answer-hint", LI)
        ticket = FLOW.fire(ticket, move, by=by, at=at("2024-11-04 10:00") + timedelta(minutes=number)).ticket

    assert ticket.revision == len(ticket.history) == 152
    assert [ticket.event(number) for number in range(152)] == list(ticket.history)
    assert FLOW.replay("T", ticket.history) == ticket


def test_a_history_that_cannot_be_is_told():
    """An event that does not fit its place is told with its number, its move and what is known there."""
    history = lived(FLOW, received(), ("accept", LI, "2024-11-04 10:00")).history
    odd = attrs.evolve(history[1], move="acept")

    with pytest.raises(TicketError, match=r"event 1, 'acept' at .*Did you mean 'accept'\?"):
        FLOW.replay("T", [history[0], odd])
    with pytest.raises(TicketError, match="it led to 'closed'"):
        FLOW.replay("T", [history[0], attrs.evolve(history[1], state="closed")])
    with pytest.raises(TicketError, match="the history is empty"):
        FLOW.replay("T", [])


def test_a_wrong_form_at_the_opening_opens_nothing():
    """An opening reads its form like a move."""
    with pytest.raises(FormProblems, match="unit: the field is missing"):
        FLOW.open("T", by=WANG, at=at("2024-11-04 09:00"))


@pytest.mark.parametrize("name", ["", None, 5])
def test_a_ticket_needs_an_id(name):
    """The id is the host's to give: a text that is not empty."""
    with pytest.raises(TicketError, match="a ticket needs a text that is not empty"):
        FLOW.open(name, by=WANG, at=at("2024-11-04 09:00"), form={"unit": "street-1"})


def test_a_calendar_or_requirement_nobody_gives_is_told_when_the_flow_is_made():
    """What a definition names must be there before the first ticket."""
    with pytest.raises(UnknownIdError, match="there is no requirement 'budget'"):
        flow_of(APPEAL)
    with pytest.raises(UnknownIdError, match="there is no calendar 'mars'"):
        flow_of(
            APPEAL.replace('scope = "unit"', 'scope = "unit"\ncalendar = "mars"'),
            requirements={"budget": refuse},
        )

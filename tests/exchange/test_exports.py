import json
from decimal import Decimal

import pytest

from serviceorg.errors import TicketError, UnknownIdError
from serviceorg.exchange import open311_services, read_xes, to_ocel, to_open311, to_xes
from tests.exchange.worlds import CLERK, NEIGHBOUR, UNITS, answered, closed, complaints, moment, reported

FLOW = complaints()


def texts_in(value: object) -> list[str]:
    """Return every text in a document of dicts and lists."""
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts_in(one)]
    if isinstance(value, list):
        return [text for one in value for text in texts_in(one)]
    return [value] if isinstance(value, str) else []


def test_xes_comes_back_as_it_went_out():
    """The reader finds in our own XES what the ticket holds: any sign, exact numbers, flags, lists."""
    ticket = closed(FLOW)

    log = read_xes(to_xes(FLOW, [ticket], masked=False).encode())

    (trace,) = log.traces
    held = trace.attributes
    assert held["concept:name"] == "T-1"
    assert (held["state"], held["public"], held["outcome"]) == ("closed", "closed", "solved")
    assert held["field.text"] == 'A <lamp> & "more"\nis out'
    assert held["field.cost"] == Decimal("12.50")
    assert (held["field.visits"], held["field.solved"], held["field.on"]) == (2, True, "2024-01-02")
    assert held["field.witnesses"] == ("w1", "p3")
    assert held["slot.reporter"] == "p3"
    assert [event.name for event in trace.events] == ["report", "accept", "ask", "answer", "close"]


def test_xes_says_who_when_and_where():
    """An event carries its moment in UTC with offset, resource, role, group and both states; pm4py#32."""
    log = read_xes(to_xes(FLOW, [answered(FLOW)]).encode())

    assert log.traces[0].events[1].attributes == {
        "concept:name": "accept",
        "time:timestamp": moment(2, 9),
        "lifecycle:transition": "complete",
        "org:resource": "u7",
        "org:role": "clerk",
        "org:group": "street-1",
        "from_state": "new",
        "to_state": "working",
    }


def test_xes_declares_what_tools_ask_for():
    """Extensions and both global scopes are declared: without them some tools refuse a log; pm4py#32."""
    text = to_xes(FLOW, [])

    assert [name in text for name in ('name="Concept"', 'name="Time"', 'name="Organizational"')] == [True] * 3
    assert '<global scope="trace">' in text
    assert '<date key="time:timestamp" value="1970-01-01T00:00:00+00:00"/>' in text
    assert len(read_xes(text.encode())) == 0


def test_xes_may_speak_a_language():
    """With a language the activity is the title of the move."""
    log = read_xes(to_xes(FLOW, [reported(FLOW)], lang="zh").encode())

    assert log.traces[0].events[0].name == "反映"


def test_signs_xml_cannot_write_are_replaced():
    """A text with a null sign still makes a file that can be read."""
    form = {"text": "a\x00b\x1fc", "place": "street-1"}
    ticket = FLOW.open("T-9", by=NEIGHBOUR, at=moment(2, 8), form=form).ticket

    log = read_xes(to_xes(FLOW, [ticket]).encode())

    assert log.traces[0].attributes["field.text"] == "a\ufffdb\ufffdc"


def test_moves_of_the_clock_have_no_resource():
    """What the engine's own clock does is an event of nobody: give-up after 24 hours without an answer."""
    ticket = FLOW.fire(reported(FLOW), "accept", by=CLERK, at=moment(2, 9)).ticket
    ticket = FLOW.fire(ticket, "ask", by=CLERK, at=moment(2, 10)).ticket
    ticket = FLOW.tick(ticket, at=moment(3, 11)).ticket

    document = to_ocel(FLOW, [ticket])
    log = read_xes(to_xes(FLOW, [ticket]).encode())

    assert ticket.state == "closed"
    assert log.traces[0].events[-1].name == "give-up"
    assert "org:resource" not in log.traces[0].events[-1].attributes
    assert log.traces[0].attributes["public"] == "closed"
    assert "member:clock" not in texts_in(document)


@pytest.mark.parametrize("secret", ["p3", "555"])
def test_what_is_confidential_stays_in_the_house(secret):
    """A person or a field that only some roles may see is nowhere in an export, as actor neither."""
    ticket = closed(FLOW)

    xes, ocel = to_xes(FLOW, [ticket]), json.dumps(to_ocel(FLOW, [ticket], units=UNITS))
    requests = json.dumps(to_open311(FLOW, ticket, at=moment(2, 13), fields={"address": "phone"}))

    assert [secret in text for text in (xes, ocel, requests)] == [False, False, False]
    assert secret in to_xes(FLOW, [ticket], masked=False)
    assert secret in json.dumps(to_ocel(FLOW, [ticket], masked=False))


def test_the_unit_and_role_of_somebody_confidential_are_left_out():
    """An event of the reporter names neither a resource nor the group the reporter belongs to."""
    log = read_xes(to_xes(FLOW, [answered(FLOW)]).encode())

    assert set(log.traces[0].events[3].attributes) == {
        "concept:name",
        "time:timestamp",
        "lifecycle:transition",
        "from_state",
        "to_state",
    }


def test_every_object_of_ocel_is_related_to_an_event():
    """No object is without an event, because tools drop those; every relation names an object; OCEL 2.0."""
    document = json.loads(json.dumps(to_ocel(FLOW, [closed(FLOW)], units=UNITS, masked=False)))

    objects = {one["id"] for one in document["objects"]}
    related = {link["objectId"] for event in document["events"] for link in event["relationships"]}
    linked = {link["objectId"] for one in document["objects"] for link in one["relationships"]}
    assert objects == {"ticket:T-1", "member:p3", "member:u7", "unit:street-1", "unit:city"}
    assert related == objects
    assert linked <= objects


def test_every_attribute_of_ocel_is_declared_and_a_text():
    """The published schema asks for texts; each attribute is declared by its type of event or object."""
    document = json.loads(json.dumps(to_ocel(FLOW, [closed(FLOW)], units=UNITS, masked=False)))

    for many, types in (("events", "eventTypes"), ("objects", "objectTypes")):
        known = {one["name"]: {a["name"] for a in one["attributes"]} for one in document[types]}
        for one in document[many]:
            assert {a["name"] for a in one["attributes"]} <= known[one["type"]]
            assert all(isinstance(a["value"], str) for a in one["attributes"])


def test_states_of_ocel_have_their_moments():
    """A ticket's state is an attribute with the moment of each change: 8, 9, 10, 11 and 12 o'clock."""
    document = json.loads(json.dumps(to_ocel(FLOW, [closed(FLOW)])))

    ticket = document["objects"][0]
    states = [(a["time"][11:13], a["value"]) for a in ticket["attributes"] if a["name"] == "state"]
    public = [(a["time"][11:13], a["value"]) for a in ticket["attributes"] if a["name"] == "public"]
    assert states == [
        ("08", "new"),
        ("09", "working"),
        ("10", "waiting"),
        ("11", "working"),
        ("12", "closed"),
    ]
    assert public == [("08", "open"), ("12", "closed")]


def test_a_hand_over_stands_at_its_event():
    """Whoever a move puts into a slot is related to that event, with the slot as qualifier."""
    document = json.loads(json.dumps(to_ocel(FLOW, [answered(FLOW)], units=UNITS)))

    accept = document["events"][1]
    assert accept["id"] == "T-1#2"
    assert {(link["objectId"], link["qualifier"]) for link in accept["relationships"]} == {
        ("ticket:T-1", "ticket"),
        ("member:u7", "actor"),
        ("member:u7", "handler"),
        ("unit:street-1", "unit"),
        ("unit:city", "over"),
    }


def test_a_service_request_says_the_public_status():
    """Open311 knows open and closed; the earliest running clock is expected: 72 hours from the 2nd, 8:00."""
    fields = {"description": "text", "lat": "lat"}

    (request,) = to_open311(FLOW, answered(FLOW), at=moment(2, 12), fields=fields, lang="en")

    assert request == {
        "service_request_id": "T-1",
        "status": "open",
        "status_notes": "In hand",
        "service_name": "Complaint",
        "service_code": "example/complaint",
        "agency_responsible": "street-1",
        "requested_datetime": "2024-01-02T08:00:00+00:00",
        "updated_datetime": "2024-01-02T11:00:00+00:00",
        "expected_datetime": "2024-01-05T08:00:00+00:00",
        "description": 'A <lamp> & "more"\nis out',
        "address": None,
        "address_id": None,
        "zipcode": None,
        "lat": 30.25,
        "long": None,
        "media_url": None,
        "service_notice": None,
    }


def test_a_closed_request_expects_nothing():
    """When every clock has stopped there is nothing left to expect; titles come in the language asked for."""
    (request,) = to_open311(FLOW, [closed(FLOW)], at=moment(9, 12), lang="zh")

    assert (request["status"], request["status_notes"]) == ("closed", "已办结")
    assert request["expected_datetime"] is None


def test_the_earliest_of_several_clocks_is_expected():
    """While a question is open its 24 hours end first: asked on the 2nd at 10:00."""
    ticket = FLOW.fire(reported(FLOW), "accept", by=CLERK, at=moment(2, 9)).ticket
    ticket = FLOW.fire(ticket, "ask", by=CLERK, at=moment(2, 10)).ticket

    (request,) = to_open311(FLOW, ticket, at=moment(2, 12))

    assert request["expected_datetime"] == "2024-01-03T10:00:00+00:00"


def test_services_are_discovered_by_the_code_of_their_requests():
    """The list of services has one entry, with the code every request carries."""
    (service,) = open311_services(FLOW, lang="en")

    assert service["service_code"] == "example/complaint"
    assert (service["service_name"], service["group"], service["type"]) == (
        "Complaint",
        "example",
        "realtime",
    )


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"adress": "text"}, "no key of a service request to fill from a field 'adress'; .* mean 'address'"),
        ({"address": "txt"}, "no field 'txt'; .* mean 'text'"),
    ],
)
def test_fields_of_requests_must_be_known(fields, text):
    """A misspelt key or field is told with the nearest guess, and nothing goes out."""
    with pytest.raises(UnknownIdError, match=text):
        to_open311(FLOW, [], at=moment(2, 12), fields=fields)


def test_tickets_of_another_workflow_are_refused():
    """An export holds tickets of one workflow."""
    from serviceorg.calendars import china
    from serviceorg.loading import workflow_from_text
    from serviceorg.workflow import Flow
    from tests.exchange.worlds import COMPLAINT

    text = COMPLAINT.replace("example/complaint", "example/other")
    other = Flow(workflow_from_text(text), calendars={"cn": china()}, units=UNITS)

    with pytest.raises(TicketError, match="ticket 'T-1' is of 'example/complaint'"):
        to_xes(other, [reported(FLOW)])

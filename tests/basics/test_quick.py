"""Values made by way of a twin, and the same by their constructors."""

import pickle
from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest

from serviceorg.basics import FrozenMap
from serviceorg.basics.quick import blank_twin, by_constructor, quickest
from serviceorg.calendars import Pause, WorkingDays
from serviceorg.reasons import Reason
from serviceorg.workflow import answers, ticket
from serviceorg.workflow.answers import Step
from serviceorg.workflow.ticket import Event, Memory, Run, Ticket, line_of

BEGUN = datetime(2024, 9, 3, 1, tzinfo=UTC)
LATER = datetime(2024, 9, 4, 1, tzinfo=UTC)
OPENING = line_of(Event("report", "received", "u1", BEGUN, {"title": "lamp"}, slots=FrozenMap()))
RUN = (
    BEGUN,
    WorkingDays(5),
    date(2024, 9, 30),
    (Pause(BEGUN, LATER),),
    (WorkingDays(2),),
    LATER,
    False,
    True,
    2,
    (1, 0),
    ("expire",),
)
TICKET: tuple[Any, ...] = (
    "T-1",
    "town/matter",
    "0" * 64,
    "received",
    FrozenMap({"title": "lamp"}),
    FrozenMap({"unit": ("street-1",)}),
    Memory(),
    (Run(start=BEGUN, limit=WorkingDays(5)), None),
    (),
    OPENING,
)
STEP = (ticket.make_ticket(*TICKET), 1, (), (), (Reason("fact-nobody", ("score", "unit")),))
#: Of every class that is made quickly: the maker and a value for each field, in order.
MAKERS = {
    Run: (ticket.make_run, RUN),
    Ticket: (ticket.make_ticket, TICKET),
    Step: (answers.make_step, STEP),
}
WAYS = {"twin": lambda _, made: made, "constructor": by_constructor}
every_class = pytest.mark.parametrize("cls", MAKERS)
every_way = pytest.mark.parametrize("way", WAYS)


def made_by(way, cls):
    """Return a value of a class, made in one of the two ways."""
    made, values = MAKERS[cls]
    return WAYS[way](cls, made)(*values)


@every_class
def test_every_field_has_the_value_of_its_place(cls):
    """A maker takes all fields in the order in which the class declares them."""
    values = MAKERS[cls][1]

    made = made_by("twin", cls)

    assert type(made) is cls
    assert tuple(getattr(made, field.name) for field in attrs.fields(cls)) == values


@every_class
def test_both_ways_make_the_same(cls):
    """What the twin becomes is equal to what the constructor makes, with the same hash and the same words."""
    twin, constructed = made_by("twin", cls), made_by("constructor", cls)

    assert twin == constructed
    assert hash(twin) == hash(constructed)
    assert repr(twin) == repr(constructed)


@every_class
@every_way
def test_a_value_is_frozen(cls, way):
    """No field can be set or deleted afterwards, whichever way the value was made."""
    made = made_by(way, cls)
    name = attrs.fields(cls)[0].name

    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(made, name, None)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        delattr(made, name)


@every_class
@every_way
def test_a_value_pickles(cls, way):
    """A value comes back from a pickle as an equal one of the same class."""
    made = made_by(way, cls)

    again = pickle.loads(pickle.dumps(made))

    assert type(again) is cls
    assert again == made


@every_class
def test_a_value_evolves(cls):
    """attrs.evolve makes a copy of a value from a twin like of any other."""
    made = made_by("twin", cls)

    assert attrs.evolve(made) == made


@attrs.frozen
class Referable:
    """A class with a slot for weak references, which no twin has: it cannot become one."""

    name: str


def test_where_no_twin_can_become_the_class_the_constructor_is_used():
    """An interpreter that refuses the assignment of a class gets the same values from the constructor."""
    twin = blank_twin(Referable)

    def made(name):
        value = twin()
        value.name = name
        value.__class__ = Referable
        return value

    assert quickest(Referable, made)("a") == Referable("a")
    with pytest.raises(TypeError):
        made("a")

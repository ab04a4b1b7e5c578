"""What the tests of features begin with: the files beside this one, a tree of units, moments, actors."""

from pathlib import Path

from serviceorg.loading.flow_files import workflow_from_text
from serviceorg.model import Actor, Units
from serviceorg.workflow import Flow
from tests.calendars.given import CN, at, day, shown

__all__ = ["CN", "UNITS", "Actor", "at", "day", "feature", "flow_of", "lived", "moves_of", "shown"]

HERE = Path(__file__).parent
UNITS = Units(
    {"city": "", "street-1": "city", "street-2": "city", "grid-1": "street-1", "grid-2": "street-2"}
)


def flow_of(text, *, units=UNITS, calendars=None, **options):
    """Return the flow of a workflow text, with the calendar of China and its office hours."""
    return Flow(workflow_from_text(text), calendars={"cn": CN, **(calendars or {})}, units=units, **options)


def feature(name, **options):
    """Return the flow of one of the files: "w01"."""
    return flow_of((HERE / f"{name}.toml").read_text(encoding="utf-8"), **options)


def lived(flow, ticket, *steps):
    """Return the ticket after several moves, each written (move, actor, moment) or (…, form)."""
    for move, by, moment, *form in steps:
        ticket = flow.fire(ticket, move, by=by, at=at(moment), form=form[0] if form else {}).ticket
    return ticket


def moves_of(flow, ticket, by, moment):
    """Return the ids of the moves an actor may make, sorted."""
    return sorted(one.move for one in flow.moves(ticket, by=by, at=at(moment)) if one.allowed)

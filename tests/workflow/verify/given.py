"""Small definitions to verify, written in a few words."""

from datetime import date
from fractions import Fraction
from typing import Any

from serviceorg.calendars import WorkingDays
from serviceorg.workflow.rules import (
    Bounds,
    Check,
    Children,
    Clock,
    Counted,
    Happened,
    Limit,
    Move,
    Need,
    Opening,
    Permit,
    Promise,
    Route,
    State,
    Tier,
    Value,
    Version,
)
from serviceorg.workflow.verify import Finding, verify

ANYONE = (Permit(anyone=True),)
CLOCK = (Permit(clock=True),)
FIVE_DAYS = WorkingDays(5)
ACTOR = Value(actor=True)
NOBODY = Value(nobody=True)
#: A requirement that may hold and may fail at any moment.
MAYBE = Children("all")


def needs(*checks: Check) -> tuple[Need, ...]:
    """Return requirements that must hold together."""
    return tuple(Need(check) for check in checks)


def route(to: str, *when: Check, **options: Any) -> Route:
    """Return a route with its conditions."""
    return Route(to=to, when=needs(*when), **options)


def move(id: str, source: str, to: str | tuple[Route, ...], *asked: Check, **options: Any) -> Move:  # noqa: A002
    """Return a move anyone may make; ``source`` has one or several states, ``to`` "" stays."""
    routes = to if isinstance(to, tuple) else (Route(to=to),)
    permits = options.pop("permits", ANYONE)
    return Move(
        id=id, sources=tuple(source.split()), routes=routes, permits=permits, needs=needs(*asked), **options
    )


def opening(to: str, *asked: Check, **options: Any) -> Opening:
    """Return an opening anyone may make, called "report" unless it is named."""
    given = {"id": "report", "routes": (Route(to=to),), "permits": ANYONE, "needs": needs(*asked)}
    return Opening(**{**given, **options})


def clock(start: str, stop: str = "", **options: Any) -> Clock:
    """Return a clock of five working days called "resolve"."""
    given = {"id": "resolve", "start": tuple(start.split()), "stop": tuple(stop.split())}
    return Clock(**{**given, "limit": Limit(duration=FIVE_DAYS), **options})


def tier(id: str = "due", **options: Any) -> Tier:  # noqa: A002
    """Return a tier that acts when its clock is due."""
    return Tier(id=id, at_due=True, **options)


def version(states: str, *moves: Move, **options: Any) -> Version:
    """Return a version of these states; one with a full stop is final. It opens in the first."""
    names = states.split()
    given = {
        "effective": date(2024, 1, 1),
        "basis": "",
        "digest": "",
        "states": tuple(
            State(id=name.rstrip("."), kind="final" if name.endswith(".") else "active") for name in names
        ),
        "openings": (opening(names[0].rstrip(".")),),
        "moves": moves,
    }
    return Version(**{**given, **options})


def found(states: str, *moves: Move, **options: Any) -> tuple[Finding, ...]:
    """Return the findings of a version given in a few words."""
    return verify(version(states, *moves, **options))


def codes(findings: tuple[Finding, ...]) -> list[tuple[str | int, ...]]:
    """Return the code and place of each finding."""
    return [(finding.code, *finding.where) for finding in findings]


def at_most(*moves: str, most: int, since: str = "") -> Counted:
    """Return the requirement that moves were made so many times at most."""
    return Counted(moves, Bounds(most=Fraction(most)), since)


def at_least(*moves: str, least: int, since: str = "") -> Counted:
    """Return the requirement that moves were made so many times at least."""
    return Counted(moves, Bounds(least=Fraction(least)), since)


def after(*what: str, since: str = "") -> Happened:
    """Return the requirement that something occurred."""
    return Happened(what, since)


def before(*what: str, since: str = "") -> Happened:
    """Return the requirement that something did not occur."""
    return Happened(what, since, wants=False)


def never(*names: str, **options: Any) -> Promise:
    """Return a promise; its options say of which kind, lists as words with spaces."""
    given: dict[str, Any] = {
        key: tuple(value.split()) if isinstance(value, str) else value for key, value in options.items()
    }
    return Promise(never=names, **given)

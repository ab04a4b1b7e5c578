"""A move worked out for posting: accounts, limits and amounts in ten-thousandths, once for each era."""

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from ..basics import FACT_SCALE
from .rules import AccountKind, AccountRules, Also, Move


class Side(NamedTuple):
    """One account of a pair: a place by its full name, or ``prefix`` and the owner's id."""

    place: str
    prefix: str
    kind: str
    least: int | None
    most: int | None
    overflow: str
    only: tuple[str, ...]
    expires: bool


class Pair(NamedTuple):
    """Two sides of one asset; ``step`` is the smallest amount it may have."""

    source: Side
    target: Side
    asset: str
    step: int
    rule: Also | None


class MovePlan(NamedTuple):
    """A move and what posting it needs; amounts are in ten-thousandths."""

    move: Move
    main: Pair
    also: tuple[Pair, ...]
    amount: int | None
    least: int | None
    most: int | None
    multiple: int | None
    short: bool
    bounded: bool
    has_other: bool
    needs_other: bool
    has_conditions: bool


def units_of_number(number: Decimal | None) -> int | None:
    """Return a number of the rules in ten-thousandths."""
    return None if number is None else int(number.scaleb(FACT_SCALE))


def _side(rules: AccountRules, name: str, on: date) -> tuple[Side, AccountKind]:
    kind = rules.account_kind(name, on=on)
    side = Side(
        place=name if ":" in name else "",
        prefix=f"{kind.id}:",
        kind=kind.id,
        least=units_of_number(kind.least),
        most=units_of_number(kind.most),
        overflow=kind.overflow,
        only=kind.only,
        expires=kind.id in rules.expiring,
    )
    return side, kind


def _pair(rules: AccountRules, ends: tuple[str, str], on: date, *, rule: Also | None = None) -> Pair:
    source, kind = _side(rules, ends[0], on)
    target, _ = _side(rules, ends[1], on)
    step: int = 10 ** (FACT_SCALE - rules.asset(kind.asset).scale)
    return Pair(source, target, kind.asset, step, rule)


def plan_of(rules: AccountRules, name: str, *, occurred_on: date, on: date) -> MovePlan:
    """Return a move as of the day it is about, with the accounts as they are on the day it is booked.

    Raises:
        UnknownIdError: If there is no such move.
        NotInForceError: If it, or an account, was not in force.
    """
    key: Any = name
    if rules.eras:
        key = (name, rules.era(occurred_on.toordinal()), rules.era(on.toordinal()))
    found: MovePlan | None = rules.plans.get(key)
    if found is None:
        found = rules.plans[key] = _planned(rules, rules.move(name, on=occurred_on), on)
    return found


def _planned(rules: AccountRules, move: Move, on: date) -> MovePlan:
    main = _pair(rules, (move.source_account, move.target_account), on)
    also = tuple(
        _pair(rules, (also.source_account, also.target_account), on, rule=also) for also in move.also
    )
    both = not (main.source.place or main.target.place)
    for_other = any(one.other for one in move.also)
    return MovePlan(
        move=move,
        main=main,
        also=also,
        amount=units_of_number(move.amount),
        least=units_of_number(move.least),
        most=units_of_number(move.most),
        multiple=units_of_number(move.multiple),
        short=move.short == "rest",
        bounded=not (move.least is None and move.most is None and move.multiple is None),
        has_other=both or for_other,
        needs_other=for_other or (both and main.source.kind == main.target.kind),
        has_conditions=bool(
            move.times
            or move.total
            or move.needs
            or move.when
            or move.not_while
            or move.evidence
            or any(pair.source.expires for pair in (main, *also))
            or any(pair.target.expires and pair.target.most is not None for pair in (main, *also))
        ),
    )

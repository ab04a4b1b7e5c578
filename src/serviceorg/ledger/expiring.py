"""Booking out what has ended (到期清零): deterministic entries, the same whoever asks and however often."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

import attrs

from ..basics import FrozenMap
from ..model.days import a_day
from ..reasons import Reason
from .drafts import units_of
from .entries import NO_HASH, amount_of, sealed
from .journal import Journal, Log
from .lots import Lots, ended_lots, lots_of
from .posting import refused
from .rules import AccountRules

_NOBODY: FrozenMap[str, date] = FrozenMap()


@attrs.frozen(kw_only=True)
class Ended:
    """What ends in an account (到期额): ``on`` is the first day without it."""

    on: date
    account: str
    amount: Decimal
    expiry: str
    target: str


def ending(
    journal: Journal, rules: AccountRules, *, on: date, joined: Mapping[str, date] = _NOBODY
) -> tuple[Ended, ...]:
    """Return what has ended by a day and was not booked out yet, by day and account.

    ``joined`` has each owner's first day of belonging, for what ends with their own year; of an owner who is
    not in it nothing ends. A day in the future shows what would end by then if nothing moved.

    Raises:
        PeriodError: If ``on`` is no day.
    """
    found, _ = _found(journal, rules, a_day(on), joined)
    return tuple(found)


def expire(
    journal: Journal, rules: AccountRules, *, on: date, joined: Mapping[str, date] = _NOBODY, by: str = ""
) -> Journal:
    """Return the journal with an entry for everything that has ended by a day (到期清零).

    What was earned, titles and stars stay; only the balance falls. Each is booked on the first day without
    it, or on the day of the last entry where that is later, and says the former as ``occurred_on``. Their ids
    are EXPIRY/ACCOUNT/DAY, with #2 and so on if more of the same ended later: asked for twice, nothing is
    added. What an expiry took is given back by a grant: were it reversed, it would end again.

    Where an earning is taken back after it has ended, what was booked out of it comes back, by an entry
    called EXPIRY/ACCOUNT/DAY/back: what ended was never spent, so nobody owes it.

    ``post`` refuses to take from an account as long as something in it has ended and was not booked out;
    of years of belonging ("anniversary") it knows nothing, so expire before you let somebody redeem.

    Raises:
        EntryRefused: If the day lies before the last entry's.
        PeriodError: If ``on`` is no day.
    """
    if len(journal) and a_day(on) < journal.last.on:
        raise refused("expire", [Reason("before-last", (on, journal.last.on))])
    ended, undue = _found(journal, rules, a_day(on), joined)
    if not (ended or undue):
        return journal
    with journal.log.lock:
        log = journal.log.upto(journal.length)
        for one in undue:
            _book_back(log, rules, one, by)
        for one in ended:
            _book_out(log, rules, one, by)
        return Journal(log, len(log.entries))


def _found(
    journal: Journal, rules: AccountRules, on: date, joined: Mapping[str, date]
) -> tuple[list[Ended], list[Ended]]:
    """Return what has ended and was not booked out, and what was booked out and comes back."""
    ended: list[Ended] = []
    undue: list[Ended] = []
    for account in journal.accounts():
        kind, _, owner = account.partition(":")
        if kind in rules.expiring:
            first = joined.get(owner)
            lots = lots_of(rules, journal.log, account, length=journal.length, joined=first)
            ended += [
                Ended(
                    on=due,
                    account=account,
                    amount=amount_of(units),
                    expiry=expiry.id,
                    target=expiry.target_account,
                )
                for due, units, expiry in ended_lots(rules, account, lots, on=on, joined=first)
            ]
            undue += _undue(account, lots)
    return sorted(ended, key=_order), sorted(undue, key=_order)


def _order(one: Ended) -> tuple[date, str, str]:
    return one.on, one.account, one.expiry


def _undue(account: str, lots: Lots) -> list[Ended]:
    return [
        Ended(on=due, account=account, amount=amount_of(units), expiry=expiry, target=target)
        for (expiry, due), (units, target) in lots.undue.items()
    ]


def give_back(log: Log, rules: AccountRules, accounts: Iterable[str], by: str) -> None:
    """Book back what was booked out of entries that were taken back; the caller has the lock."""
    for account in sorted(set(accounts)):
        if account.partition(":")[0] in rules.expiring:
            for one in _undue(account, lots_of(rules, log, account, length=len(log.entries))):
                _book_back(log, rules, one, by)


def _book_out(log: Log, rules: AccountRules, ended: Ended, by: str) -> None:
    name = f"{ended.expiry}/{ended.account}/{ended.on}"
    _book(log, rules, ended, name=name, ends=(ended.account, ended.target), by=by)


def _book_back(log: Log, rules: AccountRules, ended: Ended, by: str) -> None:
    name = f"{ended.expiry}/{ended.account}/{ended.on}/back"
    _book(log, rules, ended, name=name, ends=(ended.target, ended.account), by=by)


def _book(log: Log, rules: AccountRules, ended: Ended, *, name: str, ends: tuple[str, str], by: str) -> None:
    last = log.entries[-1] if log.entries else None
    booked = ended.on if last is None else max(ended.on, last.on)
    base, count = name, 1
    while name in log.ids:
        count += 1
        name = f"{base}#{count}"
    asset = rules.asset_of(ended.account)
    units = units_of(ended.amount)
    legs = ((ends[0], asset, -units), (ends[1], asset, units))
    before = NO_HASH if last is None else last.hash
    number = len(log.entries) + 1
    log.add(sealed(number, name, booked, ended.on, ended.expiry, legs, "", "", "", by, "", before))

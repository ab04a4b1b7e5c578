"""Booking out what has ended (到期清零): deterministic entries, the same whoever asks and however often."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import attrs

from ..basics import FrozenMap
from ..reasons import Reason
from .drafts import units_of
from .entries import NO_HASH, amount_of, sealed
from .journal import Journal, Log
from .lots import ended_lots
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
    """
    log, length = journal.log, journal.length
    kinds = {expiry.account for expiry in rules.expiries if expiry.ends != "never"}
    found = []
    for account in journal.accounts():
        kind, _, owner = account.partition(":")
        if kind in kinds:
            ended = ended_lots(rules, log, account, length=length, on=on, joined=joined.get(owner))
            found += [
                Ended(
                    on=due,
                    account=account,
                    amount=amount_of(units),
                    expiry=expiry.id,
                    target=expiry.target_account,
                )
                for due, units, expiry in ended
            ]
    return tuple(sorted(found, key=lambda one: (one.on, one.account, one.expiry)))


def expire(
    journal: Journal, rules: AccountRules, *, on: date, joined: Mapping[str, date] = _NOBODY, by: str = ""
) -> Journal:
    """Return the journal with an entry for everything that has ended by a day (到期清零).

    What was earned, titles and stars stay; only the balance falls. Each is booked on the first day without
    it, or on the day of the last entry where that is later, and says the former as ``occurred_on``. Their ids
    are EXPIRY/ACCOUNT/DAY, with #2 and so on if more of the same ended later: asked for twice, nothing is
    added. What an expiry took is given back by a grant: were it reversed, it would end again.

    ``post`` refuses to take from an account as long as something in it has ended and was not booked out;
    of years of belonging ("anniversary") it knows nothing, so expire before you let somebody redeem.

    Raises:
        EntryRefused: If the day lies before the last entry's.
    """
    if len(journal) and on < journal.last.on:
        raise refused("expire", [Reason("before-last", (on, journal.last.on))])
    ended = ending(journal, rules, on=on, joined=joined)
    with journal.log.lock:
        log = journal.log.upto(journal.length)
        for one in ended:
            _book_out(log, rules, one, by)
        return Journal(log, len(log.entries)) if ended else journal


def _book_out(log: Log, rules: AccountRules, ended: Ended, by: str) -> None:
    last = log.entries[-1] if log.entries else None
    booked = ended.on if last is None else max(ended.on, last.on)
    base = name = f"{ended.expiry}/{ended.account}/{ended.on}"
    count = 1
    while name in log.ids:
        count += 1
        name = f"{base}#{count}"
    asset = rules.asset_of(ended.account)
    units = units_of(ended.amount)
    legs = ((ended.account, asset, -units), (ended.target, asset, units))
    before = NO_HASH if last is None else last.hash
    number = len(log.entries) + 1
    log.add(sealed(number, name, booked, ended.on, ended.expiry, legs, "", "", "", by, "", before))

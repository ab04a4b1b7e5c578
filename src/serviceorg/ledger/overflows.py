"""What flowed over for want of room that is there now, because what filled the account was taken back."""

from collections.abc import Iterator

from ..errors import NotInForceError, UnknownIdError
from ..reasons import Reason
from .entries import Entry, RawLeg, amount_of
from .journal import Journal
from .lots import Flow, account_flows
from .plans import units_of_number
from .rules import AccountRules


def needless_overflows(journal: Journal, rules: AccountRules) -> tuple[Reason, ...]:
    """Return what flowed over and would fit, had what was taken back since never been, by account and entry.

    A reversal leaves later entries as they are; whoever lost by it has a right to ``correct``: the entry
    taken back and the same posted anew in its place brings the whole amount to the account.
    """
    return tuple(
        Reason("overflow-needless", (entry.id, entry.number, account, amount_of(units), place))
        for account in journal.accounts()
        for entry, place, units in _of_account(journal, rules, account)
    )


def overflow_of(raw: tuple[RawLeg, ...], account: str) -> list[tuple[str, int]]:
    """Return what did not fit into an account: (place, amount), the third leg of its group if there is one.

    Legs come in groups that add up to nothing: the giver, the taker, and what flowed over.
    """
    rest, found, is_taker = 0, [], False
    for name, _, units in raw:
        if rest and is_taker:
            found.append((name, units))
        is_taker = bool(rest) and name == account
        rest += units
    return found


def _of_account(journal: Journal, rules: AccountRules, account: str) -> Iterator[tuple[Entry, str, int]]:
    flows, gone = account_flows(journal.log, account, journal.length)
    if not gone:
        return
    needless: list[tuple[Entry, str, int]] = []
    rightly = 0  # the balance, had only what stands been booked
    for flow in flows:
        over = overflow_of(flow.entry.raw, account)
        gross = flow.change + sum(units for _, units in over)
        most = _most(rules, account, flow) if gross > 0 else None
        beyond = 0 if most is None else min(max(rightly + gross - most, 0), gross)
        rightly += gross - beyond
        for place, units in over:
            if units > beyond:
                needless.append((flow.entry, place, units - beyond))
            beyond = max(beyond - units, 0)
    missing = rightly - sum(flow.change for flow in flows)
    for entry, place, units in needless:
        if missing > 0:
            yield entry, place, min(units, missing)
            missing -= units


def _most(rules: AccountRules, account: str, flow: Flow) -> int | None:
    try:
        return units_of_number(rules.account_kind(account, on=flow.entry.on).most)
    except (UnknownIdError, NotInForceError):
        return None

"""Whether a journal keeps the rules at every point: balanced, numbered, within limits, reversed once."""

from collections.abc import Iterator

from ..errors import NotInForceError, Problem, ServiceOrgError, UnknownIdError
from .entries import Entry, amount_of, amount_text
from .journal import Journal
from .plans import units_of_number
from .rules import AccountKind, AccountRules, Expiry, Move
from .verifying import verify


def check_journal(journal: Journal, rules: AccountRules) -> tuple[Problem, ...]:
    """Return everything in a journal that its rules do not allow, in order; () if all is well.

    Looked at are: numbers without a gap, hashes, days, double ids; known moves, accounts and assets; legs
    that add up to nothing for each asset; limits of every account after every entry; reversals of what is
    there, once, and whole. A limit may be broken by a reversal alone: a later entry that moves further out is
    a problem. How often a move was made, and who held which standing, is judged when it is posted.
    """
    entries = list(journal)
    problems = list(verify(entries))
    balances: dict[str, int] = {}
    known: dict[tuple[str, int], AccountKind | str] = {}
    for entry in entries:
        where = f"entry {entry.number}"
        faults = [*_form(entry, rules), *_legs(entry, rules, balances, known)]
        problems += [Problem(code, where, message) for code, message in faults]
    return tuple(sorted(problems, key=lambda problem: int(problem.where.split()[-1])))


def _form(entry: Entry, rules: AccountRules) -> Iterator[tuple[str, str]]:
    sums: dict[str, int] = {}
    for _, asset, units in entry.raw:
        sums[asset] = sums.get(asset, 0) + units
    for asset, total in sums.items():
        if total:
            yield "unbalanced", f"its legs of {asset} add up to {amount_text(total)}, not to 0"
    if len(entry.raw) < 2:
        yield "unbalanced", f"it has {len(entry.raw)} legs; an entry has two at least"
    if entry.occurred_on > entry.on:
        yield "days", f"it occurred on {entry.occurred_on}, after {entry.on}, the day it is booked"
    moves: tuple[Move | Expiry, ...] = (*rules.moves, *rules.expiries)
    if not any(one.id == entry.move for one in moves):
        yield "unknown-move", f"there is no move or expiry {entry.move!r} in these rules"


def _legs(
    entry: Entry,
    rules: AccountRules,
    balances: dict[str, int],
    known: dict[tuple[str, int], AccountKind | str],
) -> Iterator[tuple[str, str]]:
    before = {account: balances.get(account, 0) for account, _, _ in entry.raw}
    for account, _, units in entry.raw:
        balances[account] = balances.get(account, 0) + units
    if entry.reverses:
        return  # its legs are those of an entry that was looked at, and a reversal may break a limit
    era = rules.era(entry.on.toordinal())
    for account, asset, _ in entry.raw:
        kind = _kind(rules, account, entry, known=known, era=era)
        if isinstance(kind, str):
            yield "unknown-account", kind
        elif kind.asset != asset:
            yield "asset", f"{account} holds {kind.asset}, not {asset}"
    for account, earlier in before.items():
        kind = _kind(rules, account, entry, known=known, era=era)
        if not isinstance(kind, str):
            yield from _limits(account, kind, earlier, balances[account])


def _kind(
    rules: AccountRules,
    account: str,
    entry: Entry,
    *,
    known: dict[tuple[str, int], AccountKind | str],
    era: int,
) -> AccountKind | str:
    name, _, owner = account.partition(":")
    found = known.get((name, era))
    if found is None:
        try:
            found = rules.account_kind(name, on=entry.on)
        except (UnknownIdError, NotInForceError) as error:
            fault: ServiceOrgError = error
            found = f"the account {account!r}: {fault}"
        known[name, era] = found
    if isinstance(found, AccountKind) and (
        not owner or (found.owner == "place" and owner not in found.places)
    ):
        return f"the account {account!r} names no owner or place that there is"
    return found


def _limits(account: str, kind: AccountKind, before: int, after: int) -> Iterator[tuple[str, str]]:
    least, most = units_of_number(kind.least), units_of_number(kind.most)
    if least is not None and after < least and after < before:
        yield (
            "below-least",
            f"{account} falls to {amount_of(after)}, below {kind.least}, the least it may hold",
        )
    if most is not None and after > most and after > before:
        yield "above-most", f"{account} rises to {amount_of(after)}, above {kind.most}, the most it may hold"

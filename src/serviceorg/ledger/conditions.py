"""What must hold beyond limits: how often, how much in all, who, on what evidence, what has ended."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date

from ..basics import FACT_SCALE
from ..reasons import Reason
from .drafts import Draft
from .entries import RawLeg, amount_of
from .journal import Log
from .lots import gained, newest_ended
from .plans import MovePlan
from .rules import AccountRules, Need
from .sentences import WORDS
from .spans import span_of


def unmet_conditions(
    log: Log, rules: AccountRules, plan: MovePlan, draft: Draft, *, raw: list[RawLeg]
) -> list[Reason]:
    """Return every condition of a move that a draft does not meet."""
    move, reasons = plan.move, []
    if move.evidence and not draft.evidence:
        reasons.append(Reason("evidence-missing", (move.id,)))
    if move.when and draft.standing.isdisjoint(move.when):
        reasons.append(Reason("standing-missing", (move.id, ", ".join(move.when))))
    barring = [word for word in move.not_while if word in draft.standing]
    if barring:
        reasons.append(Reason("standing-bars", (move.id, ", ".join(barring))))
    if move.times or move.total:
        reasons += _limits(log, rules, plan, draft, units=-raw[0][2] if raw else 0)
    reasons += [
        Reason("need", (account, WORDS[need.counts], need.at_least, amount_of(found)))
        for need in move.needs
        for account, found in [_found(log, rules, need, draft.owner)]
        if found < int(need.at_least.scaleb(FACT_SCALE))
    ]
    if not reasons:
        reasons += _ended(log, rules, plan, draft, raw)
    return reasons


def _found(log: Log, rules: AccountRules, need: Need, owner: str) -> tuple[str, int]:
    account = f"{need.account}:{owner}"
    if need.counts == "lifetime":
        return account, _earned(log, rules, account)
    return account, log.balance(account)


def _limits(log: Log, rules: AccountRules, plan: MovePlan, draft: Draft, *, units: int) -> list[Reason]:
    move, reasons = plan.move, []
    # Of two owners it is the giver who makes the move; of a place and an owner it is the owner.
    place = 1 if plan.main.source.place else 0
    side = (plan.main.source, plan.main.target)[place]
    account = side.place or side.prefix + draft.owner
    for span, most in move.times.items():
        found, _ = _so_far(
            log, move.id, account, span=(span, span_of(span, draft.on, rules.first_month)[0]), place=place
        )
        if found >= most:
            reasons.append(Reason("times", (move.id, draft.owner, most, WORDS[span], found)))
    for span, limit in move.total.items():
        _, already = _so_far(
            log, move.id, account, span=(span, span_of(span, draft.on, rules.first_month)[0]), place=place
        )
        if already + units > int(limit.scaleb(FACT_SCALE)):
            shown = (move.id, draft.owner, limit, WORDS[span], amount_of(already), amount_of(units))
            reasons.append(Reason("total", shown))
    return reasons


class _Sum:
    """How often and how much so far, and how many entries of an account were looked at for it."""

    __slots__ = ("amount", "seen", "start", "times")

    def __init__(self, seen: int = 0, start: date = date.min) -> None:
        self.seen, self.start = seen, start
        self.times = self.amount = 0


def _so_far(log: Log, move: str, account: str, *, span: tuple[str, date], place: int) -> tuple[int, int]:
    """Return how often and how much an account has moved since a span began; what was taken back is not.

    ``place`` is where the account stands in such entries: 0 where it gives, 1 where it is given. The sum is
    kept from draft to draft: each entry is looked at once in each span.
    """
    book = log.books.get(account)
    if book is None:
        return 0, 0
    key = ("so-far", account, move, place, span[0])
    found: _Sum | None = log.kept.get(key)
    if found is None or found.start != span[1]:
        first = bisect_left(log.days, span[1].toordinal())
        found = log.kept[key] = _Sum(bisect_right(book.numbers, first), span[1])
    for at in range(found.seen, len(book.numbers)):
        entry = log.entries[book.numbers[at] - 1]
        # What is taken back is left out, whenever it is; what was before the span never was in it.
        sign, of = (-1, log.ids[entry.reverses]) if entry.reverses else (1, entry)
        if of.move == move and of.raw[place][0] == account and of.on >= span[1]:
            found.times += sign
            found.amount -= sign * of.raw[0][2]
    found.seen = len(book.numbers)
    return found.times, found.amount


def _earned(log: Log, rules: AccountRules, account: str) -> int:
    """Return all ever earned for an account; the sum is kept from draft to draft."""
    book = log.books.get(account)
    if book is None:
        return 0
    key = ("earned", account, rules.earning)
    found: _Sum = log.kept.setdefault(key, _Sum())
    for at in range(found.seen, len(book.numbers)):
        entry = log.entries[book.numbers[at] - 1]
        sign, of = (-1, log.ids[entry.reverses]) if entry.reverses else (1, entry)
        if of.move in rules.earning:
            found.amount += sign * gained(of.raw, account)
    found.seen = len(book.numbers)
    return found.amount


def _ended(log: Log, rules: AccountRules, plan: MovePlan, draft: Draft, raw: list[RawLeg]) -> list[Reason]:
    """Return what ended before the day of a draft, was not booked out yet, and would make a difference."""
    reasons = []
    for account in dict.fromkeys(_concerned(log, plan, draft, raw)):
        if account.partition(":")[0] in rules.expiring:
            amount = newest_ended(rules, log, account, on=draft.on)
            if amount:
                reasons.append(Reason("expire-first", (account, amount_of(amount), draft.on)))
    return reasons


def _concerned(log: Log, plan: MovePlan, draft: Draft, raw: list[RawLeg]) -> Iterator[str]:
    """Yield the accounts a draft takes from, asks for a balance, or finds too full."""
    yield from (account for account, _, units in raw if units < 0)
    yield from (f"{need.account}:{draft.owner}" for need in plan.move.needs if need.counts == "balance")
    for pair in (plan.main, *plan.also):
        most = pair.target.most
        if most is None:
            continue
        is_over = any(account == pair.target.overflow for account, _, _ in raw)
        yield from (
            account
            for account, _, units in raw
            if units >= 0
            and account.partition(":")[0] == pair.target.kind
            and (is_over or log.balance(account) + units > most)
        )

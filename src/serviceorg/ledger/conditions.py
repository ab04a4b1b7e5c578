"""What must hold beyond limits: how often, how much in all, who, on what evidence, what has ended."""

from datetime import date

from ..basics import FACT_SCALE
from ..reasons import Reason
from .drafts import Draft
from .entries import RawLeg, amount_of
from .journal import Log
from .lots import earned_units, ended_lots
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
        return account, earned_units(rules, log, account, length=len(log.entries))
    return account, log.balance(account)


def _limits(log: Log, rules: AccountRules, plan: MovePlan, draft: Draft, *, units: int) -> list[Reason]:
    move, reasons = plan.move, []
    # Of two owners it is the giver who makes the move; of a place and an owner it is the owner.
    place = 1 if plan.main.source.place else 0
    side = (plan.main.source, plan.main.target)[place]
    account = side.place or side.prefix + draft.owner
    for span, most in move.times.items():
        found, _ = _so_far(
            log, move.id, account, span=span_of(span, draft.on, rules.first_month), place=place
        )
        if found >= most:
            reasons.append(Reason("times", (move.id, draft.owner, most, WORDS[span], found)))
    for span, limit in move.total.items():
        _, already = _so_far(
            log, move.id, account, span=span_of(span, draft.on, rules.first_month), place=place
        )
        if already + units > int(limit.scaleb(FACT_SCALE)):
            shown = (move.id, draft.owner, limit, WORDS[span], amount_of(already), amount_of(units))
            reasons.append(Reason("total", shown))
    return reasons


def _so_far(log: Log, move: str, account: str, *, span: tuple[date, date], place: int) -> tuple[int, int]:
    """Return how often and how much an account has moved in a span, from the newest entry back.

    ``place`` is where the account stands in such entries: 0 where it gives, 1 where it is given.
    """
    book, times, amount = log.books.get(account), 0, 0
    for number in reversed(book.numbers if book else ()):
        entry = log.entries[number - 1]
        if entry.on < span[0]:
            break
        is_its = entry.move == move and entry.raw[place][0] == account
        if is_its and not entry.reverses and entry.id not in log.reversals:
            times += 1
            amount -= entry.raw[0][2]
    return times, amount


def _ended(log: Log, rules: AccountRules, plan: MovePlan, draft: Draft, raw: list[RawLeg]) -> list[Reason]:
    """Return what ended before the day of a draft in accounts it takes from, and was not booked out yet."""
    expiring = {pair.source.kind for pair in (plan.main, *plan.also) if pair.source.expires}
    reasons = []
    for account in dict.fromkeys(account for account, _, units in raw if units < 0):
        if account.partition(":")[0] in expiring:
            ended = ended_lots(rules, log, account, length=len(log.entries), on=draft.on)
            amount = sum(units for _, units, _ in ended)
            if amount:
                reasons.append(Reason("expire-first", (account, amount_of(amount), draft.on)))
    return reasons

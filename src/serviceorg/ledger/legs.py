"""From a draft to the legs of its entry: amounts, limits and what flows over, in ten-thousandths."""

from ..basics import FACT_SCALE
from ..reasons import Reason
from .drafts import Draft, units_of
from .entries import RawLeg, amount_of
from .journal import Log
from .plans import MovePlan, Pair, Side

#: An amount below which no number of entries anybody can post overflows a balance of 64 bits.
_HARMLESS = 10**12
_LARGEST, _LARGEST_BALANCE = 10**14, 2**62


def legs_of(log: Log, plan: MovePlan, draft: Draft, reasons: list[Reason]) -> list[RawLeg]:
    """Return the legs of a draft; what stands against them is added to ``reasons``."""
    raw: list[RawLeg] = []
    ends = _main_ends(plan, draft, reasons)
    if ends is None:
        return raw
    amount = _main_amount(log, plan, draft, ends[0], reasons)
    if amount is None:
        return raw
    amount = _moved(
        log, plan.main, ends, amount, raw=raw, reasons=reasons, move=plan.move.id, short=plan.short
    )
    for pair in plan.also:
        rule = pair.rule
        assert rule is not None
        owner = draft.other if rule.other else draft.owner
        also_ends = (
            pair.source.place or pair.source.prefix + owner,
            pair.target.place or pair.target.prefix + owner,
        )
        along = _also_amount(log, pair, also_ends[0], amount, raw=raw, reasons=reasons)
        if along:
            _moved(log, pair, also_ends, along, raw=raw, reasons=reasons, move=plan.move.id, short=False)
    return raw


def _main_ends(plan: MovePlan, draft: Draft, reasons: list[Reason]) -> tuple[str, str] | None:
    source, target = plan.main.source, plan.main.target
    owner = other = draft.owner
    if draft.other:
        if not plan.has_other:
            reasons.append(Reason("other-surplus", (draft.move, draft.other)))
        elif not (source.place or target.place):
            other = draft.other
    elif plan.needs_other:
        reasons.append(Reason("other-missing", (draft.move,)))
        return None
    ends = source.place or source.prefix + owner, target.place or target.prefix + other
    if ends[0] == ends[1]:
        reasons.append(Reason("same-account", (ends[0],)))
        return None
    return ends


def _main_amount(log: Log, plan: MovePlan, draft: Draft, source: str, reasons: list[Reason]) -> int | None:
    """Return what is asked for, None after saying why it cannot be."""
    asked, name = draft.units, plan.move.id
    if plan.amount is not None:
        if asked is not None and asked != plan.amount:
            arguments = (name, amount_of(plan.amount), amount_of(asked))
            reasons.append(Reason("amount-fixed", arguments))
            return None
        return plan.amount
    if plan.move.all:
        if asked is not None:
            reasons.append(Reason("amount-all", (name, amount_of(asked))))
            return None
        return _there(log, plan.main.source, source, reasons)
    if asked is None:
        reasons.append(Reason("amount-missing", (name,)))
        return None
    if asked <= 0:
        reasons.append(Reason("amount-zero", (amount_of(asked),)))
        return None
    if plan.bounded:
        _check_bounds(plan, asked, reasons)
    if asked % plan.main.step:
        reasons.append(_too_fine(plan.main, asked))
    return asked


def _there(log: Log, side: Side, account: str, reasons: list[Reason]) -> int | None:
    there = log.balance(account) - (side.least or 0)
    if there <= 0:
        reasons.append(Reason("nothing-left", (account, amount_of(log.balance(account)))))
        return None
    return there


def _check_bounds(plan: MovePlan, asked: int, reasons: list[Reason]) -> None:
    for code, bound, is_broken in (
        ("amount-least", plan.least, plan.least is not None and asked < plan.least),
        ("amount-most", plan.most, plan.most is not None and asked > plan.most),
        ("amount-multiple", plan.multiple, plan.multiple is not None and asked % plan.multiple != 0),
    ):
        if is_broken and bound is not None:
            reasons.append(Reason(code, (amount_of(asked), amount_of(bound))))


def _too_fine(pair: Pair, asked: int) -> Reason:
    decimals = 5 - len(str(pair.step))  # the step is a power of ten, of ten-thousandths
    return Reason("amount-scale", (amount_of(asked), pair.asset, decimals))


def _also_amount(
    log: Log, pair: Pair, source: str, amount: int, *, raw: list[RawLeg], reasons: list[Reason]
) -> int:
    """Return what moves along with an amount, 0 for nothing."""
    rule = pair.rule
    assert rule is not None
    if rule.all:
        there = _now(log, source, raw) - (pair.source.least or 0)
        return max(there, 0)
    if rule.amount is not None:
        return units_of(rule.amount)
    assert rule.rate is not None
    exact = amount * rule.rate
    along = int(exact)
    if along != exact or along % pair.step:
        decimals = 5 - len(str(pair.step))
        reasons.append(Reason("amount-scale", (exact.scaleb(-FACT_SCALE).normalize(), pair.asset, decimals)))
        return 0
    return along


def _overflows(log: Log, ends: tuple[str, str], amount: int) -> bool:
    balances = [abs(log.balance(account)) for account in ends]
    return amount >= _LARGEST or max(balances) + amount >= _LARGEST_BALANCE


def _now(log: Log, account: str, raw: list[RawLeg]) -> int:
    """Return the balance of an account after the legs so far."""
    balance = log.balance(account)
    for name, _, units in raw:
        if name == account:
            balance += units
    return balance


def _moved(
    log: Log,
    pair: Pair,
    ends: tuple[str, str],
    amount: int,
    *,
    raw: list[RawLeg],
    reasons: list[Reason],
    move: str,
    short: bool,
) -> int:
    """Add the legs that take an amount from one account to another; return what was taken."""
    source, target = pair.source, pair.target
    if source.only and move not in source.only:
        reasons.append(Reason("only", (ends[0], move, ", ".join(source.only))))
    if source.least is not None:
        balance = _now(log, ends[0], raw)
        if balance - amount < source.least:
            if short and balance > source.least:
                amount = balance - source.least
            elif short:
                reasons.append(Reason("nothing-left", (ends[0], amount_of(balance))))
            else:
                shown = (ends[0], amount_of(balance), amount_of(amount), amount_of(source.least))
                reasons.append(Reason("limit-least", shown))
    if amount >= _HARMLESS and _overflows(log, ends, amount):
        reasons.append(Reason("amount-large", (amount_of(amount),)))
    raw.append((ends[0], pair.asset, -amount))
    over = 0
    if target.most is not None:
        balance = _now(log, ends[1], raw)
        over = min(max(balance + amount - target.most, 0), amount)
        if over and not target.overflow:
            shown = (ends[1], amount_of(balance), amount_of(amount), amount_of(target.most))
            reasons.append(Reason("limit-most", shown))
            over = 0
    raw.append((ends[1], pair.asset, amount - over))
    if over:
        raw.append((target.overflow, pair.asset, over))
    return amount

"""Settling: each final scorecard is booked once, and again only when its total has changed."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

import attrs

from ..errors import AmountError, EntryRefused, NotInForceError, UnknownIdError
from ..ledger import AccountRules, Draft, Entry, Journal, correct, post, reverse
from ..reasons import Reason, render
from ..scoring import Scorecard
from .sentences import SENTENCES


@attrs.frozen(kw_only=True)
class Settled:
    """What became of one scorecard (结算结果).

    ``status`` is "posted", "replaced" (the old entry was taken back, a new one booked), "withdrawn" (taken
    back, the score is 0 now), "unchanged", "nothing" (0 points) or "refused". ``entry`` is the id of the
    entry that stands, "" for none; a correction by hand is named like any other entry.
    """

    subject: str
    period: str
    status: str
    entry: str
    reason: Reason


@attrs.frozen(kw_only=True)
class Settlement:
    """What settling brought: the new journal, and what became of each card, in the order of the cards."""

    journal: Journal
    results: tuple[Settled, ...]

    @property
    def refused(self) -> tuple[Settled, ...]:
        """The cards that were not booked; what was booked of them before stands."""
        return tuple(one for one in self.results if one.status == "refused")


@attrs.frozen(kw_only=True)
class _Order:
    """What holds for every card of one settlement."""

    rules: AccountRules
    on: date
    move: str
    deduct: str
    by: str


def settle(
    journal: Journal,
    rules: AccountRules,
    cards: Iterable[Scorecard],
    *,
    on: date,
    move: str,
    deduct: str = "",
    account_of: Callable[[str], str] | None = None,
    by: str = "",
) -> Settlement:
    """Return the journal with what scorecards come to, once for each rule set, subject and period.

    A card whose total has changed since takes back the old entry and books the new one in its place, both or
    neither: the new one is as old as the first, and ends when that would have. A card whose total has not
    changed changes nothing.

    A card overrules a correction by hand: the last of the entries that stand in one another's place is taken
    back and the card's total booked in its place, and the result names both; if it books the same amount by
    the same move for the same owner, it stands. What was reversed by hand is booked again. Whoever wants
    another total corrects the facts.

    Only final totals are booked: a card as of a day before its period ends, a pending one and one without a
    total are refused with the reason, and so is what the rules of the accounts refuse; the other cards are
    booked all the same.

    Args:
        journal: The journal to add to.
        rules: The rules of its accounts.
        cards: Final scorecards.
        on: The day of booking, at least the last entry's.
        move: The move that books a total above 0: it gives to the owner's account, from a place.
        deduct: The move for totals below 0, taken as an amount above 0: from the owner's account to a place;
            "" refuses them.
        account_of: The owner of a subject's account, such as a member's household; by default the subject.
        by: Who settles.
    """
    order = _Order(rules=rules, on=on, move=move, deduct=deduct, by=by)
    results = []
    seen: set[str] = set()
    for card in cards:
        name = _name(card)
        owner = account_of(card.subject) if account_of else card.subject
        if name in seen:
            against = [Reason("twice", (card.subject, card.period.label))]
            results.append(_refused(journal, card, against))
            continue
        seen.add(name)
        journal, settled = _settled(journal, order, card, owner=owner)
        results.append(settled)
    return Settlement(journal=journal, results=tuple(results))


def _name(card: Scorecard) -> str:
    return f"settle/{card.rule_set.id}/{card.subject}/{card.period.label}"


def _settled(journal: Journal, order: _Order, card: Scorecard, *, owner: str) -> tuple[Journal, Settled]:
    against = _against(card, order)
    if against:
        return journal, _refused(journal, card, against)
    total = card.total
    assert total is not None
    number, newest, current = _current(journal, _name(card))
    try:
        if total == 0:
            return _to_nothing(journal, order, card, current)
        draft = _draft(order, card, total=total, owner=owner, number=number, newest=newest)
        if current is None:
            posted = (card.subject, card.period.label, total, draft.id)
            return post(journal, order.rules, draft), _told(card, "posted", draft.id, posted)
        if _says_the_same(current, draft, name=_name(card)):
            return journal, _told(
                card, "unchanged", current.id, (card.subject, card.period.label, current.id)
            )
        taking_back = _taking_back(current, name=_name(card))
        later = correct(journal, order.rules, current.id, draft, id=taking_back, by=order.by, memo=draft.memo)
    except EntryRefused as refusal:
        return journal, _refused(journal, card, list(refusal.reasons))
    except AmountError as error:
        return journal, _refused(journal, card, [Reason("inexact", (total, str(error)))])
    shown = (card.subject, card.period.label, total, draft.id, current.id)
    return later, _told(card, "replaced", draft.id, shown)


def _against(card: Scorecard, order: _Order) -> list[Reason]:
    """Return why a card cannot be booked, [] if it can."""
    end = card.question.end
    if card.as_of < end:
        return [Reason("provisional", (card.as_of, end))]
    if card.status == "pending":
        return [Reason("pending", (", ".join(card.waiting_for),))]
    if card.total is None:
        return [Reason("no-total", (card.status, card.why))]
    if card.total < 0 and not order.deduct:
        return [Reason("negative", (card.total,))]
    return _wrong_way(order, card.total, end)


def _wrong_way(order: _Order, total: Decimal, end: date) -> list[Reason]:
    """Return why a move does not do what a total asks for: what is earned never takes away."""
    name = order.move if total > 0 else order.deduct
    try:
        move = order.rules.move(name, on=end)
    except (UnknownIdError, NotInForceError):
        return []  # the ledger refuses it, and says why
    gives, takes = ":" in move.source_account, ":" in move.target_account
    if total > 0 and not (gives and not takes):
        return [Reason("gives-nothing", (name, move.source_account, move.target_account))]
    if total < 0 and not (takes and not gives):
        return [Reason("takes-nothing", (name, move.source_account, move.target_account))]
    return []


def _current(journal: Journal, name: str) -> tuple[int, Entry | None, Entry | None]:
    """Return the number of the next entry of a card, its newest entry, and the one that stands, if any.

    The newest may be none that settling booked: a correction by hand stands in the place of what it corrects.
    """
    number, known, newest = 1, name, None
    while journal.has(known):
        newest = journal.entry(known)
        number += 1
        known = f"{name}#{number}"
    later = newest and journal.replacement_of(newest.id)
    while newest and later and later.number > newest.number:  # always so, unless somebody wrote into the file
        newest, later = later, journal.replacement_of(later.id)
    standing = newest is not None and journal.reversal_of(newest.id) is None
    return number, newest, newest if standing else None


def _draft(
    order: _Order, card: Scorecard, *, total: Decimal, owner: str, number: int, newest: Entry | None
) -> Draft:
    rules, end = card.rule_set, card.question.end
    name = _name(card)
    return Draft(
        id=name if number == 1 else f"{name}#{number}",
        move=order.move if total > 0 else order.deduct,
        owner=owner,
        on=order.on,
        occurred_on=end,
        amount=abs(total),
        memo=f"{card.period.label}: {_shown(total)}",
        evidence=f"{rules.id} {rules.version} sha256:{rules.hash}",
        by=order.by,
        replaces="" if newest is None else newest.id,
    )


def _shown(total: Decimal) -> str:
    """Return a total as it is written in one way only: 42.50 is 42.5."""
    text = f"{total:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _is_settled(entry: Entry, name: str) -> bool:
    """Return whether settling booked an entry of a card; else it was corrected by hand."""
    return entry.id == name or entry.id.startswith(f"{name}#")


def _taking_back(entry: Entry, *, name: str) -> str:
    """Return the id of the entry that takes another back.

    That of a correction by hand is made from the card's: the hand may have given ids like its own to others.
    """
    return f"{entry.id}/reversed" if _is_settled(entry, name) else f"{name}/{entry.id}/reversed"


def _says_the_same(entry: Entry, draft: Draft, *, name: str) -> bool:
    """Return whether an entry books what a draft would: the same total, by the same move, for the same owner.

    The rule set's hash may differ: what gives the same total is not booked anew. Settling writes the total
    into the memo, because less may have been taken; what a hand wrote there says nothing.
    """
    owner = draft.owner
    same_total = entry.memo == draft.memo if _is_settled(entry, name) else entry.amount == draft.amount
    return (
        same_total
        and entry.move == draft.move
        and any(account.partition(":")[2] == owner for account, _, _ in entry.raw[:2])
    )


def _to_nothing(
    journal: Journal, order: _Order, card: Scorecard, current: Entry | None
) -> tuple[Journal, Settled]:
    if current is None:
        return journal, _told(card, "nothing", "", (card.subject, card.period.label))
    memo = f"{card.period.label}: 0"
    later = reverse(
        journal,
        current.id,
        id=_taking_back(current, name=_name(card)),
        on=order.on,
        by=order.by,
        memo=memo,
        rules=order.rules,
    )
    return later, _told(card, "withdrawn", "", (card.subject, card.period.label, current.id))


def _told(card: Scorecard, status: str, entry: str, shown: tuple[str | Decimal, ...]) -> Settled:
    return Settled(
        subject=card.subject,
        period=card.period.label,
        status=status,
        entry=entry,
        reason=Reason(status, shown, source=""),
    )


def _refused(journal: Journal, card: Scorecard, against: list[Reason]) -> Settled:
    _, _, current = _current(journal, _name(card))
    standing = [Reason("stands", (current.id,))] if current else []
    return Settled(
        subject=card.subject,
        period=card.period.label,
        status="refused",
        entry=current.id if current else "",
        reason=Reason("refused", (card.subject, card.period.label), (*against, *standing)),
    )


def explain(told: Settlement | Settled, *, lang: str = "en") -> str:
    """Return what became of scorecards as sentences in "en" or "zh", a line or more for each."""
    results = told.results if isinstance(told, Settlement) else (told,)
    return "\n".join(render(one.reason, SENTENCES, lang=lang) for one in results)

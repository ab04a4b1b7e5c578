"""Correcting: an entry is never changed; a second one takes it back (红字冲正)."""

from datetime import date

from ..reasons import Reason
from .drafts import Draft, in_place_of
from .entries import Entry, sealed
from .expiring import give_back
from .journal import Journal, Log
from .posting import judged, refused
from .rules import AccountRules


def reverse(
    journal: Journal,
    entry: str,
    *,
    id: str,
    on: date,
    by: str = "",
    memo: str = "",
    evidence: str = "",
    rules: AccountRules | None = None,
) -> Journal:
    """Return the journal with an entry that takes back another, whole: what flowed over and moved along too.

    A reversal is always allowed, even if it leaves an account outside its limits (what was given wrongly is
    spent already): the account then shows in ``out_of_limits``, and nothing more can be taken from it. What
    had ended in the meantime was not spent: with ``rules`` it comes back at once, else with the next
    ``expire``. What flowed over later for want of the room there is now: ``needless_overflows`` names it.
    Asked for again with the same id and content it gives the same journal.

    Raises:
        EntryRefused: If there is no such entry, it was reversed already, is a reversal itself, the id is
            another entry's, or the day lies before the last entry's.
    """
    draft = Draft(id=id, move="reverse", owner=entry, on=on, by=by, memo=memo, evidence=evidence)
    with journal.log.lock:
        log = journal.log.upto(journal.length)
        made = _reversal(log, draft)
        if made is None:
            return journal
        log.add(made)
        if rules is not None:
            give_back(log, rules, [account for account, _, _ in made.raw], by)
        return Journal(log, len(log.entries))


def correct(
    journal: Journal, rules: AccountRules, entry: str, draft: Draft, *, id: str, by: str = "", memo: str = ""
) -> Journal:
    """Return the journal with an entry taken back and the right one posted in its place; both or neither.

    ``id`` is that of the reversal; it is booked on the day of the draft. The right one ``replaces`` the
    other: what it brings is no younger, and ends when that would have ended; if it has ended already, the
    difference comes back at once.

    Raises:
        EntryRefused: If either is refused.
    """
    taking_back = Draft(id=id, move="reverse", owner=entry, on=draft.on, by=by, memo=memo)
    with journal.log.lock:
        log = journal.log.upto(journal.length)
        try:
            made = _reversal(log, taking_back)
            if made is not None:
                log.add(made)
            right = judged(log, rules, in_place_of(draft, entry), None)
            if right is not None:
                log.add(right)
            touched = [one for each in (made, right) if each is not None for one, _, _ in each.raw]
            give_back(log, rules, touched, by)
        except BaseException:
            log.cut(journal.length)
            raise
        return Journal(log, len(log.entries))


def already_reversed(log: Log, entry: Entry) -> Entry | None:
    """Return the entry that takes another back already, None if none does."""
    return log.reversals.get(entry.id)


def _reversal(log: Log, draft: Draft) -> Entry | None:
    """Return the entry that takes back the one called ``draft.owner``; None if it is there already."""
    again = log.ids.get(draft.id)
    if again is not None:
        told = (draft.owner, draft.on, draft.by, draft.memo, draft.evidence)
        if told == (again.reverses, again.on, again.by, again.memo, again.evidence):
            return None
        raise refused(draft.id, [Reason("same-id", (draft.id, again.number, "content"))])
    entry = log.ids.get(draft.owner)
    if entry is None:
        raise refused(draft.id, [Reason("unknown-entry", (draft.owner,))])
    reasons = []
    earlier = already_reversed(log, entry)
    if entry.reverses:
        reasons.append(Reason("reversal-of-reversal", (entry.id,)))
    if earlier is not None:
        reasons.append(Reason("reversed-already", (entry.id, earlier.id, earlier.number)))
    last = log.entries[-1]
    if draft.on < last.on:
        reasons.append(Reason("before-last", (draft.on, last.on)))
    if reasons:
        raise refused(draft.id, reasons)
    raw = tuple((account, asset, -units) for account, asset, units in entry.raw)
    return sealed(
        last.number + 1, draft.id, draft.on, draft.on, entry.move, raw, draft.memo, "",
        draft.evidence, draft.by, entry.id, last.hash,
    )  # fmt: skip

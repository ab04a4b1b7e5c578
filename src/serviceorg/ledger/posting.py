"""Posting: a draft becomes an entry, or is refused with everything that stands against it."""

from bisect import bisect_left
from collections.abc import Collection, Iterable

from ..errors import EntryRefused, NotInForceError, UnknownIdError, known_names
from ..reasons import Reason
from .conditions import unmet_conditions
from .drafts import Draft
from .entries import NO_HASH, Entry, sealed
from .journal import Journal, Log
from .legs import legs_of
from .plans import MovePlan, plan_of
from .rules import AccountRules
from .sentences import explain_reason

#: The most names that are searched for the nearest guess.
_MOST_COMPARED = 5000


def refused(id: str, reasons: Iterable[Reason]) -> EntryRefused:
    """Return the error of an entry with its reasons in both languages."""
    kept = tuple(reasons)
    return EntryRefused(
        id,
        kept,
        [explain_reason(reason) for reason in kept],
        [explain_reason(reason, lang="zh") for reason in kept],
    )


def post(
    journal: Journal, rules: AccountRules, draft: Draft, *, owners: Collection[str] | None = None
) -> Journal:
    """Return the journal with the entry that a draft asks for; the same journal if it is there already.

    What exceeds an account's ``most`` goes to its overflow in the same entry. Days do not go back: a draft's
    ``on`` is at least that of the last entry. ``owners``, if given, are all who may have accounts.

    Raises:
        EntryRefused: With every reason that stands against it; its ``codes`` are those of ``SENTENCES``.
    """
    with journal.log.lock:
        # Another thread may have lengthened the log since this handle was made; then it is copied.
        log = journal.log.upto(journal.length)
        entry = judged(log, rules, draft, owners)
        if entry is None:
            return journal
        log.add(entry)
        return Journal(log, entry.number)


def post_all(
    journal: Journal, rules: AccountRules, drafts: Iterable[Draft], *, owners: Collection[str] | None = None
) -> Journal:
    """Return the journal with the entries of all drafts, in their order; if one is refused, none is posted.

    ``drafts`` must not read or post to this journal while they are being made.

    Raises:
        EntryRefused: For the first draft that is refused.
    """
    with journal.log.lock:
        log = journal.log.upto(journal.length)
        try:
            for draft in drafts:
                entry = judged(log, rules, draft, owners)
                if entry is not None:
                    log.add(entry)
        except BaseException:
            log.cut(journal.length)
            raise
        return Journal(log, len(log.entries))


def hindrances(
    journal: Journal, rules: AccountRules, draft: Draft, *, owners: Collection[str] | None = None
) -> tuple[Reason, ...]:
    """Return every reason against a draft, () if it would be posted; nothing is posted."""
    with journal.log.lock:
        try:
            judged(journal.log.upto(journal.length), rules, draft, owners)
        except EntryRefused as error:
            return error.reasons
    return ()


def judged(log: Log, rules: AccountRules, draft: Draft, owners: Collection[str] | None) -> Entry | None:
    """Return the entry of a draft, None if it is there already; the caller holds the lock of the log.

    Raises:
        EntryRefused: With every reason that stands against it.
    """
    plan = _plan(rules, draft)
    earlier = log.ids.get(draft.id)
    if earlier is not None:
        _check_same(log, plan, draft, earlier)
        return None
    entries = log.entries
    last = entries[-1] if entries else None
    reasons = days_against(last, draft)
    if owners is not None:
        reasons += _strangers(draft, owners)
    if draft.replaces:
        reasons += _replacing(log, draft)
    if draft.standing:
        reasons += _unknown_words(rules, draft)
    raw = legs_of(log, plan, draft, reasons)
    if plan.has_conditions:
        reasons += unmet_conditions(log, rules, plan, draft, raw=raw)
    if reasons:
        source = plan.move.source
        raise refused(draft.id, [Reason(one.code, one.arguments, source=source) for one in reasons])
    return sealed(
        len(entries) + 1, draft.id, draft.on, draft.occurred_on, draft.move, tuple(raw), draft.memo,
        draft.fact, draft.evidence, draft.by, "", NO_HASH if last is None else last.hash, draft.replaces,
    )  # fmt: skip


def days_against(last: Entry | None, draft: Draft) -> list[Reason]:
    """Return what is wrong with the days of a draft."""
    reasons = []
    if last is not None and draft.on < last.on:
        reasons.append(Reason("before-last", (draft.on, last.on)))
    if draft.occurred_on > draft.on:
        reasons.append(Reason("occurs-later", (draft.occurred_on, draft.on)))
    return reasons


def _plan(rules: AccountRules, draft: Draft) -> MovePlan:
    try:
        return plan_of(rules, draft.move, occurred_on=draft.occurred_on, on=draft.on)
    except UnknownIdError:
        known = known_names(draft.move, {move.id for move in rules.moves})
        raise refused(draft.id, [Reason("unknown-move", (draft.move, known))]) from None
    except NotInForceError as error:
        raise refused(draft.id, [Reason("not-in-force", (str(error),))]) from None


def _strangers(draft: Draft, owners: Collection[str]) -> list[Reason]:
    return [
        Reason("unknown-owner", (owner, known_names(owner, sorted(owners)[:_MOST_COMPARED])))
        for owner in filter(None, (draft.owner, draft.other))
        if owner not in owners
    ]


def _replacing(log: Log, draft: Draft) -> list[Reason]:
    """Return why a draft cannot stand in the place of an entry."""
    name = draft.replaces
    if name not in log.ids:
        return [Reason("replaces-unknown", (name,))]
    if name not in log.reversals:
        return [Reason("replaces-standing", (name,))]
    other = log.replacements.get(name)
    return [] if other is None else [Reason("replaced-already", (name, other.id, other.number))]


def _unknown_words(rules: AccountRules, draft: Draft) -> list[Reason]:
    return [
        Reason("standing-unknown", (word, known_names(word, rules.standings)))
        for word in sorted(draft.standing - rules.standings)
    ]


def _check_same(log: Log, plan: MovePlan, draft: Draft, entry: Entry) -> None:
    """Refuse a draft whose id belongs to an entry of other content.

    Raises:
        EntryRefused: Naming what differs.
    """
    differing = [
        name
        for name, is_same in (
            ("move", entry.move == draft.move and not entry.reverses),
            ("accounts", _has_same_accounts(plan, draft, entry)),
            ("amount", _has_same_amount(log, plan, draft, entry)),
            ("on", entry.on == draft.on),
            ("occurred_on", entry.occurred_on == draft.occurred_on),
            ("memo", entry.memo == draft.memo),
            ("fact", entry.fact == draft.fact),
            ("evidence", entry.evidence == draft.evidence),
            ("by", entry.by == draft.by),
            ("replaces", entry.replaces == draft.replaces),
        )
        if not is_same
    ]
    if differing:
        raise refused(draft.id, [Reason("same-id", (draft.id, entry.number, ", ".join(differing)))])


def _has_same_accounts(plan: MovePlan, draft: Draft, entry: Entry) -> bool:
    source, target = plan.main.source, plan.main.target
    other = draft.owner if source.place or target.place else draft.other or draft.owner
    wanted = [source.place or source.prefix + draft.owner, target.place or target.prefix + other]
    accounts = [account for account, _, _ in entry.raw]
    # What moves along may be the other party's alone.
    has_other = not draft.other or any(account.partition(":")[2] == draft.other for account in accounts)
    return has_other and wanted == accounts[:2]


def _has_same_amount(log: Log, plan: MovePlan, draft: Draft, entry: Entry) -> bool:
    if draft.amount is None:
        return plan.amount is not None or plan.move.all
    if draft.amount == entry.amount:
        return True
    # Where less was taken than was asked, what was asked is not kept: any amount above stands for it.
    if not plan.short or draft.amount < entry.amount:
        return False
    book = log.books[entry.raw[0][0]]
    return book.running[bisect_left(book.numbers, entry.number)] == plan.main.source.least

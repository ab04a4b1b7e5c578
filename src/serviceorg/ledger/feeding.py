"""From facts to entries: what was done becomes what is booked, each fact once (事实入账)."""

from collections.abc import Callable, Iterable
from copy import copy
from datetime import date

from ..facts import Fact
from .drafts import Draft, in_place_of
from .entries import Entry
from .journal import Journal
from .posting import post
from .reversing import reverse
from .rules import AccountRules, Move, holds


def drafts_of(
    rules: AccountRules,
    fact: Fact,
    *,
    on: date | None = None,
    owner: str = "",
    standing: frozenset[str] = frozenset(),
) -> tuple[Draft, ...]:
    """Return the drafts a fact makes, one for each move that reads its kind: () if none does.

    The move is the one in force on the day of the fact; the amount is the fact's times the move's rate, or
    the fixed one. ``on`` is the day of booking, by default the day the fact was recorded; ``owner`` is whose
    account it is, by default the fact's subject. Their ids are MOVE/FACT.

    Raises:
        AmountError: If an amount times its rate has more than four decimals.
    """
    booked = on or max(fact.recorded_on, fact.on)
    return tuple(
        Draft(
            id=f"{move.id}/{fact.id}",
            move=move.id,
            owner=owner or fact.subject,
            on=booked,
            occurred_on=fact.on,
            amount=None if move.amount is not None or fact.amount is None else fact.amount * move.rate,
            fact=fact.id,
            evidence=fact.evidence,
            by=fact.recorded_by,
            standing=standing,
        )
        for move in rules.moves
        if move.fact == fact.kind and holds(move, fact.on) and _fits(move, fact)
    )


def _fits(move: Move, fact: Fact) -> bool:
    if fact.amount is not None and not fact.amount and move.amount is None:
        return False  # nothing was done, so nothing is booked
    return all(fact.attributes.get(name) in allowed for name, allowed in move.where.items())


def post_facts(
    journal: Journal,
    rules: AccountRules,
    facts: Iterable[Fact],
    *,
    on: date | None = None,
    owner_of: Callable[[str], str] | None = None,
) -> Journal:
    """Return the journal with what facts bring, in order of the day they were recorded; each fact once.

    A fact that is booked already is passed over, whatever day it is given again. One that takes back
    another reverses the entries of that one which still stand, and what was put in their place by hand; give
    it together with the other, or later. ``on`` is the day of booking, by default the day each was recorded,
    or that of the last entry where that is later; ``owner_of`` gives the owner of a subject's account (a
    member's household).

    Raises:
        EntryRefused: For the first that is refused, such as one booked already with another content; the
            caller's journal is as it was.
    """
    kept = list(facts)
    recorded = {fact.id: max(fact.recorded_on, fact.on) for fact in kept}
    # Nothing is taken back before it was booked, whatever the days and ids of the two facts.
    days = {fact.id: max(recorded[fact.id], recorded.get(fact.reverses or "", date.min)) for fact in kept}
    for fact in sorted(kept, key=lambda one: (days[one.id], bool(one.reverses), one.on, one.id)):
        booked = on or days[fact.id]
        if on is None and len(journal):
            booked = max(booked, journal.last.on)
        if fact.reverses:
            journal = _taken_back(journal, rules, fact, on=booked)
            continue
        owner = owner_of(fact.subject) if owner_of else ""
        for draft in drafts_of(rules, fact, on=booked, owner=owner):
            again = _as_booked(draft, journal.entry(draft.id)) if journal.has(draft.id) else draft
            journal = post(journal, rules, again)
    return journal


def _as_booked(draft: Draft, entry: Entry) -> Draft:
    """Return the draft as it was booked: on that day, and in the place of what it was put in."""
    made = copy(draft)
    object.__setattr__(made, "on", max(entry.on, draft.occurred_on))
    return in_place_of(made, entry.replaces)


def _taken_back(journal: Journal, rules: AccountRules, fact: Fact, *, on: date) -> Journal:
    for move in dict.fromkeys(move.id for move in rules.moves if move.fact):
        name = f"{move}/{fact.reverses}"
        if not journal.has(name):
            continue
        while (later := journal.replacement_of(name)) is not None:
            name = later.id  # corrected by hand: what stands in its place rests on the same fact
        if journal.reversal_of(name) is None:
            journal = reverse(
                journal,
                name,
                id=f"{move}/{fact.id}",
                on=on,
                by=fact.recorded_by,
                memo=fact.kind,
                rules=rules,
            )
    return journal

"""What a step says to the world: facts and notices."""

from decimal import Decimal

from ...facts import Fact
from ...reasons import Reason
from ..answers import Message
from ..judging.checks import all_hold
from ..judging.situation import Situation
from ..plans.plan import Effect
from ..rules import Emission
from .values import fact_value, filled_in


def spoken(
    effect: Effect, now: Situation, *, number: int, state: str
) -> tuple[tuple[Fact, ...], tuple[Message, ...], tuple[Reason, ...]]:
    """Return the facts, messages and notes of the event with that number.

    ``now`` has the ticket as it has become; ids and keys depend on ticket and number alone, so that the
    same event computed again says the same.
    """
    facts: list[Fact] = []
    notes: list[Reason] = []
    for emission in effect.emissions:
        if all_hold(emission.when, now):
            found = _facts(emission, now, number=number, state=state)
            facts += found
            if not found:
                notes.append(Reason("fact-nobody", (emission.kind, now.plan.titles.slot(emission.subject))))
    return tuple(facts), tuple(_messages(effect, now, number)), tuple(notes)


def _facts(emission: Emission, now: Situation, *, number: int, state: str) -> list[Fact]:
    day = now.around.own_calendar(now.plan).day_of(now.at)
    attributes = {
        name: found
        for name, value in emission.attributes.items()
        if (found := fact_value(value, now, state=state)) is not None
    }
    amount = None if emission.amount is None else fact_value(emission.amount, now, state=state)
    reverses = now.fields.get(emission.reverses) if emission.reverses else None
    # A move may end somebody's part in the matter and tell of it: a redo takes it from the handler.
    subjects = now.slots.get(emission.subject) or now.before.get(emission.subject, ())
    stem = f"{now.ticket.id}#{number}:{emission.id}"
    return [
        Fact(
            id=stem if len(subjects) == 1 else f"{stem}:{subject}",
            subject=subject,
            kind=emission.kind,
            on=day,
            amount=amount if isinstance(amount, (int, Decimal)) else None,
            attributes=attributes,
            recorded_by=_recorder(now),
            evidence=now.ticket.id,
            reverses=str(reverses) if reverses is not None else None,
        )
        for subject in subjects
    ]


def _recorder(now: Situation) -> str:
    """Return who made the move; "" for someone whom only some may know."""
    who = now.actor.id if now.actor else ""
    is_hidden = any(who in now.slots.get(name, ()) for name, roles in now.plan.seen_by.items() if roles)
    return "" if is_hidden else who


def _messages(effect: Effect, now: Situation, number: int) -> list[Message]:
    found = []
    for notice in effect.notices:
        if not all_hold(notice.when, now):
            continue
        text = filled_in(notice.text, now)
        for slot in notice.to:
            # Nobody in the slot is said too: an anonymous requester cannot be told, and the record shows it.
            for to in now.slots.get(slot, ("",)):
                key = f"{now.ticket.id}#{number}:{notice.id}:{slot}:{to}"
                found.append(Message(key=key, notice=notice.id, slot=slot, to=to, text=text))
    return found

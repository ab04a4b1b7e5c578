"""Who was responsible when: the changes of a slot over a ticket's life."""

from collections.abc import Iterable

from ..answers import HandOver
from ..ticket import Ticket


def handed_over(slot: str, stages: Iterable[Ticket]) -> tuple[HandOver, ...]:
    """Return every change of a slot; ``stages`` are the ticket after each of its events."""
    found = []
    before: tuple[str, ...] = ()
    for number, ticket in enumerate(stages):
        after, event = ticket.slots.get(slot, ()), ticket.last
        if after != before:
            change = HandOver(
                number=number,
                move=event.move,
                slot=slot,
                before=before,
                after=after,
                by=event.by,
                at=event.at,
            )
            found.append(change)
        before = after
    return tuple(found)

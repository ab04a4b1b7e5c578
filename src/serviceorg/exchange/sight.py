"""What may leave the house: fields, slots and people that not everybody may see are left out."""

from collections.abc import Iterator, Mapping

import attrs

from ..basics import FrozenMap
from ..errors import TicketError
from ..workflow import Event, Flow, HandOver, Ticket
from ..workflow.rules import State, Version
from ..workflow.ticket import CLOCK, FieldValue, Form


@attrs.frozen(kw_only=True)
class SeenTicket:
    """A ticket without what is not for everybody; ``by`` of an event is "" for somebody unnamed."""

    ticket: Ticket
    version: Version
    history: tuple[Event, ...]
    fields: Form
    slots: Mapping[str, tuple[str, ...]]

    @property
    def state(self) -> State:
        """The state it is in."""
        return next(state for state in self.version.states if state.id == self.ticket.state)


class Sight:
    """How the tickets of a workflow are shown; with ``masked`` only what everybody may see.

    What one version hides is hidden for all: a ticket may have come from that version.
    """

    def __init__(self, flow: Flow, *, masked: bool) -> None:
        self._flow = flow
        self._versions = {version.digest: version for version in flow.workflow.versions}
        versions = flow.workflow.versions if masked else ()
        self._fields = {field.id for version in versions for field in version.fields if field.seen_by}
        self._slots = {slot.id for version in versions for slot in version.slots if slot.seen_by}

    def of(self, ticket: Ticket) -> SeenTicket:
        """Return a ticket as it may be shown.

        Raises:
            TicketError: If it belongs to another workflow, or to a version that is not here.
        """
        version = self._versions.get(ticket.version)
        if ticket.workflow != self._flow.workflow.id or version is None:
            raise TicketError(
                f"ticket {ticket.id!r} is of {ticket.workflow!r}, version {ticket.version[:12]!r}; "
                f"allowed are tickets of {self._flow.workflow.id!r} with one of its versions"
            )
        secret = self._secret(ticket)
        shown = ((name, _without(held, secret)) for name, held in ticket.slots.items() if self._shows(name))
        return SeenTicket(
            ticket=ticket,
            version=version,
            history=tuple(self._event(event, secret) for event in ticket.history),
            fields=self._form(ticket.fields, secret),
            slots={name: held for name, held in shown if held},
        )

    def entries(self, seen: SeenTicket) -> Iterator[HandOver]:
        """Yield every change of a slot that is shown, without whoever is not."""
        secret = self._secret(seen.ticket)
        for slot in seen.version.slots:
            for change in self._flow.hand_overs(seen.ticket, slot.id) if self._shows(slot.id) else ():
                yield attrs.evolve(
                    change, before=_without(change.before, secret), after=_without(change.after, secret)
                )

    def _shows(self, slot: str) -> bool:
        return slot not in self._slots

    def _secret(self, ticket: Ticket) -> set[str]:
        """Return the ids of everybody who is or was in a hidden slot."""
        return {
            one
            for slot in self._slots
            for change in self._flow.hand_overs(ticket, slot)
            for one in change.after
        }

    def _event(self, event: Event, secret: set[str]) -> Event:
        form = self._form(event.form, secret)
        if event.by not in secret:
            return attrs.evolve(event, form=form, unit="" if event.unit in secret else event.unit)
        # Where somebody works, and as what, can tell who it is.
        return attrs.evolve(event, by="", unit="", role="", form=form)

    def _form(self, form: Form, secret: set[str]) -> Form:
        shown: dict[str, FieldValue] = {}
        for name, value in form.items():
            kept = _without(value, secret) if isinstance(value, tuple) else value
            if name not in self._fields and not (isinstance(kept, str) and kept in secret):
                shown[name] = kept
        return FrozenMap(shown)


def _without(held: tuple[str, ...], secret: set[str]) -> tuple[str, ...]:
    return tuple(one for one in held if one not in secret)


def is_person(event: Event) -> bool:
    """Return whether somebody with a name made an event."""
    return event.by not in ("", CLOCK)

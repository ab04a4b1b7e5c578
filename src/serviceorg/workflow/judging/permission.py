"""Who may: one function, which denies whatever no permit allows."""

from collections.abc import Iterable

from ...model import Actor, Units
from ..plans.plan import Edge, Plan
from ..rules import Permit
from ..ticket import CLOCK, FieldValue, Slots, Ticket

#: Who acts when time has passed; no other actor is this one, whatever its id.
THE_CLOCK = Actor(CLOCK)


def permitted(permits: Iterable[Permit], actor: Actor, slots: Slots, units: Units) -> str | None:
    """Return by which role an actor may act: its id, "" for a slot or for anyone, None for not at all.

    A role counts if it is held at a unit that stands as the permit says to every unit in the permit's slot;
    a slot in which there is nobody gives no permission.
    """
    for permit in permits:
        role = permit.role
        if role and not permit.slot:
            for post in actor.posts:
                if post.role == role and _reaches(post.at, permit, slots, units):
                    return role
        elif permit.slot:
            if actor.id in slots.get(permit.slot, ()):
                return ""
        elif permit.anyone or (permit.clock and actor is THE_CLOCK):
            return ""
    return None


def _reaches(at: str, permit: Permit, slots: Slots, units: Units) -> bool:
    scope = permit.scope
    if scope == "any":
        return True
    about = slots.get(permit.at)
    if not about or not at:
        return False
    if scope == "covers":
        for unit in about:  # noqa: SIM110 - asked at every move, nearly always about one unit
            if unit != at and not units.covers(at, unit):
                return False
        return True
    if scope == "exactly":
        return about == (at,)
    return all(unit != at and units.covers(at, unit) for unit in about)


def kept_apart(edge: Edge, ticket: Ticket, actor: Actor) -> tuple[str, ...]:
    """Return the slots and earlier moves because of which an actor may not make a move (职责分离)."""
    found = [slot for slot in edge.apart_slots if actor.id in ticket.slots.get(slot, ())]
    makers = ticket.memory.makers
    found += (move for move in edge.apart_moves if actor.id in makers.get(move, ()))
    return tuple(found)


def is_for_clock(permits: Iterable[Permit]) -> bool:
    """Return whether the engine's own clock may make a move."""
    return any(permit.clock for permit in permits)


def visible(
    plan: Plan, ticket: Ticket, by: Actor, units: Units
) -> dict[str, dict[str, FieldValue | tuple[str, ...]]]:
    """Return the fields and slots of a ticket that an actor may see."""
    seen = {name for name, roles in plan.seen_by.items() if sees(roles, by, ticket, plan, units)}
    return {
        "fields": {name: value for name, value in ticket.fields.items() if name in seen},
        "slots": {name: value for name, value in ticket.slots.items() if name in seen},
    }


def sees(roles: tuple[str, ...], actor: Actor, ticket: Ticket, plan: Plan, units: Units) -> bool:
    """Return whether an actor may see what only some roles may.

    A role counts where it is held at a unit that covers one of those in the ticket's slots: the unit that
    handles the matter, or the centre that took it down.
    """
    if not roles:
        return True
    held = [slot.id for slot in plan.slots.values() if slot.kind == "unit"]
    if not held:
        return any(actor.holds(role) for role in roles)
    wanted = [Permit(role=role, at=slot) for role in roles for slot in held]
    return permitted(wanted, actor, ticket.slots, units) is not None

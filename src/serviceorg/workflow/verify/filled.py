"""What may be filled in by when: for every state the slots and fields some ticket there has filled."""

from ..rules import Move, Opening, Permit, Value
from .arcs import OUTSIDE, Arc
from .survey import Survey

Names = frozenset[str]
_FIELD = "field "  # slots and fields may share ids
NOTHING: Names = frozenset()


class Filled:
    """What may be filled in: ``at[state]`` has slots by their id and fields by "field ID"."""

    def __init__(self, survey: Survey) -> None:
        self._steps = survey.lives.steps
        self._keep = {slot.id for slot in survey.lives.version.slots if slot.keep}
        self.at: dict[int, Names] = dict.fromkeys(survey.states, NOTHING)
        leaving: dict[int, list[Arc]] = {}
        for arc in survey.arcs:
            leaving.setdefault(arc.source, []).append(arc)
        todo, seen = {OUTSIDE}, {OUTSIDE}
        while todo:
            for arc in leaving.get(todo.pop(), ()):
                reached = self.at[arc.target] | self.after(arc)
                if reached != self.at[arc.target] or arc.target not in seen:
                    self.at[arc.target] = reached
                    seen.add(arc.target)
                    todo.add(arc.target)

    def after(self, arc: Arc) -> Names:
        """Return what may be filled in after a step from its source."""
        step = self._steps[arc.step]
        before = self.at.get(arc.source, NOTHING)
        if isinstance(step, Move):
            before -= {_FIELD + name for name in step.clears}
        fields = before | {_FIELD + name for name in (*step.required, *step.optional)}
        found = set(fields)
        for slot, value in (*step.routes[arc.route].sets.items(), *step.sets.items()):
            if _gives(value, fields):
                found.add(slot)
            elif slot not in self._keep:
                found.discard(slot)
        return frozenset(found)


def _gives(value: Value, filled: Names) -> bool:
    """Return whether a value may be more than nobody."""
    if value.nobody or value.constant == "":
        return False
    if value.table:
        return any(found != "" for found in value.table.values())
    if value.field:
        return _FIELD + value.field in filled
    held = value.slot or value.parent_of
    return held in filled if held else True


def scope_of(permit: Permit, step: object, scope: str) -> str:
    """Return the slot that must be filled for a permit to allow anybody, "" if there is none.

    The scope of an opening is not asked: what it is about is only filled in by it.
    """
    if permit.slot:
        return permit.slot
    if not permit.role or permit.scope == "any" or isinstance(step, Opening):
        return ""
    return permit.at or scope

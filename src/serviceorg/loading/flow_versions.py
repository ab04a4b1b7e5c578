"""The frozen versions of a workflow, and what their amendments may change."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import attrs

from ..workflow.rules import InFlight, Version
from .build.flow_moves import Around, move_of, opening_of
from .build.flow_rest import (
    clock_of,
    emission_of,
    field_of,
    metric_of,
    notice_of,
    part_of,
    promise_of,
    role_of,
    slot_of,
    state_of,
)
from .drafts import Draft
from .fingerprint import fingerprint_of
from .shapes.flow_cases import FLOW_NOUNS
from .versions import Amendable

#: Keys of [workflow] that belong to the workflow itself, not to one of its versions.
FIXED = ("id", "title", "effective", "basis", "source", "illustrative", "rows")
FLOWS = Amendable(
    document="workflow",
    head="workflow",
    fixed=FIXED,
    nouns=FLOW_NOUNS,
    kept={},
    quoted='"clock.answer.limit" = { working_days = 5 }',
    key="move.accept.form",
    entry="a move, clock or the like, as in 'move.urge'",
)


def flow_version_of(
    draft: Draft, *, effective: date, basis: str, in_flight: InFlight | None = None
) -> Version:
    """Return the frozen version of a draft without problems."""
    head = draft.head
    states = _made(draft, "state", state_of)
    moves = frozenset((*draft.ids("move"), *draft.ids("opening")))
    around = Around(states, moves)
    version = Version(
        effective=effective,
        basis=basis,
        digest="",
        calendar=head.get("calendar", "cn"),
        scope=head.get("scope", ""),
        identity=head.get("identity", ()),
        roles=_made(draft, "role", role_of),
        slots=_made(draft, "slot", slot_of),
        fields=_made(draft, "field", field_of),
        states=states,
        openings=_made(draft, "opening", lambda node: opening_of(node, around)),
        moves=_made(draft, "move", lambda node: move_of(node, around)),
        parts=_made(draft, "part", part_of),
        clocks=_made(draft, "clock", clock_of),
        notices=_made(draft, "notice", lambda node: notice_of(node, moves)),
        emissions=_made(draft, "emit", lambda node: emission_of(node, moves)),
        metrics=_made(draft, "metric", lambda node: metric_of(node, moves)),
        promises=_made(draft, "promise", promise_of),
        in_flight=in_flight or InFlight(),
    )
    return attrs.evolve(version, digest=fingerprint_of(head["id"], version, draft.kinds.known))


def _made(draft: Draft, noun: str, make: Callable[[Mapping[str, Any]], Any]) -> tuple[Any, ...]:
    return tuple(make(node) for node in draft.nodes(noun))

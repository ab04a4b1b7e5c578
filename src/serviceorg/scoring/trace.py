"""What happened while a score was worked out, in the cheapest form that can still be told.

Recording is a handful of list appends; sentences are made from it only when somebody asks.
"""

from collections.abc import Sequence

import attrs

from ..facts import Fact


@attrs.define(eq=False)
class Trace:
    """Raw notes of one score; the first entry of each note says about which clause, item or rule.

    ``paid``: (clause number, fact, units). ``refused``: (clause number or -1, fact, code, detail).
    ``cells``: (clause number, code, arguments) for measures. ``bites``: (clause number, span, cell,
    before, cap). ``notes``: (place, code, arguments) for everything above clauses.
    """

    paid: list[tuple[int, Fact, int]] = attrs.field(factory=list)
    refused: list[tuple[int, Fact, str, str]] = attrs.field(factory=list)
    cells: list[tuple[int, str, Sequence[object]]] = attrs.field(factory=list)
    bites: list[tuple[int, str, int, int, int]] = attrs.field(factory=list)
    notes: list[tuple[str, str, Sequence[object]]] = attrs.field(factory=list)

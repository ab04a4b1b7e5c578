"""What one evaluation found, in units: the raw material of a scorecard."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import attrs

NOTHING: Mapping[int, int] = MappingProxyType({})


@attrs.define(eq=False)
class Outcome:
    """Units by clause, item and category, before anything is shown to people.

    ``clause_sums`` holds plain clauses that are the whole of their item; ``items`` the others.
    """

    status: str = "scored"
    reason: str = ""
    total: int = 0
    before_veto: int = 0
    base: int = 0
    clause_sums: Mapping[int, int] = NOTHING
    items: Mapping[int, int] = NOTHING
    categories: Sequence[int] = ()
    waiting: tuple[str, ...] = ()
    could_reach: int | None = None
    vetoes: tuple[str, ...] = ()
    veto_effects: tuple[tuple[str, str], ...] = ()  # (effect, grade)
    grade: str | None = None
    star: int | None = None
    direct_star: bool = False
    barred: tuple[str, ...] = ()  # bands whose share was used up

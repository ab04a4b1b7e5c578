"""A rule set compiled to flat tables of integers: what the evaluators read.

Items and clauses are numbered once over all versions, so that a sum started under one version can
go on under the next. A *state* is one version; *plain* clauses (a fact pays points, once or per
unit, under nested caps) are laid out for the inner loop, everything else goes to the general path.
"""

from collections.abc import Mapping
from fractions import Fraction

import attrs

from ..basics import FACT_SCALE, Direction
from .rules import Category, Clause, Item, Late, RuleSet, Version, Where

#: "No cap": larger than any sum the load-time bounds allow, and still a 64-bit number.
NO_CAP = 1 << 62
#: Quantities of facts are held in ten-thousandths.
FACT_UNIT = 10**FACT_SCALE
#: One row of the inner loop: clause number, factor, summand, divisor.
PlainRoute = tuple[int, int, int, int]
#: One row of the straight path: a route, then sign, caps of month and period, category.
StraightRow = tuple[int, int, int, int, int, int, int, int]
#: One row of the fold: sign, months in a capped cell (0: none), its cap, cap of the period, category.
PlainRow = tuple[int, int, int, int, int]


@attrs.frozen
class Quantity:
    """How a clause takes the quantity of a fact, in ten-thousandths; no ``step`` means as it is."""

    field: str
    unit: int
    step: int
    direction: Direction
    most_event: int | None
    most_day: int | None


@attrs.frozen(eq=False)
class ClausePlan:
    """A clause with its number, its item's number and its limits in units."""

    no: int
    item: int
    clause: Clause
    path: str
    plain: bool
    answers: bool  # has an answer even where no fact is: something missing, absent, ranked, a rung at 0
    roams: bool  # reads more than the subject's own facts of the period
    limits: tuple[tuple[str, int], ...]  # span -> cap, small to large, "event" left out
    cell_cap: int
    period_cap: int
    event_cap: int
    points: int | None  # of one event, None where a table decides
    table: Mapping[str, int]
    quantity: Quantity | None
    factors: tuple[tuple[Where, Fraction], ...]


@attrs.frozen(eq=False)
class ItemPlan:
    """An item with its clauses and amounts in units."""

    no: int
    item: Item
    category: int
    clauses: tuple[ClausePlan, ...]
    full: int
    floor: int | None
    limits: tuple[tuple[str, int], ...]
    simple: bool  # one clause, nothing of its own: its value is the signed sum of the clause


@attrs.frozen(eq=False)
class CategoryPlan:
    """A category with cap and floor in units."""

    category: Category
    cap: int
    floor: int


@attrs.frozen(eq=False)
class State:
    """One version, compiled: where each kind of fact goes and what limits hold."""

    version: Version
    since: int
    base: int
    cap: int
    floor: int | None
    categories: tuple[CategoryPlan, ...]
    items: Mapping[int, ItemPlan]
    clauses: Mapping[int, ClausePlan]
    plain: Mapping[str, PlainRoute]
    general: Mapping[str, tuple[ClausePlan, ...]]
    routed: Mapping[str, tuple[str, Mapping[object, tuple[ClausePlan, ...]]]]
    category_nos: Mapping[str, int]
    by_amount: frozenset[str]  # plain kinds whose facts must carry an amount
    owed: tuple[int, ...]  # items with an allotment: they have a value even without a fact
    always: tuple[ClausePlan, ...]  # clauses to ask even when no fact of the period calls them
    plain_rows: tuple[PlainRow, ...]  # by clause number
    readable: frozenset[str]  # the kinds of facts the straight path can read
    straight: Mapping[str, StraightRow]
    category_limits: tuple[tuple[int, int], ...]  # floor and cap
    all_simple: bool  # plain clauses are the whole of their items, so items need no step of their own


@attrs.frozen(eq=False)
class Plan:
    """A rule set ready to be evaluated."""

    rules: RuleSet
    unit: int
    shift: int  # months from January to the first month of the rule set's year
    item_ids: tuple[str, ...]
    states: tuple[State, ...]
    newest: Mapping[int, ClausePlan]  # each clause in its newest form
    item_of: Mapping[int, int]  # clause -> item
    spans: Mapping[int, tuple[str, ...]]  # clause -> spans limited in any version, small to large
    whole_field: bool  # some result needs every subject: ranks, shares, relative marks, panels, awards
    ranked: bool  # some item pays for a place
    veto_kinds: frozenset[str]
    lasting: bool  # some veto outlives its period or reads members' facts
    straight: frozenset[int]  # first days of the versions that straight.py can read
    banded: bool  # some version gives grades or stars
    late: Late | None  # the one rule for late registration, where all clauses share it

    def state_on(self, day: int) -> State:
        """Return the state in force on an ordinal day; the first one for days before it."""
        found = self.states[0]
        for state in self.states[1:]:
            if state.since > day:
                break
            found = state
        return found


class Other:
    """The key for facts whose attribute has a value no clause asks for."""


OTHER = Other()


def readers_of(state: State, kind: str, attributes: Mapping[str, object]) -> tuple[ClausePlan, ...]:
    """Return the general clauses that may read a fact of this kind with these attributes."""
    routed = state.routed.get(kind)
    if routed is None:
        return state.general.get(kind, ())
    name, table = routed
    return table.get(attributes.get(name, OTHER), table[OTHER])

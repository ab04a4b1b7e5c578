"""A rule set compiled to flat tables of integers: what the evaluators read.

Items and clauses are numbered once over all versions, so that a sum started under one version can
go on under the next. A *state* is one version; *plain* clauses (a fact pays points, once or per
unit, under nested caps) are laid out for the inner loop, everything else goes to the general path.
"""

from collections.abc import Mapping
from decimal import Decimal

import attrs

from ..basics import FACT_SCALE, SPANS, in_units
from .rules import Ballots, Category, Clause, Each, Item, Points, Rank, Relative, RuleSet, Version

#: "No cap": larger than any sum the load-time bounds allow, and still a 64-bit number.
NO_CAP = 1 << 62
#: The month of a cell is packed below its clause number: together still one machine digit of an int.
CELL_BITS = 15
CELL_MASK = (1 << CELL_BITS) - 1

#: One row of the inner loop: clause number (shifted), factor, summand, divisor.
PlainRoute = tuple[int, int, int, int]
#: One row of the fold: sign, months of the capped cell (0: none), its cap, cap of the period, category.
PlainRow = tuple[int, int, int, int, int]


@attrs.frozen(eq=False)
class ClausePlan:
    """A clause with its number, its item's number and its limits in units."""

    no: int
    item: int
    clause: Clause
    path: str
    plain: bool
    roams: bool  # reads more than the subject's own facts of the period
    limits: tuple[tuple[str, int], ...]  # span -> cap, small to large, "event" left out
    cell_cap: int
    period_cap: int
    event_cap: int


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
    owed: tuple[int, ...]  # items with an allotment: they have a value even without a fact
    always: tuple[ClausePlan, ...]  # clauses to ask even when no fact of the period calls them
    plain_rows: tuple[PlainRow, ...]  # by clause number
    all_simple: bool  # plain clauses are the whole of their items, so items need no step of their own


@attrs.frozen(eq=False)
class Plan:
    """A rule set ready to be evaluated."""

    rules: RuleSet
    unit: int
    shift: int  # months from January to the first month of the rule set's year
    item_ids: tuple[str, ...]
    states: tuple[State, ...]
    whole_field: bool  # some result needs every subject: ranks, shares, relative marks, panels, awards
    ranked: bool  # some item pays for a place
    veto_kinds: frozenset[str]
    lasting: bool  # some veto outlives its period or reads members' facts

    def state_on(self, day: int) -> State:
        """Return the state in force on an ordinal day; the first one for days before it."""
        found = self.states[0]
        for state in self.states[1:]:
            if state.since > day:
                break
            found = state
        return found


def plan_of(rules: RuleSet) -> Plan:
    """Return the compiled rule set, compiling it on first use."""
    found = rules.derived.get("plan")
    if not isinstance(found, Plan):
        found = rules.derived["plan"] = _compile(rules)
    return found


def units(rules: RuleSet, amount: Decimal) -> int:
    """Return an amount of the rule set as a whole number of its smallest unit."""
    return in_units(amount, rules.scale)


def _compile(rules: RuleSet) -> Plan:
    item_nos: dict[str, int] = {}
    clause_nos: dict[tuple[str, str], int] = {}
    for version in rules.versions:
        for item in version.items:
            item_nos.setdefault(item.id, len(item_nos))
            for clause in item.clauses:
                clause_nos.setdefault((item.id, clause.id), len(clause_nos))
    states = _states(rules, item_nos, clause_nos)
    clauses = [clause.clause for state in states for clause in state.clauses.values()]
    ranked = any(isinstance(clause.measure, Rank) for clause in clauses)
    return Plan(
        rules,
        10**rules.scale,
        rules.first_month - 1,
        tuple(item_nos),
        states,
        ranked or _needs_everyone(rules, clauses),
        ranked,
        frozenset(kind for version in rules.versions for veto in version.vetoes for kind in veto.on),
        any(v.lasts or v.lasts_by or v.lasts_field or v.members for version in rules.versions for v in version.vetoes),
    )


def _states(
    rules: RuleSet, item_nos: Mapping[str, int], clause_nos: Mapping[tuple[str, str], int]
) -> tuple[State, ...]:
    """Compile every version; a clause is plain in all of them or in none, so that its caps see all it pays."""
    never: frozenset[int] = frozenset()
    while True:
        states = tuple(_state(rules, version, item_nos, clause_nos, never) for version in rules.versions)
        plain = {route[0] >> CELL_BITS for state in states for route in state.plain.values()}
        general = {plan.no for state in states for listed in state.general.values() for plan in listed}
        general |= {plan.no for state in states for plan in state.always}
        if not plain & general:
            return states
        never |= plain & general


def _needs_everyone(rules: RuleSet, clauses: list[Clause]) -> bool:
    panels = any(isinstance(c.measure, Ballots) and c.measure.panel for c in clauses)
    relative = any(isinstance(c.pay, Relative) for c in clauses)
    bands = [band for version in rules.versions for band in (*version.grades, *version.stars)]
    return panels or relative or any(b.share for b in bands) or any(v.awards for v in rules.versions)


def _state(
    rules: RuleSet,
    version: Version,
    item_nos: Mapping[str, int],
    clause_nos: Mapping[tuple[str, str], int],
    never: frozenset[int],
) -> State:
    category_nos = {category.id: no for no, category in enumerate(version.categories)}
    items = {
        item_nos[item.id]: _item(rules, item, item_nos[item.id], category_nos[item.category], clause_nos)
        for item in version.items
    }
    clauses = {clause.no: clause for item in items.values() for clause in item.clauses}
    asked = [c for c in clauses.values() if not c.roams and not isinstance(c.clause.measure, Rank)]
    plain, general = _routes(rules, asked, never)
    routed = {kind: found for kind, listed in general.items() if (found := _by_attribute(listed))}
    head = version.head
    return State(
        version,
        version.effective.toordinal(),
        units(rules, head.base),
        NO_CAP if head.cap is None else units(rules, head.cap),
        None if head.floor is None else units(rules, head.floor),
        tuple(
            CategoryPlan(
                c,
                NO_CAP if c.cap is None else units(rules, c.cap),
                -NO_CAP if c.floor is None else units(rules, c.floor),
            )
            for c in version.categories
        ),
        items,
        clauses,
        plain,
        general,
        routed,
        tuple(no for no, item in items.items() if item.full or item.item.take or item.item.round),
        tuple(c for c in clauses.values() if c.roams or _answers_without_facts(c.clause)),
        _plain_rows(items, clauses),
        all(items[clauses[route[0] >> CELL_BITS].item].simple for route in plain.values()),
    )


def _answers_without_facts(clause: Clause) -> bool:
    return bool(clause.missing) or getattr(clause.measure, "what", "") == "absent" or isinstance(clause.measure, Rank)


def _item(
    rules: RuleSet, item: Item, no: int, category: int, clause_nos: Mapping[tuple[str, str], int]
) -> ItemPlan:
    only = len(item.clauses) == 1
    bare = item.full is None and item.floor is None and item.round is None and not item.take
    clauses = tuple(_clause(rules, item, clause, no, clause_nos[item.id, clause.id], only) for clause in item.clauses)
    return ItemPlan(
        no,
        item,
        category,
        clauses,
        0 if item.full is None else units(rules, item.full),
        None if item.floor is None else units(rules, item.floor),
        () if only else _limits(rules, item.cap),
        only and bare,
    )


def _limits(rules: RuleSet, cap: Mapping[str, Decimal]) -> tuple[tuple[str, int], ...]:
    order = (*SPANS, "period")
    return tuple((span, units(rules, cap[span])) for span in order if span in cap)


def _clause(rules: RuleSet, item: Item, clause: Clause, item_no: int, no: int, only: bool) -> ClausePlan:
    caps = {**clause.cap}
    if only:
        for span, cap in item.cap.items():
            caps[span] = min(cap, caps.get(span, cap))
    whole = {span for span in ("period", rules.period) if span in caps}
    limits = _limits(rules, {span: cap for span, cap in caps.items() if span not in whole and span != "event"})
    period_cap = min((units(rules, caps[span]) for span in whole), default=NO_CAP)
    plain = _is_plain(clause) and len(limits) <= 1 and all(SPANS[span] for span, _ in limits)
    return ClausePlan(
        no,
        item_no,
        clause,
        f"{item.id}.{clause.id}" if clause.id else item.id,
        plain and "event" not in caps,
        _roams(clause),
        limits if period_cap == NO_CAP else (*limits, ("period", period_cap)),
        limits[0][1] if limits else NO_CAP,
        period_cap,
        units(rules, caps["event"]) if "event" in caps else NO_CAP,
    )


def _roams(clause: Clause) -> bool:
    select, window = clause.select, clause.window
    cleared = bool(window.clear_after or window.clear_on)
    return bool(select.about or select.members) or window.kind != "period" or window.carry is not None or cleared


def _is_plain(clause: Clause) -> bool:
    select, per = clause.select, clause.per
    flat = per is None or (per.field == "amount" and per.step is None and not per.most)
    chosen = bool(select.where or select.unless or select.distinct or select.gate or select.late)
    altered = bool(clause.factors or clause.times or clause.take or clause.per_head)
    chosen = chosen or bool(clause.who.kinds or clause.who.categories)
    each = isinstance(clause.measure, Each) and isinstance(clause.pay, Points)
    return each and flat and not (chosen or altered or _roams(clause))


def _routes(
    rules: RuleSet, clauses: list[ClausePlan], never: frozenset[int]
) -> tuple[dict[str, PlainRoute], dict[str, tuple[ClausePlan, ...]]]:
    readers: dict[str, list[ClausePlan]] = {}
    for clause in clauses:
        for kind in clause.clause.select.on:
            readers.setdefault(kind, []).append(clause)
    plain: dict[str, PlainRoute] = {}
    general: dict[str, tuple[ClausePlan, ...]] = {}
    for kind, listed in readers.items():
        single = len(listed) == 1 and listed[0].plain and listed[0].no not in never
        if single and rules.direction == "half-up":
            plain[kind] = _plain_route(rules, listed[0])
        else:
            general[kind] = tuple(listed)
    # A clause must be either plain for all its kinds or general for all of them.
    mixed = {c.no for listed in general.values() for c in listed}
    for kind in [kind for kind, route in plain.items() if route[0] >> CELL_BITS in mixed]:
        del plain[kind]
        general[kind] = tuple(readers[kind])
    return plain, general


def _plain_route(rules: RuleSet, plan: ClausePlan) -> PlainRoute:
    assert isinstance(plan.clause.pay, Points)
    points = units(rules, plan.clause.pay.points)
    if plan.clause.per is None:
        return plan.no << CELL_BITS, 0, points, 1
    # half_up(points * amount / unit): unit and amount are both in ten-thousandths.
    divisor = in_units(plan.clause.per.unit, FACT_SCALE)
    return plan.no << CELL_BITS, 2 * points, divisor, 2 * divisor


def _by_attribute(
    clauses: tuple[ClausePlan, ...],
) -> tuple[str, Mapping[object, tuple[ClausePlan, ...]]] | None:
    """Split many readers of one kind by the attribute that tells most of them apart."""
    if len(clauses) < 4:
        return None
    names = [name for clause in clauses for name in clause.clause.select.where]
    if not names:
        return None
    name = max(sorted(set(names)), key=names.count)
    values = {value for clause in clauses for value in clause.clause.select.where.get(name, ())}
    table: dict[object, tuple[ClausePlan, ...]] = {
        value: tuple(c for c in clauses if value in c.clause.select.where.get(name, (value,))) for value in values
    }
    table[_OTHER] = tuple(c for c in clauses if name not in c.clause.select.where)
    return name, table


class _Other:
    """The key for facts whose attribute has a value no clause asks for."""


_OTHER = _Other()


def readers_of(state: State, kind: str, attributes: Mapping[str, object]) -> tuple[ClausePlan, ...]:
    """Return the general clauses that may read a fact of this kind with these attributes."""
    routed = state.routed.get(kind)
    if routed is None:
        return state.general.get(kind, ())
    name, table = routed
    return table.get(attributes.get(name, _OTHER), table[_OTHER])


def _plain_rows(items: Mapping[int, ItemPlan], clauses: Mapping[int, ClausePlan]) -> tuple[PlainRow, ...]:
    rows = [(1, 0, NO_CAP, NO_CAP, 0)] * (max(clauses, default=-1) + 1)
    for no, plan in clauses.items():
        months = SPANS[plan.limits[0][0]] if plan.plain and plan.cell_cap != NO_CAP else 0
        rows[no] = (plan.clause.sign, months, plan.cell_cap, plan.period_cap, items[plan.item].category)
    return tuple(rows)

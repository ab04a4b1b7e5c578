"""From a rule set to its plan: every version compiled, with clauses numbered once over all of them."""

from collections.abc import Mapping, Sequence

from ..basics import SPANS
from ..errors import ScoringError
from .book import SCORECARD
from .compile_clauses import common_late, compile_item, plain_route, units
from .plan import (
    NO_CAP,
    OTHER,
    CategoryPlan,
    ClausePlan,
    ItemPlan,
    PlainRoute,
    PlainRow,
    Plan,
    State,
    StraightRow,
)
from .rules import Ballots, Category, Clause, Rank, Relative, RuleSet, Version, Veto


def plan_of(rules: RuleSet) -> Plan:
    """Return the compiled rule set, compiling it on first use."""
    if not isinstance(rules, RuleSet):
        raise ScoringError(
            f"the rules must be a RuleSet, found {rules!r}; so.load().rule_set('ID') gives one"
        )
    found = rules.derived.get("plan")
    if not isinstance(found, Plan):
        found = rules.derived["plan"] = _compile(rules)
    return found


def _compile(rules: RuleSet) -> Plan:
    item_nos: dict[str, int] = {}
    clause_nos: dict[tuple[str, str], int] = {}
    for version in rules.versions:
        for item in version.items:
            item_nos.setdefault(item.id, len(item_nos))
            for clause in item.clauses:
                clause_nos.setdefault((item.id, clause.id), len(clause_nos))
    states = _states(rules, item_nos, clause_nos)
    newest = {no: clause for state in states for no, clause in state.clauses.items()}
    clauses = [clause.clause for state in states for clause in state.clauses.values()]
    late = common_late(rules)
    ranked = any(isinstance(clause.measure, Rank) for clause in clauses)
    return Plan(
        rules,
        10**rules.scale,
        rules.first_month - 1,
        tuple(item_nos),
        states,
        newest,
        {no: clause.item for no, clause in newest.items()},
        {no: _spans(states, no) for no in newest},
        ranked or _needs_everyone(rules, clauses),
        ranked,
        frozenset(kind for version in rules.versions for veto in version.vetoes for kind in veto.on),
        any(_outlives(veto) for version in rules.versions for veto in version.vetoes),
        frozenset(
            state.since for state in states if _is_straight(state) and not (late and state.version.vetoes)
        ),
        any(version.grades or version.stars for version in rules.versions),
        late,
    )


def _outlives(veto: Veto) -> bool:
    return bool(veto.lasts or veto.lasts_by or veto.lasts_field or veto.members)


def _is_straight(state: State) -> bool:
    """Return whether facts of plain kinds alone can be scored without the general path."""
    head = state.version.head
    single = len({route[0] for route in state.plain.values()}) == len(state.plain)
    whole = single and state.all_simple and not state.always and not state.owed
    monthly = all(row[1] <= 1 for row in state.plain_rows)
    rounded = head.round or any(category.round for category in state.version.categories)
    return (
        whole
        and monthly
        and not rounded
        and head.base_for_part == "full"
        and not head.who.kinds
        and not head.who.categories
    )


def _spans(states: Sequence[State], no: int) -> tuple[str, ...]:
    limited = {span for state in states if no in state.clauses for span, _ in state.clauses[no].limits}
    return tuple(span for span in (*SPANS, "period") if span in limited)


def _states(
    rules: RuleSet, item_nos: Mapping[str, int], clause_nos: Mapping[tuple[str, str], int]
) -> tuple[State, ...]:
    """Compile every version; a clause is plain in all or in none, so that its caps see all it pays."""
    never: frozenset[int] = frozenset()
    while True:
        states = tuple(_state(rules, version, item_nos, clause_nos, never) for version in rules.versions)
        plain = {route[0] for state in states for route in state.plain.values()}
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
        item_nos[item.id]: compile_item(
            rules, item, item_nos[item.id], category_nos[item.category], clause_nos
        )
        for item in version.items
    }
    clauses = {clause.no: clause for item in items.values() for clause in item.clauses}
    asked = [c for c in clauses.values() if not c.roams and not isinstance(c.clause.measure, Rank)]
    plain, general = _routes(rules, asked, never)
    routed = {kind: found for kind, listed in general.items() if (found := _by_attribute(listed))}
    head = version.head
    categories = tuple(_category(rules, category) for category in version.categories)
    return State(
        version,
        version.effective.toordinal(),
        units(rules, head.base),
        NO_CAP if head.cap is None else units(rules, head.cap),
        None if head.floor is None else units(rules, head.floor),
        categories,
        items,
        clauses,
        plain,
        general,
        routed,
        category_nos,
        frozenset(kind for kind, route in plain.items() if clauses[route[0]].clause.per is not None),
        tuple(
            no
            for no, item in items.items()
            if item.full or item.item.take or item.item.round or (item.floor or 0) > 0
        ),
        tuple(c for c in clauses.values() if c.roams or c.answers),
        _plain_rows(items, clauses),
        frozenset(plain),
        _straight_rows(plain, clauses, items),
        tuple((c.floor, c.cap) for c in categories),
        all(items[clauses[route[0]].item].simple for route in plain.values()),
    )


def _straight_rows(
    plain: Mapping[str, PlainRoute], clauses: Mapping[int, ClausePlan], items: Mapping[int, ItemPlan]
) -> dict[str, StraightRow]:
    rows: dict[str, StraightRow] = {}
    for kind, route in plain.items():
        plan = clauses[route[0]]
        rows[kind] = (*route, plan.clause.sign, plan.cell_cap, plan.period_cap, items[plan.item].category)
    return rows


def _category(rules: RuleSet, category: Category) -> CategoryPlan:
    cap = NO_CAP if category.cap is None else units(rules, category.cap)
    floor = -NO_CAP if category.floor is None else units(rules, category.floor)
    return CategoryPlan(category, cap, floor)


def _routes(
    rules: RuleSet, clauses: list[ClausePlan], never: frozenset[int]
) -> tuple[dict[str, PlainRoute], dict[str, tuple[ClausePlan, ...]]]:
    readers: dict[str, list[ClausePlan]] = {}
    for clause in clauses:
        for kind in clause.clause.select.on:
            readers.setdefault(kind, []).append(clause)
    # Vetoes look at what the inner loop leaves; a closed total may be negative, and it rounds magnitudes.
    apart = {SCORECARD, *(kind for version in rules.versions for veto in version.vetoes for kind in veto.on)}
    plain: dict[str, PlainRoute] = {}
    general: dict[str, tuple[ClausePlan, ...]] = {}
    for kind, listed in readers.items():
        single = kind not in apart and len(listed) == 1 and listed[0].plain and listed[0].no not in never
        if single and rules.direction == "half-up":
            plain[kind] = plain_route(rules, listed[0])
        else:
            general[kind] = tuple(listed)
    # A clause must be either plain for all its kinds or general for all of them.
    mixed = {c.no for listed in general.values() for c in listed}
    for kind in [kind for kind, route in plain.items() if route[0] in mixed]:
        del plain[kind]
        general[kind] = tuple(readers[kind])
    return plain, general


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
        value: tuple(c for c in clauses if value in c.clause.select.where.get(name, (value,)))
        for value in values
    }
    table[OTHER] = tuple(c for c in clauses if name not in c.clause.select.where)
    return name, table


def _plain_rows(items: Mapping[int, ItemPlan], clauses: Mapping[int, ClausePlan]) -> tuple[PlainRow, ...]:
    rows = [(1, 0, NO_CAP, NO_CAP, 0)] * (max(clauses, default=-1) + 1)
    for no, plan in clauses.items():
        months = SPANS[plan.limits[0][0]] if plan.cell_cap != NO_CAP else 0
        rows[no] = (plan.clause.sign, months, plan.cell_cap, plan.period_cap, items[plan.item].category)
    return tuple(rows)

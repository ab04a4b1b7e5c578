"""Rates over tickets, with what is left out of them and why."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime

import attrs

from ..basics import FrozenMap
from .answers import Rate
from .judging.checks import all_hold
from .judging.situation import Situation, Surroundings
from .plans.plan import Plan
from .rules import Metric
from .ticket import Ticket


@attrs.define
class _Group:
    good: list[str] = attrs.field(factory=list)
    counted: list[str] = attrs.field(factory=list)
    excluded: dict[str, int] = attrs.field(factory=dict)


def rates(
    plan_of: Callable[[Ticket], Plan], around: Surroundings, tickets: Iterable[Ticket], at: datetime
) -> tuple[Rate, ...]:
    """Return the rate of every metric for every group, in the order of metrics and of the groups' ids."""
    found: dict[tuple[str, str], _Group] = defaultdict(_Group)
    order: dict[str, None] = {}
    for ticket in tickets:
        plan = plan_of(ticket)
        now = Situation(plan, around, ticket, ticket.fields, ticket.slots, None, at, ticket.state)
        for metric in plan.metrics:
            order.setdefault(metric.id)
            if all_hold(metric.of, now):
                _enter(found[metric.id, ticket.holder(metric.by)], metric, ticket, now)
    place = {name: number for number, name in enumerate(order)}
    return tuple(
        Rate(name, group, tuple(one.good), tuple(one.counted), FrozenMap(one.excluded))
        for (name, group), one in sorted(found.items(), key=lambda entry: (place[entry[0][0]], entry[0][1]))
    )


def _enter(group: _Group, metric: Metric, ticket: Ticket, now: Situation) -> None:
    for number, needs in enumerate(metric.exclude):
        if all_hold(needs, now):
            group.excluded[ticket.id] = number
            return
    group.counted.append(ticket.id)
    if all_hold(metric.good, now):
        group.good.append(ticket.id)

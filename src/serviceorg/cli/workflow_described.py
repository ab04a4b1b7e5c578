"""A workflow as a tree of plain values and labels: what ``show`` writes as text or as JSON."""

from collections.abc import Iterable, Mapping
from typing import Any

from ..basics import Label
from ..workflow.plans.compile import compiled
from ..workflow.plans.plan import Plan
from ..workflow.rules import (
    Clock,
    Different,
    Emission,
    Field,
    Metric,
    Move,
    Need,
    Notice,
    Opening,
    Slot,
    Version,
    Workflow,
)
from ..workflow.words.definition import (
    Titles,
    extension_in_words,
    limit_in_words,
    need_in_words,
    permit_in_words,
    promise_in_words,
    tier_in_words,
)


def described(rules: Workflow) -> dict[str, Any]:
    """Return the newest version of a workflow; texts in two languages are labels, ids stay ids."""
    version = rules.versions[-1]
    titles = Titles(version)
    plan = compiled(version)
    return {
        **_head(rules, version),
        "roles": [{"id": one.id, "title": titles.role(one.id)} for one in version.roles],
        "slots": [_slot(one, titles) for one in version.slots],
        "fields": [_field(one, titles) for one in version.fields],
        "states": [
            {
                "id": one.id,
                "title": titles.event(one.id),
                "kind": one.kind,
                "public": one.public,
                "outcome": one.outcome,
            }
            for one in version.states
        ],
        "openings": [_step(one, plan, titles) for one in version.openings],
        "moves": [{"from": list(one.sources), **_step(one, plan, titles)} for one in version.moves],
        "clocks": [_clock(one, titles) for one in version.clocks],
        "notices": [_notice(one, titles) for one in version.notices],
        "facts": [_emission(one, rules, titles) for one in version.emissions],
        "metrics": [_metric(one, titles) for one in version.metrics],
        "promises": [
            {"title": one.title, "words": promise_in_words(one, titles), "source": one.source}
            for one in version.promises
        ],
        "cases": [one.title for one in rules.cases],
    }


def plain(value: Any) -> Any:
    """Return a description as JSON values: a label becomes its two languages."""
    if isinstance(value, Label):
        return {"zh": value.in_("zh"), "en": value.in_("en")}
    if isinstance(value, Mapping):
        return {name: plain(one) for name, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list) else value


def _own(thing: Notice | Metric) -> Label:
    return thing.title if thing.title != Label() else Label(zh=thing.id, en=thing.id)


def _head(rules: Workflow, version: Version) -> dict[str, Any]:
    return {
        "id": rules.id,
        "title": rules.title,
        "version": str(version.effective),
        "hash": version.digest,
        "basis": version.basis,
        "source": rules.source,
        "illustrative": rules.illustrative,
        "rows": list(rules.rows),
        "calendar": version.calendar,
        "scope": version.scope,
        "versions": [
            {"version": str(one.effective), "basis": one.basis, "hash": one.digest} for one in rules.versions
        ],
    }


def _slot(slot: Slot, titles: Titles) -> dict[str, Any]:
    return {
        "id": slot.id,
        "title": titles.slot(slot.id),
        "kind": slot.kind,
        "many": slot.many,
        "keep": slot.keep,
        "party": slot.party,
        "seen_by": list(slot.seen_by),
    }


def _field(field: Field, titles: Titles) -> dict[str, Any]:
    return {
        "id": field.id,
        "title": titles.field(field.id),
        "type": field.type,
        "one_of": list(field.one_of),
        "seen_by": list(field.seen_by),
    }


def _step(step: Opening | Move, plan: Plan, titles: Titles) -> dict[str, Any]:
    scope = plan.version.scope
    needs = [*step.needs, *_kept_apart(step, plan)]
    extends = step.extends if isinstance(step, Move) else ()
    return {
        "id": step.id,
        "title": titles.event(step.id),
        "to": [{"state": route.to, "when": _needs(route.when, titles)} for route in step.routes],
        "who": [permit_in_words(permit, titles, scope=scope) for permit in step.permits],
        "required": list(step.required),
        "optional": list(step.optional),
        "needs": _needs(needs, titles),
        "extends": [extension_in_words(one, titles) for one in extends],
        "source": step.source,
    }


def _kept_apart(step: Opening | Move, plan: Plan) -> Iterable[Need]:
    """Return the separation of duties that is built in, as the need it amounts to."""
    if isinstance(step, Move):
        edge = plan.edges[step.sources[0]][step.id]
        if edge.apart_slots or edge.apart_moves:
            yield Need(Different(edge.apart_slots, edge.apart_moves), _DUTIES)


_DUTIES = Label(zh="职责分离", en="separation of duties")


def _needs(needs: Iterable[Need], titles: Titles) -> list[dict[str, Any]]:
    return [{"words": need_in_words(need, titles), "source": need.source} for need in needs]


def _clock(clock: Clock, titles: Titles) -> dict[str, Any]:
    events = {name: list(getattr(clock, name)) for name in ("start", "stop", "pause", "reset", "cancel")}
    return {
        "id": clock.id,
        "title": titles.clock(clock.id),
        "limit": limit_in_words(clock.limit, titles),
        **events,
        "again": clock.again,
        "since": clock.since,
        "calendar_of": clock.calendar_of,
        "holder": clock.holder,
        "tiers": [
            {"id": one.id, "words": tier_in_words(one, titles), "source": one.source} for one in clock.tiers
        ],
        "source": clock.source,
    }


def _notice(notice: Notice, titles: Titles) -> dict[str, Any]:
    return {
        "id": notice.id,
        "title": _own(notice),
        "on": list(notice.on),
        "to": list(notice.to),
        "text": notice.text,
        "when": _needs(notice.when, titles),
        "source": notice.source,
    }


def _emission(emission: Emission, rules: Workflow, titles: Titles) -> dict[str, Any]:
    kind = rules.kinds.get(emission.kind)
    return {
        "id": emission.id,
        "kind": emission.kind,
        "title": kind.title if kind else Label(),
        "on": list(emission.on),
        "subject": emission.subject,
        "when": _needs(emission.when, titles),
        "attributes": list(emission.attributes),
        "source": emission.source,
    }


def _metric(metric: Metric, titles: Titles) -> dict[str, Any]:
    return {
        "id": metric.id,
        "title": _own(metric),
        "by": metric.by,
        "of": _needs(metric.of, titles),
        "exclude": [_needs(needs, titles) for needs in metric.exclude],
        "good": _needs(metric.good, titles),
        "source": metric.source,
    }

"""Where the values of slots, facts and messages come from."""

import re
from collections.abc import Iterable
from datetime import datetime

from ...basics import FrozenMap, Label
from ...errors import CalendarNotPublished
from ...facts import Value as FactValue
from ..clocks.due import days_late, due_of, verdict_of
from ..judging.forms import filled_ids
from ..judging.situation import Situation
from ..rules import Value
from ..ticket import Slots

_BRACES = re.compile(r"\{([A-Za-z][A-Za-z0-9_-]*(?:\.due)?)\}")


def with_sets(sets: Iterable[tuple[str, Value]], now: Situation) -> Slots:
    """Return the slots with values set; each is read from the slots as they were before."""
    changed = {**now.slots}
    declared = now.plan.slots
    for slot, value in sets:
        rule = declared[slot]
        if rule.keep and changed.get(slot):
            continue
        found = _holders(value, now)
        if found:
            changed[slot] = found if rule.many or len(found) == 1 else found[:1]
        else:
            changed.pop(slot, None)
    return FrozenMap(changed)


def _holders(value: Value, now: Situation) -> tuple[str, ...]:
    if value.field and not value.table:
        found = now.fields.get(value.field)
        return (found,) if isinstance(found, str) else found if isinstance(found, tuple) else ()
    if value.actor:
        # Somebody without a name fills no slot: the next one without a name is another person.
        return (now.actor.id,) if now.actor and now.actor.id else ()
    if value.nobody:
        return ()
    if value.actor_unit:
        return (now.actor.unit,) if now.actor and now.actor.unit else ()
    if value.parent_of:
        above = (now.around.units.parent(unit) for unit in now.slots.get(value.parent_of, ()))
        return tuple(unit for unit in above if unit)
    if value.slot:
        return now.slots.get(value.slot, ())
    if value.field:
        return tuple(_looked_up(one, value) for one in filled_ids(now.fields.get(value.field)))
    return (str(value.constant),) if value.constant is not None else ()


def _looked_up(found: str, value: Value) -> str:
    if not value.table:
        return found
    return str(value.table.get(found, value.table.get("", "")))


def fact_value(value: Value, now: Situation, *, state: str) -> FactValue | None:
    """Return a value for a fact, None if it has none; ``state`` is the state reached."""
    found = _read(value, now, state)
    if not value.table:
        return found
    if found is None:
        return value.table.get("")
    # A file writes true and false where Python writes True and False.
    written = str(found).lower() if isinstance(found, bool) else str(found)
    return value.table.get(written, value.table.get(""))


def _read(value: Value, now: Situation, state: str) -> FactValue | None:  # one kind a line
    if value.constant is not None:
        return value.constant
    if value.field:
        filled = now.fields.get(value.field)
        if isinstance(filled, datetime):
            return filled.isoformat()
        return filled if not isinstance(filled, tuple) else " ".join(filled)
    if value.slot:
        return " ".join(now.slots.get(value.slot, ())) or None
    if value.clock or value.days_late:
        return _of_clock(value, now)
    if value.count:
        return now.ticket.memory.counts.get(value.count, 0)
    return state if value.state else _of_actor(value, now)


def _of_clock(value: Value, now: Situation) -> str | int:
    clock = now.plan.clock(value.clock or value.days_late)
    calendar = now.around.calendar(now.plan, clock, now.slots)
    run = now.ticket.runs[clock.position]
    return verdict_of(run, calendar, now.at) if value.clock else days_late(run, calendar, now.at)


def _of_actor(value: Value, now: Situation) -> str | None:
    if now.actor is None:
        return None
    return (now.actor.unit or None) if value.actor_unit else now.actor.id if value.actor else None


def filled_in(text: Label, now: Situation) -> Label:
    """Return a text with {field}, {slot} and {clock.due} replaced by what they are, in local time."""
    if "{" not in text.zh and "{" not in text.en:
        return text
    return Label(zh=_filled(text.zh, now, "zh"), en=_filled(text.en, now, "en"))


def _filled(text: str, now: Situation, lang: str) -> str:
    return _BRACES.sub(lambda match: _shown(match[1], now, lang), text)


def _shown(name: str, now: Situation, lang: str) -> str:
    if name in now.slots:
        return " ".join(now.slots[name])
    if name.endswith(".due"):
        return _due(name.removesuffix(".due"), now)
    value = now.fields.get(name)
    if isinstance(value, bool):
        return _FLAGS[lang][value]
    if isinstance(value, datetime):
        return f"{value.astimezone(now.around.own_calendar(now.plan).tz):%Y-%m-%d %H:%M}"
    if isinstance(value, tuple):
        return " ".join(value)
    return "" if value is None else str(value)


def _due(name: str, now: Situation) -> str:
    """Return the last day of a clock, or its last minute; "" where nobody knows it."""
    clock = now.plan.clock(name)
    run = now.ticket.runs[clock.position]
    calendar = now.around.calendar(now.plan, clock, now.slots)
    try:
        due = None if run is None or run.is_cancelled else due_of(run, calendar)
    except CalendarNotPublished:
        return ""
    if due is None or due.moment is None:
        return ""
    return str(due.day) if due.day else f"{due.moment.astimezone(calendar.tz):%Y-%m-%d %H:%M}"


_FLAGS = {"zh": ("否", "是"), "en": ("no", "yes")}

"""Other systems' formats: event logs in and out, public status out."""

from .icalendar import CalendarExtraMissing, obligations_to_ical
from .log import Event, Log, Trace
from .mapping import ActorRule, EventRule, Filling, LogMapping, MomentRule, OpeningRule
from .mapping_file import mapping_from_path, mapping_from_text
from .ocel import to_ocel
from .open311 import open311_services, to_open311
from .read import read_xes
from .replay import replay_log
from .replayed import Case, Refusal, Replay
from .xes import to_xes

__all__ = [
    "ActorRule",
    "CalendarExtraMissing",
    "Case",
    "Event",
    "EventRule",
    "Filling",
    "Log",
    "LogMapping",
    "MomentRule",
    "OpeningRule",
    "Refusal",
    "Replay",
    "Trace",
    "mapping_from_path",
    "mapping_from_text",
    "obligations_to_ical",
    "open311_services",
    "read_xes",
    "replay_log",
    "to_ocel",
    "to_open311",
    "to_xes",
]

"""``serviceorg workflow replay``: a real log through a workflow, and what it makes of every case."""

from collections.abc import Iterator
from itertools import islice

import click

from ..basics import Label
from ..exchange import Case, Log, Refusal, Replay, mapping_from_path, read_xes, replay_log
from ..reasons import render
from ..workflow import SENTENCES, Flow
from ..workflow.words.definition import Titles
from ..workflow.words.phrases import verdict_words
from .asked import progress, registry
from .output import Cell, write_json, write_table, write_text
from .workflow_named import flow_of, workflow
from .workflow_words import word

#: How many refusals a summary shows in full.
MOST_SHOWN = 5
_COUNTS = ("cases", "events", "fired", "refused", "ignored", "ended")


@click.command()
@click.argument("rules")
@click.option("--log", "log_file", required=True, help="The event log: .xes or .xes.gz.")
@click.option("--map", "map_file", required=True, help="How the log is read, as TOML.")
@click.option("--zone", default="", metavar="ZONE", help="Zone of moments without one, like Asia/Shanghai.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True)
@click.option("--show-names", is_flag=True, help="Tell refusals in sentences, which may hold names.")
def replay(
    *, rules: str, log_file: str, map_file: str, zone: str, form: str, lang: str, show_names: bool
) -> None:
    """Replay an event log through the workflow RULES: a registered id or a workflow file.

    An event the workflow refuses is kept with its reasons, and the replay goes on with the next one.
    """
    flow = flow_of(workflow(registry(), rules))
    mapping = mapping_from_path(map_file)
    with progress("reading the log"):
        log = read_xes(log_file, zone=zone)
    with progress("replaying"):
        found = replay_log(flow, log, mapping)
    if form == "json":
        write_json(_as_json(flow, log, found, lang if show_names else ""))
        return
    write_text(f"{flow.workflow.id}  {flow.workflow.title.in_(lang)}  {log_file}")
    counts = _counts(log, found)
    write_text("  " + ", ".join(f"{word(name, lang)} {counts[name]:,}" for name in _COUNTS))
    if found.at is not None:
        write_text(f"  {word('read-at', lang)} {found.at.isoformat()}")
    _write_refusals(flow, found, lang)
    if show_names:
        _write_first(found, lang)
    _write_verdicts(flow, found, lang)


def _counts(log: Log, found: Replay) -> dict[str, int]:
    return {
        "cases": len(found.cases),
        "events": log.events,
        "fired": found.fired,
        "refused": found.refused,
        "ignored": found.ignored,
        "ended": found.ended,
    }


def _reasons(found: Replay) -> list[tuple[str, str, int]]:
    """Return move, code and how often, the most frequent first."""
    rows = [(move, code, count) for (move, code), count in found.reasons().items()]
    return sorted(rows, key=lambda row: (-row[2], row[0], row[1]))


def _write_refusals(flow: Flow, found: Replay, lang: str) -> None:
    titles = Titles(flow.workflow.versions[-1])
    rows: list[list[Cell]] = [
        [move, titles.event(move).in_(lang), code, count] for move, code, count in _reasons(found)
    ]
    if rows:
        click.echo(f"\n{word('refusals', lang)}")
        write_table([word(one, lang) for one in ("move", "title", "reason", "count")], rows)


def _write_first(found: Replay, lang: str) -> None:
    refused = ((case, one) for case in found.cases for one in case.refused)
    lines = [
        f"{word('case', lang)} {case.id}, {word('line', lang)} {one.line}, {one.move}: {_sentence(one, lang)}"
        for case, one in islice(refused, MOST_SHOWN)
    ]
    if lines:
        click.echo(f"\n{word('first-refusals', lang)}")
        write_text("\n".join(lines))


def _sentence(refusal: Refusal, lang: str) -> str:
    if refusal.reasons:
        return "\n".join(render(reason, SENTENCES, lang=lang) for reason in refusal.reasons)
    return refusal.message or ", ".join(refusal.codes)


def _write_verdicts(flow: Flow, found: Replay, lang: str) -> None:
    titles = Titles(flow.workflow.versions[-1])
    rows: list[list[Cell]] = [
        [clock, titles.clock(clock).in_(lang), words.in_(lang), count]
        for clock, words, count in _verdicts(flow, found)
    ]
    if rows:
        click.echo(f"\n{word('verdicts', lang)}")
        write_table([word(one, lang) for one in ("clock", "title", "verdict", "count")], rows)


def _verdicts(flow: Flow, found: Replay) -> Iterator[tuple[str, Label, int]]:
    """Yield clock, verdict and how many cases have it."""
    clocks = dict.fromkeys(clock.id for version in flow.workflow.versions for clock in version.clocks)
    for clock in clocks:
        for verdict, count in sorted(found.verdicts(clock).items()):
            yield clock, verdict_words(verdict), count


def _as_json(flow: Flow, log: Log, found: Replay, lang: str) -> dict[str, object]:
    clocks: dict[str, dict[str, int]] = {}
    for clock, words, count in _verdicts(flow, found):
        clocks.setdefault(clock, {})[words.code] = count
    return {
        "workflow": {"id": flow.workflow.id, "hash": flow.workflow.versions[-1].digest},
        **_counts(log, found),
        "at": found.at.isoformat() if found.at else None,
        "reasons": [{"move": move, "code": code, "count": count} for move, code, count in _reasons(found)],
        "clocks": clocks,
        "per_case": [_case_as_json(case, lang) for case in found.cases],
    }


def _case_as_json(case: Case, lang: str) -> dict[str, object]:
    return {
        "id": case.id,
        "state": case.ticket.state if case.ticket else None,
        "fired": case.fired,
        "ignored": case.ignored,
        "refused": [_refusal_as_json(one, lang) for one in case.refused],
        "clocks": dict(case.verdicts),
        "ended": case.is_ended,
        "notes": list(case.notes),
    }


def _refusal_as_json(refusal: Refusal, lang: str) -> dict[str, object]:
    row: dict[str, object] = {
        "event": refusal.event,
        "move": refusal.move,
        "at": refusal.at.isoformat() if refusal.at else None,
        "line": refusal.line,
        "codes": list(refusal.codes),
    }
    return row | {"said": _sentence(refusal, lang)} if lang else row

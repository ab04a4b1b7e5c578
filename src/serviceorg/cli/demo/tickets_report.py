"""The demo's section about tickets: on one screen what a workflow is for."""

from collections.abc import Callable, Iterator

import click

from ...facts import Fact
from ...reasons import Reason, render
from ...workflow import SENTENCES, ClockState
from ...workflow.words.definition import Titles
from ..output import Cell, write_table, write_text
from .tickets import BEIJING, Life, Story
from .words import word

_COLUMNS = ("moment", "done", "by", "state", "due")


def tell(story: Story, lang: str, heading: Callable[..., None]) -> None:
    """Write the section; ``heading`` writes a heading of the report by its key."""
    workflow = story.flow.workflow
    version = workflow.versions[-1]
    counts = {
        "states": len(version.states),
        "moves": len(version.moves),
        "promises": len(version.promises),
    }
    heading("tickets", workflow=f"{workflow.id} {workflow.title.in_(lang)}", **counts)
    titles = Titles(version)
    _table(story.through, titles, lang, key="one-ticket")
    _say("one-refusal", lang)
    for language in ("en", "zh"):
        write_text(_indented(story.refusal.in_(language)))
    _table(story.forgotten, titles, lang, key="one-overdue")
    told = sorted({f"{message.notice} → {message.to}" for message in story.forgotten.notices})
    write_text(word("one-notices", lang, notices=", ".join(told)))
    _say("one-clock", lang, ticket=story.through.id)
    for language in ("en", "zh"):
        write_text(_indented(render(_without_addresses(story.clock.reason), SENTENCES, lang=language)))
    _say("their-facts", lang)
    facts: list[list[Cell]] = [_fact(fact) for life in story.lives for fact in life.facts]
    write_table([word(one, lang) for one in ("fact", "about", "day", "attributes")], facts)
    click.echo(f"\n{word('replayed', lang, same=story.replayed(), count=len(story.lives))}")


def _without_addresses(reason: Reason) -> Reason:
    """Return a reason whose sources fit on a screen: their titles, without where to find them."""
    parts = tuple(map(_without_addresses, reason.children))
    return Reason(reason.code, reason.arguments, parts, reason.source.partition("，http")[0])


def _say(key: str, lang: str, **values: object) -> None:
    click.echo(f"\n{word(key, lang, **values)}")


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())


def _table(life: Life, titles: Titles, lang: str, *, key: str) -> None:
    _say(key, lang, ticket=life.id)
    write_table([word(one, lang) for one in _COLUMNS], list(_rows(life, titles, lang)))


def _rows(life: Life, titles: Titles, lang: str) -> Iterator[list[Cell]]:
    for step in life.steps:
        clocks = life.flow.clocks(step.ticket, at=step.ticket.last.at).values()
        due = ", ".join(_due(one, titles, lang) for one in clocks if one.verdict in ("in-time", "overdue"))
        for event in step.events:
            at = f"{event.at.astimezone(BEIJING):%m-%d %H:%M}"
            done, state = titles.event(event.move), titles.event(event.state)
            yield [at, done.in_(lang), event.by, state.in_(lang), due if event is step.events[-1] else ""]


def _due(clock: ClockState, titles: Titles, lang: str) -> str:
    assert clock.deadline is not None
    words = f"{titles.clock(clock.id).in_(lang)} {clock.deadline.day:%m-%d} 24:00"
    return f"{words} ({clock.colour})" if clock.colour else words


def _fact(fact: Fact) -> list[Cell]:
    said = ", ".join(f"{name} = {_plain(value)}" for name, value in fact.attributes.items())
    return [fact.kind, fact.subject, str(fact.on), said]


def _plain(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value

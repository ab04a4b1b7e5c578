"""From a version of a workflow to the sketch of its picture."""

from collections.abc import Iterator, Mapping, Set

import attrs

from ..rules import Move, Opening, State, Version
from ..words.titles import Titles
from .captions import Captions
from .sketch import Arrow, Box, Sketch, Tag, Walk
from .words import BEGIN, GROUPS, but, listed, one_of

#: A move out of so many states is drawn once, from a box that stands for them all: an arrow from each
#: would hide the rest. One less is enough where the move tells nothing of the flow: it stays, or ends it.
CROWD, CROWD_ASIDE = 4, 3
#: A group of states with so many exceptions is still named by the group.
_EXCEPTIONS = 2
_START = "start"
_Tags = dict[tuple[int, int], dict[str, Tag]]


@attrs.frozen
class _Way:
    """One route of an opening (no ``sources``) or of a move; ``target`` "" stays."""

    step: Opening | Move
    sources: tuple[str, ...]
    target: str
    is_crowd: bool = False


def outline(version: Version, lang: str, walk: Walk, here: str) -> Sketch:
    """Return the sketch: the start, boxes of groups, then the states in the order of the file."""
    captions = Captions(version, lang, Titles(version))
    order = {state.id: number for number, state in enumerate(version.states)}
    ways = tuple(_ways(version, order, {state.id for state in version.states if state.is_final} | {""}))
    crowds = tuple(dict.fromkeys(way.sources for way in ways if way.is_crowd))
    names = (_START, *map(_crowd_name, crowds), *map(_state_name, order))
    tags = _tags(ways, {name: number for number, name in enumerate(names)}, captions, walk)
    boxes = (
        Box(id=_START, kind=_START, title=BEGIN.in_(lang), about=BEGIN.in_(lang)),
        *(_crowd_box(crowd, captions, beside=names.index(_state_name(crowd[0]))) for crowd in crowds),
        *(_state_box(state, captions, walk, here) for state in version.states),
    )
    loops = (tuple(tags.get((number, number), {}).values()) for number in range(len(boxes)))
    arrows = ((ends, tuple(found.values())) for ends, found in tags.items() if ends[0] != ends[1])
    return Sketch(
        tuple(attrs.evolve(box, loops=loop) for box, loop in zip(boxes, loops, strict=True)),
        tuple(Arrow(*ends, found) for ends, found in arrows),
    )


def _ways(version: Version, order: Mapping[str, int], aside: Set[str]) -> Iterator[_Way]:
    for opening in version.openings:
        for route in opening.routes:
            yield _Way(opening, (), route.to)
    for move in version.moves:
        sources = tuple(sorted(set(move.sources), key=order.__getitem__))
        few = CROWD_ASIDE if all(route.to in aside for route in move.routes) else CROWD
        for route in move.routes:
            yield _Way(move, sources, route.to, is_crowd=len(sources) >= few)


def _crowd_name(crowd: tuple[str, ...]) -> str:
    return "group " + " ".join(crowd)


def _state_name(state: str) -> str:
    return f"state {state}"


def _tags(ways: tuple[_Way, ...], place: Mapping[str, int], captions: Captions, walk: Walk) -> _Tags:
    # One tag for a move between two boxes, however many routes lead that way.
    found: _Tags = {}
    for way in ways:
        for source, target, is_walked in _links(way, place, walk):
            tags = found.setdefault((source, target), {})
            if way.step.id not in tags or is_walked:
                tags[way.step.id] = captions.tag(way.step, to=way.target, is_walked=is_walked)
    return found


def _links(way: _Way, place: Mapping[str, int], walk: Walk) -> Iterator[tuple[int, int, bool]]:
    if not way.sources:
        is_walked = ("", way.step.id, way.target) in walk.steps
        yield place[_START], place[_state_name(way.target)], is_walked
        return
    steps = [(source, way.step.id, way.target or source) for source in way.sources]
    if way.is_crowd:
        crowd = place[_crowd_name(way.sources)]
        target = place[_state_name(way.target)] if way.target else crowd
        yield crowd, target, any(step in walk.steps for step in steps)
        return
    for step in steps:
        yield place[_state_name(step[0])], place[_state_name(step[2])], step in walk.steps


def _state_box(state: State, captions: Captions, walk: Walk, here: str) -> Box:
    visits = walk.visits.get(state.id, ())
    return Box(
        id=state.id,
        kind=state.kind,
        title=captions.title(state),
        about=captions.about_state(state, visits),
        signs=captions.signs(state),
        visits=visits,
        is_here=state.id == here,
    )


def _crowd_box(crowd: tuple[str, ...], captions: Captions, beside: int) -> Box:
    lang = captions.lang
    members = [captions.title(state) for state in captions.version.states if state.id in crowd]
    group = _group_of(crowd, captions.version)
    if group is None:
        title = one_of(members, lang)
    else:
        left_out = [captions.title(state) for state in group[1]]
        text = GROUPS[group[0]].in_(lang)
        title = but(text, left_out, lang) if left_out else text
    about = listed(members, lang)
    return Box(id=" ".join(crowd), kind="group", title=title, about=about, beside=beside)


def _group_of(crowd: tuple[str, ...], version: Version) -> tuple[str, list[State]] | None:
    # The group that holds all of the crowd with the fewest exceptions, if they are few enough to be named.
    best = None
    for name in GROUPS:
        members = [state for state in version.states if name in ("all", state.kind, _openness(state))]
        left_out = [state for state in members if state.id not in crowd]
        fits = len(members) - len(left_out) == len(crowd) and len(left_out) <= _EXCEPTIONS
        if fits and (best is None or len(left_out) < len(best[1])):
            best = (name, left_out)
    return best


def _openness(state: State) -> str:
    return "final" if state.is_final else "open"

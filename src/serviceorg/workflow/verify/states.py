"""States nobody reaches, states nobody leaves, and tickets that can never be finished."""

from collections.abc import Iterator
from contextlib import suppress

from .arcs import OUTSIDE
from .findings import Finding, listed, told
from .guards import Guard
from .lives import Lives, Node, Path, Search, TooMany
from .memories import Known, Matter, Memory, Pieces, Shared, Status, Tally
from .survey import Survey

Targets = dict[int, set[int]]


def check_states(survey: Survey) -> Iterator[Finding]:
    """Yield what is wrong with states: unreachable ones, dead ends, circles without a way out."""
    states = survey.lives.version.states
    for number, state in enumerate(states):
        if number not in survey.states:
            yield Finding("unreachable", ("state", number), _unreachable(survey, state.id))
    finals = {number for number in survey.states if states[number].is_final}
    targets = _targets(survey)
    ends = _leading_to(finals, targets)
    lost = sorted(survey.states - ends)
    yield from _lost(survey, lost, targets)
    if finals and survey.states & ends:
        yield from _stuck(survey, ends)


def _unreachable(survey: Survey, state: str) -> str:
    steps = [step.id for step in survey.lives.steps if any(route.to == state for route in step.routes)]
    if steps:
        why = f"{listed(steps, 'or')} would lead there, but never does"
        return f"no ticket ever reaches the state {state!r}: {why}; make that possible, or take the state out"
    return (
        f"no ticket ever reaches the state {state!r}: no opening and no move leads there; add one, "
        "or take the state out"
    )


def _targets(survey: Survey) -> Targets:
    found: Targets = {number: set() for number in survey.states}
    for arc in survey.arcs:
        if arc.source != OUTSIDE:
            found[arc.source].add(arc.target)
    return found


def _leading_to(ends: set[int], targets: Targets) -> set[int]:
    """Return the states from which one of ``ends`` can be reached."""
    sources: Targets = {}
    for source, reached in targets.items():
        for target in reached:
            sources.setdefault(target, set()).add(source)
    found, todo = set(ends), list(ends)
    while todo:
        more = sources.get(todo.pop(), set()) - found
        found |= more
        todo += more
    return found


def _lost(survey: Survey, lost: list[int], targets: Targets) -> Iterator[Finding]:
    ids = [state.id for state in survey.lives.version.states]
    leading = []
    told_of: set[int] = set()
    for number in lost:
        if number in told_of:
            continue
        circle = _circle(number, targets) if targets[number] else set()
        if not targets[number]:
            message = (
                f"no move leads out of {ids[number]!r}, and it is not final; add a move, "
                "or give it kind = 'final'"
            )
            yield Finding("dead-end", ("state", number), message)
        elif circle:
            told_of |= circle
            names = listed(ids[one] for one in sorted(circle))
            message = (
                f"a ticket that comes to {names} stays there for ever: moves lead round, but none leads out; "
                "add a move to a final state"
            )
            yield Finding("livelock", ("state", number), message)
        else:
            leading.append(number)
    if leading:
        message = (
            f"from {listed(ids[one] for one in leading)} no final state can be reached: every way ends where "
            "nothing leads on; add a way to a final state"
        )
        yield Finding("no-end", ("state", leading[0]), message)


def _circle(start: int, targets: Targets) -> set[int]:
    """Return the states reached from one if all of them lead back to it, none otherwise."""
    found, todo = {start}, [start]
    while todo:
        more = targets[todo.pop()] - found
        found |= more
        todo += more
    return found if found <= _leading_to({start}, {one: targets[one] for one in found}) else set()


def _stuck(survey: Survey, ends: set[int]) -> Iterator[Finding]:
    """Yield the shortest life after which no final state can be reached, though its state has ways out."""
    try:
        found = _stuck_life(survey.lives, ends)
    except TooMany:
        return  # nothing is claimed that was not seen
    if found is None:
        return
    path, memories = found
    state = survey.lives.version.states[path[-1].target]
    story = survey.lives.story(path)
    why = " and ".join(map(_asked, memories))
    message = (
        f"after {told(story)} a ticket in {state.id!r} can never be finished: its ways out ask for something "
        f"that can no longer become so ({why}); add a way out that does not ask for it"
    )
    yield Finding("stuck", ("state", path[-1].target), message, story)


def _stuck_life(lives: Lives, ends: set[int]) -> tuple[Path, tuple[Memory, ...]] | None:
    tracked: list[Memory] = []
    while True:
        search, stuck, ways_out = _without_end(lives, tracked, ends)
        if not stuck:
            return None
        # The way out that asks for least is looked at first: most often it shows that nothing is stuck.
        more = min(
            ([m for m in guard if m not in tracked] for guard in ways_out), key=len, default=[]
        ) or _asked_by(lives, stuck, tracked)
        if not more:
            path = search.path(stuck[0])
            missed = lives.missed(path)
            more = [memory for memory in missed if memory not in tracked]
            if missed and not more:
                return None  # only where more matters are open than are told apart
            if not more:
                return path, _reason(lives, path, (*tracked, *_asked_by(lives, stuck[:1], tracked)))
        tracked += more


def _reason(lives: Lives, path: Path, memories: tuple[Memory, ...]) -> tuple[Memory, ...]:
    """Return the memories by which a life is stuck: without a look at the others it would be all the same."""
    needed = memories
    with suppress(TooMany):  # then some may be named that do not matter
        for memory in memories:
            others = tuple(one for one in needed if one != memory)
            if not _may_end(lives, path, others):
                needed = others
    return needed


def _may_end(lives: Lives, path: Path, tracked: tuple[Memory, ...]) -> bool:
    """Return whether a life may come to a final state, by what these memories tell of it alone."""
    states = lives.version.states
    return any(states[reached[0]].is_final for _, _, reached in Search(lives, tracked, path).steps())


def _asked_by(lives: Lives, nodes: list[Node], tracked: list[Memory]) -> list[Memory]:
    """Return what the ways out of nodes ask for and is not tracked yet."""
    asked = dict.fromkeys(memory for node in nodes for arc in lives.leaving(node[0]) for memory in arc.guard)
    return [memory for memory in asked if memory not in tracked]


def _without_end(
    lives: Lives, tracked: list[Memory], ends: set[int]
) -> tuple[Search, list[Node], list[Guard]]:
    """Return the nodes from which no final state is reached for sure, and what their unsure ways out ask.

    Nodes are in the order they were met.
    """
    search = Search(lives, tracked)
    sources: dict[Node, list[Node]] = {}
    unsure: list[tuple[Node, Node, Guard]] = []
    for node, way, reached in search.steps():
        if not way.is_sure:
            unsure.append((node, reached, way.arc.guard))
        elif not way.arc.event.stays_many:
            sources.setdefault(reached, []).append(node)
    states = lives.version.states
    todo = [node for node in search.came if node[0] != OUTSIDE and states[node[0]].is_final]
    found = set(todo)
    while todo:
        for node in sources.get(todo.pop(), ()):
            if node not in found:
                found.add(node)
                todo.append(node)
    stuck = [node for node in search.came if node not in found and node[0] in ends]
    lost = set(stuck)
    return search, stuck, [guard for node, reached, guard in unsure if node in lost and reached in found]


def _asked(memory: Memory) -> str:
    match memory:
        case Tally(what, since):
            after = f" since {listed(sorted(since), 'or')}" if since else ""
            return f"how often {listed(sorted(what), 'or')} occurred{after}"
        case Matter(id):
            return f"the open matters {id!r}"
        case Pieces(id) | Shared(id):
            return f"the pieces of {id!r}"
        case Status(id):
            return f"the clock {id!r}"
        case Known(name):
            return f"the {'field' if memory.is_field else 'slot'} {name!r}"

"""The workflow as a Mermaid state diagram."""

import json
import re
from collections.abc import Iterator, Sequence

from ..rules import State, Version
from ..words.titles import Titles
from .captions import Captions
from .marks import FORBIDDEN
from .sketch import Walk
from .style import KINDS_LIGHT, WALKED_LIGHT

#: Signs that mean something to Mermaid, or to the Markdown its labels are read as, are written as numbers.
_SPECIAL = re.compile(r"#100;|[^\w ,/]|_")
#: The grammar takes this for a statement wherever it stands in a line.
_DIRECTION = re.compile(r"d(irection\s+(?:TB|BT|RL|LR))", re.IGNORECASE)


def diagram(version: Version, *, title: str, lang: str, walk: Walk, here: str) -> str:
    """Return the text of the diagram; every move is one arrow for each of its states and targets."""
    names = _names(version.states)
    captions = Captions(version, lang, Titles(version))
    lines = ["---", f"title: {json.dumps(_plain(title), ensure_ascii=False)}", "---"] if title.strip() else []
    lines += ["stateDiagram-v2", "  direction TB"]
    lines += [f'  state "{_escaped(captions.title(state))}" as {names[state.id]}' for state in version.states]
    lines += [f"  {line}" for line in dict.fromkeys(_arrows(captions, names))]
    lines += [f"  {line}" for line in _classes(version, names, walk, here)]
    return "\n".join(lines) + "\n"


def _names(states: Sequence[State]) -> dict[str, str]:
    # A letter first keeps ids off the words of the grammar (state, note, end …); unlike ids stay unlike.
    names: dict[str, str] = {}
    for state in states:
        plain = "s_" + re.sub(r"[^A-Za-z0-9]", "_", state.id)
        taken = plain in names.values()
        names[state.id] = f"{plain}__{len(names)}" if taken else plain
    return names


def _arrows(captions: Captions, names: dict[str, str]) -> Iterator[str]:
    version = captions.version
    for opening in version.openings:
        label = _escaped(captions.title(opening))
        for route in opening.routes:
            yield f"[*] --> {names[route.to]} : {label}"
    for move in version.moves:
        label = _escaped(captions.title(move))
        for source in move.sources:
            for route in move.routes:
                yield f"{names[source]} --> {names[route.to or source]} : {label}"
    for state in version.states:
        if state.is_final:
            yield f"{names[state.id]} --> [*]"


def _classes(version: Version, names: dict[str, str], walk: Walk, here: str) -> Iterator[str]:
    dashes = {"waiting": ",stroke-dasharray:5 3", "final": ",stroke-width:3px"}
    for kind, paint in KINDS_LIGHT.items():
        style = f"fill:{paint.fill},stroke:{paint.stroke},color:{paint.ink}{dashes.get(kind, '')}"
        yield f"classDef {kind} {style}"
    yield f"classDef walked stroke:{WALKED_LIGHT},stroke-width:3px"
    yield f"classDef here stroke:{WALKED_LIGHT},stroke-width:5px,font-weight:bold"
    for state in version.states:
        yield f"class {names[state.id]} {state.kind}"
    for name, members in (("walked", walk.visits), ("here", (here,))):
        found = [names[state.id] for state in version.states if state.id in members]
        if found:
            yield f"class {','.join(found)} {name}"


def _escaped(text: str) -> str:
    words = _DIRECTION.sub(r"#100;\1", _plain(text))
    return _SPECIAL.sub(lambda found: f"#{ord(found[0])};" if len(found[0]) == 1 else found[0], words) or "-"


def _plain(text: str) -> str:
    return FORBIDDEN.sub("\ufffd", " ".join(text.split()))

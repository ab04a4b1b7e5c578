"""The door to the pictures: a version of a workflow in, SVG and Mermaid out."""

from collections.abc import Sequence

import attrs

from ...basics import Label
from ..rules import Version
from .diagram import diagram
from .marks import safe
from .outline import outline
from .paint import Words, paint
from .sketch import Sketch, walk_of
from .words import extent, listed, named


@attrs.frozen
class Drawing:
    """A workflow as a picture.

    ``svg`` is a document that needs nothing else: no script, no font, no network. ``mermaid`` is the same
    as a state diagram in text. Notebooks show the picture by themselves.
    """

    svg: str = attrs.field(repr=False)
    mermaid: str = attrs.field(repr=False)
    caption: str

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_html_(self) -> str:
        return f"<figure>\n{self.svg}<figcaption>{safe(self.caption)}</figcaption>\n</figure>"


def draw(
    version: Version, *, title: Label, lang: str = "en", path: Sequence[tuple[str, str]] = (), here: str = ""
) -> Drawing:
    """Return the picture of a version of a workflow, always the same for the same arguments.

    Args:
        version: The definition to draw.
        title: What stands above it.
        lang: "en" or "zh"; titles that lack a language are shown in the other.
        path: The way of one ticket as pairs (move, state reached), oldest first, the opening included.
            What the version does not know is left out.
        here: The state in which that ticket is, "" for none.
    """
    walk = walk_of(path)
    sketch = outline(version, lang, walk, here)
    name = title.in_(lang)
    note = extent(len(version.states), len(version.moves), version.effective.isoformat(), lang)
    words = Words(title=name, note=note, about=_told(sketch, note, lang), lang=lang)
    caption = named(name, note, lang) if name else note
    return Drawing(
        paint(sketch, words), diagram(version, title=name, lang=lang, walk=walk, here=here), caption
    )


def _told(sketch: Sketch, note: str, lang: str) -> str:
    # The picture for those who hear it: every arrow by its ends and its moves.
    lines = [note]
    ways = [(number, number, box.loops) for number, box in enumerate(sketch.boxes) if box.loops]
    ways += [(arrow.source, arrow.target, arrow.tags) for arrow in sketch.arrows]
    for source, target, tags in sorted(ways, key=lambda way: way[:2]):
        ends = f"{sketch.boxes[source].title} → {sketch.boxes[target].title}"
        lines.append(named(ends, listed([tag.title for tag in tags], lang), lang))
    return "\n".join(lines)

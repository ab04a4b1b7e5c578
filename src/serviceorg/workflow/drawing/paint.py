"""The picture as SVG: boxes and arrows at their places, a head, a legend, and all of it in words."""

import hashlib
from collections.abc import Sequence

import attrs

from .blocks import LOOP, SMALL, TEXT, TITLE, Block, Form, Line, form_of, tag_block, text_extent
from .curves import drawn, way
from .legend import legend
from .marks import TIP, clock, number, rectangle, safe, shape, text, tip
from .measure import width
from .mesh import Mesh, meshed
from .order import ordered
from .place import Places, placed
from .sketch import Sketch, Tag
from .style import css

_MARGIN, _HEAD = 22.0, 62.0
#: So many numbers of visits are written at a state.
_MOST_VISITS = 4
_STYLES = {TITLE: "so-name", TEXT: "so-text", SMALL: "so-small"}


@attrs.frozen(kw_only=True)
class Words:
    """The texts around a picture: its title, a line below it, and all of it told for who cannot see it."""

    title: str
    note: str
    about: str
    lang: str


@attrs.frozen
class Layout:
    """A sketch with everything in its place."""

    sketch: Sketch
    forms: tuple[Form, ...]
    blocks: tuple[Block, ...]
    mesh: Mesh
    places: Places

    def middle(self, corner: int) -> tuple[float, float]:
        """Return the middle of a box or of an arrow's text."""
        layer = self.mesh.layer[corner]
        return self.places.x[corner], (self.places.top[layer] + self.places.bottom[layer]) / 2

    @property
    def right(self) -> float:
        """How far it reaches to the right."""
        return max(
            (self.places.x[n] + extent.right for n, extent in enumerate(self.mesh.extents)), default=0.0
        )


def lay_out(sketch: Sketch) -> Layout:
    """Return the layout of a sketch; the same sketch is always laid out alike."""
    forms = tuple(map(form_of, sketch.boxes))
    blocks = tuple(tag_block(arrow.tags) for arrow in sketch.arrows)
    links = [(arrow.source, arrow.target) for arrow in sketch.arrows]
    extents = [form.extent for form in forms]
    beside = [box.beside for box in sketch.boxes]
    mesh = meshed(extents, links, [text_extent(block) for block in blocks], beside=beside)
    return Layout(sketch, forms, blocks, mesh, placed(mesh, ordered(mesh), _MARGIN, _HEAD))


def paint(sketch: Sketch, words: Words) -> str:
    """Return the picture of a sketch as an SVG document."""
    layout = lay_out(sketch)
    below = legend(sketch, words.lang, max(layout.right - _MARGIN, 320.0))
    bottom = layout.places.bottom[-1]
    wide = max(
        layout.right, _MARGIN + below.width, _MARGIN + width(words.title, 17), _MARGIN + width(words.note, 11)
    )
    wide += _MARGIN
    high = bottom + 30.0 + below.height + 14.0
    body = [
        rectangle(0.5, 0.5, wide - 1, high - 1, round_by=10.0, style="so-page"),
        text(words.title, _MARGIN, 24.0, "so-head"),
        text(words.note, _MARGIN, 44.0, "so-note"),
        '<g class="so-path">' if any(box.visits for box in sketch.boxes) else "<g>",
        *_arrows(layout),
        *(_box(layout, number) for number in range(len(sketch.boxes))),
        "</g>",
        below.at(_MARGIN, bottom + 30.0),
    ]
    return _document(words, "\n".join(body), wide, high)


def _document(words: Words, body: str, wide: float, high: float) -> str:
    # Ids come from the content: two pictures on a page do not clash, and nothing is random.
    key = hashlib.sha256(f"{words.about}\n{body}".encode("utf-8", "replace")).hexdigest()[:10]
    size = f'viewBox="0 0 {number(wide)} {number(high)}" width="{number(wide)}" height="{number(high)}"'
    lang = "zh-Hans" if words.lang == "zh" else "en"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="so-flow" role="img" lang="{lang}" {size} '
        f'aria-labelledby="so-title-{key}" aria-describedby="so-desc-{key}" '
        f'style="max-width:100%;height:auto">\n<title id="so-title-{key}">{safe(words.title)}</title>\n'
        f'<desc id="so-desc-{key}">{safe(words.about)}</desc>\n'
        f"<style>\n{css()}\n</style>\n{body}\n</svg>\n"
    )


def _arrows(layout: Layout) -> list[str]:
    # The lines first, the walked ones above the others, then all texts: no line crosses a text.
    arrows = layout.sketch.arrows
    order = sorted(range(len(arrows)), key=lambda number: arrows[number].is_walked)
    lines = [_arrow_line(layout, number) for number in order]
    return [*lines, *(_arrow_text(layout, number) for number in range(len(arrows)))]


def _walked(tags: Sequence[Tag]) -> str:
    return " so-walked" if any(tag.is_walked for tag in tags) else ""


def _arrow_line(layout: Layout, at: int) -> str:
    chain, is_turned = layout.mesh.chains[at], layout.mesh.is_turned[at]
    upper, lower = chain[0], chain[-1]
    ends = (
        layout.middle(upper)[1] + layout.forms[upper].height / 2,
        layout.middle(lower)[1] - layout.forms[lower].height / 2,
    )
    layers = tuple(layout.mesh.layer[corner] for corner in chain)
    points = way(layout.places.segments[at], layout.places, layers, ends)
    x, y = points[0] if is_turned else points[-1]
    line = f'<path class="so-line" d="{drawn(points, is_turned=is_turned)}"/>'
    head = tip(x, y, aside=0, down=-1 if is_turned else 1)
    return f'<g class="so-arrow{_walked(layout.sketch.arrows[at].tags)}">{line}{head}</g>'


def _arrow_text(layout: Layout, at: int) -> str:
    block = layout.blocks[at]
    x, y = layout.middle(layout.mesh.texts[at])
    top = y - block.height / 2
    veil = rectangle(
        x - block.width / 2 - 3, top - 2, block.width + 6, block.height + 4, round_by=4.0, style="so-veil"
    )
    return veil + _tags(layout.sketch.arrows[at].tags, block, (x, top))


def _tags(tags: Sequence[Tag], block: Block, top: tuple[float, float]) -> str:
    groups = (
        f'<g class="so-tag{_walked([tag])}" data-move="{safe(tag.move)}">'
        f"<title>{safe(tag.about)}</title>{_lines(part, top)}</g>"
        for tag, part in zip(tags, block.parts, strict=True)
    )
    return "".join(groups)


def _lines(lines: Sequence[Line], top: tuple[float, float]) -> str:
    return "".join(_line(line, top[0], top[1] + line.y) for line in lines)


def _line(line: Line, x: float, y: float) -> str:
    if not line.has_clock:
        return text(line.text, x, y, _STYLES[line.size])
    return clock(x - line.width / 2 + 5, y) + text(line.text, x + 7, y, _STYLES[line.size])


def _box(layout: Layout, at: int) -> str:
    form = layout.forms[at]
    box, (x, y) = form.box, layout.middle(at)
    marks = f"{' so-visited' if box.visits else ''}{' so-here' if box.is_here else ''}"
    state = f' data-state="{safe(box.id)}"' if box.kind not in ("start", "group") else ""
    words = "" if box.kind == "start" else _box_text(form, x, y)
    badge = _badge(box.visits, x - form.width / 2, y - form.height / 2) if box.visits else ""
    loop = _loop(form, x, y) if box.loops else ""
    return (
        f'<g class="so-box so-{box.kind}{marks}"{state}><title>{safe(box.about)}</title>'
        f"{shape(box.kind, x, y, form.width, form.height)}{words}{badge}</g>{loop}"
    )


def _box_text(form: Form, x: float, y: float) -> str:
    top = y - form.block.height / 2
    return "".join(_lines(part, (x, top)) for part in form.block.parts)


def _badge(visits: tuple[int, ...], x: float, y: float) -> str:
    # The tooltip has all numbers; here is room for the first few.
    shown = ", ".join(map(str, visits[:_MOST_VISITS])) + (", …" if len(visits) > _MOST_VISITS else "")
    wide = max(18.0, width(shown, 10) + 10)
    return rectangle(x - 8, y - 9, wide, 18, round_by=9.0, style="so-badge") + text(
        shown, x - 8 + wide / 2, y, "so-count"
    )


def _loop(form: Form, x: float, y: float) -> str:
    edge, out = x + form.width / 2, LOOP - 3.0
    inset = 5.0 if form.box.kind == "waiting" else 0.0
    reach = min(9.0, form.height / 4)
    line = (
        f'<path class="so-line" d="M{number(edge - inset)} {number(y - reach)}h{number(out - 9 + inset)}'
        f'a{number(reach)} {number(reach)} 0 0 1 0 {number(2 * reach)}H{number(edge - inset + TIP - 1)}"/>'
    )
    head = tip(edge - inset, y + reach, aside=-1, down=0)
    left = edge + LOOP + 6 + form.loops.width / 2
    tags = _tags(form.box.loops, form.loops, (left, y - form.loops.height / 2))
    return f'<g class="so-loop{_walked(form.box.loops)}">{line}{head}</g>{tags}'

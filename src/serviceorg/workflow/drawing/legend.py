"""What the shapes mean, below the picture."""

import attrs

from .marks import clock, rectangle, shape, text
from .measure import width
from .sketch import Sketch
from .words import CLOCK_SIGN, HERE, KINDS, TICKET_PATH

_ROW, _SAMPLE, _CLOCK, _BETWEEN = 24.0, 30.0, 11.0, 18.0


@attrs.frozen
class _Entry:
    kind: str
    text: str

    @property
    def sample(self) -> float:
        return _CLOCK if self.kind == "clock" else _SAMPLE

    @property
    def width(self) -> float:
        return self.sample + 6 + width(self.text, 11)


@attrs.frozen
class Legend:
    """Entries in rows."""

    rows: tuple[tuple[_Entry, ...], ...]

    @property
    def width(self) -> float:
        """The width of the widest row."""
        return max(
            (sum(entry.width + _BETWEEN for entry in row) - _BETWEEN for row in self.rows), default=0.0
        )

    @property
    def height(self) -> float:
        """The height of all rows."""
        return _ROW * len(self.rows)

    def at(self, x: float, y: float) -> str:
        """Return the legend as SVG, its left upper corner at a point."""
        pieces = []
        for number, row in enumerate(self.rows):
            left, middle = x, y + _ROW * (number + 0.5)
            for entry in row:
                pieces.append(_drawn(entry, left, middle))
                left += entry.width + _BETWEEN
        return f'<g class="so-legend" aria-hidden="true">{"".join(pieces)}</g>'


def legend(sketch: Sketch, lang: str, room: float) -> Legend:
    """Return a legend of what occurs in a sketch, in rows no wider than ``room``."""
    rows: list[list[_Entry]] = [[]]
    used = 0.0
    for entry in _entries(sketch, lang):
        if rows[-1] and used + entry.width > room:
            rows.append([])
            used = 0.0
        rows[-1].append(entry)
        used += entry.width + _BETWEEN
    return Legend(tuple(map(tuple, rows)))


def _entries(sketch: Sketch, lang: str) -> list[_Entry]:
    kinds = {box.kind for box in sketch.boxes}
    found = [_Entry(kind, label.in_(lang)) for kind, label in KINDS.items() if kind in kinds]
    tags = [tag for arrow in sketch.arrows for tag in arrow.tags]
    tags += [tag for box in sketch.boxes for tag in box.loops]
    if any(box.signs for box in sketch.boxes) or any(tag.is_timed for tag in tags):
        found.append(_Entry("clock", CLOCK_SIGN.in_(lang)))
    if any(box.visits for box in sketch.boxes):
        found.append(_Entry("path", TICKET_PATH.in_(lang)))
    if any(box.is_here for box in sketch.boxes):
        found.append(_Entry("here", HERE.in_(lang)))
    return found


def _drawn(entry: _Entry, x: float, y: float) -> str:
    middle = x + entry.sample / 2
    words = text(entry.text, x + entry.sample + 6, y, "so-note")
    if entry.kind == "clock":
        return clock(middle, y) + words
    if entry.kind == "path":
        line = f'<path class="so-line" d="M{x:.0f} {y:.0f}h{_SAMPLE:.0f}"/>'
        return f'<g class="so-walked">{line}</g>{words}'
    if entry.kind == "here":
        box = rectangle(x + 3, y - 7, _SAMPLE - 6, 14, round_by=4.0, style="so-shape")
        return f'<g class="so-active so-here">{box}</g>{words}'
    return f'<g class="so-{entry.kind}">{shape(entry.kind, middle, y, _SAMPLE, 16)}</g>{words}'

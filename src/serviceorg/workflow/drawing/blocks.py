"""Texts set in lines, and the room they take."""

from collections.abc import Sequence

import attrs

from .measure import width, wrapped
from .mesh import Extent
from .sketch import Box, Tag

#: Sizes of letters in pixels, of the lines they stand in, and the most columns of a line.
TITLE, TEXT, SMALL = 13, 12, 10
_LINE = {TITLE: 17, TEXT: 15, SMALL: 13}
_TITLE_COLUMNS, _TEXT_COLUMNS, _SMALL_COLUMNS = 20, 24, 30
#: Room in a box, between two moves' texts, around an arrow's text, and for a clock before a line.
PADDING, _BETWEEN_TAGS, _AROUND, CLOCK_ROOM = 13, 4, 3, 14
#: How far a loop reaches to the right of its box, before its text.
LOOP = 24
_LEAST_WIDTH, _LEAST_HEIGHT, _LEAST_LOOP = 92, 38, 30
DOT = 8


@attrs.frozen
class Line:
    """A line of text: its size, its middle below the top of the block, whether a clock stands before it."""

    text: str
    size: int
    y: float
    has_clock: bool = False

    @property
    def width(self) -> float:
        """The room it takes."""
        return width(self.text, self.size) + (CLOCK_ROOM if self.has_clock else 0)


@attrs.frozen
class Block:
    """Lines below one another; ``parts`` has those of each move, or of a box's title and of its signs."""

    parts: tuple[tuple[Line, ...], ...]
    width: float
    height: float


def tag_block(tags: Sequence[Tag]) -> Block:
    """Return the text of an arrow: each move's title, and below it in small letters who may make it."""
    parts, y = [], 0.0
    for tag in tags:
        lines, y = _set(wrapped(tag.title, _TEXT_COLUMNS), TEXT, y)
        who, y = _set(wrapped(tag.who, _SMALL_COLUMNS), SMALL, y, has_clock=tag.is_timed)
        parts.append((*lines, *who))
        y += _BETWEEN_TAGS
    return _block(parts, y - _BETWEEN_TAGS if parts else 0.0)


def box_block(box: Box) -> Block:
    """Return the text of a state: its title, and a line for each sort of clock sign."""
    size, most = (TEXT, _SMALL_COLUMNS) if box.kind == "group" else (TITLE, _TITLE_COLUMNS)
    title, y = _set(wrapped(box.title, most), size, 0.0)
    signs: list[Line] = []
    for sign in box.signs:
        lines, y = _set(wrapped(sign, _SMALL_COLUMNS), SMALL, y, has_clock=True)
        signs.extend(lines)
    return _block([title, tuple(signs)], y)


def _set(
    texts: Sequence[str], size: int, y: float, *, has_clock: bool = False
) -> tuple[tuple[Line, ...], float]:
    step = _LINE[size]
    lines = tuple(
        Line(text, size, y + step * (number + 0.5), has_clock and number == 0)
        for number, text in enumerate(texts)
    )
    return lines, y + step * len(lines)


def _block(parts: Sequence[tuple[Line, ...]], height: float) -> Block:
    wide = max((line.width for part in parts for line in part), default=0.0)
    return Block(tuple(parts), wide, height)


@attrs.frozen
class Form:
    """A box with its texts set: its outline's ``width`` and ``height``, the text of its loops beside it."""

    box: Box
    block: Block
    loops: Block
    width: float
    height: float

    @property
    def extent(self) -> Extent:
        """The room it takes, with its loops to the right and the numbers of visits above."""
        beside = LOOP + 6 + self.loops.width if self.box.loops else 0.0
        return Extent(self.width / 2, self.width / 2 + beside, max(self.height, self.loops.height))


def form_of(box: Box) -> Form:
    """Return a box with its texts set."""
    block, loops = box_block(box), tag_block(box.loops)
    if box.kind == "start":
        return Form(box, block, loops, 2.0 * DOT, 2.0 * DOT)
    rim = 26 if box.kind in ("waiting", "initial") else 10 if box.kind == "final" else 0
    wide = max(_LEAST_WIDTH, block.width + 2 * PADDING + rim)
    high = max(_LEAST_HEIGHT, block.height + 18, _LEAST_LOOP if box.loops else 0)
    return Form(box, block, loops, round(wide), round(high))


def text_extent(block: Block) -> Extent:
    """Return the room of an arrow's text, with a little air around it."""
    half = block.width / 2 + _AROUND
    return Extent(half, half, block.height + 2 * _AROUND)

"""Small pieces of SVG: escaped texts, shapes of states, clocks, tips of arrows."""

import re
from html import escape

#: What XML 1.0 does not allow in a document, not even written as a number, and control signs nobody sees.
FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TIP = 8.0


def safe(text: str) -> str:
    """Return a text that may stand in XML, in elements as well as in attributes."""
    return escape(FORBIDDEN.sub("\ufffd", text), quote=True)


def number(value: float) -> str:
    """Return a number with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def points(*pairs: tuple[float, float]) -> str:
    """Return points as SVG writes them."""
    return " ".join(f"{number(x)},{number(y)}" for x, y in pairs)


def text(content: str, x: float, y: float, style: str) -> str:
    """Return a text with its middle at a point (or its beginning, as the style says)."""
    return f'<text class="{style}" x="{number(x)}" y="{number(y)}">{safe(content)}</text>'


def rectangle(x: float, y: float, wide: float, high: float, *, round_by: float, style: str) -> str:
    """Return a rectangle by its left upper corner."""
    return (
        f'<rect class="{style}" x="{number(x)}" y="{number(y)}" '
        f'width="{number(wide)}" height="{number(high)}" rx="{number(round_by)}"/>'
    )


def shape(kind: str, x: float, y: float, wide: float, high: float) -> str:
    """Return the outline of a box about its middle: each kind has a form of its own."""
    left, top = x - wide / 2, y - high / 2
    if kind == "start":
        return f'<circle class="so-dot" cx="{number(x)}" cy="{number(y)}" r="{number(wide / 2)}"/>'
    if kind == "waiting":
        right, bottom, cut = left + wide, top + high, min(13.0, high / 2)
        upper = points((left, y), (left + cut, top), (right - cut, top))
        corners = f"{upper} {points((right, y), (right - cut, bottom), (left + cut, bottom))}"
        return f'<polygon class="so-shape" points="{corners}"/>'
    bend = {"initial": high / 2, "active": 7.0}.get(kind, 3.0)
    outline = rectangle(left, top, wide, high, round_by=min(bend, 24.0), style="so-shape")
    if kind != "final":
        return outline
    return outline + rectangle(left + 4, top + 4, wide - 8, high - 8, round_by=1.0, style="so-inner")


def clock(x: float, y: float) -> str:
    """Return a small clock about its middle."""
    return (
        f'<path class="so-clock" d="M{number(x - 4.5)} {number(y)}a4.5 4.5 0 1 1 9 0a4.5 4.5 0 1 1 -9 0'
        f'M{number(x)} {number(y - 2.8)}V{number(y)}L{number(x + 2)} {number(y + 1.4)}"/>'
    )


def tip(x: float, y: float, *, aside: float, down: float) -> str:
    """Return the tip of an arrow that ends at a point; ``aside`` and ``down`` say whither, one of them 0."""
    back_x, back_y = x - TIP * aside, y - TIP * down
    wing_x, wing_y = 3.8 * down, 3.8 * aside
    corners = points((x, y), (back_x + wing_x, back_y + wing_y), (back_x - wing_x, back_y - wing_y))
    return f'<polygon class="so-tip" points="{corners}"/>'

"""How wide texts are, by the width of signs alone: a wide sign (中) takes two columns, others about one."""

import re
from unicodedata import combining, east_asian_width

_NARROW = frozenset("ijlftrI.,:;'|!()[]{} /·")
_BROAD = frozenset("mwMW@%&QOGD—…")
#: Closing signs never begin a line: they stay with the sign before them, even past the margin.
_CLOSING = "，。、；：？！）》」』】〉”’"
_WIDE = "ᄀ-ᅟ⺀-〾ぁ-㏿㐀-䶿一-鿿ꀀ-꓏가-힣豈-﫿︰-﹯＀-｠￠-￦\U0001f300-\U0001faff\U00020000-\U0003fffd"
_UNITS = re.compile(rf"\s+|[{_WIDE}][{_CLOSING}]*|[^\s{_WIDE}]+[{_CLOSING}]*")


def columns(text: str) -> int:
    """Return how many columns a text takes: two for every wide sign, none for an accent, else one."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def width(text: str, size: int) -> float:
    """Return a careful guess of the width in pixels at a font size: rather too much than too little."""
    return size * sum(map(_em, text))


def _em(sign: str) -> float:
    if sign in _NARROW:
        return 0.36
    if sign in _BROAD:
        return 0.92
    if sign.isascii():
        return 0.7 if sign.isupper() else 0.6
    return 0.62 * columns(sign) if columns(sign) < 2 else 1.02


def wrapped(text: str, most: int) -> tuple[str, ...]:
    """Return a text in lines of at most ``most`` columns, as even as may be; nothing is cut off."""
    lines = _filled(text, most)
    if len(lines) > 1:
        for limit in range(-(-columns(text) // len(lines)), most):
            even = _filled(text, limit)
            if len(even) == len(lines):
                return even
    return lines


def _filled(text: str, most: int) -> tuple[str, ...]:
    lines, line, used = [], "", 0
    for unit in _units(text, most):
        long = columns(unit)
        if line and used + long > most and not unit.isspace():
            lines.append(line.rstrip())
            line, used = "", 0
        if line or not unit.isspace():
            line, used = line + unit, used + long
    return (*lines, line.rstrip()) if line else tuple(lines)


def _units(text: str, most: int) -> list[str]:
    # A word that is longer than a line is cut into pieces that fit.
    pieces = []
    for unit in _UNITS.findall(text):
        if columns(unit) <= max(most, 2 + len(_CLOSING)):
            pieces.append(unit)
        else:
            pieces.extend(unit[at : at + most // 2] for at in range(0, len(unit), most // 2))
    return pieces

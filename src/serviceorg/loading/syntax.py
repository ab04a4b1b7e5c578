"""Says what is wrong with a line that is not TOML, in words for someone who does not know TOML.

The parser's own texts speak of "namespaces" and differ between versions of Python, so they are only sorted
into a few kinds; the line itself is then searched for the slips people make.
"""

import re
from datetime import date
from tomllib import TOMLDecodeError

_PLACE = r"\(at line (\d+), column (\d+)\)$"
_FULL_WIDTH = {
    "＝": "=",
    "，": ",",
    "［": "[",
    "］": "]",
    "【": "[",
    "】": "]",
    "｛": "{",
    "｝": "}",
    "＃": "#",
}
_FULL_WIDTH |= {"“": '"', "”": '"', "‘": "'", "’": "'", "：": ":", "。": ".", "．": ".", "\u3000": " "}
_TEXT = r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|#.*'
_SLASHED_DATE = r"=\s*\d{4}[/.年]\d{1,2}[/.月]\d{1,2}"
_DATE = r"(?<![\d-])\d{4}-\d{2}-\d{2}(?![\d-])"
_SHORT_DATE = r"=\s*\d{4}-(?:\d-\d{1,2}|\d{1,2}-\d)(?!\d)"
_PERCENT = r"=\s*\d+(?:\.\d+)?\s*%"
_LEADING_ZERO = r"=\s*0\d"
_BARE_DOT = r"=\s*\.\d"
_COMMA_NUMBER = r"=\s*\d+,\d"
_BARE_TEXT = r"=\s*(?!true\b|false\b|inf\b|nan\b)[^\W\d_]"
_NO_VALUE = r"=\s*$"
_CAPITAL_FLAG = r"=\s*(?:True|False|TRUE|FALSE|yes|no|是|否)\b"


def explained(error: TOMLDecodeError, text: str) -> tuple[str, int, str]:
    """Return (code, line, message) for what stopped the parser."""
    lines = text.split("\n")
    place = re.search(_PLACE, str(error))
    number = int(place[1]) if place else len(lines)
    line = lines[min(number, len(lines)) - 1]
    kind = str(error).partition(" (at ")[0]
    if "overwrite" in kind or "Duplicate" in kind or "twice" in kind or "namespace" in kind:
        return "double-key", number, f"{_shown(line)} says again what was said before; keep one of the two"
    return "syntax", number, f"{_shown(line)} cannot be read; {_slip(line, kind)}"


def _shown(line: str) -> str:
    short = line.strip()
    return f"`{short if len(short) <= 60 else short[:57] + '…'}`"


def _slip(line: str, kind: str) -> str:
    bare = re.sub(_TEXT, '""', line[:500])
    for wide, narrow in _FULL_WIDTH.items():
        if wide in bare:
            right = "a space" if narrow == " " else f"the half-width {narrow}"
            return f"it has the full-width sign {wide!r}; write {right} instead"
    for written in re.findall(_DATE, bare):
        if not _is_day(written):
            return f"there is no day {written}; look at the calendar"
    for pattern, advice in _SLIPS:
        if re.search(pattern, bare):
            return advice
    if "Illegal character" in kind or "Unterminated" in kind or bare.count('"') % 2:
        return "a text is not closed; put a quotation mark at its end"
    if "Unclosed" in kind:
        return "a bracket is not closed; every [ needs a ] and every { a } on the same line"
    if "\\" in kind:
        return "a backslash stands in a text; write it twice, or put the text in single quotation marks"
    return "a line is `key = value`, a header `[rule_set]` or `[[item]]`, or a comment after `#`"


def _is_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True


_SLIPS = (
    (_SLASHED_DATE, "a date is written like 2024-07-31"),
    (_SHORT_DATE, "a date is written like 2024-07-31, with two digits for month and day"),
    (_PERCENT, "a percentage is written in quotation marks, or as a number like 0.2"),
    (_LEADING_ZERO, "a number is written without a zero before it, like 5 or 0.5"),
    (_BARE_DOT, "a number is written with a digit before the point, like 0.5"),
    (_COMMA_NUMBER, "a number is written with a point, like 2.5, and without commas"),
    (_CAPITAL_FLAG, "yes and no are written true and false"),
    (_BARE_TEXT, 'a text stands in quotation marks, like "year"'),
    (_NO_VALUE, "there is no value after the ="),
)

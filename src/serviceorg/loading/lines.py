"""On which line of a file a key stands; looked up only when there is a problem to report."""

import re
from functools import lru_cache

_STRING = r'"""(?s:.*?)"{3,5}|\'\'\'(?s:.*?)\'{3,5}|"(?:[^"\\\n]|\\.)*+"|\'[^\'\n]*+\''
#: A header or a key at the beginning of a line, with its parts still joined.
_PART = r"(?:[A-Za-z0-9_-]++|\"(?:[^\"\\\n]|\\.)*+\"|'[^'\n]*+')"
_KEY = rf"{_PART}(?:[ \t]*+\.[ \t]*+{_PART})*+"
_HEAD = rf"[ \t]*+(\[\[?)[ \t]*+({_KEY})[ \t]*+\]"
_ASSIGNED = rf"[ \t]*+({_KEY})[ \t]*+="
_INLINE = rf"({_KEY})[ \t]*+=|({_STRING})|#[^\n]*+|([\[{{(])|([\]}})])|(,)|(\n)|."


def line_of(path: tuple[str | int, ...], text: str) -> int:
    """Return the line (from 1) of the key at ``path``, or of the nearest thing around it; 0 for none."""
    if not text:
        return 0
    table = _lines(text)
    for length in range(len(path), 0, -1):
        if path[:length] in table:
            return table[path[:length]]
    return 0


@lru_cache(maxsize=4)
def _lines(text: str) -> dict[tuple[str | int, ...], int]:
    """Return the line of every header and key of a TOML text that was read without a syntax error."""
    found: dict[tuple[str | int, ...], int] = {}
    counts: dict[tuple[str | int, ...], int] = {}
    header: tuple[str | int, ...] = ()
    head_at, key_at = re.compile(_HEAD).match, re.compile(_ASSIGNED).match
    position, line = 0, 1
    while position < len(text):
        if head := head_at(text, position):
            header = _resolved(_split(head[2]), counts, is_new_entry=head[1] == "[[")
            found.setdefault(header, line)
            position = head.end()
        elif key := key_at(text, position):
            path = header + _split(key[1])
            found.setdefault(path, line)
            position, line = _over_value(text, key.end(), line, path, found)
            continue
        end = text.find("\n", position)
        position, line = (len(text) if end < 0 else end + 1), line + 1
    return found


def _split(key: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(_PART, key))


def _resolved(
    parts: tuple[str, ...], counts: dict[tuple[str | int, ...], int], *, is_new_entry: bool
) -> tuple[str | int, ...]:
    """Return the path of a header, with the positions of the list entries it stands in."""
    path: tuple[str | int, ...] = ()
    for number, part in enumerate(parts):
        path += (part,)
        if is_new_entry and number == len(parts) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path += (counts[path],)
    return path


def _over_value(
    text: str, position: int, line: int, path: tuple[str | int, ...], found: dict[tuple[str | int, ...], int]
) -> tuple[int, int]:
    """Step over a value, noting keys of inline tables; return the position and line after its last line."""
    stack: list[tuple[str | int, ...]] = []
    here, token_at = path, re.compile(_INLINE).match
    while token := token_at(text, position):
        position = token.end()
        key, string, opens, closes, comma, newline = token.groups()
        if string:
            if stack and isinstance(here[-1], int):
                found.setdefault(here, line)
            line += string.count("\n")
        elif newline:
            line += 1
            if not stack:
                break
        elif opens:
            stack.append(here)
            here = (*here, 0) if opens == "[" else here
            if opens == "{":
                found.setdefault(here, line)
        elif closes and stack:
            here = stack.pop()
        elif comma and stack:
            here = _next(here, stack[-1])
        elif key and stack:
            here = stack[-1] + _split(key)
            found.setdefault(here, line)
    return position, line


def _next(here: tuple[str | int, ...], around: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Return the place after a comma: the next entry of a list, or the inside of an inline table again."""
    last = here[len(around)] if len(here) > len(around) else None
    return (*around, last + 1) if isinstance(last, int) else around

"""What is looked at before a text is parsed: its size, its depth, and the length of what stands in it.

The parser of the standard library needs seconds for a key of thousands of parts and a recursion for every
bracket, so both are bounded here, in time proportional to the text.
"""

import re
from collections.abc import Iterator

MOST_BYTES = 128 * 1024
MOST_PARTS = 16
MOST_DEPTH = 32
LONGEST_TEXT = 4096
LONGEST_WORD = 64

# Possessive, and a text that is not closed goes on to the end: no input makes the engine look twice.
_MANY_LINES = r'"{3}(?:[^"\\]|\\[\s\S]|"{1,2}(?!"))*+"{0,5}+|\'{3}(?:[^\']|\'{1,2}(?!\'))*+\'{0,5}+'
_TEXT = _MANY_LINES + r'|"(?:[^"\\\n]|\\.)*+"?+|\'[^\'\n]*+\'?+'
_COMMENT = r"#[^\n]*+"
_TEXTS = re.compile(f"{_COMMENT}|{_TEXT}")
_MARKS = (
    f"(?P<text>{_TEXT})|(?P<comment>{_COMMENT})"
    r"|(?P<word>[A-Za-z0-9_+:-]++)|(?P<dot>\.)|(?P<open>[\[{])|(?P<close>[\]}])"
    r"|(?P<space>[ \t]++)|(?P<other>[\s\S])"
)
_LONG_WORD = re.compile(rf"[A-Za-z0-9_+:-]{{{LONGEST_WORD + 1}}}")
_LONG_KEY = re.compile(rf"(?:\.[ \t]*+[A-Za-z0-9_+:-]*+[ \t]*+){{{MOST_PARTS}}}")
_NO_BRACKETS = re.compile(r"[^\[\]{}]++")


def oversized(text: str) -> Iterator[tuple[str, int, str]]:
    """Yield (code, position, message) for whatever is too deep or too long to be parsed."""
    # One pass by the regular expression engine tells whether there is anything to look for.
    if _is_suspicious(text):
        yield from _searched(text)


def _is_suspicious(text: str) -> bool:
    if '"""' in text or "'''" in text or max(map(len, text.split("\n"))) > LONGEST_TEXT:
        return True
    bare = _TEXTS.sub("", text)
    if _LONG_WORD.search(bare) or _LONG_KEY.search(bare):
        return True
    depth = 0
    for sign in _NO_BRACKETS.sub("", bare):
        depth = depth + 1 if sign in "[{" else max(depth - 1, 0)
        if depth > MOST_DEPTH:
            return True
    return False


def _searched(text: str) -> Iterator[tuple[str, int, str]]:
    depth = parts = 0
    for token in re.finditer(_MARKS, text):
        kind = token.lastgroup
        if kind == "space":
            continue
        if kind == "dot":
            parts += 1
            if parts == MOST_PARTS:
                message = f"a key of more than {MOST_PARTS} parts; write tables instead"
                yield "key-parts", token.start(), message
            continue
        if kind not in ("word", "text"):
            parts = 0
        yield from _too_long(token, kind)
        if kind == "open":
            depth += 1
            if depth == MOST_DEPTH + 1:
                message = f"brackets lie more than {MOST_DEPTH} deep; nothing here needs that"
                yield "nesting", token.start(), message
        elif kind == "close":
            depth = max(depth - 1, 0)


def _too_long(token: re.Match[str], kind: str | None) -> Iterator[tuple[str, int, str]]:
    length = token.end() - token.start()
    if kind == "word" and length > LONGEST_WORD:
        yield (
            "too-long",
            token.start(),
            f"a key or number of {length} signs; at most {LONGEST_WORD} are allowed",
        )
    elif kind == "text" and length > LONGEST_TEXT:
        yield "too-long", token.start(), f"a text of {length} signs; at most {LONGEST_TEXT} are allowed"

"""From bytes or text to a plain document of tables, lists, texts, exact numbers, flags and dates.

Whatever the text is, the answer is a document or a list of problems, in bounded time and memory.
"""

import tomllib
from decimal import Decimal
from typing import Any

from ..errors import Problem, Problems, RuleSetProblems
from .scan import MOST_BYTES, oversized
from .syntax import explained

#: Decimals a number may have at all; what a key allows is less and is said by its type.
FINEST, LARGEST = -12, 9
_TOO_BIG = f"more than {MOST_BYTES} bytes; split the rule set into several files"


class BadNumber:
    """A number that is not finite, too large or too fine; kept so that the key it stands at can be named."""

    __slots__ = ("written",)

    def __init__(self, written: str) -> None:
        self.written = written

    def __repr__(self) -> str:
        return self.written


def document_from_text(
    text: str, *, file: str = "", error: type[Problems] = RuleSetProblems
) -> dict[str, Any]:
    """Return the tables of a TOML text; decimals are ``Decimal``, unusable numbers ``BadNumber``.

    Raises:
        Problems: If the text is too big, too deep, or no TOML; of the class ``error``.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    problems = [
        _problem(code, text.count("\n", 0, at) + 1, message, file) for code, at, message in _caps(text)
    ]
    if problems:
        raise error(problems[:100])
    try:
        return tomllib.loads(text, parse_float=_number)
    except tomllib.TOMLDecodeError as fault:
        raise error([_problem(*explained(fault, text), file)]) from None
    except (ValueError, RecursionError):
        # Not expected behind the caps: whole numbers of thousands of digits and deep brackets end up here.
        raise error([Problem("syntax", "", "the text cannot be read as TOML", file)]) from None


def text_from_bytes(content: bytes, *, file: str = "") -> str:
    """Return a file's content as text, with or without a byte order mark.

    Raises:
        RuleSetProblems: If it is too big or not UTF-8; names the line.
    """
    if len(content) > MOST_BYTES:
        raise RuleSetProblems([Problem("too-big", "", _TOO_BIG, file)])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"the byte {content[error.start]:#04x} is not UTF-8; save the file as UTF-8 in your editor"
        raise RuleSetProblems([Problem("encoding", f"line {line}", message, file)]) from None


def _caps(text: str) -> list[tuple[str, int, str]]:
    # A text that came as bytes was measured before; four bytes is the longest a sign can be.
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        return [("too-big", 0, _TOO_BIG)]
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return [("encoding", 0, "the text holds half of a surrogate pair; it was not read as UTF-8")]
    return list(oversized(text))


def _number(written: str) -> Decimal | BadNumber:
    if len(written) > 40:
        return BadNumber(f"{written[:37]}…")
    try:
        number = Decimal(written)
    except ArithmeticError:
        return BadNumber(written)
    exponent = number.as_tuple().exponent
    if not number.is_finite() or number.adjusted() > LARGEST:
        return BadNumber(written)
    return BadNumber(written) if isinstance(exponent, int) and exponent < FINEST else number


def _problem(code: str, line: int, message: str, file: str) -> Problem:
    return Problem(code, "" if code == "too-big" else f"line {line}", message, file)

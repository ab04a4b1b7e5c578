"""The types of single values: texts, ids, numbers, dates, and lists and tables of them."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ...basics import Label, exact
from ...basics.periods import EARLIEST, LATEST
from ...errors import AmountError
from ..report import Path, Report, quoted
from .shape import BAD, Reader, Shape, Type, read_table, wrong

MOST_ENTRIES = 2000
MOST_POINTS = Decimal(1_000_000)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
_RULE_SET = re.compile(r"[a-z][a-z0-9-]{0,63}(?:/[a-z][a-z0-9-]{0,63})?")


def _text(words: str, check: "Callable[[str], str]" = lambda text: "", *, code: str = "bad-id") -> Type:
    """Return a type of texts; ``check`` returns what is wrong with one, or ""."""

    def read(value: Any, path: Path, report: Report) -> Any:
        if not isinstance(value, str):
            return wrong(value, path, report, words)
        fault = check(value)
        if fault:
            report.add(code, path, fault)
            return BAD
        return value

    return Type(words, read)


def _matching(pattern: "re.Pattern[str]", rule: str) -> "Callable[[str], str]":
    return lambda text: "" if pattern.fullmatch(text) else f"{quoted(text)} is not an id; {rule}"


_ID_RULE = "allowed are letters, digits, '_' and '-', a letter first, at most 64 signs"
TEXT = _text("a text")
FILLED = _text(
    "a text", lambda text: "" if text.strip() else "the text is empty; write what belongs here", code="empty"
)
ID = _text("an id", _matching(_NAME, _ID_RULE))
RULE_SET_ID = _text(
    "an id like 'place/name'",
    _matching(
        _RULE_SET, "allowed are small letters, digits and '-', a letter first, and one '/' after the place"
    ),
)


def _read_flag(value: Any, path: Path, report: Report) -> Any:
    return value if isinstance(value, bool) else wrong(value, path, report, FLAG.words)


FLAG = Type("true or false", _read_flag)


def _read_date(value: Any, path: Path, report: Report) -> Any:
    if type(value) is not date:
        if isinstance(value, datetime):
            message = f"{quoted(value)} has a time of day; write the day alone, like {value.date()}"
            report.add("bad-date", path, message)
            return BAD
        if isinstance(value, str):
            message = f"{quoted(value)} is a text; write a date without quotation marks, like 2024-07-31"
            report.add("bad-date", path, message)
            return BAD
        return wrong(value, path, report, DATE.words)
    if not EARLIEST <= value.year <= LATEST:
        report.add(
            "bad-date", path, f"{value} is out of bounds; allowed are the years {EARLIEST} to {LATEST}"
        )
        return BAD
    return value


DATE = Type("a date like 2024-07-31", _read_date)


def _is_chinese(text: str) -> bool:
    signs = () if text.isascii() else text
    return any(
        "\u3400" <= sign <= "\u9fff" or "\uf900" <= sign <= "\ufaff" or sign >= "\U00020000" for sign in signs
    )


def _read_label(value: Any, path: Path, report: Report) -> Any:
    if isinstance(value, str):
        label = Label(zh=value) if _is_chinese(value) else Label(en=value)
    elif isinstance(value, dict):
        if any(name not in ("zh", "en") or not isinstance(text, str) for name, text in value.items()):
            message = (
                "the table may hold the texts 'zh' and 'en' alone, like { zh = \"优秀\", en = \"Excellent\" }"
            )
            report.add("bad-label", path, message)
            return BAD
        label = Label(**value)
    else:
        return wrong(value, path, report, LABEL.words)
    if not (label.zh.strip() or label.en.strip()):
        report.add("bad-label", path, "the title is empty; write it in Chinese, in English or in both")
        return BAD
    return label


LABEL = Type('a text, or { zh = "…", en = "…" }', _read_label)


def choice(*allowed: str) -> Type:
    """Return the type of one of these words."""
    words = (
        " or ".join([", ".join(map(repr, allowed[:-1])), repr(allowed[-1])])
        if allowed[1:]
        else repr(allowed[0])
    )

    def read(value: Any, path: Path, report: Report) -> Any:
        if not isinstance(value, str):
            return wrong(value, path, report, words)
        if value not in allowed:
            report.unknown("unknown-word", path, what="word", found=value, known=allowed)
            return BAD
        return value

    return Type(words, read)


def whole(least: int, most: int) -> Type:
    """Return the type of whole numbers from ``least`` to ``most``."""
    words = f"a whole number from {least} to {most}"

    def read(value: Any, path: Path, report: Report) -> Any:
        if type(value) is not int:
            return wrong(value, path, report, words)
        if not least <= value <= most:
            report.add("out-of-range", path, f"{value} is out of range; allowed is {words}")
            return BAD
        return value

    return Type(words, read)


def number(
    words: str,
    *,
    least: Decimal = -MOST_POINTS,
    most: Decimal = MOST_POINTS,
    above: Decimal | None = None,
    decimals: int | None = 4,
) -> Type:
    """Return the type of exact numbers within bounds; ``decimals`` None means the rule set's scale."""

    def read(value: Any, path: Path, report: Report) -> Any:
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
            return wrong(value, path, report, words)
        amount = _exact(value, path, report)
        if amount is BAD:
            return BAD
        if not least <= amount <= most or (above is not None and amount <= above):
            report.add("out-of-range", path, f"{value} is out of range; allowed is {words}")
            return BAD
        return _with_decimals(amount, path, report, decimals)

    return Type(words, read)


def _exact(value: int | Decimal, path: Path, report: Report) -> Any:
    try:
        return exact(value, most_decimals=12)
    except AmountError:
        message = (
            f"{quoted(value)} cannot be used; numbers are finite, below 10000000000, with at most 12 decimals"
        )
        report.add("bad-number", path, message)
        return BAD


def _with_decimals(amount: Decimal, path: Path, report: Report, decimals: int | None) -> Any:
    allowed = report.scale if decimals is None else decimals
    # A zero at the end says nothing: 0.50 has one decimal.
    exponent = amount.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > allowed:
        fine = -int(amount.normalize().as_tuple().exponent)
        if fine > allowed:
            limit = (
                f"the rule set's scale allows {allowed}"
                if decimals is None
                else f"here {allowed} are allowed"
            )
            report.add("decimals", path, f"{amount} has {fine} decimals; {limit}")
            return BAD
    return amount


_ZERO = Decimal(0)
POINTS = number("a number of points from 0 to 1000000", least=_ZERO, decimals=None)
SIGNED = number("a number of points from -1000000 to 1000000", decimals=None)
LOSS = number("a number of points from -1000000 to 0", most=_ZERO, decimals=None)
AMOUNT = number("a number from 0 to 1000000", least=_ZERO)
ANY_NUMBER = number("a number from -1000000 to 1000000")
POSITIVE = number("a number above 0, at most 1000000", above=_ZERO)


def one_or_many(entry: Type, *, filled: bool = True) -> Type:
    """Return the type of one entry or a list of them; read as a tuple."""
    words = f"{entry.words}, or a list of such"
    listed = many(entry, filled=filled)

    def read(value: Any, path: Path, report: Report) -> Any:
        if isinstance(value, list):
            return listed.read(value, path, report)
        single = entry.read(value, path, report)
        return BAD if single is BAD else (single,)

    return Type(words, read, entry.shape)


def many(entry: Type, *, filled: bool = True, most: int = MOST_ENTRIES) -> Type:
    """Return the type of lists of at most so many entries; read as a tuple."""
    words = f"a list; each entry is {entry.words}"

    def read(value: Any, path: Path, report: Report) -> Any:
        if not isinstance(value, list):
            return wrong(value, path, report, words)
        if filled and not value:
            report.add("empty", path, "the list is empty; write an entry, or leave the key out")
            return BAD
        if len(value) > most:
            report.add("too-many", path, f"{len(value)} entries; at most {most} are allowed")
            return BAD
        entries = tuple(entry.read(one, (*path, position), report) for position, one in enumerate(value))
        return tuple(one for one in entries if one is not BAD)

    return Type(words, read, entry.shape)


def table(expected: Shape) -> Type:
    """Return the type of a table of a shape; read as a ``Node``."""

    def read(value: Any, path: Path, report: Report) -> Any:
        if not isinstance(value, dict):
            return wrong(value, path, report, words)
        return read_table(expected, value, path, report)

    words = f"a table with {', '.join(list(expected.keys)[:4])}{' …' if len(expected.keys) > 4 else ''}"
    return Type(words, read, expected)


def table_of(names: Type, entry: Type, words: str) -> Type:
    """Return the type of tables with free keys; read as a dict."""

    def read(value: Any, path: Path, report: Report) -> Any:
        if not isinstance(value, dict):
            return wrong(value, path, report, words)
        if not value:
            report.add("empty", path, "the table is empty; write an entry, or leave the key out")
            return BAD
        found = {}
        for name, inner in value.items():
            place = (*path, name)
            if names.read(name, place, report) is not BAD:
                read_one = entry.read(inner, place, report)
                if read_one is not BAD:
                    found[name] = read_one
        return found

    return Type(words, read, entry.shape)


def by_form(words: str, **forms: Type) -> Type:
    """Return the type of values that may have several forms: text, number, table, list, flag."""

    def read(value: Any, path: Path, report: Report) -> Any:
        form = forms.get(_form(value))
        return wrong(value, path, report, words) if form is None else form.read(value, path, report)

    return Type(words, read, next((form.shape for form in forms.values() if form.shape), None))


def _form(value: object) -> str:
    return "flag" if isinstance(value, bool) else _FORMS.get(type(value), "")


_FORMS = {str: "text", int: "number", Decimal: "number", dict: "table", list: "list", date: "date"}


def as_read(words: str, read: Reader) -> Type:
    """Return a type with a reader of its own."""
    return Type(words, read)

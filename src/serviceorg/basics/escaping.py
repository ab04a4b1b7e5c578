"""Texts that a spreadsheet would take for a formula, and a way to write them in CSV that can be read back."""

import unicodedata

_FORMULA = tuple("=+-@|")
_CONTROL = ("\t", "\r", "\n", "\0")


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet could take a text cell for a formula.

    The first sign that is not blank is looked at in its plain form, since spreadsheets read a
    full-width ``＝`` as ``=``.

    >>> is_formula("=1+1"), is_formula(" ＝1"), is_formula("plain")
    (True, True, False)
    """
    begin = text[:1]
    if begin.isascii() and begin.isalnum():
        return False  # as nearly every text: nothing but itself can stand for such a sign
    if begin in _CONTROL:
        return True
    first = next((sign for sign in unicodedata.normalize("NFKC", text) if not _is_blank(sign)), "")
    return first in _FORMULA


def escaped(text: str) -> str:
    """Return a text as a cell that is no formula: one that could be gets a leading ``'``.

    A text that has such marks already gets one more, so ``unescaped`` gives back every text as it was.

    >>> escaped("=1+1"), escaped("'=1+1"), escaped("'s-Hertogenbosch")
    ("'=1+1", "''=1+1", "'s-Hertogenbosch")
    """
    return f"'{text}" if is_formula(text.lstrip("'")) else text


def unescaped(cell: str) -> str:
    """Return the text of a cell: without the one mark that kept it from being a formula.

    >>> unescaped("'=1+1"), unescaped("''=1+1"), unescaped("'s-Hertogenbosch")
    ('=1+1', "'=1+1", "'s-Hertogenbosch")
    """
    return cell[1:] if cell[:1] == "'" and is_formula(cell.lstrip("'")) else cell


def _is_blank(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in ("Cc", "Cf")

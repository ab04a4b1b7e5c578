"""Text from data, made harmless before a spreadsheet or a terminal sees it."""

import unicodedata


def safe_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: one that could be gets a leading ``'``.

    The first sign that is not blank is looked at in its plain form, since spreadsheets read a
    full-width ``＝`` as ``=``. For text cells only: the number -5 is to stay a number.

    >>> safe_cell("=1+1"), safe_cell("plain")
    ("'=1+1", 'plain')
    """
    first = next((sign for sign in unicodedata.normalize("NFKC", text) if not _is_blank(sign)), "")
    return f"'{text}" if text[:1] in ("\t", "\r", "\n", "\0") or first in tuple("=+-@|") else text


def _is_blank(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in ("Cc", "Cf")


def visible(text: str) -> str:
    r"""Return a text without signs that could steer a terminal; each is shown as ``\x1b`` instead.

    >>> visible("a\x1b[2Jb")
    'a\\x1b[2Jb'
    """
    if text.isprintable():
        return text
    return "".join(
        sign if sign.isprintable() or sign == "\u3000" else sign.encode("unicode_escape").decode()
        for sign in text
    )

"""Text from data, made harmless before a spreadsheet or a terminal sees it."""

from ..basics.escaping import is_formula


def safe_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: one that could be gets a leading ``'``.

    For text cells only: the number -5 is to stay a number.

    >>> safe_cell("=1+1"), safe_cell("plain")
    ("'=1+1", 'plain')
    """
    return f"'{text}" if is_formula(text) else text


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

"""One explanation type for every answer of the library: a conclusion, its inputs, its own reasons.

A ``Reason`` holds no sentence: a code, the values that belong to it, and child reasons. Sentences in
English and 中文 are made from a catalogue of templates when somebody reads it, so that reasons stay
small, comparable and translatable.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import attrs

from .basics import Label
from .errors import UnknownIdError

#: What a reason may carry: ids, labels, amounts, dates, counts.
Argument = str | int | Decimal | date | Label | None


@attrs.frozen
class Reason:
    """Why something is as it is (理由).

    ``code`` names a template of a catalogue; ``arguments`` are its values in the template's order;
    ``source`` is where the rule stands; ``children`` are the reasons underneath.
    """

    code: str
    arguments: tuple[Argument, ...] = ()
    children: tuple["Reason", ...] = ()
    source: str = ""

    def walk(self) -> Iterator["Reason"]:
        """Yield this reason and everything underneath, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()

    def to_json(self) -> list[object]:
        """Return ``[code, [arguments], [children], source]`` in plain values; empty tails are left out.

        Titles are left out too (null), as the rule set has them: what is stored stays small.
        """
        row: list[object] = [
            self.code,
            [_plain(a) for a in self.arguments],
            [c.to_json() for c in self.children],
        ]
        if self.source:
            return [*row, self.source]
        while row and row[-1] == []:
            row.pop()
        return row


def _plain(value: Argument) -> object:
    if isinstance(value, Label):
        return value.code or None  # a title: the id beside it finds it again in the rule set
    if isinstance(value, (Decimal, date)):
        return str(value)
    return value


@attrs.frozen
class Template:
    """The sentence of one code in both languages, with ``{name}`` for each argument in order."""

    names: tuple[str, ...]
    en: str
    zh: str


def render(reason: Reason, catalogue: Mapping[str, Template], *, lang: str = "en", indent: str = "  ") -> str:
    """Return a reason as indented lines in "en" or "zh".

    Raises:
        UnknownIdError: For another language.
        KeyError: If the catalogue has no template for a code.
    """
    if lang not in ("en", "zh"):
        raise UnknownIdError("language", lang, ("en", "zh"))
    return "\n".join(_lines(reason, catalogue, lang, indent, 0))


def _lines(
    reason: Reason, catalogue: Mapping[str, Template], lang: str, indent: str, depth: int
) -> Iterator[str]:
    template = catalogue[reason.code]
    shown = {n: _shown(v, lang) for n, v in zip(template.names, reason.arguments, strict=True)}
    text = (template.zh if lang == "zh" else template.en).format(**shown)
    if reason.source:
        text += f"（来源：{reason.source}）" if lang == "zh" else f" (source: {reason.source})"
    yield indent * depth + text
    for child in reason.children:
        yield from _lines(child, catalogue, lang, indent, depth + 1)


def _shown(value: Argument, lang: str) -> str:
    if isinstance(value, Label):
        return value.in_(lang)
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return "" if value is None else str(value)

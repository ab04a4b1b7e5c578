"""Who is scored: subjects with category, organisation, time of membership and exemptions."""

from datetime import date

import attrs

from ..basics.masking import masked


@attrs.frozen
class Dated:
    """A value that holds from a day on, until the next one."""

    since: date
    value: str


@attrs.frozen(kw_only=True)
class Exemption:
    """A stretch of time in which a subject is not judged like the others (免考核).

    ``effect`` is "not_assessed" (no score at all, and out of every rate and quota) or
    "not_graded" (scored, but without a grade). ``until`` is the last day, None for open.
    """

    effect: str
    since: date
    until: date | None = None
    reason: str = ""

    def covers(self, day: date) -> bool:
        """Return whether the exemption holds on ``day``."""
        return self.since <= day and (self.until is None or day <= self.until)


def _dated(value: "str | tuple[Dated, ...]") -> tuple[Dated, ...]:
    if not value:
        return ()
    if isinstance(value, str):
        return (Dated(date.min, value),)
    return tuple(sorted(value, key=lambda dated: dated.since))


@attrs.frozen(kw_only=True)
class Subject:
    """Someone or something that is scored: a member, an organisation, a window (评价对象).

    ``category`` and ``organisation`` may be one text, or ``Dated`` values when they changed.
    ``joined`` and ``left`` are the first and last day of belonging, None for "always".
    """

    id: str
    kind: str = "member"
    name: str = attrs.field(default="", repr=masked)
    category: tuple[Dated, ...] = attrs.field(default=(), converter=_dated)
    organisation: tuple[Dated, ...] = attrs.field(default=(), converter=_dated)
    joined: date | None = None
    left: date | None = None
    exemptions: tuple[Exemption, ...] = ()

    def category_on(self, day: date) -> str:
        """Return the category in force on ``day``, "" for none."""
        return _on(self.category, day)

    def organisation_on(self, day: date) -> str:
        """Return the organisation the subject belongs to on ``day``, "" for none."""
        return _on(self.organisation, day)

    def belongs_on(self, day: date) -> bool:
        """Return whether ``day`` lies between joining and leaving, both included."""
        return (self.joined is None or self.joined <= day) and (self.left is None or day <= self.left)

    def exemption_on(self, day: date) -> Exemption | None:
        """Return the exemption in force on ``day``; "not_assessed" wins over "not_graded"."""
        held = sorted((e for e in self.exemptions if e.covers(day)), key=lambda e: e.effect != "not_assessed")
        return held[0] if held else None


def _on(values: tuple[Dated, ...], day: date) -> str:
    found = ""
    for dated in values:
        if dated.since > day:
            break
        found = dated.value
    return found

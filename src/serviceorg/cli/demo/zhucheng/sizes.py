"""How large the invented Zhucheng is: the published sizes, or a share of them (rows 90 to 98)."""

from collections.abc import Sequence
from datetime import date

import attrs

from ....basics import Quarter

#: Published: communities of the first level, households, and the staff who are linked with them.
COMMUNITIES, HOUSEHOLDS, LINKERS = 235, 320_000, 14_000
#: Published: about 30 households are a cell of the third level; a linker has about 30, about 10, or 8.
CELL, BY_ORIGIN = 30, {"town": 30, "city-agency": 10, "leader": 8}
#: Ours: with 40 leaders, the only numbers of the other two that give 14,000 linkers and 320,000 households.
LEADERS, AGENCY_STAFF = 40, 4_956
#: Ours: a dozen towns, three to seven natural villages a community, agencies of the city.
TOWNS, FEWEST_VILLAGES, MOST_VILLAGES, AGENCIES = 12, 3, 7, 60
#: Ours, of a thousand households: poor ones, those of old members, those that change class or move away.
POOR, OLD_MEMBERS, RECLASSED, MOVED_AWAY = 60, 5, 5, 1
#: Ours, of a thousand linkers: replaced within the quarter, linked with far too many households, on long
#: leave all quarter, and of the rank that has working days at the grass roots.
REPLACED, OVERLOADED, ON_LEAVE, RANKED = 5, 3, 3, 120

QUARTER = Quarter(2024, 3)
#: The register begins with the quarter, or the first visits would make up for the quarter before, of which
#: there are no facts; and the day two communities merge.
SINCE, MERGED = QUARTER.start, date(2024, 8, 16)
#: The working days at the grass roots (row 101): the second Saturdays. That of September is worked for the
#: Mid-Autumn Festival, so a week later.
WORKDAYS = (date(2024, 7, 13), date(2024, 8, 10), date(2024, 9, 21))


@attrs.frozen(kw_only=True)
class Sizes:
    """How many there are of each."""

    towns: int
    agencies: int
    communities: int
    households: int
    linkers: dict[str, int]

    @classmethod
    def of(cls, share: float = 1.0) -> "Sizes":
        """Return the sizes for a share of the published ones; two communities at least.

        >>> Sizes.of().linkers
        {'town': 9004, 'city-agency': 4956, 'leader': 40}
        """
        communities = max(2, round(COMMUNITIES * share))
        whole = communities == COMMUNITIES
        linkers = LINKERS if whole else round(LINKERS * communities / COMMUNITIES)
        leaders = max(1, round(LEADERS * communities / COMMUNITIES))
        agency = round(AGENCY_STAFF * communities / COMMUNITIES)
        numbers = {"town": linkers - agency - leaders, "city-agency": agency, "leader": leaders}
        return cls(
            towns=min(TOWNS, communities // 2),
            agencies=max(1, round(AGENCIES * communities / COMMUNITIES)),
            communities=communities,
            households=sum(count * BY_ORIGIN[origin] for origin, count in numbers.items()),
            linkers=numbers,
        )


def divided(total: int, weights: Sequence[int]) -> list[int]:
    """Return whole parts of a total in proportion to weights; they add up to it.

    >>> divided(10, [1, 1, 1])
    [3, 4, 3]
    """
    whole, passed, given, parts = sum(weights), 0, 0, []
    for weight in weights:
        passed += weight
        upto = (2 * total * passed + whole) // (2 * whole)
        parts.append(upto - given)
        given = upto
    return parts

"""The people of the invented Erqi: organisations and members of the published number, with invented names."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

import attrs

from ....model import Dated, Exemption, Subject
from .habits import DOMAINS

#: The size the district published for its round of visits in 2011: organisations and members.
ORGANISATIONS, MEMBERS = 586, 17_727
YEAR_START, YEAR_END = date(2024, 1, 1), date(2024, 12, 31)
DAYS = 366
#: Categories of organisations in the district's standards for them, by domain of their members.
_ORGANISATION = {"rural": "village", "community": "community"}
_DOMAIN_NAMES = {
    "rural": "农村",
    "community": "社区",
    "agency": "机关",
    "non-public": "两新组织",
    "institution": "事业单位",
}
_SURNAMES = (
    *"王王王李李李张张张刘刘陈陈杨杨赵赵黄周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董" * 8,
    *("欧阳", "上官", "诸葛", "司马", "皇甫"),
)
# Characters that would make the name of somebody known are left out.
_GIVEN = (
    "安柏彬辰晨初川春达帆芳枫歌冠桂海涵禾恒虹欢慧嘉健江洁瑾景军康可岚乐黎莲林琳岭露梅"
    "萌培朋琪青然荣如若诗书思松穗桃彤文曦夏贤祥欣秀雪雅岩遥宜颖悠雨园远悦泽哲芝知舟竹"
)
# Of a thousand members.
_JOIN, _LEAVE, _MOVE, _EXEMPT = 30, 12, 12, 10
_LATEST_JOINER_GRADED = date(2024, 6, 30)


@attrs.frozen(kw_only=True, eq=False)
class Stint:
    """A stretch of the year in one domain: days of the year from 0, both included."""

    domain: str
    first: int
    last: int


@attrs.frozen(kw_only=True, eq=False)
class Member:
    """A member, the stretches of the year they belonged, and who else is in the organisation.

    ``keen`` is 1 for someone who does more and better, -1 for less, 0 for the others; ``facts`` is how
    many things happen to them in a whole year, reviews left aside.
    """

    subject: Subject
    stints: tuple[Stint, ...]
    colleagues: Sequence[str]
    keen: int
    facts: int


def organisations_for(members: int) -> int:
    """Return how many organisations go with so many members, in the published proportion; five at least.

    >>> organisations_for(17_727), organisations_for(60), organisations_for(2)
    (586, 5, 2)
    """
    in_proportion = (2 * members * ORGANISATIONS + MEMBERS) // (2 * MEMBERS)
    return max(in_proportion, min(members, len(DOMAINS)))


def invent_people(chance: random.Random, members: int) -> tuple[tuple[Subject, ...], tuple[Member, ...]]:
    """Return organisations and members, each in order of their ids."""
    organisations = _organisations(chance, organisations_for(members))
    homes = sorted(_homes(chance, len(organisations), members))
    ids = [f"M-{number:05d}" for number in range(1, members + 1)]
    moves = [_new_home(chance, home, len(organisations)) for home in homes]
    colleagues: list[list[str]] = [[] for _ in organisations]
    for own_id, move in zip(ids, moves, strict=True):
        colleagues[move].append(own_id)
    return organisations, tuple(
        _member(chance, own_id, organisations[home], organisations[move], colleagues[move])
        for own_id, home, move in zip(ids, homes, moves, strict=True)
    )


def _organisations(chance: random.Random, count: int) -> tuple[Subject, ...]:
    names, weights = list(DOMAINS), list(DOMAINS.values())
    domains = [*names, *chance.choices(names, weights, k=max(count - len(names), 0))][:count]
    return tuple(
        Subject(
            id=f"O-{number:03d}",
            kind="organisation",
            name=f"{_DOMAIN_NAMES[domain]}第{number}支部",
            category=_ORGANISATION.get(domain, domain),
        )
        for number, domain in enumerate(domains, 1)
    )


def _homes(chance: random.Random, organisations: int, members: int) -> list[int]:
    """Return the organisation of each member; some are three times as large as others, none is empty."""
    sizes = [10 + chance.randrange(21) for _ in range(organisations)]
    return [*range(organisations), *chance.choices(range(organisations), sizes, k=members - organisations)]


def _new_home(chance: random.Random, home: int, organisations: int) -> int:
    return chance.randrange(organisations) if chance.randrange(1000) < _MOVE else home


def _member(
    chance: random.Random, own_id: str, home: Subject, new_home: Subject, colleagues: Sequence[str]
) -> Member:
    joined, left = _belonging(chance)
    first = (joined - YEAR_START).days if joined else 0
    last = (left - YEAR_START).days if left else DAYS - 1
    stints, category, organisation = _stints(chance, home, new_home, first, last)
    exemptions = _exemptions(chance, joined)
    subject = Subject(
        id=own_id,
        name=chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=1 + (chance.randrange(3) > 0))),
        category=category,
        organisation=organisation,
        joined=joined,
        left=left,
        exemptions=exemptions,
    )
    facts = _liveliness(chance)
    keen = (facts > 41) - (facts < 27)
    return Member(subject=subject, stints=stints, colleagues=colleagues, keen=keen, facts=facts)


def _belonging(chance: random.Random) -> tuple[date | None, date | None]:
    """Return when the member joined and left, where that was in the year."""
    drawn = chance.randrange(1000)
    day = YEAR_START + timedelta(30 + chance.randrange(300))
    return (day, None) if drawn < _JOIN else (None, day) if drawn < _JOIN + _LEAVE else (None, None)


Dating = str | tuple[Dated, ...]


def _stints(
    chance: random.Random, home: Subject, new_home: Subject, first: int, last: int
) -> tuple[tuple[Stint, ...], Dating, Dating]:
    """Return the stretches of the year with the dated category and organisation they make."""
    old, new = domain_of(home), domain_of(new_home)
    if home is new_home:
        return (Stint(domain=old, first=first, last=last),), old, home.id
    middle = first + (last - first) // 4 + chance.randrange((last - first) // 2 + 1) + 1
    if middle > last:
        return (Stint(domain=new, first=first, last=last),), new, new_home.id
    begin, moved = date(2012, 1, 1), YEAR_START + timedelta(middle)
    stints = (Stint(domain=old, first=first, last=middle - 1), Stint(domain=new, first=middle, last=last))
    category: Dating = old if old == new else (Dated(begin, old), Dated(moved, new))
    return stints, category, (Dated(begin, home.id), Dated(moved, new_home.id))


def domain_of(organisation: Subject) -> str:
    """Return the domain of an organisation's members."""
    category = organisation.category_on(YEAR_END)
    return "rural" if category == "village" else category


def _exemptions(chance: random.Random, joined: date | None) -> tuple[Exemption, ...]:
    found: list[Exemption] = []
    if joined and joined > _LATEST_JOINER_GRADED:
        found.append(Exemption(effect="not_graded", since=joined, until=YEAR_END, reason="新转入不足半年"))
    if chance.randrange(1000) < _EXEMPT:
        since = YEAR_START + timedelta(chance.randrange(200))
        found.append(Exemption(effect="not_assessed", since=since, reason="长期病休"))
    return tuple(found)


def _liveliness(chance: random.Random) -> int:
    """Return how many facts a member has in a whole year, around 35; most are near the mean."""
    return 3 + chance.randrange(33) + chance.randrange(33)

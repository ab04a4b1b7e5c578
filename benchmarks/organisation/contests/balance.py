"""What did an account hold at the end of a day? A journal of many entries, any account, any day."""

import sqlite3
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

from . import Contest, Rival
from .journal import Wish, drafts, rules, wishes

_QUESTIONS = 20_000
_FIRST = date(2024, 1, 1)
Question = tuple[str, date]
Work = Callable[[Sequence[Question]], list[Any]]


class Booked(NamedTuple):
    """What was asked for, and the legs it came to: owner, day, how much; nobody else is asked about."""

    asked: list[Wish]
    owners: list[str]


def booked(size: int) -> Booked:
    """Return the entries, and everybody who has an account."""
    asked = wishes(size)
    return Booked(asked, sorted({wish.owner for wish in asked}))


def questions(task: Booked, turn: int) -> list[Question]:
    """Return owners and days."""
    chance = Random(turn)
    return [
        (chance.choice(task.owners), _FIRST + timedelta(chance.randrange(360))) for _ in range(_QUESTIONS)
    ]


def _journal(task: Booked) -> Any:
    from serviceorg.ledger import Journal, post_all

    return post_all(Journal(), rules(), drafts(task.asked))


def _legs(task: Booked) -> list[tuple[str, date, int]]:
    """Return what each entry changed for whom; taken from our journal, so that all begin with the same."""
    return [
        (account.removeprefix("member:"), entry.on, units // 10_000)
        for entry in _journal(task)
        for account, _, units in entry.raw
        if account.startswith("member:")
    ]


def _by_hand(task: Booked) -> Work:
    days: dict[str, list[date]] = {}
    running: dict[str, list[int]] = {}
    for owner, on, amount in _legs(task):
        held = running.setdefault(owner, [0])
        held.append(held[-1] + amount)
        days.setdefault(owner, []).append(on)
    return lambda pieces: [running[owner][bisect_right(days[owner], on)] for owner, on in pieces]


def _ours(task: Booked) -> Work:
    balance = _journal(task).balance
    return lambda pieces: [balance(f"member:{owner}", on=on) for owner, on in pieces]


_AS_OF = "SELECT coalesce(sum(amount), 0) FROM leg WHERE account = ? AND day <= ?"


def _sqlite(task: Booked) -> Work:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE leg (account TEXT, day INTEGER, amount INTEGER)")
    base.executemany(
        "INSERT INTO leg VALUES (?, ?, ?)", ((who, on.toordinal(), amount) for who, on, amount in _legs(task))
    )
    base.execute("CREATE INDEX by_day ON leg (account, day, amount)")
    ask = base.execute
    return lambda pieces: [ask(_AS_OF, (owner, on.toordinal())).fetchone()[0] for owner, on in pieces]


def _told(answer: list[Any]) -> list[int]:
    return [int(one) for one in answer]


CONTEST = Contest(
    title="what an account held on a day, a journal of {size:,}",
    unit="µs a question",
    scale=1e6,
    size=100_000,
    quick=5_000,
    task=booked,
    pieces=questions,
    turns=7,
    rivals=(
        Rival("by-hand", "by hand, two lists and a bisection", _by_hand, needs="serviceorg"),
        Rival("ours", "serviceorg, `Journal.balance`", _ours, _told, needs="serviceorg"),
        Rival("sqlite", "SQLite in memory, an index", _sqlite, needs="serviceorg"),
    ),
)

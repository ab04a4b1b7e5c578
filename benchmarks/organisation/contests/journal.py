"""Entries of accounts: balanced, within limits, each tied to the one before; then every balance."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from random import Random
from typing import Any, NamedTuple

from . import Contest, Rival

_FIRST = date(2024, 1, 1)
_MOST, _TURNOVER = 1_500, 3
_ISSUER, _POOL, _SHOP = "outside:issuer", "outside:pool", "outside:shop"


class Wish(NamedTuple):
    """What is asked for: an id, the move, whose account, the other party, how much, and the day."""

    id: str
    move: str
    owner: str
    other: str
    amount: int
    on: date


def wishes(size: int) -> list[Wish]:
    """Return so many entries, none of which goes below zero: much is earned, some spent, some given on."""
    chance, held, found = Random(17), {}, []
    people = max(10, size // 50)
    for number in range(size):
        owner = f"M-{chance.randrange(people):05d}"
        on = _FIRST + timedelta(number * 360 // size)
        move, amount, other = "earn", 1 + chance.randrange(60), ""
        if held.get(owner, 0) >= 40 and not chance.randrange(_TURNOVER):
            move, amount = "spend", 1 + chance.randrange(40)
        elif held.get(owner, 0) >= 40 and not chance.randrange(_TURNOVER):
            move, amount, other = "give", 1 + chance.randrange(20), f"M-{chance.randrange(people):05d}"
            if other == owner:
                move, other = "spend", ""
        held[owner] = min(_MOST, held.get(owner, 0) + (amount if move == "earn" else -amount))
        if other:
            held[other] = min(_MOST, held.get(other, 0) + amount)
        found.append(Wish(f"E-{number}", move, owner, other, amount, on))
    return found


def _sides(wish: Wish) -> tuple[str, str]:
    """Return who gives and who takes."""
    if wish.move == "earn":
        return _ISSUER, wish.owner
    return wish.owner, wish.other or _SHOP


class _Line(NamedTuple):
    number: int
    id: str
    move: str
    on: date
    legs: tuple[tuple[str, int], ...]
    previous: str
    hash: str


def _by_hand(*, is_chained: bool) -> Callable[[Any], Callable[[Sequence[Wish]], dict[str, int]]]:
    def work(pieces: Sequence[Wish]) -> dict[str, int]:
        lines: list[_Line] = []
        ids: dict[str, _Line] = {}
        balances: dict[str, list[tuple[date, int]]] = {}
        previous = "0" * 64
        for wish in pieces:
            if wish.id in ids or (lines and wish.on < lines[-1].on) or wish.amount <= 0:
                raise ValueError(wish)
            giver, taker = _sides(wish)
            legs, taken = [(giver, -wish.amount)], wish.amount
            if not taker.startswith("outside:"):
                held = balances[taker][-1][1] if taker in balances else 0
                taken = min(taken, _MOST - held)
            legs.append((taker, taken))
            if taken < wish.amount:
                legs.append((_POOL, wish.amount - taken))
            for account, amount in legs:
                kept = balances.setdefault(account, [(wish.on, 0)])
                left = kept[-1][1] + amount
                if left < 0 and account != _ISSUER:
                    raise ValueError(wish)
                kept.append((wish.on, left))
            if is_chained:
                row = [len(lines) + 1, wish.id, wish.move, str(wish.on), legs, previous]
                digest = sha256(json.dumps(row).encode()).hexdigest()
            else:
                digest = ""
            line = _Line(len(lines) + 1, wish.id, wish.move, wish.on, tuple(legs), previous, digest)
            lines.append(line)
            ids[wish.id] = line
            previous = digest
        return {account: kept[-1][1] for account, kept in balances.items()}

    return lambda _task: work


def rules() -> Any:
    """Return the same rules as ours: points, at most 1,500, what flows over goes to a pool."""
    from serviceorg.basics import Label
    from serviceorg.ledger.rules import AccountKind, AccountRules, Asset, Move

    places = ("issuer", "pool", "shop")
    return AccountRules(
        id="bench/points",
        title=Label(),
        assets=(Asset(id="points"),),
        accounts=(
            AccountKind(
                id="member", owner="member", asset="points", most=Decimal(_MOST), overflow="outside:pool"
            ),
            AccountKind(id="outside", owner="place", asset="points", places=places, least=None),
        ),
        moves=(
            Move(id="earn", kind="earn", source_account=_ISSUER, target_account="member"),
            Move(id="spend", kind="spend", source_account="member", target_account=_SHOP),
            Move(id="give", kind="transfer", source_account="member", target_account="member"),
        ),
    )


def drafts(pieces: Sequence[Wish]) -> Iterator[Any]:
    """Yield what is asked for in our own form, each made when it is needed."""
    from serviceorg.ledger.drafts import Draft

    for own_id, move, owner, other, amount, on in pieces:
        yield Draft(id=own_id, move=move, owner=owner, other=other, amount=Decimal(amount), on=on)


def _ours(_task: Any) -> Callable[[Sequence[Wish]], Any]:
    from serviceorg.ledger.journal import Journal
    from serviceorg.ledger.posting import post

    points = rules()

    def work(pieces: Sequence[Wish]) -> Any:
        journal = Journal()
        for draft in drafts(pieces):
            journal = post(journal, points, draft)
        return journal

    return work


def _told(journal: Any) -> list[tuple[str, int]]:
    balances = {account: int(journal.balance(account)) for account in journal.accounts()}
    return _sorted({account.removeprefix("member:"): amount for account, amount in balances.items()})


def _sqlite(_task: Any) -> Callable[[Sequence[Wish]], dict[str, int]]:
    """Two or three legs a row, limits by asking for the sum; no chain."""

    def work(pieces: Sequence[Wish]) -> dict[str, int]:
        base = sqlite3.connect(":memory:")
        base.execute("CREATE TABLE entry (id TEXT PRIMARY KEY, move TEXT, day INTEGER) WITHOUT ROWID")
        base.execute("CREATE TABLE leg (entry TEXT, account TEXT, amount INTEGER)")
        base.execute("CREATE INDEX by_account ON leg (account, amount)")
        ask = base.execute
        for wish in pieces:
            giver, taker = _sides(wish)
            ask("INSERT INTO entry VALUES (?, ?, ?)", (wish.id, wish.move, wish.on.toordinal()))
            legs, taken = [(wish.id, giver, -wish.amount)], wish.amount
            if not taker.startswith("outside:"):
                taken = min(taken, _MOST - _sum(ask, taker))
            if giver != _ISSUER and _sum(ask, giver) < wish.amount:
                raise ValueError(wish)
            legs.append((wish.id, taker, taken))
            if taken < wish.amount:
                legs.append((wish.id, _POOL, wish.amount - taken))
            base.executemany("INSERT INTO leg VALUES (?, ?, ?)", legs)
        return dict(ask("SELECT account, sum(amount) FROM leg GROUP BY account"))

    return work


def _sum(ask: Any, account: str) -> int:
    return ask("SELECT coalesce(sum(amount), 0) FROM leg WHERE account = ?", (account,)).fetchone()[0]


def _beancount(_task: Any) -> Callable[[Sequence[Wish]], dict[str, int]]:
    """Transactions whose postings balance, and an inventory for each account; no limits, no chain.

    What flows over an upper limit is worked out by the host, from the inventory.
    """
    from beancount.core import data, interpolate
    from beancount.core.amount import Amount
    from beancount.core.inventory import Inventory

    def work(pieces: Sequence[Wish]) -> dict[str, int]:
        entries: list[Any] = []
        held: dict[str, Any] = {}
        for wish in pieces:
            giver, taker = _sides(wish)
            legs, taken = [(giver, -wish.amount)], wish.amount
            if not taker.startswith("outside:"):
                mine = held.setdefault(taker, Inventory())
                taken = min(taken, _MOST - int(mine.get_currency_units("POINT").number))
            legs.append((taker, taken))
            if taken < wish.amount:
                legs.append((_POOL, wish.amount - taken))
            postings = [
                data.Posting(account, Amount(Decimal(amount), "POINT"), None, None, None, None)
                for account, amount in legs
            ]
            if not interpolate.compute_residual(postings).is_empty():
                raise ValueError(wish)
            for posting in postings:
                held.setdefault(posting.account, Inventory()).add_position(posting)
            meta = data.new_metadata(wish.id, len(entries))
            entries.append(
                data.Transaction(
                    meta, wish.on, "*", None, wish.move, frozenset(), frozenset((wish.id,)), postings
                )
            )
        return {account: int(one.get_currency_units("POINT").number) for account, one in held.items()}

    return work


def _sorted(balances: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(balances.items())


CONTEST = Contest(
    title="an entry in a journal of {size:,}: limits, balance, chain",
    unit="µs an entry",
    scale=1e6,
    size=20_000,
    quick=2_000,
    task=wishes,
    pieces=lambda task, _turn: task,
    turns=5,
    rivals=(
        Rival("by-hand", "by hand, list and dicts, SHA-256 chain", _by_hand(is_chained=True), _sorted),
        Rival("by-hand-loose", "by hand, without a chain", _by_hand(is_chained=False), _sorted),
        Rival("ours", "serviceorg, `Draft` and `post`", _ours, _told, needs="serviceorg"),
        Rival("sqlite", "SQLite in memory, without a chain", _sqlite, _sorted),
        Rival(
            "beancount",
            "beancount, without limits and chain",
            _beancount,
            _sorted,
            needs="beancount",
        ),
    ),
)

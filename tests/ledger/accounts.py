"""Small rules of accounts for the tests: a time bank, with points beside."""

from datetime import date
from decimal import Decimal

import attrs

from serviceorg.basics import Label
from serviceorg.ledger import AccountKind, AccountRules, Asset, Draft, Expiry, Journal, Move, post

FIRST = date(2024, 3, 1)

ASSETS = (Asset(id="hours", scale=2), Asset(id="points"))
ACCOUNTS = (
    AccountKind(id="time", owner="member", asset="hours", most=Decimal(1500), overflow="pool:donation"),
    AccountKind(id="debt", owner="member", asset="hours", least=Decimal(-10)),
    AccountKind(id="points", owner="member", asset="points", most=Decimal(100)),
    AccountKind(id="home", owner="household", asset="hours"),
    AccountKind(id="pool", owner="place", asset="hours", places=("donation",)),
    AccountKind(id="hours", owner="place", asset="hours", places=("given", "used", "ended"), least=None),
    AccountKind(id="bonus", owner="place", asset="points", places=("given", "used", "ended"), least=None),
)
MOVES = (
    Move(id="earn", kind="earn", source_account="hours:given", target_account="time"),
    Move(id="spend", kind="spend", source_account="time", target_account="hours:used"),
    Move(id="lend", kind="transfer", source_account="debt", target_account="debt"),
    Move(id="hand-on", kind="transfer", source_account="time", target_account="time"),
    Move(id="award", kind="earn", source_account="bonus:given", target_account="points"),
    Move(id="redeem", kind="spend", source_account="points", target_account="bonus:used"),
    Move(id="to-home", kind="convert", source_account="time", target_account="home"),
    Move(id="leave-home", kind="transfer", source_account="home", target_account="time"),
)


def rules_of(*, moves=(), accounts=(), expiries=(), **options):
    """Return the small rules, with moves and accounts in the place of those of the same id."""
    changed = {one.id for one in (*moves, *accounts)}
    return AccountRules(
        id="test/bank",
        title=Label(en="A time bank"),
        assets=ASSETS,
        accounts=(*(one for one in ACCOUNTS if one.id not in changed), *accounts),
        moves=(*(one for one in MOVES if one.id not in changed), *moves),
        expiries=tuple(expiries),
        **options,
    )


def move_of(name, **changes):
    """Return a move of the small rules, changed."""
    return attrs.evolve(next(move for move in MOVES if move.id == name), **changes)


def kind_of(name, **changes):
    """Return an account kind of the small rules, changed."""
    return attrs.evolve(next(kind for kind in ACCOUNTS if kind.id == name), **changes)


RULES = rules_of()


def draft_of(move, owner, amount=None, **options):
    """Return a draft; its id is made of what it says unless one is given."""
    on = options.pop("on", FIRST)
    name = options.pop("id", f"{move}-{owner}-{amount}-{on}")
    return Draft(id=name, move=move, owner=owner, amount=amount, on=on, **options)


def posted(*drafts, rules=RULES):
    """Return an empty journal with the drafts posted."""
    journal = Journal()
    for draft in drafts:
        journal = post(journal, rules, draft)
    return journal


def yearly(account="time", target="hours:ended", **options):
    """Return an expiry with the calendar year."""
    return Expiry(id=f"year-{account}", account=account, ends="year", target_account=target, **options)

"""Account rules as frozen values: assets, accounts, moves, expiry, and the golden cases of the file.

Everything dated holds from ``since`` to ``until``, both included, None for open; entries of one id with
touching spans are versions of one another.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import attrs

from ..basics import FrozenMap, Label, exact, frozen_map
from ..errors import LedgerProblems, NotInForceError, Problem, UnknownIdError, known_names

#: Who an account belongs to; a place is an account of the scheme itself, of which there is one by each name.
OWNERS = ("member", "household", "group", "place")
#: What a move is, in one word; the first three are earned and count for a lifetime.
MOVE_KINDS = ("earn", "grant", "settle", "spend", "transfer", "donate", "deduct", "convert", "reset")
EARNING = frozenset(("earn", "grant", "settle"))
#: In what stretch of time a limit counts; "ever" is all of it.
LIMIT_SPANS = ("day", "week", "month", "quarter", "half", "year", "ever")
#: When what was earned ends: with a calendar period, months after it was earned, or with a year of belonging.
ENDINGS = ("month", "quarter", "half", "year", "months", "anniversary", "never")


def _number(value: Any) -> Decimal | None:
    """Return a number of the rules exactly; a binary float is refused."""
    return None if value is None else exact(value)


def _amounts(values: Any) -> FrozenMap[str, Decimal]:
    return FrozenMap({span: exact(amount) for span, amount in dict(values).items()})


def _word(*allowed: str) -> Callable[[Any, "attrs.Attribute[str]", str], None]:
    """Return a validator of words."""

    def check(instance: Any, attribute: "attrs.Attribute[str]", value: str) -> None:
        if value not in allowed:
            message = f"unknown word {value!r}; {known_names(str(value), allowed)}"
            where = f"{type(instance).__name__} {instance.id!r}, {attribute.name}"
            raise LedgerProblems([Problem("unknown-word", where, message)])

    return check


@attrs.frozen(kw_only=True)
class Asset:
    """What is kept in accounts (账户资产): points, hours, vouchers; ``scale`` is the decimals it may have."""

    id: str
    title: Label = Label()
    unit: str = ""
    scale: int = 0
    source: str = ""


@attrs.frozen(kw_only=True)
class AccountKind:
    """A kind of account (账户种类): every owner has one, called KIND:OWNER; of places only those named.

    ``least`` and ``most`` are its limits, None for none; what does not fit under ``most`` goes to the
    account ``overflow`` in the same entry, or is refused if that is "". ``only`` are the moves that may take
    from it, empty for all.
    """

    id: str
    owner: str = attrs.field(validator=_word(*OWNERS))
    asset: str
    title: Label = Label()
    places: tuple[str, ...] = ()
    least: Decimal | None = attrs.field(default=Decimal(0), converter=_number)
    most: Decimal | None = attrs.field(default=None, converter=_number)
    overflow: str = ""
    only: tuple[str, ...] = ()
    source: str = ""
    since: date | None = None
    until: date | None = None


@attrs.frozen(kw_only=True)
class Need:
    """What must be there before a move: at least so much in an account of the owner.

    ``counts`` is "balance" or "lifetime" (all that was ever earned).
    """

    account: str
    at_least: Decimal = attrs.field(converter=exact)
    counts: str = "balance"


@attrs.frozen(kw_only=True)
class Also:
    """A second pair of legs in the same entry: another asset, or a fixed amount, from one account to another.

    Exactly one of: ``rate`` times the amount moved; a fixed ``amount``; ``all`` that is there. ``other``
    means the accounts of the other party, not of the owner.
    """

    source_account: str
    target_account: str
    rate: Decimal | None = attrs.field(default=None, converter=_number)
    amount: Decimal | None = attrs.field(default=None, converter=_number)
    all: bool = False
    other: bool = False


@attrs.frozen(kw_only=True)
class Move:
    """A kind of entry (记账事项): from one account to another, under which conditions.

    ``source_account`` and ``target_account`` are account kinds, or places written KIND:PLACE.

    - The amount: ``amount`` is fixed; ``all`` takes what is there; else the draft says it, from ``least`` to
      ``most``, in whole multiples of ``multiple``. ``short`` is "refuse", or "rest" to take what is left.
    - How often: ``times`` of the owner in each span; how much: ``total`` in each span.
    - Who: ``needs`` in accounts of the owner; ``when``: one of these standings must hold of the owner or the
      other party; ``not_while``: none of these (the move is deferred). The host says which standings hold.
    - ``evidence``: the draft must name its record.
    - ``fact``: the kind of fact that makes such an entry, where its attributes are as ``where`` says; the
      amount is the fact's times ``rate``, or the fixed one.
    """

    id: str
    kind: str = attrs.field(validator=_word(*MOVE_KINDS))
    source_account: str
    target_account: str
    title: Label = Label()
    amount: Decimal | None = attrs.field(default=None, converter=_number)
    all: bool = False
    least: Decimal | None = attrs.field(default=None, converter=_number)
    most: Decimal | None = attrs.field(default=None, converter=_number)
    multiple: Decimal | None = attrs.field(default=None, converter=_number)
    short: str = attrs.field(default="refuse", validator=_word("refuse", "rest"))
    times: FrozenMap[str, int] = attrs.field(factory=FrozenMap, converter=frozen_map)
    total: FrozenMap[str, Decimal] = attrs.field(factory=FrozenMap, converter=_amounts)
    needs: tuple[Need, ...] = ()
    when: tuple[str, ...] = ()
    not_while: tuple[str, ...] = ()
    evidence: bool = False
    also: tuple[Also, ...] = ()
    fact: str = ""
    where: FrozenMap[str, tuple[Any, ...]] = attrs.field(factory=FrozenMap, converter=frozen_map)
    rate: Decimal = attrs.field(default=Decimal(1), converter=exact)
    source: str = ""
    since: date | None = None
    until: date | None = None


@attrs.frozen(kw_only=True)
class Expiry:
    """When what came into an account ends (到期清零), oldest first, and to which place it goes.

    ``ends`` is "month", "quarter", "half" or "year" (with the last day of the calendar period it came in),
    "months" (``months`` after it came in: the day of the same number is the last), "anniversary" (with the
    owner's year of belonging), or "never", which is said so that nobody has to guess. Titles, stars and the
    lifetime amount stay.
    """

    id: str
    account: str
    ends: str = attrs.field(validator=_word(*ENDINGS))
    target_account: str = ""
    title: Label = Label()
    months: int = 0
    source: str = ""
    since: date | None = None
    until: date | None = None


@attrs.frozen(kw_only=True)
class Step:
    """One step of a golden case: an entry, a reversal or an expiry; ``refused`` are the codes it meets."""

    move: str = ""
    owner: str = ""
    other: str = ""
    on: date
    amount: Decimal | None = attrs.field(default=None, converter=_number)
    id: str = ""
    standing: tuple[str, ...] = ()
    evidence: str = ""
    reverses: str = ""
    expire: bool = False
    refused: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Case:
    """A golden case (算例): steps, and the exact balances and lifetimes they must lead to."""

    title: str
    steps: tuple[Step, ...]
    balances: FrozenMap[str, Decimal] = attrs.field(factory=FrozenMap, converter=frozen_map)
    lifetimes: FrozenMap[str, Decimal] = attrs.field(factory=FrozenMap, converter=frozen_map)
    joined: FrozenMap[str, date] = attrs.field(factory=FrozenMap, converter=frozen_map)


Versioned = TypeVar("Versioned", AccountKind, Move, Expiry)


def _eras(entries: Iterable[AccountKind | Move | Expiry]) -> tuple[int, ...]:
    """Return the ordinal days on which a version begins or the day before has ended one."""
    days = set()
    for entry in entries:
        if entry.since is not None:
            days.add(entry.since.toordinal())
        if entry.until is not None:
            days.add(entry.until.toordinal() + 1)
    return tuple(sorted(days))


@attrs.frozen(kw_only=True)
class AccountRules:
    """The rules of the accounts of one scheme (账户规则); ``digest`` is the fingerprint of the file.

    ``first_month`` is the month in which its years begin, for spans and endings.
    """

    id: str
    title: Label
    assets: tuple[Asset, ...]
    accounts: tuple[AccountKind, ...]
    moves: tuple[Move, ...]
    expiries: tuple[Expiry, ...] = ()
    cases: tuple[Case, ...] = ()
    basis: str = ""
    source: str = ""
    illustrative: bool = False
    rows: tuple[int, ...] = ()
    first_month: int = 1
    digest: str = ""
    origin: str = attrs.field(default="", eq=False)
    eras: tuple[int, ...] = attrs.field(init=False, eq=False, repr=False)
    # What was worked out of the rules for posting, by era and id. Two threads may both work out one; both
    # get the same.
    plans: dict[Any, Any] = attrs.field(factory=dict, init=False, eq=False, repr=False)

    earning: frozenset[str] = attrs.field(init=False, eq=False, repr=False)
    #: The ids of what is booked out by itself, and the kinds of accounts in which something ends.
    endings: frozenset[str] = attrs.field(init=False, eq=False, repr=False)
    expiring: frozenset[str] = attrs.field(init=False, eq=False, repr=False)
    standings: frozenset[str] = attrs.field(init=False, eq=False, repr=False)

    @earning.default
    def _earning(self) -> frozenset[str]:
        return frozenset(move.id for move in self.moves if move.kind in EARNING)

    @endings.default
    def _endings(self) -> frozenset[str]:
        return frozenset(expiry.id for expiry in self.expiries)

    @expiring.default
    def _expiring(self) -> frozenset[str]:
        return frozenset(expiry.account for expiry in self.expiries if expiry.ends != "never")

    @standings.default
    def _standings(self) -> frozenset[str]:
        return frozenset(word for move in self.moves for word in (*move.when, *move.not_while))

    @eras.default
    def _cuts(self) -> tuple[int, ...]:
        return _eras((*self.accounts, *self.moves, *self.expiries))

    def __attrs_post_init__(self) -> None:
        """Refuse moves and expiries between accounts nobody declares; a file was checked for more.

        Raises:
            LedgerProblems: With all of them.
        """
        problems = [
            Problem("unknown-account", f"{noun} {name!r}", message)
            for noun, name, account in self._ends()
            if (message := self._fault(account))
        ]
        if problems:
            raise LedgerProblems(problems)

    def _ends(self) -> Iterator[tuple[str, str, str]]:
        for move in self.moves:
            yield from (("move", move.id, one) for one in (move.source_account, move.target_account))
            for also in move.also:
                yield from (("move", move.id, one) for one in (also.source_account, also.target_account))
        for expiry in self.expiries:
            yield "expiry", expiry.id, expiry.account
            if expiry.ends != "never":
                yield "expiry", expiry.id, expiry.target_account
        for kind in self.accounts:
            if kind.overflow:
                yield "account", kind.id, kind.overflow

    def _fault(self, account: str) -> str:
        """Return what is wrong with the name of an account or place, "" if nothing is."""
        name, colon, place = account.partition(":")
        kinds = [kind for kind in self.accounts if kind.id == name]
        if not kinds:
            return f"there is no account {name!r}; {known_names(name, {kind.id for kind in self.accounts})}"
        if kinds[0].owner != "place":
            return f"{name!r} belongs to a {kinds[0].owner}; leave out {':' + place!r}" if colon else ""
        places = {one for kind in kinds for one in kind.places}
        return "" if place in places else f"there is no place {account!r}; {known_names(place, places)}"

    def __getstate__(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in attrs.fields(AccountRules)} | {"plans": {}}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        for name, value in state.items():
            object.__setattr__(self, name, value)

    def era(self, day: int) -> int:
        """Return which stretch without any change of rules an ordinal day lies in."""
        return bisect_right(self.eras, day) if self.eras else 0

    def asset(self, name: str) -> Asset:
        """Return an asset.

        Raises:
            UnknownIdError: If there is none of that id.
        """
        for asset in self.assets:
            if asset.id == name:
                return asset
        raise UnknownIdError("asset", name, (asset.id for asset in self.assets))

    def account_kind(self, name: str, *, on: date) -> AccountKind:
        """Return the kind of an account, given its id or that of an account (KIND:OWNER), as it is on a day.

        Raises:
            UnknownIdError: If there is no such kind.
            NotInForceError: If no version of it is in force on the day.
        """
        return _in_force(self.accounts, "account", name.partition(":")[0], on)

    def asset_of(self, account: str) -> str:
        """Return what an account holds, whatever the day: versions of a kind keep their asset.

        Raises:
            UnknownIdError: If there is no such kind.
        """
        name = account.partition(":")[0]
        for kind in self.accounts:
            if kind.id == name:
                return kind.asset
        raise UnknownIdError("account", name, {kind.id for kind in self.accounts})

    def move(self, name: str, *, on: date) -> Move:
        """Return a move as it is on a day; raises like ``account_kind``."""
        return _in_force(self.moves, "move", name, on)

    def expiry_of(self, kind: str, *, on: date) -> Expiry | None:
        """Return when what came into an account of a kind on a day ends; None if nothing is said."""
        for expiry in self.expiries:
            if expiry.account == kind and holds(expiry, on):
                return expiry
        return None


def holds(entry: AccountKind | Move | Expiry, on: date) -> bool:
    """Return whether a version is in force on a day."""
    return (entry.since is None or entry.since <= on) and (entry.until is None or on <= entry.until)


def _in_force(entries: tuple[Versioned, ...], noun: str, name: str, on: date) -> Versioned:
    named = [entry for entry in entries if entry.id == name]
    for entry in named:
        if holds(entry, on):
            return entry
    if named:
        raise NotInForceError(f"no version of the {noun} {name!r} is in force on {on}")
    raise UnknownIdError(noun, name, {entry.id for entry in entries})

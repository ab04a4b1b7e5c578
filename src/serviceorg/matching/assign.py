"""Everybody who needs something joined to who gives it: by hand of a rule, the same on every run."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

import attrs

from ..basics import FrozenMap
from ..errors import NotInForceError, UnknownIdError
from ..model.units import Units
from .aims import aims_of, values_of
from .greedy import solve_greedily
from .optimal import solve_optimally
from .pool import NO_QUOTA, Distance, Pool, Question, kept_pairs, quota_of
from .records import Need, Offer, Pair, by_id, check_day
from .rules import ARRANGED, MatchRules

SOLVERS = ("greedy", "optimal")


@attrs.frozen(eq=False)
class Deviation:
    """How far offers of one quota are from it (偏离): of how many offers, how many loads, and which extremes.

    ``quota`` is "" for the offers that are in none.
    ``mean`` is loads per offer, exact; ``short`` and ``beyond`` count the offers below ``least`` or ``about``
    and above ``about``.
    """

    quota: str
    offers: int
    needs: int
    fewest: int
    largest: int
    short: int
    beyond: int

    @property
    def mean(self) -> Fraction:
        """Needs for each offer, exact; 0 without offers."""
        return Fraction(self.needs, self.offers) if self.offers else Fraction(0)


@attrs.frozen(eq=False)
class Assignment:
    """Who is joined to whom (匹配结果), by which rules on which day, and what the aims came to.

    ``pairs`` go by the id of the need. ``aims`` are (name, value) in the order of the ranks: "met" is the
    number of needs met, every other a loss that is to be small, whole or an exact
    fraction. ``question`` is all it rests on.
    """

    rules: str
    on: date
    solver: str
    pairs: tuple[Pair, ...]
    unmet: tuple[str, ...]
    loads: FrozenMap[str, int]
    aims: tuple[tuple[str, int | Fraction], ...]
    question: Question = attrs.field(repr=False)
    _by_id: tuple[dict[str, str], dict[str, list[str]]] | None = attrs.field(
        init=False, repr=False, default=None
    )

    def _looked_up(self) -> tuple[dict[str, str], dict[str, list[str]]]:
        """Return needs to offers and offers to needs; sorted on the first question, most are never asked."""
        if self._by_id is None:
            needs: dict[str, list[str]] = {}
            for need, offer, _ in self.pairs:
                needs.setdefault(offer, []).append(need)
            # Two threads may both do so, with equal results.
            found = {need: offer for need, offer, _ in self.pairs}, needs
            object.__setattr__(self, "_by_id", found)
            return found
        return self._by_id

    @property
    def digest(self) -> str:
        """The SHA-256 of the rules it was made by, "" for rules that came from no file."""
        return self.question.rules.digest

    def offer_of(self, need: str) -> str:
        """Return the offer a need is joined to, "" if nobody meets it.

        Raises:
            UnknownIdError: For a need that was not in the question.
        """
        if need not in self.question.needs:
            raise UnknownIdError("need", need, self.question.needs)
        return self._looked_up()[0].get(need, "")

    def needs_of(self, offer: str) -> tuple[str, ...]:
        """Return the needs an offer is joined to, by id.

        Raises:
            UnknownIdError: For an offer that was not in the question.
        """
        if offer not in self.question.offers:
            raise UnknownIdError("offer", offer, self.question.offers)
        return tuple(self._looked_up()[1].get(offer, ()))

    @property
    def idle(self) -> tuple[str, ...]:
        """The offers nothing is joined to."""
        return tuple(offer for offer, load in self.loads.items() if not load)

    def deviations(self) -> tuple[Deviation, ...]:
        """Return how far each quota's offers are from it; a quota without offers is told too.

        Where there are quotas, the offers that are in none come last, under "": nobody has said how many
        they take, or their attributes are not written as in the rules.
        """
        quotas = self.question.rules.quotas_on(self.on)
        loads: dict[str, list[int]] = {quota.id: [] for quota in quotas}
        for offer, load in self.loads.items():
            loads.setdefault(quota_of(self.question.offers[offer], quotas).id, []).append(load)
        told = (*quotas, NO_QUOTA) if quotas and NO_QUOTA.id in loads else quotas
        return tuple(
            Deviation(
                quota=quota.id,
                offers=len(held),
                needs=sum(held),
                fewest=min(held, default=0),
                largest=max(held, default=0),
                short=sum(load < quota.target for load in held),
                beyond=sum(load > quota.about for load in held) if quota.about is not None else 0,
            )
            for quota in told
            for held in (loads[quota.id],)
        )


def assign(  # noqa: PLR0913  # all of the question but its three nouns is by keyword, and most has a default
    needs: Iterable[Need],
    offers: Iterable[Offer],
    rules: MatchRules,
    *,
    on: date,
    areas: Units | None = None,
    fixed: Iterable[Pair | tuple[str, str]] = (),
    before: Iterable[Pair | tuple[str, str]] = (),
    distance: Distance | None = None,
    arrange: str = "",
    solver: str = "greedy",
) -> Assignment:
    """Return who is joined to whom; the same for every order of the inputs.

    Each need goes to one offer at most. Hard conditions are never broken, capacity and "most" never passed,
    ``fixed`` pairs always kept. "greedy" keeps the three laws of ``greedy``; "optimal" is the best there is
    by the ranks in their order, and needs the extra ``solver``.

    Args:
        needs: All needs, in any order.
        offers: All offers, in any order.
        rules: Conditions, quotas and ranks in force on ``on``.
        on: The day the assignment is made for.
        areas: The tree in which an area covers another; None: only the same area does.
        fixed: Pairs (need, offer) agreed already: they stay, whatever the rules say of them.
        before: Pairs of last time, for the rank "continuity".
        distance: Whole metres or minutes of a pair, for the rank "distance"; None counts steps in the tree.
        arrange: "central" or "self": only offers whose quota is arranged so get needs; "" for all.
        solver: "greedy" or "optimal".

    Raises:
        MatchingProblems: For ids used twice, fixed pairs nobody knows, or a question too big to be solved so.
        NotInForceError: For a day before the rules.
        UnknownIdError: For a solver, or a way to arrange, nobody knows.
        PeriodError: If ``on`` is no day.
        ModuleNotFoundError: If "optimal" is asked for and the extra is missing; says how to install it.
    """
    if solver not in SOLVERS:
        raise UnknownIdError("solver", solver, SOLVERS)
    if arrange and arrange not in ARRANGED:
        raise UnknownIdError("way to arrange", arrange, ARRANGED)
    check_day(on)
    if on < rules.effective:
        raise NotInForceError(f"{rules.id}: no matching rules on {on}; they hold from {rules.effective}")
    needed, offered = by_id(needs, offers)
    kept = kept_pairs(fixed, needed, offered)
    former = {pair[0]: pair[1] for pair in sorted((pair[0], pair[1]) for pair in before)}
    known = FrozenMap(needed), FrozenMap(offered)  # an answer rests on them, and nobody may change it
    pool = Pool(Question(rules, on, *known, areas, kept, FrozenMap(former), distance, arrange))
    if solver == "greedy":
        solve_greedily(pool)
    else:
        solve_optimally(pool)
    return _answer(pool, solver)


def _answer(pool: Pool, solver: str) -> Assignment:
    question, names = pool.question, tuple(pool.question.offers)
    is_fixed = pool.fixed
    pairs = tuple(
        [
            Pair(need, names[offer], place in is_fixed)
            for place, (need, offer) in enumerate(zip(question.needs, pool.chosen, strict=True))
            if offer >= 0
        ]
    )
    unmet = tuple(need for need, offer in zip(question.needs, pool.chosen, strict=True) if offer < 0)
    return Assignment(
        rules=question.rules.id,
        on=question.on,
        solver=solver,
        pairs=pairs,
        unmet=unmet,
        loads=FrozenMap(zip(names, pool.load, strict=True)),
        aims=values_of(pool, aims_of(pool)),
        question=question,
    )

"""How duties stand: every obligation, counted, found again, explained, and told as facts for scoring."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property

import attrs

from ..basics import FrozenMap, Period
from ..errors import UnknownIdError
from ..facts import Fact
from ..reasons import Reason, render
from .book import DutyBook
from .explain import Basis, reason_of
from .obligation import DONE, LATE, MISSED, STATUSES, Obligation
from .owed import Vacancy
from .sentences import SENTENCES
from .tally import Refusal
from .telling import facts_of, news_of


@attrs.frozen(
    kw_only=True, eq=False, slots=False
)  # slots would leave no room for what is worked out when asked for
class DutyReport:
    """How every obligation of a period stood on a day (履责情况).

    ``obligations`` are in the order of duties, windows, targets and holders, whatever the order of the facts;
    ``vacant`` tells what nobody owes because nobody held the role; ``windows`` are the windows that were
    judged, as duty and label.
    """

    book: DutyBook
    period: Period
    on: date
    obligations: tuple[Obligation, ...] = attrs.field(repr=False)
    vacant: tuple[Vacancy, ...] = attrs.field(default=(), repr=False)
    windows: frozenset[tuple[str, str]] = attrs.field(default=frozenset(), repr=False)
    _basis: Mapping[int, Basis] = attrs.field(factory=dict, repr=False, alias="basis")

    @cached_property
    def counts(self) -> FrozenMap[str, int]:
        """How many obligations stand how; statuses without any are left out."""
        counted = Counter([one.state for one in self.obligations])
        return FrozenMap({STATUSES[state]: counted[state] for state in sorted(counted)})

    @cached_property
    def _by_who(self) -> dict[str, list[Obligation]]:
        return _grouped(self.obligations, "who")

    @cached_property
    def _by_target(self) -> dict[str, list[Obligation]]:
        return _grouped(self.obligations, "towards")

    def of(self, who: str) -> tuple[Obligation, ...]:
        """Return what somebody owes, or a unit by itself; nothing for an id nobody knows."""
        return tuple(self._by_who.get(who, ()))

    def towards(self, target: str) -> tuple[Obligation, ...]:
        """Return what is owed to a unit or person."""
        return tuple(self._by_target.get(target, ()))

    def by_status(self, *statuses: str) -> tuple[Obligation, ...]:
        """Return the obligations that stand so.

        Raises:
            UnknownIdError: For a word that is no status.
        """
        for status in statuses:
            if status not in STATUSES:
                raise UnknownIdError("status", status, STATUSES)
        wanted = {STATUSES.index(status) for status in statuses}
        return tuple(one for one in self.obligations if one.state in wanted)

    def counts_of(self, duty: str) -> FrozenMap[str, int]:
        """Return how many obligations of one duty stand how."""
        counted = Counter([one.state for one in self.obligations if one.duty.id == duty])
        return FrozenMap({STATUSES[state]: counted[state] for state in sorted(counted)})

    def rate(self, duty: str = "") -> Fraction | None:
        """Return the share fulfilled, late or not, of what is settled and not excused; None for none."""
        counted = Counter([one.state for one in self.obligations if not duty or one.duty.id == duty])
        kept = counted[DONE] + counted[LATE]
        settled = kept + counted[MISSED]
        return Fraction(kept, settled) if settled else None

    def set_aside(self, obligation: Obligation) -> tuple[Refusal, ...]:
        """Return the facts of an obligation's time and target that do not count, with the reason."""
        basis = self._basis.get(id(obligation.duty))
        return () if basis is None else basis.aside(obligation)

    def reason(self, obligation: Obligation) -> Reason:
        """Return why an obligation stands so: the rule, its days, each fact that counts or does not."""
        return reason_of(self.book, obligation, self._basis.get(id(obligation.duty)), self.on)

    def explain(self, obligation: Obligation, *, lang: str = "en") -> str:
        """Return the reason in words; ``lang`` is "en" or "zh"."""
        return render(self.reason(obligation), SENTENCES, lang=lang)

    def facts(self) -> tuple[Fact, ...]:
        """Return the facts for scoring that the duties declare, one for each settled obligation.

        Their ids depend on duty, window, holder, target and how it was settled alone: whoever stores them
        twice has them once. The day is that of the last fact needed, at the latest the last day in time; what
        was missed is recorded on the day after nothing could be entered any more.
        """
        return tuple(facts_of(self.book, self.obligations, self.on))

    def news(self, stored: Iterable[Fact]) -> tuple[Fact, ...]:
        """Return what to add to the ``stored`` facts of this book so that those of ``facts`` alone stand.

        Nothing is overwritten (W33): a stored fact of one of this report's windows that holds no longer, say
        because a visit was entered late or taken back, is reversed; one that holds again stands again.

        Raises:
            FactProblems: If stored reversals take back themselves.
        """
        return tuple(news_of(self.book, self.facts(), stored, windows=self.windows, on=self.on))


def _grouped(obligations: tuple[Obligation, ...], name: str) -> dict[str, list[Obligation]]:
    found: dict[str, list[Obligation]] = {}
    for one in obligations:
        found.setdefault(getattr(one, name), []).append(one)
    return found

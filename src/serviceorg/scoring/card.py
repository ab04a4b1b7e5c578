"""The scorecard: one subject's result, in points, with everything needed to explain and repeat it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import attrs

from ..basics import FrozenMap, Period, frozen_map, out_of_units
from ..facts import Fact
from ..reasons import Reason
from .bands import consequences
from .book import SCORECARD
from .context import Question
from .explain import reason_of
from .outcome import Outcome


@attrs.frozen
class RuleSetRef:
    """Which rules made a result: id, first day of the version in force, and the content hash."""

    id: str
    version: str
    hash: str


@attrs.frozen
class Part:
    """What one item or category came to, in points; ``status`` is "scored" or "pending"."""

    points: Decimal
    status: str = "scored"


@attrs.frozen(eq=False, repr=False)
class Scorecard:
    """One subject's result for one period, as of a day (评分结果).

    Holds the question and its outcome; everything people read is worked out when it is asked for, so
    that scoring a whole district makes no value nobody looks at.
    """

    question: Question
    outcome: Outcome
    parts: tuple["Scorecard", ...] = ()  # the sub-periods a roll-up was made of
    place: int | None = None  # the rank among those scored together
    awards: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """The subject's id."""
        return self.question.subject.id

    @property
    def period(self) -> Period:
        """The period scored."""
        return self.question.period

    @property
    def as_of(self) -> date:
        """The day whose knowledge the result rests on, at most the period's last."""
        return min(self.question.as_of, self.question.end)

    @property
    def status(self) -> str:
        """Return how the result stands.

        "scored"; "pending": an answer is missing (see ``waiting_for``; ``total`` is what stands so
        far, ``could_reach`` the most it may become); "not_assessed": no total; "not_graded": a total
        without a grade; "awarded": a grade given directly, without a total.
        """
        return self.outcome.status

    @property
    def why(self) -> str:
        """The reason of a subject that is not assessed or not graded."""
        return self.outcome.reason

    @property
    def total(self) -> Decimal | None:
        """The total in points, None where there is none."""
        if self.outcome.status in ("not_assessed", "awarded"):
            return None
        return self._points(self.outcome.total)

    @property
    def could_reach(self) -> Decimal | None:
        """The most a pending total may become."""
        reach = self.outcome.could_reach
        return None if reach is None or self.outcome.status != "pending" else self._points(reach)

    @property
    def waiting_for(self) -> tuple[str, ...]:
        """The items without an answer, and the shares ("share.GRADE") not yet drawn."""
        return self.outcome.waiting

    @property
    def grade(self) -> str | None:
        """The id of the grade (等次)."""
        return self.outcome.grade

    @property
    def star(self) -> int | None:
        """The number of stars (星级)."""
        return self.outcome.star

    @property
    def vetoes(self) -> tuple[str, ...]:
        """The ids of the vetoes that stand."""
        return self.outcome.vetoes

    @property
    def consequences(self) -> tuple[str, ...]:
        """The ids of what follows from the result."""
        return consequences(self.question, self.outcome)

    @property
    def rule_set(self) -> RuleSetRef:
        """Which rules made the result."""
        rules = self.question.plan.rules
        return RuleSetRef(rules.id, self.question.state.version.effective.isoformat(), rules.digest)

    def __repr__(self) -> str:
        return f"<Scorecard {self.subject} {self.period} {self.status} {self.total} {self.grade}>"

    @property
    def items(self) -> FrozenMap[str, Part]:
        """Return the points of every item, in the order of the rule set; an untouched item has 0."""
        if self.status == "not_assessed":
            return FrozenMap()
        plan, waiting = self.question.plan, set(self.waiting_for)
        touched = self.item_units()
        known = set(self.question.state.items) | touched.keys()
        found: dict[str, Part] = {}
        for no in sorted(known):
            name = plan.item_ids[no]
            found[name] = Part(self._points(touched.get(no, 0)), "pending" if name in waiting else "scored")
        return frozen_map(found)

    def item_units(self) -> dict[int, int]:
        """Return the units of the items that were touched, by number; quick, for many cards."""
        units = dict(self.outcome.items)
        item_of = self.question.plan.item_of
        for no, amount in self.outcome.clause_sums.items():
            units[item_of[no]] = units.get(item_of[no], 0) + amount
        return units

    @property
    def categories(self) -> FrozenMap[str, Part]:
        """Return the points of every category after cap and floor, in the order of the rule set."""
        plans = self.question.state.categories
        return frozen_map(
            (plan.category.id, Part(self._points(units)))
            for plan, units in zip(plans, self.outcome.categories, strict=False)
        )

    def _points(self, units: int) -> Decimal:
        return out_of_units(units, self.question.plan.rules.scale)

    @property
    def reason(self) -> Reason:
        """Work out again, with every step noted, why the result is what it is."""
        return reason_of(self)

    def to_fact(self, *, id: str, recorded_on: date | None = None) -> Fact:
        """Return the closed scorecard as a fact that later periods and other rule sets can read."""
        return Fact(
            id=id,
            subject=self.subject,
            kind=SCORECARD,
            on=self.question.end,
            amount=self.total,
            recorded_on=recorded_on or self.question.end,
            attributes={
                "rule_set": self.rule_set.id,
                "period": self.period.label,
                "grade": self.grade or "",
                "status": self.status,
            },
        )

    def to_dict(self) -> dict[str, object]:
        """Return the card as plain JSON values: ids to strings, so that no digit is lost."""
        return {
            "subject": self.subject,
            "period": self.period.label,
            "as_of": self.as_of.isoformat(),
            "status": self.status,
            "total": None if self.total is None else str(self.total),
            "could_reach": None if self.could_reach is None else str(self.could_reach),
            "waiting_for": list(self.waiting_for),
            "grade": self.grade,
            "stars": self.star,
            "vetoes": list(self.vetoes),
            "consequences": list(self.consequences),
            "place": self.place,
            "awards": list(self.awards),
            "categories": _texts(self.categories),
            "items": _texts(self.items),
            "rule_set": attrs.asdict(self.rule_set),
        }


def _texts(parts: Mapping[str, Part]) -> dict[str, str]:
    return {name: str(part.points) for name, part in parts.items()}

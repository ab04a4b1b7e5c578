"""serviceorg itself, through its public face only."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import chain

import serviceorg as so

from .. import task

_PERIOD = so.Year(task.YEAR)


def fact_of(member: int, position: int, raw: task.RawFact, codes: tuple[str, ...]) -> so.Fact:
    """Return one fact as a host would build it from a database row: nothing shared, nothing prepared."""
    code = codes[raw.number]
    return so.Fact(
        id=f"F-{member}-{position}",
        subject=task.subject(member),
        kind=code,
        on=date(task.YEAR, raw.month, raw.day),
        amount=None if code in task.VETOES else Decimal(task.decimal_text(raw.quantity)),
    )


def hundredths(card: so.Scorecard) -> int:
    """Return the total of a scorecard as the task counts it."""
    return int(card.total.scaleb(2))


class RawScores:
    """Plain scores; what it takes to gather loose facts by subject is inside the clock."""

    def load(self, count: int) -> None:
        self.codes = task.rules().codes
        self.members = [self.facts_of(member, facts) for member, facts in enumerate(task.members(count))]
        self.facts = list(chain.from_iterable(self.members))

    def facts_of(self, member: int, facts: list[task.RawFact]) -> list[so.Fact]:
        """Return the facts of one member as the engine wants them."""
        return [fact_of(member, position, raw, self.codes) for position, raw in enumerate(facts)]

    def compile(self) -> None:
        self.codes = task.rules().codes
        self.rules = so.loading.rule_set_from_text(task.toml_text())

    def source(self) -> object:
        """Return what all members are scored from."""
        return self.facts

    def score_all(self) -> list[int]:
        return [hundredths(card) for card in so.score_all(self.rules, self.source(), period=_PERIOD)]

    def totals(self, answer: list[int]) -> list[int]:
        return answer

    def score_one(self, member: int) -> so.Scorecard:
        return so.score(self.rules, task.subject(member), self.members[member], period=_PERIOD)

    def stream(self, members: Iterable[list[so.Fact]]) -> Iterator[int]:
        """Yield the total of each member from facts that arrive grouped by subject; nothing is kept."""
        for card in so.score_all(self.rules, chain.from_iterable(members), period=_PERIOD):
            yield hundredths(card)


class Scores(RawScores):
    """Plain scores from a book of facts, as the other peers start from a form of their own."""

    def load(self, count: int) -> None:
        super().load(count)
        self.book = so.FactBook.of(self.facts)

    def source(self) -> object:
        return self.book


class Reasons(Scores):
    """Scores with the explanation of each; one is alive at a time."""

    def score_all(self) -> list[int]:
        answer = []
        for card in so.score_all(self.rules, self.book, period=_PERIOD):
            self.reason = card.reason
            answer.append(hundredths(card))
        return answer

    def score_one(self, member: int) -> object:
        return super().score_one(member).reason

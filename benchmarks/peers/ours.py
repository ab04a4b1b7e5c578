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


class Loose:
    """Scores of one member after the other, each from loose facts: what a counter does."""

    def load(self, count: int) -> None:
        self.codes = task.rules().codes
        self.members = [self.facts_of(member, facts) for member, facts in enumerate(task.members(count))]
        self.facts = list(chain.from_iterable(self.members))
        self.subjects = {task.subject(member): so.Subject(id=task.subject(member)) for member in range(count)}

    def facts_of(self, member: int, facts: list[task.RawFact]) -> list[so.Fact]:
        """Return the facts of one member as the engine wants them."""
        return [fact_of(member, position, raw, self.codes) for position, raw in enumerate(facts)]

    def compile(self) -> None:
        self.codes = task.rules().codes
        self.rules = so.loading.rule_set_from_text(task.toml_text())

    def cards(self) -> Iterator[so.Scorecard]:
        """Yield the scorecards in order of member."""
        return so.score_stream(self.rules, self.facts, period=_PERIOD, subjects=self.subjects)

    def score_all(self) -> list[int]:
        return [hundredths(card) for card in self.cards()]

    def totals(self, answer: list[int]) -> list[int]:
        return answer

    def score_one(self, member: int) -> so.Scorecard:
        return so.score(self.rules, task.subject(member), self.members[member], period=_PERIOD)

    def stream(self, members: Iterable[list[so.Fact]]) -> Iterator[int]:
        """Yield the total of each member from facts that arrive grouped by subject; nothing is kept."""
        for card in so.score_stream(self.rules, chain.from_iterable(members), period=_PERIOD):
            yield hundredths(card)


class Scores(Loose):
    """Scores from a book of facts, as the other peers start from a form of their own."""

    def load(self, count: int) -> None:
        super().load(count)
        self.book = so.FactBook.of(self.facts)

    def cards(self) -> Iterator[so.Scorecard]:
        """Yield the scorecards; one is alive at a time, as one answer is of the hand-written scorer."""
        return so.score_stream(self.rules, self.book, period=_PERIOD, subjects=self.subjects)


class Kept(Scores):
    """All scorecards at once, kept, with places drawn: what the end of the year asks for."""

    def score_all(self) -> list[int]:
        cards = so.score_all(self.rules, self.book, period=_PERIOD, subjects=self.subjects.values())
        return [hundredths(card) for card in cards]


class Traced(Scores):
    """Scores with the full trace noted, as the tracing hand-written scorer does."""

    def cards(self) -> Iterator[so.Scorecard]:
        """Yield the scorecards with every step noted."""
        return so.score_stream(self.rules, self.book, period=_PERIOD, subjects=self.subjects, trace=True)

    def score_one(self, member: int) -> so.Scorecard:
        return so.score(self.rules, task.subject(member), self.members[member], period=_PERIOD, trace=True)


class Reasons(Scores):
    """Scores with the tree of reasons of each built, ready to be shown; one is alive at a time."""

    def score_all(self) -> list[int]:
        answer = []
        for card in so.score_stream(
            self.rules, self.book, period=_PERIOD, subjects=self.subjects, trace=True
        ):
            self.reason = card.reason
            answer.append(hundredths(card))
        return answer

    def score_one(self, member: int) -> object:
        return so.score(
            self.rules, task.subject(member), self.members[member], period=_PERIOD, trace=True
        ).reason

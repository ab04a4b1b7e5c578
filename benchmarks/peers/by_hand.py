"""The hand-written scorer and its tracing twin."""

from collections.abc import Iterable, Iterator

from .. import handwritten, task


class Totals:
    """Plain totals, one member after the other."""

    def load(self, count: int) -> None:
        self.codes = task.rules().codes
        self.members = [self.facts_of(number, facts) for number, facts in enumerate(task.members(count))]

    def facts_of(self, _member: int, facts: list[task.RawFact]) -> list[handwritten.Fact]:
        """Return the facts of one member as the scorer wants them."""
        codes = self.codes
        return [(codes[fact.number], fact.month, fact.quantity) for fact in facts]

    def compile(self) -> None:
        self.codes = task.rules().codes
        self.rules = handwritten.tables(task.rules())

    def score_all(self) -> list[int]:
        return [handwritten.total_of(facts, self.rules) for facts in self.members]

    def totals(self, answer: list[int]) -> list[int]:
        return answer

    def score_one(self, member: int) -> int:
        return handwritten.total_of(self.members[member], self.rules)

    def stream(self, members: Iterable[list[handwritten.Fact]]) -> Iterator[int]:
        """Yield the total of each member; nothing is kept."""
        for facts in members:
            yield handwritten.total_of(facts, self.rules)


class Traces(Totals):
    """Totals with the whole way to them; one trace is alive at a time, as if each were written out."""

    def score_all(self) -> list[int]:
        return [handwritten.trace_of(facts, self.rules).total for facts in self.members]

    def score_one(self, member: int) -> handwritten.Trace:
        return handwritten.trace_of(self.members[member], self.rules)

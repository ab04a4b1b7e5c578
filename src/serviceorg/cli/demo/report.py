"""What the demo shows of the invented district: sizes, grades, the first, a reason, a what-if, tickets."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import attrs
import click

from ...basics.masking import mask_name
from ...model import Subject
from ...scoring import Change, Comparison, RuleSet, Scorecard
from ..output import Cell
from .erqi.habits import DOMAINS
from .erqi.people import MEMBERS, ORGANISATIONS, YEAR_END, domain_of
from .erqi.year import ErqiYear
from .paper import Paper
from .tickets import Story
from .tickets_report import tell
from .words import word

_FIRST = 10
_CHANGES = 8
_STATUSES = ("no-grade", "pending", "not_graded", "not_assessed")
_TENTH = Decimal("0.1")


@attrs.frozen(kw_only=True, eq=False)
class Report:
    """The sections of the demo's report about one invented year, in one language."""

    year: ErqiYear
    rules: RuleSet
    lang: str
    _names: Mapping[str, Subject] = attrs.field(init=False, repr=False)

    @_names.default
    def _by_id(self) -> Mapping[str, Subject]:
        return {member.id: member for member in self.year.members}

    def sizes(self, seed: int) -> None:
        """Tell how many organisations, members and facts there are, by domain."""
        counts = {"organisations": len(self.year.organisations), "members": len(self.year.members)}
        self._paper.heading("title", seed=str(seed), facts=len(self.year.facts), **counts)
        click.echo(self._word("invented", organisations=ORGANISATIONS, members=MEMBERS))
        columns = ("domain", "organisations", "members", "facts", "each")
        self._paper.table(columns, self._size_rows())

    def written(self, facts: Path, subjects: Path) -> None:
        """Tell which files were written."""
        click.echo(f"\n{self._word('written', facts=facts, subjects=subjects)}")

    def grades(self, cards: Sequence[Scorecard]) -> None:
        """Tell how many have each grade, and how many have none and why."""
        titles = {grade.id: grade.title.in_(self.lang) for grade in self.rules.at(YEAR_END).grades}
        found = Counter(_standing(card) for card in cards)
        rows: list[list[Cell]] = [
            [titles.get(key) or self._word(key), found[key], _percent(found[key], len(cards))]
            for key in (*titles, *_STATUSES)
            if found[key] or key in titles
        ]
        self._paper.heading("grades", rules=f"{self.rules.id} {self.rules.version}")
        self._paper.table(("grade", "count", "share"), rows)

    def best(self, cards: Sequence[Scorecard]) -> None:
        """Show the highest totals, names masked, in the order the rules rank by."""
        version = self.rules.at(YEAR_END)
        awards = {award.id: award.title.in_(self.lang) for award in version.awards}
        grades = {grade.id: grade.title.in_(self.lang) for grade in version.grades}
        ranked = [card for card in cards if card.place is not None]
        ranked.sort(key=lambda card: (*_ranking(card, version.head.ranking.by), card.subject))
        rows: list[list[Cell]] = [
            [
                *self._who(card.subject),
                card.total,
                grades.get(card.grade or "", ""),
                card.place,
                ", ".join(awards[award] for award in card.awards),
            ]
            for card in ranked[:_FIRST]
        ]
        self._paper.heading("best", count=len(rows))
        self._paper.table(("subject", "name", "domain", "total", "grade", "place", "awards"), rows)

    def explained(self, card: Scorecard, texts: Sequence[str]) -> None:
        """Show one explanation in each language."""
        self._paper.heading("middle", subject=card.subject, name=mask_name(self._names[card.subject].name))
        click.echo("\n\n".join(texts))

    def what_if(self, found: Comparison, amendment: str, *, step: int) -> None:
        """Show the amendment, how many results it changes, and the largest changes."""
        self._paper.heading("what-if")
        click.echo(amendment.strip())
        key = "all" if step == 1 else "sample"
        click.echo(f"\n{self._word(key, step=step, count=found.subjects)}")
        regraded = sum(change.grade_before != change.grade_after for change in found.changes)
        counts = {"changes": len(found.changes), "count": found.subjects, "grades": regraded}
        click.echo(self._word("differ", **counts))
        largest = sorted(found.changes, key=_largest_first)
        columns = ("subject", "name", "domain", "before", "after", "difference", "grade", "because")
        self._paper.table(columns, [self._change(change) for change in largest[:_CHANGES]])

    def tickets(self, story: Story) -> None:
        """Show two tickets of a workflow: what happened, a refusal, the clock, the facts, the replay."""
        tell(story, self.lang, self._paper.heading)

    def _size_rows(self) -> Iterator[list[Cell]]:
        domains = {member.id: member.category_on(YEAR_END) for member in self.year.members}
        organisations = Counter(domain_of(one) for one in self.year.organisations)
        members = Counter(domains.values())
        facts = Counter(domains[fact.subject] for fact in self.year.facts)
        for domain in DOMAINS:
            counts = (organisations[domain], members[domain], facts[domain])
            yield [self._word(domain), *_counts(*counts)]
        yield [self._word("together"), *_counts(organisations.total(), members.total(), facts.total())]

    def _change(self, change: Change) -> list[Cell]:
        titles = {grade.id: grade.title.in_(self.lang) for grade in self.rules.at(YEAR_END).grades}
        grades = dict.fromkeys(titles.get(one or "", "") for one in (change.grade_before, change.grade_after))
        because = "; ".join(f"{part.id} {part.before} -> {part.after}" for part in change.items)
        who = self._who(change.subject)
        return [*who, change.before, change.after, change.difference, " -> ".join(grades), because]

    def _who(self, subject: str) -> list[Cell]:
        member = self._names[subject]
        return [subject, mask_name(member.name), self._word(member.category_on(YEAR_END))]

    def _word(self, key: str, **values: object) -> str:
        return word(key, self.lang, **values)

    @property
    def _paper(self) -> Paper:
        return Paper(self.lang)


def _standing(card: Scorecard) -> str:
    """Return the grade, or why there is none."""
    if card.status != "scored":
        return card.status
    return card.grade or "no-grade"


def _largest_first(change: Change) -> tuple[Decimal, str]:
    return -abs(change.difference or Decimal(0)), change.subject


def _ranking(card: Scorecard, by: Sequence[str]) -> tuple[Decimal, ...]:
    """Return what the rules rank by, turned round so that the best comes first."""
    categories = card.categories if len(by) > 1 else {}
    total = card.total or Decimal(0)
    return tuple(-(total if key == "total" else categories[key.partition(".")[2]].points) for key in by)


def _counts(organisations: int, members: int, facts: int) -> list[Cell]:
    each = (Decimal(facts) / (members or 1)).quantize(_TENTH, ROUND_HALF_UP)
    return [organisations, members, facts, each]


def _percent(count: int, of: int) -> Decimal:
    return (Decimal(100 * count) / (of or 1)).quantize(_TENTH, ROUND_HALF_UP)

"""Whether a book and a structure speak of the same kinds, roles, traits and trees."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from difflib import get_close_matches

from ..errors import CoverageProblems, Problem, known_names
from ..model import Snapshot, Structure
from .rules import (
    PERSON,
    Amount,
    Check,
    CoverageBook,
    Holders,
    Items,
    ReachCheck,
    Rule,
    Told,
    Traits,
    UnitCount,
    Values,
)

#: The most units that are searched for the nearest guess.
_MANY = 5000
#: A word a check uses: what it names, the word, and the key it stands at.
_Word = tuple[str, str, str]


def word_problems(book: CoverageBook, structure: Structure, *, on: date | None = None) -> tuple[Problem, ...]:
    """Return every word of the book the structure does not declare; what it leaves empty is free.

    With ``on`` only the checks in force that day are looked at.
    """
    declared: dict[str, Collection[str]] = {
        "kind of unit": structure.kinds,
        "role": structure.roles,
        "affiliation": structure.affiliations,
        "trait": structure.traits,
        "tree": structure.trees,
    }
    problems = []
    for rule in book.checks if on is None else book.in_force(on):
        for what, word, key in _words(rule):
            known = declared.get(what, ())
            if word and known and word not in known:
                message = f"the structure has no {what} {word!r}; {known_names(word, known)}"
                problems.append(Problem("unknown-word", f"{rule.noun}.{rule.id}.{key}", message, book.origin))
        problems += [
            Problem("unknown-value", f"{rule.noun}.{rule.id}.{key}", message, book.origin)
            for key, message in _strange_values(rule, structure)
        ]
        if isinstance(rule, Check) and isinstance(rule.measure, Items):
            catalogue = rule.measure.catalogue
            if catalogue and catalogue not in structure.catalogues:
                known_here = known_names(catalogue, structure.catalogues)
                message = f"the structure has no catalogue {catalogue!r}; {known_here}"
                where = f"{rule.noun}.{rule.id}.items.catalogue"
                problems.append(Problem("unknown-word", where, message, book.origin))
    return tuple(problems)


def check_words(book: CoverageBook, structure: Structure, *, on: date | None = None) -> None:
    """Refuse a book that uses words the structure does not declare.

    Raises:
        CoverageProblems: With all of them.
    """
    problems = word_problems(book, structure, on=on)
    if problems:
        raise CoverageProblems(problems)


def check_places(book: CoverageBook, snapshot: Snapshot, *, on: date) -> None:
    """Refuse checks under a unit, or in a tree, that the snapshot does not know on any day.

    Raises:
        CoverageProblems: With all of them.
    """
    trees = {*snapshot.structure.trees, *(one.tree for one in snapshot.placements)}
    problems = []
    for rule in book.in_force(on):
        if not isinstance(rule, Check):
            continue
        place, whom = f"{rule.noun}.{rule.id}", rule.whom
        if whom.tree and whom.tree not in trees:
            advice = "declare it in the structure if it is empty"
            message = f"no unit is placed in a tree {whom.tree!r}; {known_names(whom.tree, trees)}; {advice}"
            problems.append(Problem("unknown-tree", f"{place}.tree", message, book.origin))
        if whom.under and whom.under not in snapshot.units:
            near = get_close_matches(whom.under, snapshot.units, n=1) if len(snapshot.units) <= _MANY else []
            guess = f". Did you mean {near[0]!r}?" if near else ""
            message = f"there is no unit {whom.under!r}{guess}"
            problems.append(Problem("unknown-unit", f"{place}.under", message, book.origin))
    if problems:
        raise CoverageProblems(problems)


def check_amounts(book: CoverageBook, amounts: Iterable[str], *, on: date) -> None:
    """Refuse amounts that no check in force reads: a misspelt name would leave everybody without.

    Raises:
        CoverageProblems: With all of them.
    """
    measures = [rule.measure for rule in book.in_force(on) if isinstance(rule, Check)]
    read = {name for one in measures if isinstance(one, Amount) for name in (one.of, one.per) if name}
    problems = [
        Problem(
            "unknown-amounts",
            f"amounts.{name}",
            f"no check reads the amounts {name!r}; {known_names(name, read)}",
        )
        for name in amounts
        if name not in read
    ]
    if problems:
        raise CoverageProblems(problems)


def _strange_values(rule: Rule, structure: Structure) -> Iterator[tuple[str, str]]:
    """Yield values of traits that the structure says nobody can have."""
    for key, name, values in _asked_values(rule):
        kind = structure.traits.get(name)
        known = () if kind is None else kind.one_of
        for value in values:
            if known and value not in known:
                yield key, f"the trait {name!r} is never {value!r}; {known_names(value, known)}"


def _asked_values(rule: Rule) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield the values of traits a check asks for: key, trait and values."""
    tables: list[tuple[str, Traits]]
    if isinstance(rule, ReachCheck):
        tables = [("points_where", rule.points_where), ("where", rule.where), ("exempt", rule.exempt)]
    else:
        whom, measure = rule.whom, rule.measure
        tables = [("where", whom.where), ("exempt", whom.exempt), ("priority", rule.priority)]
        if isinstance(measure, (Holders, UnitCount)):
            noun = "holders" if isinstance(measure, Holders) else "units"
            tables.append((f"{noun}.where", measure.where))
        elif isinstance(measure, Items):
            yield "items.all", measure.trait, measure.all
        elif isinstance(measure, Values):
            yield "values.one_of", measure.trait, measure.one_of
    for key, table in tables:
        yield from ((f"{key}.{name}", name, values) for name, values in table.items())


def _words(rule: Rule) -> Iterator[_Word]:
    if isinstance(rule, ReachCheck):
        for name, kinds in (("points", rule.points), ("homes", rule.homes)):
            yield from (("kind of unit", kind, name) for kind in kinds)
        for name, where in (
            ("points_where", rule.points_where),
            ("where", rule.where),
            ("exempt", rule.exempt),
        ):
            yield from (("trait", trait, f"{name}.{trait}") for trait in where)
        return
    whom = rule.whom
    yield from (("kind of unit", kind, "each") for kind in whom.each if kind != PERSON)
    yield from (("kind of unit", kind, "at") for kind in whom.at)
    yield ("tree", whom.tree, "tree")
    yield ("role", whom.role, "role")
    yield ("affiliation", whom.affiliation or "", "affiliation")
    for name, where in (("where", whom.where), ("exempt", whom.exempt), ("priority", rule.priority)):
        yield from (("trait", trait, f"{name}.{trait}") for trait in where)
    yield from _measure_words(rule)


def _measure_words(check: Check) -> Iterator[_Word]:
    measure = check.measure
    match measure:
        case Holders():
            yield ("role", measure.role, "holders.role")
            yield ("affiliation", measure.affiliation or "", "holders.affiliation")
            yield from (("trait", trait, f"holders.where.{trait}") for trait in measure.where)
        case UnitCount():
            yield from (("kind of unit", kind, "units.kind") for kind in measure.kinds)
            yield ("role", measure.role, "units.role")
            yield ("affiliation", measure.affiliation or "", "units.affiliation")
            yield from (("trait", trait, f"units.where.{trait}") for trait in measure.where)
        case Items():
            yield ("trait", measure.trait, "items.trait")
        case Values():
            yield ("trait", measure.trait, "values.trait")
        case Told() | Amount():
            return

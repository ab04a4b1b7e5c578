"""Whether a book and a structure speak of the same kinds, roles, traits and trees."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from ..errors import CoverageProblems, Problem, known_names
from ..model import Structure
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
    UnitCount,
    Values,
)

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

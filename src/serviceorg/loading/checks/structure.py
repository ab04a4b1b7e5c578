"""What is checked of a structure beyond the form of its tables: names, bounds, promised numbers."""

from ...model.structure import LAST_DAYS
from ..drafts import Draft
from ..shapes import Node
from ..shapes.structure import COUNTED, NOUNS
from .counts import check_counts
from .names import once
from .structure_names import PERSON, check_named, check_twice, places
from .structure_offers import check_catalogues, check_categories


def check_structure(draft: Draft) -> None:
    """Report names nobody declared, ids used twice, bounds nothing meets, and counts that are not kept."""
    for noun in NOUNS:
        once(draft, draft.nodes(noun))
    _check_counts(draft)
    _check_kinds(draft)
    for tree in draft.nodes("tree"):
        _check_tree(draft, tree)
    for role in draft.nodes("role"):
        _check_role(draft, role)
    for trait in draft.nodes("trait"):
        _check_trait(draft, trait)
    check_categories(draft)
    check_catalogues(draft)
    if "cutoff" in draft.root:
        _check_cutoff(draft, draft.root["cutoff"])


def _check_counts(draft: Draft) -> None:
    check_counts(draft, {name: len(draft.entries(noun)) for name, noun in COUNTED.items()})
    if "structure" in draft.root and not any(draft.entries(noun) for noun in NOUNS):
        message = "nothing is declared; write at least one [[tree]], [[kind]], [[role]] or [[trait]]"
        draft.report.add("empty", draft.head.path, message)


def _check_kinds(draft: Draft) -> None:
    for kind in draft.nodes("kind"):
        if kind.get("id") == PERSON:
            message = f"{PERSON!r} stands for people where kinds of unit are named; take another id"
            draft.report.add("reserved-id", kind.at("id"), message)


def _check_tree(draft: Draft, tree: Node) -> None:
    check_named(draft, tree, "levels", noun="kind")
    check_named(draft, tree, "each", noun="kind")
    levels = tree.get("levels")
    for path, name in places(draft, tree, "each"):
        is_kind = name in draft.ids("kind") or not draft.ids("kind")
        if levels and is_kind and name not in levels:
            message = f"units of kind {name!r} must have a place in this tree, but it is none of its levels"
            draft.report.guess("key-fit", path, message, found=name, known=set(levels))


def _check_role(draft: Draft, role: Node) -> None:
    check_named(draft, role, "at", noun="kind")
    least, most = role.get("least", 0), role.get("most")
    if most is not None and least > most:
        message = f"nothing lies in this range: at least {least}, at most {most}"
        draft.report.add("bounds", role.at("least"), message)
    if least and "at" not in draft.written(role):
        message = f"at least {least} at which units? write 'at', or every unit of any kind would need them"
        draft.report.add("key-fit", role.at("least"), message)


def _check_trait(draft: Draft, trait: Node) -> None:
    check_named(draft, trait, "of", noun="kind", beside=(PERSON,))
    check_twice(draft, trait, "one_of")
    allowed = trait.get("one_of", ())
    for value in trait.get("exempts", {}) if allowed else ():
        if value not in allowed:
            place = trait.at("exempts", value)
            draft.report.unknown("unknown-value", place, what="value", found=value, known=set(allowed))


def _check_cutoff(draft: Draft, cutoff: Node) -> None:
    month, day = cutoff.get("month"), cutoff.get("day")
    if month is not None and day is not None and day > LAST_DAYS[month - 1]:
        message = f"there is no day {day} of month {month} in every year; the last is {LAST_DAYS[month - 1]}"
        draft.report.add("bad-date", cutoff.at("day"), message)
    check_named(draft, cutoff, "tree", noun="tree")
    check_named(draft, cutoff, "within", noun="kind")
    within = cutoff.get("within", "")
    trees = (one for one in draft.nodes("tree") if one.get("id") == cutoff.get("tree"))
    levels = next(trees, Node(("tree",))).get("levels", ())
    if levels and within in draft.ids("kind") and within not in levels:
        message = f"units of kind {within!r} have no level in the tree {cutoff['tree']!r}"
        draft.report.guess("key-fit", cutoff.at("within"), message, found=within, known=levels)

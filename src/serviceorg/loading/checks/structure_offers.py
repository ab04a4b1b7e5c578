"""Categories somebody can come to, and catalogues that can be offered: traits, values, items and numbers."""

from typing import Any

from ..drafts import Draft
from ..shapes import Node
from .structure_names import PERSON, check_named, check_twice, places


def check_categories(draft: Draft) -> None:
    """Report conditions nothing meets, and categories nobody can come to."""
    before: list[Node] = []
    for category in draft.nodes("category"):
        low, high = category.get("from_age"), category.get("below_age")
        if low is not None and high is not None and low >= high:
            message = f"nobody is in this range: from {low} years, below {high}"
            draft.report.add("bounds", category.at("below_age"), message)
        check_named(draft, category, "roles", noun="role")
        _check_traits(draft, category)
        if not draft.is_sound(category.path):
            continue
        first = next((one for one in before if _takes_all(one, category)), None)
        if first is not None:
            message = (
                f"nobody comes to this category: whoever fits it is in {first['id']!r}, which stands above"
            )
            draft.report.add("unreachable-category", category.path, message)
        before.append(category)


def _check_traits(draft: Draft, category: Node) -> None:
    declared = draft.ids("trait")
    for name, values in category.get("traits", {}).items():
        place = category.at("traits", name)
        if declared and name not in declared:
            draft.report.unknown("unknown-name", place, what="trait", found=name, known=declared)
            continue
        trait = _trait(draft, name)
        if PERSON not in trait.get("of", (PERSON,)):
            message = f"the trait {name!r} is of units; a category asks for traits of people"
            draft.report.add("key-fit", place, message)
        allowed = trait.get("one_of", ())
        for value in values if allowed else ():
            if value not in allowed:
                draft.report.unknown("unknown-value", place, what="value", found=value, known=set(allowed))


def _takes_all(first: Node, later: Node) -> bool:
    """Return whether everybody who fits the later category fits the first one, by what is written."""
    if first.get("from_age", 0) > later.get("from_age", 0):
        return False
    if "below_age" in first and first["below_age"] < later.get("below_age", first["below_age"] + 1):
        return False
    if not set(first.get("roles", ())) <= set(later.get("roles", ())):
        return False
    asked: dict[str, Any] = later.get("traits", {})
    return all(
        name in asked and set(asked[name]) <= set(values) for name, values in first.get("traits", {}).items()
    )


def check_catalogues(draft: Draft) -> None:
    """Report items that are mandatory and not listed, counts that are not kept, traits that do not fit."""
    first: dict[str, Node] = {}
    for catalogue in draft.nodes("catalogue"):
        _check_items(draft, catalogue)
        check_named(draft, catalogue, "trait", noun="trait")
        check_named(draft, catalogue, "of", noun="kind", beside=(PERSON,))
        _check_fit(draft, catalogue)
        other = first.setdefault(catalogue.get("trait", ""), catalogue)
        if other is not catalogue and "trait" in catalogue and _share_units(other, catalogue):
            message = f"the trait {catalogue['trait']!r} is that of {other.get('id')!r} already"
            advice = "give each catalogue a trait of its own, or nobody knows which list an item is of"
            draft.report.add("key-fit", catalogue.at("trait"), f"{message}; {advice}")


def _check_items(draft: Draft, catalogue: Node) -> None:
    check_twice(draft, catalogue, "items")
    check_twice(draft, catalogue, "mandatory")
    items = catalogue.get("items", ())
    written = draft.written(catalogue)
    if "items" not in written and not catalogue.get("open"):
        message = "nothing can be offered; write its items, or open = true"
        draft.report.add("empty", catalogue.path, message)
    for place, name in places(draft, catalogue, "mandatory"):
        if name not in items:
            draft.report.unknown("unknown-item", place, what="item", found=name, known=set(items))
    counts = catalogue.get("counts", {})
    for key, promised in counts.items():
        entries = written.get(key, ())
        found = len(entries) if isinstance(entries, (list, dict)) else 0
        if found != promised:
            what = "items" if key == "items" else "mandatory items"
            advice = "add what is missing or correct the number"
            message = f"{promised} {what} are promised, but there are {found}; {advice}"
            draft.report.add("counts", counts.at(key), message)


def _check_fit(draft: Draft, catalogue: Node) -> None:
    """Report a trait that cannot hold what the catalogue lists."""
    if "trait" not in catalogue or catalogue["trait"] not in draft.ids("trait"):
        return
    place, trait = catalogue.at("trait"), _trait(draft, catalogue["trait"])
    if len(catalogue.get("mandatory", ())) > 1 and not trait.get("many"):
        message = f"the trait {trait['id']!r} has one value at a time, but several items are mandatory"
        draft.report.add("key-fit", place, f"{message}; write many = true there")
    allowed = trait.get("one_of", ())
    missing = [name for name in catalogue.get("items", ()) if name not in allowed] if allowed else []
    if missing:
        message = f"the trait {trait['id']!r} cannot be {missing[0]!r}"
        draft.report.guess("unknown-value", place, message, found=missing[0], known=allowed)
    kinds = trait.get("of")
    for path, name in places(draft, catalogue, "of"):
        if kinds and name not in kinds:
            message = f"units of kind {name!r} do not have the trait {trait['id']!r}"
            draft.report.guess("key-fit", path, message, found=name, known=kinds)


def _share_units(first: Node, second: Node) -> bool:
    one, other = first.get("of"), second.get("of")
    return not one or not other or bool(set(one) & set(other))


def _trait(draft: Draft, name: str) -> Node:
    return next((node for node in draft.nodes("trait") if node.get("id") == name), Node(("trait",)))

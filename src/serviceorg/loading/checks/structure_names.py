"""The names of a structure: where they stand, whether they stand once, and whether anything has them."""

from collections.abc import Collection, Iterator

from ..drafts import Draft
from ..report import Path
from ..shapes import Node

#: What a trait is of when it is of people; so no kind of unit may be called that.
PERSON = "person"


def check_named(draft: Draft, node: Node, key: str, *, noun: str, beside: tuple[str, ...] = ()) -> None:
    """Report names under a key that stand twice, or that no ``noun`` has; anything goes if there is none.

    ``beside`` are words allowed as well.
    """
    check_twice(draft, node, key)
    declared = draft.ids(noun)
    for path, name in places(draft, node, key):
        if declared and name not in declared and name not in beside:
            known = {*declared, *beside}
            what = "kind of unit" if noun == "kind" else noun
            draft.report.unknown("unknown-name", path, what=what, found=name, known=known)


def check_twice(draft: Draft, node: Node, key: str) -> None:
    """Report names that stand twice in a list."""
    seen: set[str] = set()
    for path, name in places(draft, node, key):
        if name in seen:
            draft.report.add("double-id", path, f"{name!r} stands here already; write it once")
        seen.add(name)


def places(draft: Draft, node: Node, key: str) -> Iterator[tuple[Path, str]]:
    """Yield where each name under a key stands, and the name; a single one stands at the key itself."""
    names: Collection[str] | str = node.get(key, ())
    written = draft.written(node).get(key)
    if isinstance(written, str) and names:
        yield node.at(key), written
    for position, name in enumerate(written if isinstance(written, list) else ()):
        # Entries that could not be read are counted, but not looked up.
        if isinstance(name, str) and name in names:
            yield node.at(key, position), name

"""The frozen values of a structure."""

from collections.abc import Mapping
from typing import Any

from ...basics import FrozenMap, Label
from ...model.structure import (
    Affiliation,
    Catalogue,
    CategoryRule,
    Cutoff,
    Role,
    Structure,
    TraitKind,
    Tree,
    UnitKind,
)
from ..drafts import Draft

#: What stands in a file for its readers alone.
_ASIDE = ("source", "counts")


def structure_of(draft: Draft, *, origin: str) -> Structure:
    """Return the structure of a draft without problems; ``origin`` is the file."""
    cutoff = draft.root.get("cutoff")
    return Structure(
        **{name: value for name, value in draft.head.items() if name != "counts"},
        trees=[Tree(**_given(node)) for node in draft.nodes("tree")],
        kinds=[UnitKind(**_given(node)) for node in draft.nodes("kind")],
        roles=[Role(**_given(node)) for node in draft.nodes("role")],
        affiliations=[Affiliation(**_given(node)) for node in draft.nodes("affiliation")],
        traits=[TraitKind(**_given(node)) for node in draft.nodes("trait")],
        categories=tuple(_category(node) for node in draft.nodes("category")),
        catalogues=[_catalogue(node) for node in draft.nodes("catalogue")],
        cutoff=None if cutoff is None else Cutoff(**_given(cutoff)),
        origin=origin,
    )


def _given(node: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in node.items() if name not in _ASIDE}


def _category(node: Mapping[str, Any]) -> CategoryRule:
    return CategoryRule(**{**_given(node), "traits": FrozenMap(node.get("traits", ()))})


def _catalogue(node: Mapping[str, Any]) -> Catalogue:
    items = node.get("items", ())
    titles = items if isinstance(items, dict) else dict.fromkeys(items, Label())
    return Catalogue(**{**_given(node), "items": FrozenMap(titles)})

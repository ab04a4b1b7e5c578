"""A structure file becomes a value, word for word."""

from decimal import Decimal

from serviceorg.basics import Label
from serviceorg.loading.structure_files import structure_from_text
from serviceorg.model.structure import (
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

TEXT = """
[structure]
id = "pudong/structure"
title = "浦东"
source = "Invented for tests"
rows = [24, 135]

[[tree]]
id = "admin"
title = { zh = "行政", en = "Administration" }
levels = ["county", "town"]
each = ["town"]
source = "Nobody"
[[kind]]
id = "county"
[[kind]]
id = "town"
[[kind]]
id = "camp"
temporary = true
[[role]]
id = "head"
at = "town"
least = 1
most = 1
one_each = true
[[affiliation]]
id = "home"
one_each = true
[[trait]]
id = "health"
of = "person"
one_of = ["well", "bedridden"]
exempts = { bedridden = "not_assessed" }
[[trait]]
id = "service"
of = ["town", "camp"]
many = true
[[category]]
id = "A"
roles = "head"
[[category]]
id = "B"
below_age = 60
[[category]]
id = "C"
from_age = 60
traits = { health = "well" }
[[catalogue]]
id = "seven"
trait = "service"
of = "town"
items = ["a", "b"]
mandatory = ["a"]
open = true
[cutoff]
month = 12
day = 1
tree = "admin"
within = "county"
"""


def test_every_key_finds_its_place():
    """Words, bounds, effects and the cutoff of a file are those of the value (trap 24: 1 December)."""
    structure = structure_from_text(TEXT, file="structure.toml")

    assert structure == Structure(
        id="pudong/structure",
        title=Label(zh="浦东"),
        source="Invented for tests",
        rows=(24, 135),
        trees=[
            Tree(
                id="admin",
                title=Label(zh="行政", en="Administration"),
                levels=("county", "town"),
                each=("town",),
            )
        ],
        kinds=[UnitKind(id="county"), UnitKind(id="town"), UnitKind(id="camp", temporary=True)],
        roles=[Role(id="head", at=("town",), least=1, most=1, one_each=True)],
        affiliations=[Affiliation(id="home", one_each=True)],
        traits=[
            TraitKind(
                id="health",
                of=("person",),
                one_of=("well", "bedridden"),
                exempts={"bedridden": "not_assessed"},
            ),
            TraitKind(id="service", of=("town", "camp"), many=True),
        ],
        categories=(
            CategoryRule(id="A", roles=("head",)),
            CategoryRule(id="B", below_age=60),
            CategoryRule(id="C", from_age=60, traits={"health": ("well",)}),
        ),
        catalogues=[
            Catalogue(
                id="seven",
                trait="service",
                of=("town",),
                items={"a": Label(), "b": Label()},
                mandatory=("a",),
                open=True,
            )
        ],
        cutoff=Cutoff(month=12, day=1, tree="admin", within="county"),
        origin="structure.toml",
    )


def test_words_may_be_named_where_no_kinds_are_declared():
    """A file that declares no kinds of unit allows any: its trees and roles may name what they like."""
    text = TEXT[: TEXT.index("[[tree]]")] + '[[role]]\nid = "head"\nat = ["cell"]\nmost = 1\n'

    assert structure_from_text(text).roles["head"].at == ("cell",)


def test_a_category_that_asks_for_more_hides_nothing_below_it():
    """A rule above hides one below only if it asks for nothing the other does not ask for as well."""
    rules = """
[[category]]
id = "old-head"
from_age = 60
roles = "head"
[[category]]
id = "old"
from_age = 60
[[category]]
id = "well"
traits = { health = ["well"] }
[[category]]
id = "any-health"
traits = { health = ["well", "bedridden"] }
"""
    text = TEXT[: TEXT.index("[[category]]")] + rules

    assert [rule.id for rule in structure_from_text(text).categories] == [
        "old-head",
        "old",
        "well",
        "any-health",
    ]


def test_a_structure_is_a_value():
    """Two readings of one text are equal and hash alike; a copy travels by pickle."""
    import pickle

    first, second = structure_from_text(TEXT), structure_from_text(TEXT)

    assert first == second
    assert hash(first) == hash(second)
    assert pickle.loads(pickle.dumps(first)) == first
    assert Decimal(first.roles["head"].least) == 1

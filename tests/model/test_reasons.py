import pickle
from datetime import date
from decimal import Decimal

import pytest

from serviceorg.basics import Label
from serviceorg.reasons import Reason, Template, render

CATALOGUE = {
    "total": Template(("who", "points"), "{who}: {points}", "{who}：{points}"),
    "item": Template(("title", "on"), "{title} {on}", "{title} {on}"),
}
TREE = Reason(
    "total",
    ("S", Decimal("5.50")),
    (
        Reason("item", (Label("服务", "Service"), date(2024, 5, 1)), source="rule 3"),
        Reason("item", (Label(en="Study"), None)),
    ),
)


def test_a_reason_is_told_in_both_languages():
    """One line a reason, indented below its parent; trailing zeros are dropped, nothing is left empty."""
    assert render(TREE, CATALOGUE) == "S: 5.5\n  Service 2024-05-01 (source: rule 3)\n  Study "
    assert (
        render(TREE, CATALOGUE, lang="zh", indent="-") == "S：5.5\n-服务 2024-05-01（来源：rule 3）\n-Study "
    )


def test_a_reason_as_plain_values():
    """Code, arguments, children and source; empty tails and titles are left out, words go by their code."""
    assert TREE.to_json() == [
        "total",
        ["S", "5.50"],
        [["item", [None, "2024-05-01"], [], "rule 3"], ["item", [None, None]]],
    ]
    assert Reason("cap", (Label("每月", "month", "month"),)).to_json() == ["cap", ["month"]]
    assert Reason("total").to_json() == ["total"]


def test_walking_goes_from_parents_to_children():
    """A walk begins at the top and visits each child after its parent."""
    assert [reason.code for reason in TREE.walk()] == ["total", "item", "item"]


def test_reasons_are_values():
    """Reasons with the same parts are equal, hash alike and survive pickling."""
    assert pickle.loads(pickle.dumps(TREE)) == TREE
    assert hash(pickle.loads(pickle.dumps(TREE))) == hash(TREE)


def test_a_code_without_a_sentence_is_an_error():
    """Nothing is left out silently: a code the catalogue does not have is refused."""
    with pytest.raises(KeyError, match="veto"):
        render(Reason("veto"), CATALOGUE)


@pytest.mark.parametrize("points", ["100", "0", "5.00", "1E+2"])
def test_whole_numbers_keep_their_zeros(points):
    """Only zeros behind the point are dropped."""
    shown = {"100": "100", "0": "0", "5.00": "5", "1E+2": "100"}[points]

    assert render(Reason("total", ("S", Decimal(points))), CATALOGUE) == f"S: {shown}"

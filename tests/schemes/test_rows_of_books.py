"""Which rows of the six places the bundled books of each sort serve."""

import pytest

import serviceorg as so

REGISTRY = so.load(discover=False)
#: Head of the files -> the feature, and the rows that files of that head must serve.
SERVED = {
    "structure": ("W29 W30 W31", {12, 13, 14, 16, 26, 27, 118, 119, 120, 121, 122, 134, 146, 148, 149, 155}),
    "duties": ("W25", {28, 99, 100, 101, 103, 128, 129, 130, 137, 143, 147, 151, 166}),
    "coverage": (
        "W26 W27",
        {16, 17, 18, 63, 75, *range(85, 89), 90, 91, *range(94, 100), 107, *range(114, 118), 121, 122}
        | {128, 129, 136, 138, 141, 142, *range(145, 152), 163},
    ),
    "ledger": ("S26 W33", {31, 57, 58, 60}),
    "matching": ("W27 W28", {19, 22, 25, 33, 77, 85, *range(94, 99), 108, 136, 139, 154, 159, 160, 169}),
    "commitments": ("W32", {32, 64, 144, 163, 165}),
    "workflow": ("W1 W3", {89, 92, 93}),
}


@pytest.mark.parametrize("head", SERVED)
def test_the_rows_of_a_feature_are_served(head):
    """Each row of W25 to W33 and S26 is named by a bundled file of the sort that expresses it."""
    _, wanted = SERVED[head]

    found = {row for name in REGISTRY.known(head) for row in REGISTRY.get(head, name).rows}

    assert wanted - found == set()


@pytest.mark.parametrize("head", [head for head in SERVED if head not in ("structure", "workflow")])
def test_every_bundled_book_tells_its_source_and_proves_itself(head):
    """A bundled book says where its rules are from, and holds golden cases."""
    books = [REGISTRY.get(head, name) for name in REGISTRY.known(head)]

    assert [book.id for book in books if not (book.source and book.cases)] == []

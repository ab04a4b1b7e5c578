import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import serviceorg
from serviceorg.commitments import run_cases
from serviceorg.errors import CommitmentProblems
from serviceorg.loading import fact_kinds_from_text
from serviceorg.loading.commitment_files import commitments_from_text
from tests.commitments.given import HEAD, HUNDRED, book

SCHEMES = Path(serviceorg.__file__).parent / "schemes"
FILES = sorted(SCHEMES.glob("*/commitments/*.toml"))
LINES = HEAD.count("\n")


def bundled(path):
    """Return a bundled book."""
    kinds = fact_kinds_from_text((path.parents[1] / "facts.toml").read_text(encoding="utf-8"))
    return commitments_from_text(path.read_text(encoding="utf-8"), file=path.name, kinds=kinds)


def problems(text):
    """Return the whole message of a broken file."""
    with pytest.raises(CommitmentProblems) as caught:
        book(text)
    return str(caught.value).splitlines()


def test_there_are_five_bundled_books():
    """Rows 32, 64, 144, 163 and 165 have a book each."""
    assert [path.stem for path in FILES] == [
        "one-promise-three-reviews",
        "ten-things-2013",
        "secretary-projects",
        "two-promises",
        "yearly-list",
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_golden_case_of_a_bundled_book_holds(path):
    """Every bundled book has golden cases, exact to the last digit, and a source."""
    found = bundled(path)

    assert run_cases(found) == ()
    assert found.cases
    assert found.source


def test_the_ten_things_are_ten():
    """The district promised ten things in 2013, with the numbers of row 32."""
    found = {
        one.id: one for one in bundled(SCHEMES / "erqi" / "commitments" / "ten-things-2013.toml").commitments
    }

    targets = {
        name: found[name].versions[0].goal.target
        for name in ("housing", "roads", "cameras", "compounds", "jobs", "transfers")
    }
    parks = [part.goal.target for part in found["parks"].versions[0].parts]
    assert len(found) == 10
    assert targets == {
        "housing": 6486,
        "roads": 8,
        "cameras": 290,
        "compounds": 100,
        "jobs": 20000,
        "transfers": 1000,
    }
    assert parks == [2, 2000000]


def test_a_golden_case_that_does_not_hold_is_told():
    """A case that expects something else says what was found."""
    case = """
[[case]]
title = "Five"
on = 2025-02-02
facts = [{ subject = "u-1", kind = "done", on = 2025-02-01, amount = 5 }]
expects = { c = { status = "done", actual = 6, percent = 5 } }
"""

    assert list(map(str, run_cases(book(HUNDRED + case)))) == [
        "t/book, case 'Five', commitment 'c': status: expected 'done', found 'on-track'",
        "t/book, case 'Five', commitment 'c': actual: expected 6, found 5",
    ]


def at(line, place, text):
    """Return the message about a line of the text behind the head."""
    return f"t.toml, line {LINES + line}, {place}: {text}"


MILESTONES = """
[[commitment.milestone]]
on = 2025-04-10
target = 50
[[commitment.milestone]]
on = 2025-02-28
target = 50
[[commitment.milestone]]
on = 2024-12-31
target = 101
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            HUNDRED.replace('measure = "sum"', 'mesure = "sum"'),
            [
                at(
                    10,
                    "commitment.c.mesure",
                    "unknown key 'mesure'; known are 'basis', 'by', 'confirmed', 'dates', 'direction', "
                    "'due', 'fact', 'field', …. Did you mean 'measure'? [unknown-key]",
                )
            ],
            id="misspelt-key",
        ),
        pytest.param(
            HUNDRED.replace("target = 100\n", "").replace("due = 2025-04-10", "due = 2024-04-10"),
            [
                at(
                    2,
                    "commitment.c",
                    "the key 'target' is missing: how much, or \"done\"; or write parts [missing-key]",
                ),
                at(7, "commitment.c.due", "2024-04-10 lies before the first day, 2025-01-01 [bounds]"),
            ],
            id="no-target-and-due-too-early",
        ),
        pytest.param(
            HUNDRED + MILESTONES,
            [
                at(
                    13,
                    "commitment.c.milestone[1].on",
                    "2025-04-10 does not lie before the due day, 2025-04-10; that has the "
                    "target itself [order]",
                ),
                at(
                    16,
                    "commitment.c.milestone[2].on",
                    "2025-02-28 does not come after 2025-04-10; write them in order [order]",
                ),
                at(
                    17,
                    "commitment.c.milestone[2].target",
                    "50 is not more than 50, which must be reached before [order]",
                ),
                at(
                    19,
                    "commitment.c.milestone[3].on",
                    "2024-12-31 lies before the first day, 2025-01-01 [order]",
                ),
                at(
                    19,
                    "commitment.c.milestone[3].on",
                    "2024-12-31 does not come after 2025-02-28; write them in order [order]",
                ),
                at(
                    20,
                    "commitment.c.milestone[3].target",
                    "101 is more than the whole target, 100 [out-of-range]",
                ),
            ],
            id="milestones",
        ),
        pytest.param(
            HUNDRED.replace('measure = "sum"', 'confirmed = { by = "photo", among = "u-1" }').replace(
                "100", "0.5"
            ),
            [
                at(6, "commitment.c.target", "0.5 is never counted; write a whole number [out-of-range]"),
                at(
                    10,
                    "commitment.c.confirmed.among",
                    "'u-1' promised or answers for this, and nobody confirms their own; name "
                    "somebody else [nobody-may]",
                ),
                at(
                    10,
                    "commitment.c.confirmed.by",
                    "the attribute 'photo' of kind 'done' is true or false; needed is a text "
                    "[attribute-type]",
                ),
            ],
            id="counts-and-confirms",
        ),
        pytest.param(
            HUNDRED.replace('fact = "done"', 'fact = "event"'),
            [
                at(
                    2,
                    "commitment.c",
                    "facts of kind 'event' carry no amount; declare it with amount = true, or name an "
                    "attribute [no-amount]",
                )
            ],
            id="nothing-to-sum",
        ),
        pytest.param(
            HUNDRED.replace('"done"', '"event"')
            .replace('"sum"', '"distinct"\nfield = "place"')
            .replace("= 100", "= 4"),
            [
                at(
                    6,
                    "commitment.c.target",
                    "4 different values are never there; the attribute has 3 [never-fed]",
                )
            ],
            id="more-places-than-there-are",
        ),
        pytest.param(
            HUNDRED.replace('"done"', '"level"').replace('"sum"', '"last"').replace("= 100", "= 1001"),
            [
                at(
                    6,
                    "commitment.c.target",
                    "1001 is more than one fact can say, 1000; sum facts, or raise 'most' [never-fed]",
                )
            ],
            id="a-level-no-fact-can-say",
        ),
        pytest.param(
            HUNDRED + HUNDRED.replace('id = "c"', 'id = "d"'),
            [
                at(
                    12,
                    "commitment.d",
                    "one fact can count here and in 'c' at once; tell them apart by 'where', or write "
                    "shared = true [counted-twice]",
                )
            ],
            id="one-fact-twice",
        ),
        pytest.param(
            HUNDRED.replace('by = "u-1"', 'by = ["u-1", "u-1"]'),
            [at(5, "commitment.c.by", "'u-1' is named twice; name each promiser once [double-id]")],
            id="promiser-twice",
        ),
        pytest.param(
            HUNDRED.replace('by = "u-1"', 'by = ["u-1", "u-2"]\nwhose = "anyone"'),
            [
                at(
                    6,
                    "commitment.c.whose",
                    "each of several promisers would count the same facts; leave it out, or write "
                    "shared = true [counted-twice]",
                )
            ],
            id="several-count-anyones",
        ),
        pytest.param(
            HUNDRED + HUNDRED.replace("2025-01-01", "2025-03-01").replace("= 100", "= 80"),
            [
                at(
                    2, "commitment[1]", "another version follows; write until = 2025-02-28 here [missing-key]"
                ),
                at(
                    12,
                    "commitment[2]",
                    "the key 'basis' is missing: a later version needs the decision it rests on "
                    "[missing-key]",
                ),
            ],
            id="version-without-basis",
        ),
        pytest.param(
            HUNDRED.replace('by = "u-1"', 'by = "u-1"\nuntil = 2025-03-01')
            + HUNDRED.replace("2025-01-01", '2025-03-01\nuntil = 2025-05-01\nbasis = "B"'),
            [
                at(
                    18,
                    "commitment[2].since",
                    "2025-03-01 overlaps the version before; allowed is 2025-03-02 [order]",
                ),
                at(
                    19,
                    "commitment[2].until",
                    "no version follows; a promise does not end by itself: leave it out, or "
                    "write 'withdrawn' [key-fit]",
                ),
            ],
            id="versions-overlap",
        ),
        pytest.param(
            HUNDRED.replace('by = "u-1"', 'by = "u-1"\nuntil = 2025-02-27')
            + HUNDRED.replace("2025-01-01", '2025-02-28\nbasis = "B"').replace("u-1", "u-2"),
            [
                at(
                    16,
                    "commitment[2].by",
                    "'by' is not what it was at first; begin a new commitment instead [key-fit]",
                )
            ],
            id="another-promiser",
        ),
        pytest.param(
            HUNDRED + 'withdrawn = { on = 2025-04-11, basis = "B" }\n',
            [
                at(
                    11,
                    "commitment.c.withdrawn.on",
                    "2025-04-11 lies outside 2025-01-01 to 2025-04-10; what is overdue is missed, not "
                    "withdrawn [bounds]",
                )
            ],
            id="withdrawn-too-late",
        ),
        pytest.param(
            HUNDRED
            + 'together = "sum"\n[[commitment.part]]\nid = "a"\ntarget = 60\nwhere = { thing = "x" }\n'
            + '[[commitment.part]]\nid = "a"\ntarget = "done"\nwhere = { thing = "y" }\n',
            [
                at(
                    17,
                    "commitment.c.part[2].id",
                    "'a' is used twice; the first is entry 1, this is entry 2 [double-id]",
                ),
                at(
                    18,
                    "commitment.c.part[2].target",
                    'what is done or not done adds up to nothing; write together = "reached" [key-fit]',
                ),
            ],
            id="parts",
        ),
        pytest.param(
            HUNDRED
            + '[[case]]\ntitle = "x"\non = 2025-02-01\n'
            + 'facts = [{ subject = "u-1", kind = "done", on = 2025-01-01 }]\n'
            + 'expects = { d = { status = "done" } }\n',
            [
                at(14, "case[1].facts[1]", "facts of kind 'done' must carry an amount [case-fact]"),
                at(15, "case[1].expects.d", "unknown commitment 'd'; known are 'c' [case-expect]"),
            ],
            id="case",
        ),
    ],
)
def test_a_broken_file_is_refused_with_its_text(text, expected):
    """Everything wrong is told at once: where, what was found, what is allowed, a guess."""
    assert problems(text) == expected


def test_a_number_of_parts_that_is_not_kept_is_told():
    """The counts of the head must hold."""
    with pytest.raises(CommitmentProblems, match="2 commitments are promised, but there are 1"):
        commitments_from_text(
            HEAD.replace("[fact.done]", "counts = { commitments = 2 }\n[fact.done]") + HUNDRED
        )


WHOLE = (
    (SCHEMES / "gaomi" / "commitments" / "secretary-projects.toml").read_text(encoding="utf-8").splitlines()
)
WORDS = [
    '"x"',
    "0",
    "-1",
    "2018-02-30",
    "2018-02-01",
    "[]",
    "{}",
    "true",
    '"done"',
    "1e9",
    "[1, 2]",
    '["a", "a"]',
]


@given(
    st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.sampled_from(["", *WORDS])), min_size=1, max_size=4)
)
@settings(max_examples=60)
def test_whatever_is_changed_in_a_file_it_is_read_or_refused(changes):
    """A file with lines left out or other values is a book, or its problems are told; nothing else."""
    lines = list(WHOLE)
    for at_line, word in changes:
        name, equals, _ = lines[at_line].partition(" = ")
        lines[at_line] = f"{name} = {word}" if word and equals else ""

    with contextlib.suppress(CommitmentProblems):
        run_cases(commitments_from_text("\n".join(lines)))

import ast
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serviceorg import ledger
from serviceorg.errors import LedgerProblems
from serviceorg.ledger import Journal, check_journal, reverse
from serviceorg.loading.journals import files as journal_files
from serviceorg.loading.journals.files import (
    entries_from_text,
    head_line,
    heads_from_text,
    journal_from_text,
    journal_lines,
    verified_text,
)
from serviceorg.loading.ledger_codes import JOURNAL_CODES
from tests.ledger.accounts import FIRST, RULES, draft_of, posted

JOURNAL = reverse(
    posted(
        draft_of("earn", "张三", "2.5", memo="图书馆", by="c", fact="f", evidence="表1"),
        draft_of("earn", "B", 1499, id="k"),
        draft_of("earn", "B", 3, occurred_on=FIRST.replace(day=1, month=2)),
    ),
    "k",
    id="back",
    on=FIRST,
)
LINES = list(journal_lines(JOURNAL))


def test_a_journal_goes_through_a_file():
    """What was written is read as the same journal, and verified on the way (W33)."""
    text = "".join(LINES)

    assert journal_from_text(text, heads=[JOURNAL.head()]) == JOURNAL
    assert "".join(journal_lines(journal_from_text(f"\ufeff{text}".replace("\n", "\r\n")))) == text
    assert journal_from_text("") == Journal()
    assert verified_text(text) == ()


def test_a_file_is_only_ever_added_to():
    """The lines after a number are what is new; appended to the old file they are the whole."""
    new = list(journal_lines(JOURNAL, after=2))

    assert LINES[:2] + new == LINES


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
)
def test_any_text_comes_back_the_same(owner, memo):
    """Quotation marks, control characters and signs of every script survive a file, with their hashes."""
    journal = posted(draft_of("earn", owner, 1, id=owner, memo=memo))

    assert journal_from_text("".join(journal_lines(journal))) == journal


def changed(line, **fields):
    """Return a line with other values; None takes a key out."""
    row = json.loads(line) | fields
    return json.dumps({key: value for key, value in row.items() if value is not None}, ensure_ascii=False)


def test_lines_laid_out_otherwise_are_read_the_same():
    """Spaces, the order of keys and escaped signs are no matter: the hash is that of the content."""
    rows = [json.loads(line) for line in LINES]
    text = "\n\n".join(json.dumps(dict(reversed(row.items())), indent=None) for row in rows)

    assert text != "".join(LINES)
    assert journal_from_text(text) == JOURNAL


NO_FLOAT = (
    "line 4: this is not JSON: 1.5 is not a whole number; amounts are written as texts, like '2.5' [json]"
)
UNKNOWN_KEY = (
    "line 5, numbr: unknown key 'numbr'; known are 'by', 'evidence', 'fact', 'hash', 'id', 'legs', 'memo', "
    "'move', …. Did you mean 'number'? [unknown-key]"
)
TOO_LARGE = (
    "line 9, legs[1]: amount: Decimal('99999999999') is out of bounds; "
    "allowed are amounts below 10000000000 [amount]"
)


def test_every_line_that_cannot_be_read_is_told_at_once():
    """All problems of a file come together, by line and key."""
    lines = [
        "nonsense",
        "[1]",
        '{"id":"a","id":"b"}',
        '{"number":1.5}',
        changed(LINES[0], memo=5, numbr=1, by=""),
        changed(LINES[0], on="2024-02-30", number=0, hash="x"),
        changed(LINES[0], legs=None, move=None),
        changed(LINES[0], legs=[["a", "b"], ["time:A", "hours", "1.50"]]),
        changed(LINES[0], legs=[["time:A", "hours", "99999999999"], ["time:A", "hours", "1"]]),
        changed(LINES[0], legs=["x"]),
        '{"id":"\\ud800"}',
        "",
        "{" + "[" * 70_000,
    ]

    with pytest.raises(LedgerProblems) as caught:
        entries_from_text("\n".join(lines), file="j.jsonl")

    assert [
        str(problem).removeprefix("j.jsonl, ")
        for problem in caught.value.problems
        if "missing" not in problem.message
    ] == [
        "line 1: this is not JSON: Expecting value: line 1 column 1 (char 0) [json]",
        "line 2: a line is one JSON object; found a list [json]",
        "line 3: this is not JSON: the key 'id' stands twice [json]",
        NO_FLOAT,
        UNKNOWN_KEY,
        "line 5, memo: found 5; allowed is a text that is not empty [type]",
        "line 5, by: found ''; allowed is a text that is not empty [type]",
        "line 6, on: '2024-02-30' is not a day of the calendar [date]",
        "line 6, number: found 0; allowed is a whole number from 1 [type]",
        "line 6, hash: found 'x'; allowed are 64 small hexadecimal digits [type]",
        'line 8, legs[1]: allowed is a list of three texts, like ["points:M-1", "points", "2.5"] [type]',
        "line 8, legs[2]: '1.50' is not an amount as it is written here, like '2.5' or '-3' [amount]",
        TOO_LARGE,
        "line 10, legs: allowed is a list of at least two legs [account, asset, amount] [type]",
        "line 11, id: the text holds half of a surrogate pair [encoding]",
        "line 13: the line is longer than 65536 signs [too-long]",
    ]
    missing = [problem.where for problem in caught.value.problems if "missing" in problem.message]
    assert missing[:2] == ["line 7, legs", "line 7, move"]


def test_a_file_of_nothing_but_mistakes_is_not_read_to_its_end():
    """After a hundred problems nobody reads further."""
    problems = verified_text("x\n" * 500)

    assert (len(problems), problems[-1].code) == (101, "too-many")


def test_a_line_that_was_changed_is_found_by_its_file():
    """A file with another amount is refused, and the problem names file and entry."""
    forged = [LINES[0].replace('"2.5"', '"9.5"').replace('"-2.5"', '"-9.5"'), *LINES[1:]]

    with pytest.raises(
        LedgerProblems, match=r"j\.jsonl, entry 1: its content gives .* it was changed \[changed\]"
    ):
        journal_from_text("".join(forged), file="j.jsonl")


def test_heads_are_kept_as_lines():
    """A head is a line of JSON; what is none is refused with its line."""
    heads = [JOURNAL.head(), Journal().head()]

    assert heads_from_text("".join(map(head_line, heads))) == tuple(heads)
    with pytest.raises(LedgerProblems, match=r"h\.jsonl, line 2: this is no head"):
        heads_from_text(head_line(heads[0]) + '{"number":1}\n', file="h.jsonl")


def test_a_journal_cut_short_is_found_by_its_head():
    """Two lines less fit together; the head of the whole shows that they are missing."""
    (problem,) = verified_text("".join(LINES[:2]), heads=[JOURNAL.head()], file="j.jsonl")

    assert problem.code == "truncated"


def test_an_imported_journal_can_be_continued():
    """A journal from a file keeps its rules and takes the next entry."""
    journal = journal_from_text("".join(LINES))

    assert check_journal(journal, RULES) == ()
    assert ledger.post(journal, RULES, draft_of("earn", "C", 1)).last.number == len(LINES) + 1


def codes_written():
    """Return every code a journal can be refused with."""
    room = Path(ledger.__file__).parent
    found = set()
    for path in (Path(journal_files.__file__), room / "verifying.py", room / "checking.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                if getattr(node.func, "attr", getattr(node.func, "id", "")) in ("note", "Problem"):
                    found.add(node.args[0].value)
            elif (
                isinstance(node, ast.Tuple) and len(node.elts) == 2 and isinstance(node.elts[0], ast.Constant)
            ):
                found.add(node.elts[0].value)
    return {code for code in found if isinstance(code, str) and code[0].isalpha()}


def test_every_code_of_a_journal_is_in_the_catalogue():
    """A code that is reported has a line in English and Chinese."""
    assert codes_written() == set(JOURNAL_CODES)
    assert all(meaning.zh and meaning.en for meaning in JOURNAL_CODES.values())

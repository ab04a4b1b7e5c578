import json
import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serviceorg.basics import FrozenMap
from serviceorg.errors import FactProblems
from serviceorg.facts import Fact, FactKind
from serviceorg.loading.records import read_facts
from tests.records.kinds import KINDS

#: Faulty files, each with the problems it must be told for in a text file beside it.
BROKEN = Path(__file__).parent / "broken"


@pytest.fixture
def read(tmp_path):
    """Read facts from a text."""

    def read_text(text, name="facts.jsonl"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return list(read_facts(path, KINDS))

    return read_text


@pytest.fixture
def problems(read, tmp_path):
    """Return the problems of a text, one a line."""

    def problems_of(text, name="facts.jsonl"):
        with pytest.raises(FactProblems) as caught:
            read(text, name)
        return str(caught.value).replace(str(tmp_path) + "/", "").splitlines()

    return problems_of


def test_a_json_line_becomes_a_fact(read):
    """Every key of a line is read, dates as days and numbers as exact decimals."""
    line = """{"id": "F-1", "subject": "M-1", "kind": "visit", "on": "2024-03-01",
     "recorded_on": "2024-03-02", "decided_on": "2024-03-03", "recorded_by": "G-7", "evidence": "photo 12",
     "attributes": {"result": "met", "score": 0.1, "urgent": true, "due": "2024-04-01",
     "note": "老人在家"}}"""

    facts = read(line.replace("\n", ""))

    assert facts == [
        Fact(
            id="F-1",
            subject="M-1",
            kind="visit",
            on=date(2024, 3, 1),
            recorded_on=date(2024, 3, 2),
            decided_on=date(2024, 3, 3),
            recorded_by="G-7",
            evidence="photo 12",
            attributes={
                "result": "met",
                "score": Decimal("0.1"),
                "urgent": True,
                "due": date(2024, 4, 1),
                "note": "老人在家",
            },
        )
    ]


def test_csv_and_json_lines_give_the_same_facts(read):
    """The same facts written as CSV, with or without a byte order mark, and as JSON Lines are equal."""
    csv = (
        "id,subject,kind,on,amount,attributes.result,attributes.score,attributes.urgent,attributes.due\r\n"
        "F-1,M-1,visit,2024-03-01,,met,7.5,false,2024-04-01\r\n"
        '"F-2","M-1",service,2024-03-02,2.25,,,,\r\n'
    )
    lines = (
        '{"id": "F-1", "subject": "M-1", "kind": "visit", "on": "2024-03-01", "attributes": '
        '{"result": "met", "score": 7.5, "urgent": false, "due": "2024-04-01"}}\n'
        '{"id": "F-2", "subject": "M-1", "kind": "service", "on": "2024-03-02", "amount": 2.25}\n'
    )

    assert (
        read(csv, "a.csv")
        == read("\ufeff" + csv, "b.CSV")
        == read(lines)
        == read("\ufeff" + lines, "a.ndjson")
    )


def test_an_amount_may_be_text(read):
    """An amount written as text is the same as the number, for writers that know only binary floats."""
    facts = read(
        '{"subject": "M-1", "kind": "service", "on": "2024-03-02", "amount": "2.5"}\n'
        '{"subject": "M-1", "kind": "service", "on": "2024-03-02", "amount": 2.5}'
    )

    assert [fact.amount for fact in facts] == [Decimal("2.5"), Decimal("2.5")]


def test_a_fact_without_an_id_is_named_for_its_line(read):
    """A missing id is "L" and the line number; blank lines count, as they do in an editor."""
    facts = read(
        '{"subject": "M-1", "kind": "login", "on": "2024-03-02"}\n\n'
        '{"subject": "M-1", "kind": "login", "on": "2024-03-02"}'
    )

    assert [fact.id for fact in facts] == ["L1", "L3"]


def test_a_derived_id_is_not_given_twice(problems):
    """An id that equals one derived from a line is a double like any other."""
    assert problems(
        '{"subject": "M-1", "kind": "login", "on": "2024-03-02"}\n'
        '{"id": "L1", "subject": "M-1", "kind": "login", "on": "2024-03-02"}'
    ) == ["facts.jsonl, line 2, id: the id 'L1' stands in line 1 already [duplicate]"]


def test_absent_and_null_mean_the_same(read):
    """A key with null is a key that is not there."""
    bare = read('{"id": "F", "subject": "M-1", "kind": "login", "on": "2024-03-02"}')
    null = read(
        '{"id": "F", "subject": "M-1", "kind": "login", "on": "2024-03-02", "amount": null, "reverses": null,'
        ' "recorded_on": null, "decided_on": null, "recorded_by": null, "evidence": null, "attributes": null}'
    )

    assert bare == null
    assert bare[0].attributes == FrozenMap()


@pytest.mark.parametrize("name", ["facts", "columns"])
def test_all_problems_of_a_file_are_told_at_once(name):
    """Each problem stands with line and key, what was found, what is allowed and the nearest guess."""
    (path,) = BROKEN.glob(f"{name}.[cj]s*")

    with pytest.raises(FactProblems) as caught:
        list(read_facts(path, KINDS))

    assert str(caught.value).replace(f"{path}, ", "") == (BROKEN / f"{name}.txt").read_text("utf-8").strip()


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ('{"a": 1, "b": 2, "a": 3}', "the key 'a' stands twice"),
        ('{"amount": NaN}', "NaN is not a number of JSON"),
        ('{"amount": -Infinity}', "-Infinity is not a number of JSON"),
        ('{"amount": ' + "9" * 5000 + "}", "a number of 5000 signs; at most 40 are allowed"),
        ('{"amount": 0.' + "9" * 5000 + "}", "a number of 5002 signs; at most 40 are allowed"),
        ("[" * 60_000, "the JSON is nested too deeply"),
        ("[]", "a line is one JSON object {…}; found a list"),
        ('{"a": 1', "this is not JSON: Expecting ',' delimiter at sign 8"),
    ],
)
def test_hostile_json_is_refused(problems, line, text):
    """Double keys, numbers that are none, endless numbers and deep nesting are problems of their line."""
    assert problems(line) == [f"facts.jsonl, line 1: {text} [json]"]


def test_an_enormous_exponent_costs_nothing(problems):
    """1e999999999 is refused by its size, before anything tries to write it out."""
    line = '{"subject": "M-1", "kind": "service", "on": "2024-03-01", "amount": 1e999999999}'

    (found,) = problems(line)

    assert found.startswith("facts.jsonl, line 1, amount: '1E+999999999' is out of bounds; allowed are ")


def test_a_line_too_long_is_passed_over_and_the_next_is_read(problems):
    """Of a line over 64 KiB one problem is told, and line numbers go on as in an editor."""
    long = '{"subject": "' + "x" * 300_000 + '"}\n'

    assert problems(long + '{"kind": "login"}') == [
        "facts.jsonl, line 1: the line is longer than 65536 bytes [too-long]",
        "facts.jsonl, line 2: 'subject' is missing [missing]",
        "facts.jsonl, line 2: 'on' is missing [missing]",
    ]


def test_another_encoding_is_one_problem(problems):
    """A file in the old Chinese encoding is told once, with what to do, not once for each line."""
    text = "subject,kind,on\n张三,login,2024-03-01\n李四,login,2024-03-01\n".encode("gb18030")

    (found,) = problems(text, "facts.csv")

    assert found.startswith(
        "facts.csv, line 2: byte b'\\xd5' is not UTF-8; the rest of the file was not read; "
    )
    assert found.endswith("save it as UTF-8 (in Excel: 'CSV UTF-8') [encoding]")


def test_after_a_thousand_problems_the_reader_stops(problems):
    """No more than 1,000 problems are told, and a note that the rest was not read."""
    found = problems("[]\n" * 2_000)

    assert len(found) == 1_001
    assert found[-1].startswith("facts.jsonl, line 1001: there are more than 1000 problems; the rest ")


def test_a_double_id_names_the_first_line(problems):
    """An id stands once in a file."""
    line = '{"id": "F-1", "subject": "M-1", "kind": "login", "on": "2024-03-01"}\n'

    assert problems(line * 2) == [
        "facts.jsonl, line 2, id: the id 'F-1' stands in line 1 already [duplicate]"
    ]


def test_a_reversal_may_stand_before_what_it_takes_back(read):
    """The order of lines means nothing: a reversal is checked when the whole file has been read."""
    facts = read(
        '{"id": "R", "subject": "M-1", "kind": "service", "on": "2024-03-02", "reverses": "F-1"}\n'
        '{"id": "F-1", "subject": "M-1", "kind": "service", "on": "2024-03-01", "amount": 2}\n'
    )

    assert facts[0].reverses == "F-1"


def test_a_reversal_of_nothing_is_a_problem(problems):
    """Reversing a fact the file does not hold is told with the nearest id."""
    assert problems(
        '{"id": "F-001", "subject": "M-1", "kind": "login", "on": "2024-03-01"}\n'
        '{"id": "R", "subject": "M-1", "kind": "login", "on": "2024-03-02", "reverses": "F-0O1"}\n'
        '{"id": "Q", "subject": "M-1", "kind": "login", "on": "2024-03-02", "reverses": "Q"}\n'
    ) == [
        "facts.jsonl, line 3, reverses: the fact 'Q' cannot reverse itself [reversal]",
        "facts.jsonl, line 2, reverses: this file has no fact 'F-0O1'. Did you mean 'F-001'? [reversal]",
    ]


def test_a_closed_scorecard_may_have_a_negative_total_or_none(tmp_path):
    """Totals can fall below nothing, and a subject that was not assessed has no total."""
    path = tmp_path / "cards.jsonl"
    path.write_text(
        '{"subject": "M-1", "kind": "scorecard", "on": "2024-12-31", "amount": -3.5}\n'
        '{"subject": "M-2", "kind": "scorecard", "on": "2024-12-31"}\n',
        encoding="utf-8",
    )

    cards = list(read_facts(path, {"scorecard": FactKind(id="scorecard", amount=True)}))

    assert [card.amount for card in cards] == [Decimal("-3.5"), None]


def test_facts_of_other_kinds_are_set_aside_and_counted(tmp_path):
    """A kind nobody declared is no problem and no silence: it is counted, with the nearest known kind."""
    path = tmp_path / "facts.jsonl"
    path.write_text(
        '{"subject": "M-1", "kind": "vist", "on": "2024-03-01", "attributes": {"any": 1}}\n'
        '{"subject": "M-1", "kind": "login", "on": "2024-03-01"}\n'
        '{"subject": "M-1", "kind": "vist", "on": "2024-03-01", "amount": 5}\n',
        encoding="utf-8",
    )
    reader = read_facts(path, KINDS)

    facts = list(reader)

    assert [fact.kind for fact in facts] == ["login"]
    assert (reader.report.facts, dict(reader.report.unknown_kinds)) == (1, {"vist": 2})
    (notice,) = reader.report.notices()
    assert notice.startswith("set aside 2 of kind 'vist', which the rules do not read; known are 'login', ")
    assert notice.endswith("Did you mean 'visit'?")


def test_csv_with_semicolons_is_recognised(problems):
    """A file parted by semicolons, as some spreadsheets write it, is told what parts columns here."""
    (found,) = problems("subject;kind;on\nM-1;login;2024-03-01\n", "facts.csv")

    assert "unknown column 'subject;kind;on'; columns are parted by commas; known are" in found


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ("M-1,login", "line 2: the row has 2 cells; the header has 3 [csv]"),
        ("M-1,login,2024-03-01,x", "line 2: the row has 4 cells; the header has 3 [csv]"),
        ("M-1,,2024-03-01", "line 2: 'kind' is missing [missing]"),
        (
            'M-1,"log"in,2024-03-01',
            "line 2: this is not CSV (',' expected after '\"'); the rest of the file was not read [csv]",
        ),
        (
            '"M-1,login,2024-03-01',
            "line 2: this is not CSV (unexpected end of data); the rest of the file was not read [csv]",
        ),
    ],
)
def test_rows_of_another_shape_are_problems(problems, rows, text):
    """A row has as many cells as the header, and quotes stand where CSV wants them."""
    assert problems(f"subject,kind,on\n{rows}\n", "facts.csv") == [f"facts.csv, {text}"]


def test_a_cell_may_hold_line_ends(read):
    """A quoted cell over two lines is one cell, and later lines keep the numbers of an editor."""
    facts = read(
        'subject,kind,on,evidence\nM-1,login,2024-03-01,"a\nb"\nM-1,login,2024-03-02,\n', "facts.csv"
    )

    assert [(fact.id, fact.evidence) for fact in facts] == [("L2", "a\nb"), ("L4", "")]


def test_an_empty_csv_file_is_a_problem_and_empty_json_lines_are_none(problems, read):
    """CSV says by its header what it holds; JSON Lines without lines holds no facts."""
    (found,) = problems("", "facts.csv")

    assert found.startswith(
        "facts.csv, line 1: the file has no header; allowed columns are id, subject, kind, on,"
    )
    assert read("") == []


def test_files_that_cannot_be_read_are_problems(problems, tmp_path):
    """A missing file and an unknown ending are told like any other problem."""
    with pytest.raises(FactProblems, match=r"no\.jsonl: No such file or directory \[unreadable\]"):
        next(read_facts(tmp_path / "no.jsonl", KINDS))

    (found,) = problems("x", "facts.xlsx")
    assert found.startswith("facts.xlsx: a file ending in '.xlsx' cannot be read; allowed are '.jsonl', ")


def test_a_reader_holds_one_line_at_a_time(tmp_path):
    """The first fact is given out before the second line has been looked at."""
    path = tmp_path / "facts.jsonl"
    path.write_text('{"subject": "M-1", "kind": "login", "on": "2024-03-01"}\nnot json\n', encoding="utf-8")
    reader = read_facts(path, KINDS)

    assert next(reader).id == "L1"
    assert 0 < reader.position <= path.stat().st_size
    with pytest.raises(FactProblems, match="line 2: this is not JSON"):
        next(reader)


_days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
_facts = st.fixed_dictionaries(
    {
        "subject": st.from_regex(r"[A-Z]-[0-9]{1,4}", fullmatch=True),
        "kind": st.just("service"),
        "on": _days.map(str),
        "amount": st.integers(0, 240_000).map(lambda units: str(Decimal(units).scaleb(-4))),
    },
    optional={"recorded_on": _days.map(str), "evidence": st.text("ab,\"'\n;=", max_size=8).filter(bool)},
)


@given(st.lists(_facts, max_size=6))
def test_both_formats_read_what_was_written(tmp_path_factory, records):
    """Facts written as JSON Lines and as CSV come back the same, and equal to what was written."""
    import csv

    folder = tmp_path_factory.mktemp("facts")
    (folder / "f.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    with (folder / "f.csv").open("w", encoding="utf-8", newline="") as file:
        names = ["id", "subject", "kind", "on", "amount", "recorded_on", "evidence"]
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows({"id": f"L{n}", **r} for n, r in enumerate(records, start=1))

    facts = list(read_facts(folder / "f.jsonl", KINDS))

    assert facts == list(read_facts(folder / "f.csv", KINDS))
    assert [(f.subject, str(f.on), f.amount, f.evidence) for f in facts] == [
        (r["subject"], r["on"], Decimal(r["amount"]), r.get("evidence", "")) for r in records
    ]


@pytest.mark.parametrize(
    ("cell", "flag"),
    [("true", True), ("True", True), ("TRUE", True), ("false", False), ("False", False), ("FALSE", False)],
)
def test_flags_of_a_spreadsheet_are_read(read, cell, flag):
    """Spreadsheets write a flag in capitals; a CSV cell means the same in each of the three spellings."""
    text = "subject,kind,on,attributes.result,attributes.urgent\n"

    (fact,) = read(f"{text}M-1,visit,2024-03-01,met,{cell}\n", "facts.csv")

    assert fact.attributes["urgent"] is flag


def test_other_spellings_of_a_flag_are_problems(problems):
    """A slip of the keyboard, and a text in JSON where a flag belongs, are not guessed at."""
    text = "subject,kind,on,attributes.result,attributes.urgent\nM-1,visit,2024-03-01,met,tRUE\n"
    line = '{"subject": "M-1", "kind": "visit", "on": "2024-03-01", '
    line += '"attributes": {"result": "met", "urgent": "TRUE"}}'

    assert problems(text, "facts.csv") == [
        "facts.csv, line 2, attributes.urgent: 'tRUE' is not a flag; allowed are true and false [type]"
    ]
    assert problems(line) == [
        "facts.jsonl, line 1, attributes.urgent: 'TRUE' is not a flag; allowed are true and false [type]"
    ]


def test_what_is_no_file_is_told_and_not_waited_for(tmp_path):
    """A folder and a pipe are told as what they are; opening a pipe would wait for ever."""
    (tmp_path / "folder.jsonl").mkdir()
    os.mkfifo(tmp_path / "pipe.jsonl")

    with pytest.raises(
        FactProblems, match=r"folder\.jsonl: this is a folder; name one file in it \[format\]"
    ):
        next(read_facts(tmp_path / "folder.jsonl", KINDS))
    with pytest.raises(FactProblems, match=r"pipe\.jsonl: this is a pipe or a device, not a file; save the"):
        next(read_facts(tmp_path / "pipe.jsonl", KINDS))

from datetime import date
from pathlib import Path

import pytest

from serviceorg.errors import FactProblems
from serviceorg.loading.records import read_subjects
from serviceorg.model import Dated, Exemption, Subject

BROKEN = Path(__file__).parent / "broken"


@pytest.fixture
def read(tmp_path):
    """Read subjects from a text."""

    def read_text(text, name="subjects.jsonl"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return read_subjects(path)

    return read_text


@pytest.fixture
def problems(read, tmp_path):
    """Return the problems of a text, one a line."""

    def problems_of(text, name="subjects.jsonl"):
        with pytest.raises(FactProblems) as caught:
            read(text, name)
        return str(caught.value).replace(str(tmp_path) + "/", "").splitlines()

    return problems_of


def test_a_json_line_becomes_a_subject(read):
    """Categories and organisations may change on a day, and exemptions have an end or none."""
    line = (
        '{"id": "M-1", "kind": "staff", "name": "张三", "category": [{"since": "2024-05-01", "value": "b"}, '
        '{"since": "2023-01-01", "value": "a"}], "organisation": "O-1", "joined": "2023-01-01", '
        '"left": "2024-12-31", "exemptions": [{"effect": "not_assessed", "since": "2024-02-01", '
        '"until": "2024-03-01", "reason": "ill"}, {"effect": "not_graded", "since": "2024-06-01"}]}'
    )

    assert read(line) == (
        Subject(
            id="M-1",
            kind="staff",
            name="张三",
            category=(Dated(date(2023, 1, 1), "a"), Dated(date(2024, 5, 1), "b")),
            organisation="O-1",
            joined=date(2023, 1, 1),
            left=date(2024, 12, 31),
            exemptions=(
                Exemption(
                    effect="not_assessed", since=date(2024, 2, 1), until=date(2024, 3, 1), reason="ill"
                ),
                Exemption(effect="not_graded", since=date(2024, 6, 1)),
            ),
        ),
    )


def test_csv_and_json_lines_give_the_same_subjects(read):
    """The plain columns of CSV give the same subjects as JSON Lines, in the order of the file."""
    csv = "id,kind,name,category,organisation,joined,left\nM-2,,李四,poor,O-1,2024-01-01,\nM-1,,,,,,\n"
    lines = (
        '{"id": "M-2", "name": "李四", "category": "poor", "organisation": "O-1", "joined": "2024-01-01"}\n'
        '{"id": "M-1"}\n'
    )

    assert read(csv, "subjects.csv") == read(lines)
    assert [subject.id for subject in read(lines)] == ["M-2", "M-1"]
    assert read(lines)[1].kind == "member"


def test_all_problems_of_a_file_are_told_at_once():
    """Each problem names the line and the way to the key."""
    path = BROKEN / "subjects.jsonl"

    with pytest.raises(FactProblems) as caught:
        read_subjects(path)

    assert str(caught.value).replace(f"{path}, ", "") == (BROKEN / "subjects.txt").read_text("utf-8").strip()


def test_exemptions_have_no_column(problems):
    """CSV has no room for exemptions: the column is refused, not passed over."""
    (found,) = problems("id,exemptions\nM-1,x\n", "subjects.csv")

    assert found.startswith("subjects.csv, line 1: unknown column 'exemptions'; known are")

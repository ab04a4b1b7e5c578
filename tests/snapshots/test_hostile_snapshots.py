"""Files meant to do harm are refused in bounded time, with a problem and not with a crash."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serviceorg.basics.escaping import unescaped
from serviceorg.errors import SnapshotProblems, StructureProblems
from serviceorg.loading.records_fields import Record
from serviceorg.loading.records_lines import Notes
from serviceorg.loading.snapshots.cells import Cells, Unusual
from serviceorg.loading.snapshots.files import read_snapshot, snapshot_problems
from serviceorg.loading.snapshots.tables import TABLES
from serviceorg.loading.structure_files import structure_from_text
from serviceorg.model.records import Membership
from serviceorg.model.snapshot import Snapshot
from tests.snapshots.test_reading import folder

HEAD = '[structure]\nid = "p/s"\ntitle = "T"\nsource = "S"\n'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("units.jsonl", '{"id": "a", "size": 1e999999}', id="number-of-a-million-digits"),
        pytest.param("units.jsonl", '{"id": "a", "size": NaN}', id="no-number"),
        pytest.param("units.jsonl", '{"id": "a", "size": true}', id="flag-for-a-size"),
        pytest.param("units.jsonl", '{"id": "a", "latitude": 1e-999999, "longitude": 0}', id="tiny"),
        pytest.param("units.jsonl", f'{{"id": {"[" * 30_000}{"]" * 30_000}}}', id="deep"),
        pytest.param("units.jsonl", '{"id": "a", "id": "b"}', id="key-twice"),
        pytest.param("units.jsonl", '{"id": ["a"]}', id="list-for-an-id"),
        pytest.param("units.jsonl", '{"id": {"a": 1}}', id="object-for-an-id"),
        pytest.param("units.jsonl", '{"id": "a", "name": "\\ud800"}', id="half-a-sign"),
        pytest.param("units.jsonl", "\0" * 50, id="zeros"),
        pytest.param("traits.jsonl", '{"of": "a", "name": "n", "value": []}', id="list-for-a-text"),
        pytest.param("traits.jsonl", '{"of": "a", "name": "n", "value": ""}', id="empty-text"),
        pytest.param("units.csv", "id\n" + "x" * 200_000, id="endless-line"),
        pytest.param("units.csv", 'id,name\na,"' + "x\n" * 100_000, id="quote-that-is-never-closed"),
        pytest.param("units.csv", "id,size\na,１２\n", id="digits-of-another-script"),
        pytest.param("units.csv", "id,since\na,2024-W01-1\n", id="date-by-the-week"),
        pytest.param("units.csv", "id,since\na,2024-02-30\n", id="day-that-is-none"),
        pytest.param("units.csv", "id,latitude,longitude\na,90.1,0\n", id="beyond-the-pole"),
        pytest.param("units.csv", "id,latitude,longitude\na,1,\n", id="half-a-place"),
        pytest.param("units.csv", "id\n" + "a" * 201 + "\n", id="endless-id"),
        pytest.param("changes.csv", "id,kind,on,before\nx,split,2024-01-01," + ";" * 60_000, id="many-parts"),
    ],
)
def test_no_file_harms_its_reader(name, content, tmp_path):
    """Whatever stands in a file of records, the answer is a list of problems of that file."""
    path = folder(tmp_path, {name: content})

    found = snapshot_problems(path)

    assert found
    assert len(found) <= 1_001
    assert all(problem.file == str(path / name) for problem in found if problem.code != "more")
    assert len(str(found[0])) < 1_000


def test_true_is_not_the_size_one(tmp_path):
    """A flag is no number, even where the number one was read before it."""
    path = folder(tmp_path, {"units.jsonl": '{"id": "a", "size": 1}\n{"id": "b", "size": true}\n'})

    assert [problem.where for problem in snapshot_problems(path)] == ["line 2, size"]


@given(content=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8")))
@pytest.mark.parametrize("name", ["units.csv", "changes.csv", "memberships.jsonl"])
def test_any_bytes_are_read_or_told(name, content, tmp_path_factory):
    """Random bytes give a snapshot or problems, nothing else."""
    path = folder(tmp_path_factory.mktemp("any"), {name: b"id,kind,on,before\n" + content})

    assert isinstance(snapshot_problems(path), tuple)


CELLS = st.sampled_from(["", "a", " a", "'=a", "2024-01-01", "2024-13-01", "12.5", "-12.5", "1e3", "x" * 201])


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
@given(data=st.data())
def test_the_quick_way_and_the_precise_one_agree(table, data):
    """What is made quickly from a row is what is made key by key, and then nothing is wrong with the row."""
    row = data.draw(st.tuples(*[CELLS] * len(table.keys)))
    notes = Notes("")
    values = {key: unescaped(cell) for key, cell in zip(table.keys, row, strict=True) if cell}
    record = Record(1, values, notes, cells=True)

    quick = quickly(table, row)
    record.check_keys(table.keys, table.required)
    precise = table.precise(record)

    assert quick in (None, precise)
    assert notes.problems == [] or quick is None
    assert precise is not None or notes.problems


def quickly(table, row):
    """Return the record of a row of plain cells, None if it is to be read key by key."""
    with suppress(Unusual):
        return table.quick(Cells({}, blank=""))(*row)
    return None


def test_a_pipe_is_not_waited_for(tmp_path):
    """A pipe in the folder is told and not opened: nobody may ever write into it."""
    import os

    os.mkfifo(tmp_path / "units.csv")
    os.mkfifo(tmp_path / "structure.toml")

    assert [problem.code for problem in snapshot_problems(tmp_path)] == ["unreadable", "format"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(HEAD + "[[kind]]\nid = " + "[" * 100, id="deep"),
        pytest.param(HEAD + "a." * 5_000 + "b = 1", id="key-of-many-parts"),
        pytest.param(HEAD + '[[role]]\nid = "r"\nat = ["k"]\nleast = 1e999999\n', id="number"),
        pytest.param(HEAD + '[[kind]]\nid = "k"\n' * 3_000, id="many-tables"),
        pytest.param(HEAD + "#" * 200_000, id="too-big"),
        pytest.param(HEAD.replace("p/s", "\0"), id="nul"),
        pytest.param("\ud800", id="half-a-sign"),
        pytest.param("", id="nothing"),
    ],
)
def test_no_structure_harms_its_reader(text):
    """Whatever the text, the answer is a structure or a list of problems."""
    with pytest.raises(StructureProblems) as caught:
        structure_from_text(text, file="s.toml")

    assert 0 < len(caught.value.problems) <= 101


def test_a_snapshot_that_was_read_can_be_made_by_hand(tmp_path):
    """Records that were made quickly are those of the constructor: equal, of one hash, frozen."""
    import pickle

    path = folder(tmp_path, {"memberships.csv": "person,unit,role,since\np,u,head,2024-01-01\n"})
    by_hand = Membership(person="p", unit="u", role="head", since=date(2024, 1, 1))

    (found,) = read_snapshot(path, check=False).memberships

    assert (found, hash(found), repr(found)) == (by_hand, hash(by_hand), repr(by_hand))
    assert pickle.loads(pickle.dumps(found)) == by_hand
    with pytest.raises(AttributeError):
        found.role = "staff"  # type: ignore[misc]  # that it is frozen is the point
    with pytest.raises(SnapshotProblems):
        read_snapshot(path)
    assert Snapshot.of(memberships=[found]) == Snapshot.of(memberships=[by_hand])

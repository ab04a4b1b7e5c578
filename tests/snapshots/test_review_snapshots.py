"""What is written can be read, what is read is bounded alike, and no problem shows somebody's name."""

import json
from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest

from serviceorg.errors import SnapshotProblems
from serviceorg.loading.snapshots.files import read_snapshot
from serviceorg.loading.snapshots.writing import write_snapshot
from serviceorg.model import Change, Snapshot, Unit


@pytest.mark.parametrize(("form", "size"), [("csv", 84_029), ("jsonl", 96_080)], ids=["csv", "jsonl"])
def test_a_line_that_no_reader_takes_is_not_written(tmp_path, form, size):
    """A change with 4,000 ids of 20 signs makes a longer line than may be read: it is told beforehand."""
    before = tuple(f"{number:0>20}" for number in range(4000))
    change = Change(id="c", kind="dissolve", on=date(2024, 1, 1), before=before)

    with pytest.raises(SnapshotProblems) as caught:
        write_snapshot(Snapshot.of(changes=[change]), tmp_path / "new", format=form)

    assert str(caught.value) == (
        f"changes[0]: its line would have {size} bytes; allowed are 65536 [unwritable]"
    )
    assert not (tmp_path / "new").exists()


def test_the_longest_line_that_is_written_is_read_again(tmp_path):
    """A change that just fits is written, and is the same when read."""
    before = (*(f"{number:0>20}" for number in range(3119)), "x" * 7)
    snapshot = Snapshot.of(changes=[Change(id="c", kind="dissolve", on=date(2024, 1, 1), before=before)])

    write_snapshot(snapshot, tmp_path / "new")

    lines = (tmp_path / "new" / "changes.csv").read_bytes().split(b"\r\n")
    assert len(lines[1]) == 65_536
    assert read_snapshot(tmp_path / "new", check=False).changes == snapshot.changes


@pytest.mark.parametrize("latitude", ["", "36.2", "-0005"], ids=["plain", "placed", "unusual"])
def test_sizes_have_one_bound_however_a_row_is_read(tmp_path, latitude):
    """A size above the largest is refused, whether the rest of its row is plain or not."""
    longitude = "119.4" if latitude else ""
    rows = f"id,kind,latitude,longitude,size\nu,cell,{latitude},{longitude},9999999999.5\n"
    (tmp_path / "units.csv").write_text(rows)

    with pytest.raises(SnapshotProblems) as caught:
        read_snapshot(tmp_path, check=False)

    assert "size: 9999999999.5 is out of bounds; allowed are 0 to 9999999999" in str(caught.value)


def test_a_size_that_no_reader_takes_is_not_written(tmp_path):
    """The largest size is the same for writing."""
    with pytest.raises(SnapshotProblems, match=r"size: 9999999999\.5 is out of bounds"):
        write_snapshot(Snapshot.of(units=[Unit(id="u", size=Decimal("9999999999.5"))]), tmp_path / "new")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ('["\\u5f20\\u4e09\\u4e30"]', "name: what is written here is not a text [type]"),
        (
            '"\\u5f20\\u4e09\\u4e30\\ud800"',
            "name: the name holds half of a surrogate pair; write the sign itself [text]",
        ),
    ],
    ids=["list", "half"],
)
def test_no_problem_shows_the_name_of_somebody(tmp_path, name, message):
    """A name that cannot be read is told by its place: problems are printed and sent around."""
    (tmp_path / "people.jsonl").write_text(f'{{"id": "p", "name": {name}}}\n')

    with pytest.raises(SnapshotProblems) as caught:
        read_snapshot(tmp_path, check=False)

    assert str(caught.value).endswith(f"line 1, {message}")
    assert "张" not in str(caught.value)


@pytest.mark.parametrize("name", ["fact", "snapshots/snapshot"])
def test_no_schema_divides_by_a_fraction(name):
    """Validators divide in binary, where 0.3 is no multiple of 0.0001: decimals are counted by the reader."""
    text = (files("serviceorg.loading") / f"{name}.schema.json").read_text(encoding="utf-8")

    assert json.loads(text)["$schema"]
    assert "multipleOf" not in text

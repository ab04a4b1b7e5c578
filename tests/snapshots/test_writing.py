"""What is written is read again as it was; what could not be is refused before a file is touched."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serviceorg.basics.escaping import escaped, is_formula, unescaped
from serviceorg.errors import SnapshotProblems
from serviceorg.loading.snapshots.files import read_snapshot
from serviceorg.loading.snapshots.writing import write_snapshot
from serviceorg.model.places import Place
from serviceorg.model.records import Change, Membership, Person, Placement, Trait, Unit
from serviceorg.model.snapshot import Snapshot
from serviceorg.model.structure import Structure
from tests.snapshots.test_broken_snapshots import expected
from tests.snapshots.test_reading import MEANT, folder
from tests.snapshots.worlds import WORLDS

# Signs that mean something to CSV, to spreadsheets or to JSON come often.
SIGNS = st.one_of(st.sampled_from("='+-@|\"',;\t\r\n\0 ＝a枣"), st.characters(exclude_categories=["Cs"]))
TEXTS = st.text(SIGNS, max_size=12)
IDS = st.text(SIGNS, min_size=1, max_size=8).filter(lambda text: text.isprintable() and text == text.strip())
DAYS = st.none() | st.dates(date(1900, 1, 1), date(2200, 12, 31))
SPAN = {"since": DAYS, "until": DAYS}
SIZES = st.none() | st.decimals(0, 9_999_999_999, places=4)
PLACES = st.none() | st.builds(Place, st.decimals(-90, 90, places=7), st.decimals(-180, 180, places=6))
UNITS = st.builds(Unit, id=IDS, kind=IDS | st.just(""), name=TEXTS, place=PLACES, size=SIZES, **SPAN)
PEOPLE = st.builds(Person, id=IDS, name=TEXTS, born=DAYS, **SPAN)
PLACEMENTS = st.builds(Placement, tree=IDS, unit=IDS, parent=IDS | st.just(""), **SPAN)
MEMBERSHIPS = st.builds(Membership, person=IDS, unit=IDS, role=IDS, affiliation=IDS | st.just(""), **SPAN)
TRAITS = st.builds(Trait, of=IDS, name=IDS, value=TEXTS.filter(bool), **SPAN)
UNPARTED = IDS.filter(lambda text: ";" not in text)
CHANGES = st.builds(
    Change,
    id=IDS,
    kind=st.sampled_from(["merge", "split", "rename", "dissolve"]),
    on=st.dates(date(1900, 1, 1), date(2200, 12, 31)),
    before=st.lists(UNPARTED, min_size=1, max_size=3).map(tuple),
    after=st.lists(UNPARTED, max_size=3).map(tuple),
    tickets=IDS | st.just(""),
    points=st.sampled_from(["sum", "stay"]),
    shares=st.lists(st.decimals(0, 1, places=3), max_size=3).map(tuple),
    basis=TEXTS,
)


def some(records, **kinds):
    """Return a strategy for lists of records; ``unique`` ones have each id once."""
    return st.lists(records, max_size=4, **kinds)


def own_id(record):
    """Return the id of a record."""
    return record.id


SNAPSHOTS = st.builds(
    Snapshot.of,
    units=some(UNITS, unique_by=own_id),
    people=some(PEOPLE, unique_by=own_id),
    placements=some(PLACEMENTS),
    memberships=some(MEMBERSHIPS),
    traits=some(TRAITS),
    changes=some(CHANGES, unique_by=own_id),
)


@pytest.mark.parametrize("form", ["csv", "jsonl"])
@given(snapshot=SNAPSHOTS)
def test_what_is_written_is_read_again(form, snapshot, tmp_path_factory):
    """Reading what was written with all names gives the same snapshot, whatever signs are in it."""
    path = tmp_path_factory.mktemp("snapshot") / "new"

    write_snapshot(snapshot, path, format=form, names="plain")

    assert read_snapshot(path, check=False) == snapshot


@given(text=st.text(SIGNS, max_size=12))
def test_a_mark_against_formulas_can_be_taken_off(text):
    """A cell is never a formula, and every text comes back from its cell."""
    cell = escaped(text)

    assert unescaped(cell) == text
    assert not is_formula(cell)


@pytest.mark.parametrize("form", ["csv", "jsonl"])
@pytest.mark.parametrize("place", sorted(WORLDS))
def test_the_six_places_travel(place, form, tmp_path):
    """A written organisation is whole when it is read again with its structure."""
    world = WORLDS[place]()

    write_snapshot(world, tmp_path / "new", format=form, names="plain")

    assert read_snapshot(tmp_path / "new", structure=world.structure) == world


def test_names_are_masked_unless_asked_for(tmp_path):
    """By default a surname is all that is written of a person's name; units keep theirs, or none has one."""
    for naming in ("masked", "plain", "none"):
        write_snapshot(MEANT, tmp_path / naming, names=naming)
    write_snapshot(MEANT, tmp_path / "default")

    found = {
        path.name: (read_snapshot(path).people["p"].name, read_snapshot(path).units["t"].name)
        for path in tmp_path.iterdir()
    }

    assert found == {
        "masked": ("张*", "枣庄"),
        "default": ("张*", "枣庄"),
        "plain": ("张三", "枣庄"),
        "none": ("", ""),
    }


def test_files_are_plain_csv_and_json(tmp_path):
    """Other programs read them: RFC 4180 with a header and CRLF, and JSON objects without nulls."""
    write_snapshot(MEANT, tmp_path / "c")
    write_snapshot(MEANT, tmp_path / "j", format="jsonl")

    with (tmp_path / "c" / "changes.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    line = (tmp_path / "j" / "units.jsonl").read_text(encoding="utf-8").splitlines()[0]

    assert rows == [
        ["id", "kind", "on", "before", "after", "tickets", "points", "shares", "basis"],
        ["x", "merge", "2024-06-01", "a;b", "c", "c", "stay", "", "决定1号"],
    ]
    assert (tmp_path / "c" / "units.csv").read_bytes().count(b"\r\n") == 5
    assert json.loads(line) == {
        "id": "t",
        "kind": "town",
        "name": "枣庄",
        "since": "2020-01-01",
        "latitude": "34.5",
        "longitude": "-117.0000001",
        "size": "12000",
    }


def test_nothing_is_overwritten(tmp_path):
    """A folder that holds anything is left as it is; an empty one, and one yet to be made, are filled."""
    path = folder(tmp_path, {"units.csv": "id\na\n"})

    with pytest.raises(SnapshotProblems) as caught:
        write_snapshot(MEANT, path)

    assert str(caught.value) == (
        f"{path}: the folder holds something already; name a new one, or empty this one yourself [not-empty]"
    )
    assert (path / "units.csv").read_text() == "id\na\n"
    assert [entry.name for entry in path.iterdir()] == ["units.csv"]


def test_what_could_not_be_read_again_is_refused_in_whole(tmp_path):
    """Every record that no reader would take is told by file and position, and nothing is written."""
    broken = Snapshot.of(
        units=[
            Unit(id="fine"),
            Unit(id=" blank"),
            Unit(id="u", since=date(1850, 1, 1)),
            Unit(id="w", name="\ud800"),
        ],
        people=[Person(id="p", name="x" * 5000)],
        traits=[Trait(of="u", name="care", value="")],
        changes=[Change(id="x", kind="merge", on=date(2024, 1, 1), before=("a;b", "c"), after=("d",))],
    )

    with pytest.raises(SnapshotProblems) as caught:
        write_snapshot(broken, tmp_path / "new", names="plain")

    assert str(caught.value).splitlines() == expected("unwritable")
    assert not (tmp_path / "new").exists()


def test_lists_with_semicolons_are_written_in_json(tmp_path):
    """An id that CSV could not part from the next one in a list stands in JSON as it is."""
    change = Change(id="x", kind="merge", on=date(2024, 1, 1), before=("a;b", "c"), after=("d",))

    write_snapshot(Snapshot.of(changes=[change]), tmp_path / "new", format="jsonl")

    assert read_snapshot(tmp_path / "new", check=False).changes == (change,)


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    """A file in the way, a word that is none and a name no folder can have are told, not stumbled over."""
    (tmp_path / "file").write_text("")

    wrong: list[tuple[Path | str, dict[str, Any], str]] = [
        (tmp_path / "file", {}, "this is a file; name a folder"),
        (tmp_path / "file" / "below", {}, "the folder cannot be written"),
        ("a\0b", {}, "the folder cannot be written"),
        (tmp_path / "x", {"format": "cvs"}, "'cvs' is not allowed; known are 'csv', 'jsonl'"),
        (tmp_path / "x", {"names": "mask"}, "Did you mean 'masked'"),
    ]

    for path, options, message in wrong:
        with pytest.raises(SnapshotProblems, match=message):
            write_snapshot(MEANT, path, **options)


def test_writing_takes_no_account_of_the_structure(tmp_path):
    """The words stay in their own file: what is written are records, of any structure."""
    write_snapshot(WORLDS["gaomi"](), tmp_path / "new")

    assert sorted(entry.name for entry in (tmp_path / "new").iterdir()) == [
        "changes.csv",
        "memberships.csv",
        "people.csv",
        "placements.csv",
        "traits.csv",
        "units.csv",
    ]
    assert read_snapshot(tmp_path / "new").structure == Structure()

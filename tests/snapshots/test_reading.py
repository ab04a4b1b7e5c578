"""A folder of files becomes a snapshot, record for record, quickly or key by key."""

import re
from datetime import date
from decimal import Decimal

import pytest

from serviceorg.errors import AmountError, SnapshotProblems
from serviceorg.loading.snapshots.files import read_snapshot, snapshot_problems
from serviceorg.model.places import Place
from serviceorg.model.records import Change, Membership, Person, Placement, Trait, Unit
from serviceorg.model.snapshot import Snapshot
from serviceorg.model.structure import Structure, Tree, UnitKind

FIRST = date(2020, 1, 1)
CSV = {
    "units.csv": "id,kind,name,since,until,latitude,longitude,size\n"
    "t,town,枣庄,2020-01-01,,34.5,-117.0000001,12000\n"
    "a,cell,,2020-01-01,2024-05-31,,,\n"
    "b,cell,,2020-01-01,2024-05-31,,,\n"
    "c,cell,,2024-06-01,,,,\n",
    "people.csv": "id,name,born,since,until\np,张三,1990-02-28,,\n",
    "placements.csv": "tree,unit,parent,since,until\n"
    "grid,t,,2020-01-01,\n"
    "grid,a,t,2020-01-01,2024-05-31\n"
    "grid,b,t,2020-01-01,2024-05-31\n"
    "grid,c,t,2024-06-01,\n",
    "memberships.csv": "person,unit,role,affiliation,since,until\np,c,head,home,2024-06-01,\n",
    "traits.csv": "of,name,value,since,until\np,health,well,2024-06-01,\n",
    "changes.csv": "id,kind,on,before,after,tickets,points,shares,basis\n"
    "x,merge,2024-06-01,a;b,c,c,stay,,决定1号\n",
}
JSON = {
    "units.jsonl": '{"id": "t", "kind": "town", "name": "枣庄", "since": "2020-01-01",'
    ' "latitude": 34.5, "longitude": "-117.0000001", "size": 12000}\n'
    '{"id": "a", "kind": "cell", "since": "2020-01-01", "until": "2024-05-31"}\n'
    '{"id": "b", "kind": "cell", "since": "2020-01-01", "until": "2024-05-31", "name": null}\n'
    '\n{"id": "c", "kind": "cell", "since": "2024-06-01"}\n',
    "people.ndjson": '{"id": "p", "name": "张三", "born": "1990-02-28"}\n',
    "placements.jsonl": '{"tree": "grid", "unit": "t", "since": "2020-01-01", "parent": null}\n'
    '{"tree": "grid", "unit": "a", "parent": "t", "since": "2020-01-01", "until": "2024-05-31"}\n'
    '{"tree": "grid", "unit": "b", "parent": "t", "since": "2020-01-01", "until": "2024-05-31"}\n'
    '{"tree": "grid", "unit": "c", "parent": "t", "since": "2024-06-01"}\n',
    "memberships.jsonl": '{"person": "p", "unit": "c", "role": "head", "affiliation": "home",'
    ' "since": "2024-06-01"}\n',
    "traits.jsonl": '{"of": "p", "name": "health", "value": "well", "since": "2024-06-01"}\n',
    "changes.jsonl": '{"id": "x", "kind": "merge", "on": "2024-06-01", "before": ["a", "b"], "after": ["c"],'
    ' "tickets": "c", "points": "stay", "basis": "决定1号"}\n',
}
EVE = date(2024, 5, 31)
ON = date(2024, 6, 1)
MEANT = Snapshot.of(
    units=[
        Unit(
            id="t",
            kind="town",
            name="枣庄",
            since=FIRST,
            place=Place("34.5", "-117.0000001"),
            size=Decimal(12000),
        ),
        Unit(id="a", kind="cell", since=FIRST, until=EVE),
        Unit(id="b", kind="cell", since=FIRST, until=EVE),
        Unit(id="c", kind="cell", since=ON),
    ],
    people=[Person(id="p", name="张三", born=date(1990, 2, 28))],
    placements=[
        Placement(tree="grid", unit="t", since=FIRST),
        Placement(tree="grid", unit="a", parent="t", since=FIRST, until=EVE),
        Placement(tree="grid", unit="b", parent="t", since=FIRST, until=EVE),
        Placement(tree="grid", unit="c", parent="t", since=ON),
    ],
    memberships=[Membership(person="p", unit="c", role="head", affiliation="home", since=ON)],
    traits=[Trait(of="p", name="health", value="well", since=ON)],
    changes=[
        Change(
            id="x",
            kind="merge",
            on=ON,
            before=("a", "b"),
            after=("c",),
            tickets="c",
            points="stay",
            basis="决定1号",
        )
    ],
)


def folder(path, files):
    """Write files into a folder and return it."""
    for name, text in files.items():
        (path / name).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


@pytest.mark.parametrize("files", [CSV, JSON], ids=["csv", "jsonl"])
def test_files_become_the_records_they_say(files, tmp_path):
    """Both forms of file give the same snapshot, in the order of the lines."""
    assert read_snapshot(folder(tmp_path, files)) == MEANT


def test_line_ends_marks_and_the_order_of_columns_change_nothing(tmp_path):
    """A byte order mark, CRLF, blank lines, quotes and columns in another order or left out mean the same."""
    files = {
        "units.csv": b"\xef\xbb\xbf" + b'kind,id\r\n\r\n"cell","a"\r\ncell,b\r\n,\r\n',
        "people.csv": 'born,id\n1990-02-28,"p"',
    }

    snapshot = read_snapshot(folder(tmp_path, files))

    assert list(snapshot.units.values()) == [Unit(id="a", kind="cell"), Unit(id="b", kind="cell")]
    assert list(snapshot.people.values()) == [Person(id="p", born=date(1990, 2, 28))]


def test_missing_files_hold_nothing_and_hidden_ones_and_notes_are_passed_by(tmp_path):
    """A folder with one file of records is whole; .git and README.md are nobody's business."""
    path = folder(tmp_path, {"units.csv": "id\na\n", ".hidden": "x", "README.md": "x"})

    snapshot = read_snapshot(path)

    assert (list(snapshot.units), snapshot.memberships, snapshot.changes) == (["a"], (), ())


def test_the_structure_of_the_folder_holds_unless_another_is_given(tmp_path):
    """Words come from structure.toml beside the records; a structure that is handed over goes before it."""
    head = '[structure]\nid = "pudong/structure"\ntitle = "Pudong"\nsource = "Invented"\n'
    path = folder(
        tmp_path, {"units.csv": "id,kind\na,cel\n", "structure.toml": f'{head}[[kind]]\nid = "cell"\n'}
    )

    found = snapshot_problems(path)
    given = read_snapshot(path, structure=Structure(kinds=[UnitKind(id="cel")]))

    assert [(problem.code, problem.file, problem.where) for problem in found] == [
        ("unknown-kind", str(path / "units.csv"), "line 2, unit 'a'")
    ]
    assert list(given.structure.kinds) == ["cel"]


def test_without_check_only_the_form_is_looked_at(tmp_path):
    """What does not fit together is let in when asked, so that a report on it can be written."""
    path = folder(tmp_path, {"memberships.csv": "person,unit,role\np,u,head\n"})

    snapshot = read_snapshot(path, check=False)

    assert snapshot.memberships == (Membership(person="p", unit="u", role="head"),)
    with pytest.raises(SnapshotProblems, match=r"memberships\.csv, line 2, membership of 'p' at 'u'"):
        read_snapshot(path)


def test_lines_are_counted_over_blank_ones_and_quoted_ones(tmp_path):
    """A record is named by the line it begins in, whatever stands before it."""
    text = 'id,kind,name\n\na,cell,"two\nlines"\n\nb,cel,\nc,cel,"three\n\nlines"\n'
    structure = Structure(kinds=[UnitKind(id="cell")])

    found = snapshot_problems(folder(tmp_path, {"units.csv": text}), structure=structure)

    assert [problem.where for problem in found] == ["line 6, unit 'b'", "line 7, unit 'c'"]


def test_an_id_is_one_text_wherever_it_stands(tmp_path):
    """A million bonds name the same ids, roles and days: each is held once, over all files of a snapshot."""
    files = {
        "people.jsonl": '{"id": "one"}\n',
        "memberships.csv": "person,unit,role,since\none,u,head,2024-01-01\none,u,staff,2024-01-01\n",
    }

    first, second = read_snapshot(folder(tmp_path, files), check=False).memberships

    assert first.person is second.person
    assert first.since is second.since


def test_a_mark_against_formulas_is_taken_off(tmp_path):
    """In CSV ``'=`` is how ``=`` is written where a spreadsheet looks; any other apostrophe stays."""
    text = "id,name\n'=a,'+1\nb,'s-Hertogenbosch\nc,''=1\n"

    snapshot = read_snapshot(folder(tmp_path, {"units.csv": text}))

    assert {unit.id: unit.name for unit in snapshot.units.values()} == {
        "=a": "+1",
        "b": "'s-Hertogenbosch",
        "c": "'=1",
    }


def test_a_name_may_lie_across_two_blocks(tmp_path):
    """Files are read in blocks of 1,048,576 bytes: a quoted name may lie across two."""
    rows = [f"u{number:05},{'x' * 56}\n" for number in range(16_383)]
    text = "".join(["id,name\n", *rows, f'v,"{"y" * 100}\n{"z" * 3000}"\n', "w,\nw,\n"])

    found = snapshot_problems(folder(tmp_path, {"units.csv": text}))

    assert text.index("y") < 1_048_576 < text.index("z")
    assert [(problem.where, problem.message) for problem in found] == [
        ("line 16388, id", "the id 'w' stands in line 16387 already")
    ]


def test_a_tree_is_built_from_what_was_read(tmp_path):
    """What was read answers as of a day: before the merge two cells, after it one."""
    structure = Structure(trees=[Tree(id="grid")])

    snapshot = read_snapshot(folder(tmp_path, CSV), structure=structure)

    assert [sorted(snapshot.tree("grid", on=day).parents) for day in (EVE, ON)] == [
        ["a", "b", "t"],
        ["c", "t"],
    ]


@pytest.mark.parametrize(
    ("latitude", "longitude", "message"),
    [
        pytest.param(
            "90.0000001", 0, "latitude: 90.0000001 is out of bounds; allowed are -90 to 90", id="pole"
        ),
        pytest.param(0, "-180.5", "longitude: -180.5 is out of bounds; allowed are -180 to 180", id="west"),
        pytest.param("1.00000001", 0, "latitude: '1.00000001' has more than 7 decimals", id="decimals"),
        pytest.param(34.5, 0, "latitude: 34.5: a binary float is not exact", id="float"),
    ],
)
def test_a_place_lies_on_the_earth(latitude, longitude, message):
    """Degrees are exact, with seven decimals at most (a centimetre), and within their bounds."""
    with pytest.raises(AmountError, match=re.escape(message)):
        Place(latitude, longitude)

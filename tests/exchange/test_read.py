import gzip
import re
import zlib
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from serviceorg.errors import LogProblems, UnknownIdError
from serviceorg.exchange import read_xes

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<log xmlns="http://www.xes-standard.org/">\n'
SMALL = f"""{HEAD}
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<global scope="event"><string key="concept:name" value="UNKNOWN"/></global>
<classifier name="Activity" keys="concept:name"/>
<float key="meta_time:duration_max" value="2.3832541524E7"><float key="Resource14" value="1.004"/></float>
<trace>
<string key="concept:name" value="c1"/><date key="deadline" value="2011-10-11T13:42:22.688+02:00"/>
<int key="pages" value="3"/><float key="area" value="1.10"/><boolean key="urgent" value="true"/>
<id key="uid" value="a-b"/>
<list key="who"><values><string key="id" value="p1"/><string key="id" value="p2"/></values></list>
<event><string key="concept:name" value="register"><string key="note" value="nested"/></string></event>
</trace>
<trace><string key="concept:name" value="c2"/></trace>
</log>
"""


def one_attribute(written: str) -> bytes:
    """Return a log with a trace that holds this, in line 3."""
    return f"{HEAD}<trace>{written}</trace></log>".encode()


def problems_of(content: bytes) -> list[str]:
    """Return what is wrong with a log, line by line."""
    with pytest.raises(LogProblems) as caught:
        read_xes(content)
    return str(caught.value).splitlines()


def test_a_log_becomes_traces_with_typed_attributes():
    """Texts, moments, numbers, flags, ids and lists keep their type, digits and offset; IEEE 1849."""
    log = read_xes(SMALL.encode())

    assert len(log) == 2
    assert log.events == 1
    assert log.traces[0].attributes == {
        "concept:name": "c1",
        "deadline": datetime(2011, 10, 11, 13, 42, 22, 688000, tzinfo=timezone(timedelta(hours=2))),
        "pages": 3,
        "area": Decimal("1.10"),
        "urgent": True,
        "uid": "a-b",
        "who": ("p1", "p2"),
    }
    assert log.traces[0].events[0].name == "register"


def test_attributes_of_attributes_are_passed_over():
    """What is nested in an attribute belongs to that attribute, and not to the event around it."""
    log = read_xes(SMALL.encode())

    assert log.traces[0].events[0].attributes == {"concept:name": "register"}


def test_lines_of_traces_and_events_are_kept():
    """A trace and an event know the line they begin in, counted from 1."""
    log = read_xes(SMALL.encode())

    assert [trace.line for trace in log] == [8, 15]
    assert log.traces[0].events[0].line == 13


def test_a_prefix_for_the_namespace_changes_nothing():
    """Elements are known by their local name, whatever prefix the file has for the namespace."""
    text = (
        '<x:log xmlns:x="http://www.xes-standard.org/"><x:trace><x:int key="n" value="7"/></x:trace></x:log>'
    )

    log = read_xes(text.encode())

    assert log.traces[0].attributes == {"n": 7}


def test_lists_of_older_files_need_no_values_element():
    """XES 2.0 lists stand without <values>; their entries are read all the same."""
    log = read_xes(one_attribute('<list key="who"><string key="id" value="p1"/></list>'))

    assert log.traces[0].attributes == {"who": ("p1",)}


def test_files_may_be_packed(tmp_path):
    """A gzip file is known by its first bytes, not by its name, and may consist of several parts."""
    path = tmp_path / "log.xes"
    half = len(SMALL) // 2
    path.write_bytes(gzip.compress(SMALL[:half].encode()) + gzip.compress(SMALL[half:].encode()))

    log = read_xes(path)

    assert len(log) == 2
    assert log.file == str(path)


def test_a_packed_file_of_any_length_is_read_to_its_end():
    """Unpacking in pieces loses nothing, where pieces end just at the limit too."""
    for length in range(65_400, 65_700, 7):
        padded = gzip.compress(SMALL.encode() + b" " * (length - len(SMALL.encode())))

        assert len(read_xes(padded)) == 2


def test_moments_without_a_zone_are_refused():
    """Nobody knows when 13:42 was unless the zone is told, so each such moment is a problem."""
    found = problems_of(one_attribute('<date key="t" value="2011-10-11T13:42:22"/>'))

    assert found == [
        (
            "line 3, t: found '2011-10-11T13:42:22'; it has no zone, so nobody knows when it was; "
            "give the one the log was kept in, like zone='Asia/Shanghai' [value]"
        )
    ]


def test_moments_without_a_zone_are_read_in_the_zone_given():
    """13:42 in Shanghai is 5:42 in UTC."""
    log = read_xes(one_attribute('<date key="t" value="2011-10-11T13:42:22"/>'), zone="Asia/Shanghai")

    assert log.traces[0].attributes["t"] == datetime(2011, 10, 11, 5, 42, 22, tzinfo=UTC)


def test_an_unknown_zone_is_named():
    """A zone this machine does not know stops the reader before anything is read."""
    with pytest.raises(UnknownIdError, match="there is no time zone 'Asia/Shanghia'"):
        read_xes(SMALL.encode(), zone="Asia/Shanghia")


@pytest.mark.parametrize(
    "written",
    [
        '<int key="n" value="3.0"/>',
        '<int key="n" value="٣"/>',
        '<int key="n" value="1234567890123456789"/>',
        '<float key="n" value="NaN"/>',
        '<float key="n" value="1e9999"/>',
        '<boolean key="n" value="yes"/>',
        '<date key="n" value="2011-02-30T00:00:00Z"/>',
        '<date key="n" value="0001-01-01T00:00:00+14:00"/>',
        '<date key="n" value="2011-02-03T00:00:00+99:99"/>',
        '<date key="n" value="20110203T000000Z"/>',
    ],
)
def test_values_that_do_not_fit_their_type_are_problems(written):
    """Nothing is guessed: a value not written as its type asks for is a problem with its key."""
    found = problems_of(one_attribute(written))

    assert len(found) == 1
    assert found[0].startswith("line 3, n: found ")
    assert found[0].endswith("[value]")


def test_every_problem_is_told_at_once():
    """A file's problems come together, in the order of its lines."""
    text = (
        f"{HEAD}<trace>\n<strng key='a' value='b'/>\n<string value='b'/>\n<string key='a'/>\n"
        "<string key='c' value='1'/>\n<string key='c' value='2'/>\n</trace>\n<event/>\n<trase/>\n</log>"
    )

    found = problems_of(text.encode())

    assert found == [
        (
            "line 4: unknown element 'strng'; known are 'boolean', 'date', 'event', 'float', "
            "'id', 'int', 'list', 'string'. Did you mean 'string'? [element]"
        ),
        "line 5: a <string> has no key [missing-key]",
        "line 6, a: there is no value [missing-value]",
        "line 8, c: the key 'c' stands here twice, and nobody knows which one holds [double-key]",
        "line 10: an event outside a <trace>: nobody knows which case it is of [no-trace]",
        (
            "line 11: unknown element 'trase'; known are 'classifier', 'extension', 'global', 'trace'. "
            "Did you mean 'trace'? [element]"
        ),
    ]


def test_too_many_problems_end_the_reading():
    """After 100 problems nobody reads on, and neither does the reader."""
    found = problems_of(one_attribute('<string value="x"/>' * 101))

    assert len(found) == 101
    assert found[-1] == "line 3: there are more than 100 problems; the rest was not read [too-many]"


ENTITIES = '<!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "text",
    [
        f"<?xml version='1.0'?>{ENTITIES}<log><trace><string key='x' value='&b;'/></trace></log>",
        "<!DOCTYPE log SYSTEM 'file:///etc/passwd'><log/>",
        "<!DOCTYPE log><log/>",
    ],
)
def test_document_types_are_refused(text):
    """A document type is refused before any entity of it is read, in every encoding."""
    for content in (text.encode(), ("\ufeff" + text).encode("utf-16-le")):
        found = problems_of(content)

        assert found[0].startswith("line 1: a document type ('log') is not read")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", "line 1: this is not XML: no element found [xml]"),
        (b"hello", "line 1: this is not XML: syntax error [xml]"),
        (b"<log><trace></log>", "line 1: this is not XML: mismatched tag [xml]"),
        (b"<log>&nbsp;</log>", "line 1: this is not XML: undefined entity [xml]"),
        (b"<html/>", "line 1: the document is a <html>; a XES file is a <log> [not-xes]"),
        (
            gzip.compress(SMALL.encode())[:-20],
            "the gzip file ends too early; it was not copied to its end [gzip]",
        ),
        (
            b"<log><trace>" + b"<string key='a' value='b'>" * 40,
            "line 1: elements lie more than 32 deep [too-deep]",
        ),
    ],
)
def test_what_is_no_log_is_told_in_a_sentence(content, text):
    """Whatever the bytes are, the answer is a log or problems of a log."""
    found = problems_of(content)

    assert found[-1] == text


def test_a_broken_gzip_file_is_told():
    """A file that begins like gzip and is none is a problem, not an error of the unpacker."""
    found = problems_of(b"\x1f\x8b" + b"\xff" * 30)

    assert re.fullmatch(r"the file begins like gzip but cannot be unpacked: .* \[gzip\]", found[0])


def test_a_packed_bomb_is_stopped_at_the_cap():
    """A small file that unpacks to more than the cap is refused while it unpacks."""
    packing = zlib.compressobj(9, zlib.DEFLATED, 31)
    content = packing.compress(HEAD.encode() + b" " * 5_000_000) + packing.flush()

    with pytest.raises(LogProblems, match="more than 1000000 bytes"):
        read_xes(content, most_bytes=1_000_000)


def test_a_tag_without_end_is_stopped():
    """A tag of millions of signs is refused, because it would be searched again with every piece."""
    content = f"{HEAD}<trace><string key='a' value='".encode() + b"x" * 3_000_000

    found = problems_of(content)

    assert found == ["line 3: a tag or text has more than 1048576 bytes [too-long]"]


def test_files_that_cannot_be_opened_are_problems(tmp_path):
    """A missing file and a folder are named in the problem."""
    with pytest.raises(LogProblems, match="no plain file"):
        read_xes(tmp_path)
    with pytest.raises(LogProblems, match="the file cannot be read: No such file"):
        read_xes(tmp_path / "none.xes")

import gzip
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from serviceorg.errors import LogProblems
from serviceorg.exchange import Log, LogMapping, mapping_from_text, read_xes, to_xes
from tests.exchange.worlds import NEIGHBOUR, complaints, moment

FLOW = complaints()
PIECES = [
    b"<log>",
    b"</log>",
    b"<trace>",
    b"</trace>",
    b"<event>",
    b"</event>",
    b'<string key="a" value="b"/>',
    b'<list key="l"><values>',
    b"</values></list>",
    b'<date key="t" value="2011-10-11T13:42:22Z"/>',
    b'<int key="n" value="x"/>',
    b"<!DOCTYPE log>",
    b"<!-- -->",
    b"\xff\xfe",
    b"\x1f\x8b",
    b"&amp;",
]
TABLES = ["[log]", "[opening]", "[actor]", "[[event]]", "[[moment]]", "[end]", "[event]"]
LINES = [
    'do = "close"',
    'name = "A"',
    "name = 5",
    "ignore = true",
    "form = { a = 1 }",
    'at = ""',
    "id = []",
    "x",
]


def read_or_refused(content: bytes) -> Log | None:
    """Return the log, or None where it has problems; anything else would be raised."""
    with suppress(LogProblems):
        return read_xes(content, most_bytes=100_000)
    return None


@given(st.one_of(st.binary(max_size=300), st.lists(st.sampled_from(PIECES), max_size=12).map(b"".join)))
def test_any_bytes_are_a_log_or_have_problems(content):
    """Whatever the bytes are, plain or packed, the answer is a log or problems; the same both ways."""
    plain, packed = read_or_refused(content), read_or_refused(gzip.compress(content))

    assert content.startswith(b"\x1f\x8b") or plain == packed


@given(st.lists(st.sampled_from(TABLES + LINES), max_size=10).map("\n".join))
def test_any_text_is_a_mapping_or_has_problems(text):
    """Whatever the text is, the answer is a mapping or problems."""
    with suppress(LogProblems):
        assert isinstance(mapping_from_text(text), LogMapping)


@given(st.text(min_size=1).filter(lambda text: bool(text.strip())))
def test_any_text_survives_xes(text):
    """What is filled in comes back sign by sign, but for signs XML cannot write, which become U+FFFD."""
    ticket = FLOW.open("T", by=NEIGHBOUR, at=moment(2, 8), form={"text": text, "place": "street-1"}).ticket

    (trace,) = read_xes(to_xes(FLOW, [ticket]).encode())

    found = trace.attributes["field.text"]
    assert isinstance(found, str)
    assert len(found) == len(text)
    assert all(one in (other, "\ufffd") for one, other in zip(found, text, strict=True))
    assert not any(one == "\ufffd" for one, other in zip(found, text, strict=True) if other.isalnum())

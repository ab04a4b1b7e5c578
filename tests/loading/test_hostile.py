"""Hostile texts end in a typed error, within a second of computing time and 256 MiB."""

import pytest

from tests.loading.hostile import ended

HEAD = (
    '[rule_set]\nid = "a/b"\ntitle = "t"\nsubject = "m"\nperiod = "year"\neffective = 2025-01-01\n'
    'basis = "b"\nsource = "s"\n[[category]]\nid = "c"\ntitle = "c"\n'
    '[fact.k]\namount = true\nfields.f = "text"\n'
)
ROOM = 128 * 1024 - len(HEAD) - 200


def filled(*, with_one_of):
    """Return a head and as many copies of a piece as there is room for; {} in it counts them."""
    pieces, size, number = [], 0, 0
    while size < ROOM:
        pieces.append(with_one_of.replace("{}", str(number)))
        size, number = size + len(pieces[-1]), number + 1
    return HEAD + "".join(pieces)


ITEM = '[[item]]\nid = "i{}"\ncategory = "c"\ntitle = "t"\non = "k"\npoints = 1\n'
FACTOR = '{{ where = {{ f = "{}" }}, by = 999.9999 }}'
#: Name -> text or bytes, and a code that must be among those of the refusal.
HOSTILE = {
    "a megabyte": (b"# " + b"x" * 2**20, "too-big"),
    "deep arrays": ("a = " + "[" * 60_000 + "]" * 60_000, "nesting"),
    "deep arrays that never close": ("a = " + "[" * 120_000, "nesting"),
    "deep inline tables": ("a = " + "{a = " * 20_000 + "1" + "}" * 20_000, "nesting"),
    "a dotted key of 60,000 parts": ("a." * 60_000 + "a = 1", "key-parts"),
    "a dotted key of quoted parts": ("'a'." * 30_000 + "a = 1", "key-parts"),
    "a header of 60,000 parts": ("[" + "a." * 60_000 + "a]", "key-parts"),
    "a text that is never closed": ('a = """' + '\\"""' * 30_000, "too-long"),
    "a line of escaped quotes": ('a = "' + '\\"' * 60_000, "too-long"),
    "one long text": (HEAD + 'x = "' + "y" * 100_000 + '"', "too-long"),
    "one long word": ("a" * 120_000 + " = 1", "too-long"),
    "a whole number of 5,000 digits": (HEAD + "[x]\na = " + "9" * 5_000, "too-long"),
    "a hexadecimal bomb": (HEAD + "[x]\na = 0x" + "f" * 100_000, "too-long"),
    "a huge exponent": (HEAD.replace("[[cat", "cap = 1e999999999\n[[cat", 1), "bad-number"),
    "an exponent beyond Decimal": (
        HEAD.replace("[[cat", "cap = 1e99999999999999999999\n[[cat", 1),
        "bad-number",
    ),
    "a tiny exponent": (HEAD.replace("[[cat", "cap = 1e-999999999\n[[cat", 1), "bad-number"),
    "not a number": (HEAD.replace("[[cat", "cap = nan\n[[cat", 1), "bad-number"),
    "minus infinity": (HEAD.replace("[[cat", "floor = -inf\n[[cat", 1), "bad-number"),
    "forty digits": (HEAD.replace("[[cat", "cap = " + "9" * 40 + "\n[[cat", 1), "bad-number"),
    "a NUL": (HEAD + "\x00", "syntax"),
    "a NUL in a text": (HEAD.replace('"b"', '"b\x00"', 1), "syntax"),
    "half a surrogate": (b"a = '\xed\xa0\x80'", "encoding"),
    "random bytes": (bytes(range(256)) * 100, "encoding"),
    "only quotation marks": ('"' * 120_000, "syntax"),
    "only brackets": ("[[" * 15, "syntax"),
    "only line ends": ("\n" * 120_000, "missing-key"),
    "a moment for a date": (HEAD.replace("2025-01-01", "2025-01-01T00:00:00Z"), "bad-date"),
    "year one": (HEAD.replace("2025-01-01", "0001-01-01"), "bad-date"),
    "20,000 keys": (HEAD + "[x]\n" + "".join(f"k{n} = 1\n" for n in range(11_000)), "unknown-key"),
    "20,000 unknown tables": (filled(with_one_of="[[x]]\n"), "unknown-key"),
    "all keys unknown": (
        filled(with_one_of="[[item]]\npionts{} = 1 # and a remark that takes some room in the file\n"),
        "more",
    ),
    "items without end": (filled(with_one_of=ITEM), "counted-twice"),
    "items of one kind, all apart": (
        filled(with_one_of=ITEM.replace('"k"', '"k"\nwhere = { f = "{}" }')),
        "",
    ),
    "factors that exclude one another": (
        HEAD + ITEM.replace("{}", "") + f"factor = [{', '.join(FACTOR.format(n) for n in range(2000))}]\n",
        "",
    ),
    "factors that go together": (
        HEAD + ITEM.replace("{}", "") + f"factor = [{', '.join(FACTOR.format('x') for _ in range(2000))}]\n",
        "overflow",
    ),
    "references to nothing": (filled(with_one_of=ITEM.replace('"c"', '"cc{}"')), "unknown-category"),
    "as many categories as wrong references": (
        filled(with_one_of='[[category]]\nid = "a{}"\ntitle = "t"\n' + ITEM.replace('"c"', '"b{}"')),
        "unknown-category",
    ),
    "grades without end": (
        filled(with_one_of='[[grade]]\nid = "g{}"\ntitle = "a title that takes some room"\nfrom = {}\n'),
        "band-unreachable",
    ),
    "amendments without end": (
        filled(with_one_of='[[amend]]\neffective = 2025-02-01\nbasis = "x"\n'),
        "too-many",
    ),
    "a list of 30,000 entries": (HEAD.replace('"m"', "[" + '"m",' * 30_000 + "]"), "too-many"),
    "cases without end": (
        filled(
            with_one_of='[[case]]\ntitle = "a longer title, {}"\nperiod = "2025"\nexpect = { total = 0 }\n'
        )
        + ITEM.replace("{}", ""),
        "",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_ends_in_a_typed_error_soon(name):
    """Whatever the text, the end is a list of problems (or a rule set) within 1 s and 256 MiB."""
    content, code = HOSTILE[name]

    end, seconds, memory, codes = ended(content)

    assert end == ("refused" if code else "loaded")
    assert not code or code in codes
    assert seconds < 1
    assert memory <= 256


def test_the_limits_of_this_test_bite():
    """A text that needs more than the limit is noticed: the reader itself measures time and memory."""
    end, seconds, memory, codes = ended(HEAD)

    assert (end, codes) == ("refused", ["empty"])
    assert seconds > 0
    assert memory > 5

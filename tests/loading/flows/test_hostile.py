"""Hostile workflow files end in a typed error or a workflow, in seconds and within 256 MiB."""

import pytest

from tests.loading.hostile import ended

HEAD = (
    '[workflow]\nid = "a/b"\ntitle = "t"\neffective = 2025-01-01\nbasis = "b"\nsource = "s"\n'
    '[[role]]\nid = "r"\n[[slot]]\nid = "s"\n[[field]]\nid = "f"\none_of = ["x", "y"]\n'
    '[[field]]\nid = "n"\ntype = "count"\n'
    '[[state]]\nid = "a"\nkind = "initial"\n[[state]]\nid = "z"\nkind = "final"\n'
    '[[opening]]\nid = "o"\nto = "a"\nby = "anyone"\nform = ["f"]\nsets = { s = "actor" }\n'
    '[[move]]\nid = "end"\nfrom = "a"\nto = "z"\nby = "anyone"\n'
)
ROOM = 128 * 1024 - len(HEAD) - 200


def filled(*, with_one_of):
    """Return a head and as many copies of a piece as fit; {} in it counts them, {+} is one more."""
    pieces, size, number = [], 0, 0
    while size < ROOM and number < 1900:
        pieces.append(with_one_of.replace("{}", str(number)).replace("{+}", str(number + 1)))
        size, number = size + len(pieces[-1]), number + 1
    return HEAD + "".join(pieces)


STAY = '[[move]]\nid = "m{}"\nfrom = "a"\nto = "same"\nby = "anyone"\n'
STAYING = STAY.replace("{}", "")
CHAIN = '[[state]]\nid = "q{+}"\n[[move]]\nid = "m{}"\nfrom = "q{}"\nto = "q{+}"\nby = "anyone"\n'
ONE_OF_TWO = '{ any = [{ count = "end", to = 1 }, { field = "f", is = "x" }] }'


def chained(length):
    """Return a workflow whose states stand in one line, to a final one."""
    chain = "".join(CHAIN.replace("{}", str(n)).replace("{+}", str(n + 1)) for n in range(length))
    begin = '[[state]]\nid = "q0"\n[[opening]]\nid = "p"\nto = "q0"\nby = "anyone"\n'
    return f'{HEAD}{begin}{chain}[[move]]\nid = "last"\nfrom = "q{length}"\nto = "z"\nby = "anyone"\n'


#: Name -> text, and a code that must be among those of the refusal; "" where it loads.
HOSTILE = {
    "deep arrays": ("a = " + "[" * 60_000 + "]" * 60_000, "nesting"),
    "one long text": (HEAD + 'x = "' + "y" * 100_000 + '"', "too-long"),
    "half a surrogate": (b"a = '\xed\xa0\x80'", "encoding"),
    "a huge share": (
        HEAD + STAYING + 'needs = [{ share = "n", of = "n", from = "1e99999999" }]\n',
        "wrong-type",
    ),
    "a huge number": (HEAD + STAYING + 'needs = [{ field = "n", from = 1e999999999 }]\n', "bad-number"),
    "a time of day": (HEAD + STAYING + 'needs = [{ field = "n", is = 09:00:00 }]\n', "wrong-type"),
    "alternatives in alternatives": (
        HEAD + STAYING + "needs = [" + "{ any = [" * 10 + "{ state = 'a' }" + "] }" * 10 + "]\n",
        "",
    ),
    "a whole of many alternatives": (
        HEAD + STAYING + "needs = [" + ", ".join([ONE_OF_TWO] * 900) + "]\n",
        "",
    ),
    "moves without end": (filled(with_one_of=STAY), ""),
    "moves nobody knows": (filled(with_one_of=STAY.replace('"a"', '"b{}"')), "unknown-name"),
    "moves that are counted": (
        filled(with_one_of=STAY + 'needs = [{ count = "m{}", to = 3 }]\n'),
        "",
    ),
    "moves that remember one another": (
        filled(with_one_of=STAY.replace("{}", "{+}") + 'needs = [{ not_happened = "m{}" }]\n')
        + STAY.replace("{}", "0"),
        "",
    ),
    "states without end": (filled(with_one_of='[[state]]\nid = "q{}"\n'), "unreachable"),
    "a long chain of states": (chained(900), ""),
    "a long chain that ends nowhere": (chained(900).replace('to = "z"', 'to = "same"'), "unreachable"),
    "clocks without end": (
        filled(with_one_of='[[clock]]\nid = "c{}"\nstart = "o"\nstop = "z"\nlimit = { days = 5 }\n'),
        "",
    ),
    "tiers without end": (
        HEAD
        + '[[clock]]\nid = "c"\nstart = "o"\nstop = "z"\nlimit = { days = 5 }\n'
        + "".join(f'[[clock.tier]]\nid = "t{n}"\nat = "due"\n' for n in range(2000)),
        "",
    ),
    "notices without end": (filled(with_one_of='[[notice]]\nid = "n{}"\non = "o"\nto = "s"\n'), ""),
    "promises without end": (filled(with_one_of='[[promise]]\nnever = "a"\nwithout = "o"\n'), ""),
    "promises that do not hold": (filled(with_one_of='[[promise]]\nnever = "z"\nafter = "a"\n'), "promise"),
    "fields without end": (filled(with_one_of='[[field]]\nid = "f{}"\n'), ""),
    "cases without end": (
        filled(
            with_one_of='[[case]]\ntitle = "{}"\nactors = { w = "r" }\n'
            'step = [{ do = "o", by = "w", at = 2025-01-01T00:00:00Z, form = { f = "x" } }]\n'
        ),
        "",
    ),
    "amendments without end": (
        filled(
            with_one_of='[[amend]]\neffective = 2025-02-01\nbasis = "x"\nin_flight = { tickets = "finish" }\n'
        ),
        "too-many",
    ),
    "all keys unknown": (filled(with_one_of="[[move]]\nform{} = 1\n"), "more"),
    "a list of 30,000 entries": (HEAD + STAYING + "form = [" + '"f",' * 30_000 + "]", "too-many"),
    "routes without end": (HEAD + STAYING + '[[move.route]]\nto = "z"\n' * 5000, "too-many"),
    "routes that are never taken": (
        HEAD
        + '[[move]]\nid = "m"\nfrom = "a"\nby = "anyone"\n'
        + '[[move.route]]\nto = "z"\nwhen = [{ field = "f", is = "x" }]\n' * 99
        + '[[move.route]]\nto = "z"\n',
        "never-taken",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_soon(name):
    """Whatever the text, the end is a list of problems or a workflow within 2 s and 256 MiB."""
    content, code = HOSTILE[name]

    end, seconds, memory, codes = ended(content, "workflow")

    assert not code or code in codes
    assert end == ("refused" if code else "loaded")
    assert seconds < 2
    assert memory <= 256

"""Every file in tests/ledger/broken is refused with exactly the text beside it."""

import ast
from pathlib import Path

import pytest

from serviceorg.errors import LedgerProblems
from serviceorg.ledger import run_cases
from serviceorg.loading import CODES
from serviceorg.loading.ledger_codes import LEDGER_CODES
from serviceorg.loading.ledger_files import account_rules_from_text

BROKEN = Path(__file__).parent / "broken"
FILES = sorted(BROKEN.glob("*.toml"))
LOADING = Path(account_rules_from_text.__code__.co_filename).parent


def problems_of(path):
    """Return the problems of a broken file."""
    with pytest.raises(LedgerProblems) as caught:
        account_rules_from_text(path.read_text(encoding="utf-8"), file=path.name)
    return caught.value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_broken_file_is_refused_with_its_text(path):
    """The message is the expected text, line by line: where, what was found, what is allowed, a guess."""
    expected = path.with_suffix(".expected").read_text(encoding="utf-8")

    assert f"{problems_of(path)}\n" == expected


def codes_written():
    """Return every code the readers of ledger files can report by themselves."""
    found = set()
    for path in LOADING.rglob("ledger*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if called in ("add", "unknown", "guess") and isinstance(node.args[0].value, str):
                    found.add(node.args[0].value)
    return found


def test_every_code_is_in_a_catalogue():
    """A code that is reported has a line in English and Chinese, and every line of ours can happen."""
    shown = {problem.code for path in FILES for problem in problems_of(path).problems}

    assert codes_written() <= {*CODES, *LEDGER_CODES}
    assert set(LEDGER_CODES) <= shown
    assert all(meaning.zh and meaning.en for meaning in LEDGER_CODES.values())


def test_a_text_that_is_no_toml_is_refused_with_its_line():
    """The line that cannot be read is named."""
    with pytest.raises(LedgerProblems, match=r"ledger\.toml, line 2: "):
        account_rules_from_text('[ledger]\nid = "x', file="ledger.toml")


def test_everything_a_file_can_say_is_read():
    """Each key comes out as the value it names; the case runs with it."""
    rules = account_rules_from_text(
        """
        [ledger]
        id = "test/all"
        title = { zh = "全部", en = "All" }
        source = "ours"
        basis = "none"
        rows = [58]
        first_month = 11

        [[asset]]
        id = "hours"
        unit = "h"
        scale = 2

        [[account]]
        id = "time"
        owner = "member"
        asset = "hours"
        least = "none"
        most = 10
        overflow = "pool:spare"
        only = ["give"]

        [[account]]
        id = "pool"
        owner = "place"
        asset = "hours"
        places = ["spare", "given"]
        least = -100

        [[move]]
        id = "serve"
        kind = "earn"
        from = "pool:given"
        to = "time"
        least = 0.5
        most = 8
        multiple = 0.5
        times = { day = 2 }
        total = { month = 20 }
        evidence = true
        since = 2024-01-01

        [[move]]
        id = "give"
        kind = "transfer"
        from = "time"
        to = "time"
        when = ["relative"]
        not_while = ["under-investigation"]
        needs = [{ account = "time", at_least = 1 }]
        also = [{ from = "pool:spare", to = "time", amount = 0.5, other = true }]

        [[expiry]]
        id = "own-year"
        account = "time"
        ends = "anniversary"
        to = "pool:given"

        [[case]]
        title = "all"
        joined = { A = 2020-05-01 }
        steps = [
          { move = "serve", owner = "A", on = 2024-04-01, amount = 8, evidence = "x" },
          { move = "serve", owner = "A", on = 2024-04-01, amount = 3, evidence = "x" },
          { move = "give", owner = "A", other = "B", on = 2024-04-02, amount = 2, standing = ["relative"] },
          { expire = true, on = 2024-05-01 },
        ]
        expect = { "time:A" = 0, "time:B" = 2.5, "pool:spare" = 0.5, "pool:given" = -3 }
        lifetime = { "time:A" = 11 }
        """
    )

    time, pool = rules.accounts
    assert (time.least, time.most, time.overflow, pool.least) == (None, 10, "pool:spare", -100)
    assert rules.first_month == 11
    assert run_cases(rules) == ()

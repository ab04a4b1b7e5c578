from decimal import Decimal
from pathlib import Path

import attrs
import pytest

import serviceorg
from serviceorg.ledger import journal_of_case, run_cases, verify
from serviceorg.loading import fact_kinds_from_text
from serviceorg.loading.ledger_files import account_rules_from_text

SCHEMES = Path(serviceorg.__file__).parent / "schemes"
FILES = sorted(SCHEMES.glob("*/ledgers/*.toml"))


def rules_at(path):
    """Return the account rules of a bundled file."""
    kinds = fact_kinds_from_text((path.parents[1] / "facts.toml").read_text(encoding="utf-8"))
    return account_rules_from_text(path.read_text(encoding="utf-8"), file=path.name, kinds=kinds)


def named(name):
    """Return the account rules of that file name."""
    return rules_at(next(path for path in FILES if path.stem == name))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_bundled_ledger_keeps_its_golden_cases(path):
    """The steps of every case lead to exactly the balances and refusals that stand beside them (row 58)."""
    rules = rules_at(path)

    assert rules.cases
    assert run_cases(rules) == ()
    assert rules.id == f"{path.parents[1].name}/{path.stem}"
    assert all(verify(journal_of_case(rules, case)[0]) == () for case in rules.cases)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_figure_has_a_source(path):
    """Each ledger names where it was published, and each title is there in both languages."""
    rules = rules_at(path)

    assert rules.source
    assert all(move.title.zh and move.title.en for move in rules.moves)


def test_there_are_the_published_schemes():
    """The schemes whose accounts differ in kind are all there (S26)."""
    assert {path.stem for path in FILES} >= {
        "nanjing-time-bank",
        "norcal-time-bank",
        "hailin-points",
        "guangzhou-points",
        "xihu-points",
        "yuhua-coins",
        "jiahe-household",
        "xutang-household",
        "huzhu-wuxing",
        "haining-points",
        "luohe-cards",
        "volunteer-passbook",
    }


def test_a_case_that_does_not_hold_is_told():
    """A wrong balance, a missing refusal and a refusal nobody expected are each named with their step."""
    rules = named("nanjing-time-bank")
    first, _, last = rules.cases
    wrong = attrs.evolve(first, balances={"time:A": Decimal(1503)}, lifetimes={"time:A": Decimal(1)})
    steps = (attrs.evolve(last.steps[0], evidence=""), attrs.evolve(last.steps[4], refused=("need",)))
    worse = attrs.evolve(last, steps=steps, balances={})

    failures = run_cases(attrs.evolve(rules, cases=(wrong, worse)))

    assert [(failure.case, failure.key, failure.expected, failure.found) for failure in failures] == [
        (first.title, "time:A", "1503", "1500"),
        (first.title, "lifetime of time:A", "1", "1503"),
        (last.title, "step 1", "no refusal", "evidence-missing"),
        (last.title, "step 2", "need", "limit-least"),
    ]
    assert str(failures[0]) == (
        "published/nanjing-time-bank, case 'What does not fit goes to the pool in the same entry', time:A: "
        "expected 1503, found 1500"
    )


def test_the_digest_is_of_the_rules_and_not_of_their_cases():
    """A golden case more does not change which rules an entry was booked by; a limit does."""
    path = next(path for path in FILES if path.stem == "norcal-time-bank")
    text = path.read_text(encoding="utf-8")
    head, _, cases = text.partition("[[case]]")
    kinds = fact_kinds_from_text((path.parents[1] / "facts.toml").read_text(encoding="utf-8"))

    digests = [
        account_rules_from_text(one, kinds=kinds).digest
        for one in (text, head, text.replace("least = -10", "least = -11").partition("[[case]]")[0])
    ]

    assert cases
    assert digests[0] == digests[1] != digests[2]
    assert len(digests[0]) == 64

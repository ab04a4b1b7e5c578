from datetime import date

import attrs
import pytest

from serviceorg.errors import LedgerProblems
from serviceorg.ledger import Head, Journal, check_journal, hash_of, journal_of, make_entry, reverse, verify
from tests.ledger.accounts import FIRST, RULES, draft_of, kind_of, move_of, posted, rules_of

JOURNAL = posted(*(draft_of("earn", name, number + 1) for number, name in enumerate("ABCDE")))
ENTRIES = list(JOURNAL)


def changed(entry, **fields):
    """Return an entry with other content and its old hash."""
    return attrs.evolve(entry, **fields)


def resealed(entries):
    """Return entries with fitting numbers, links and hashes, as a forger would make them."""
    done, previous = [], "0" * 64
    for number, entry in enumerate(entries, 1):
        forged = attrs.evolve(entry, number=number, previous=previous, hash="0" * 64)
        done.append(attrs.evolve(forged, hash=hash_of(forged)))
        previous = done[-1].hash
    return done


def told(entries, **options):
    """Return (code, place) of every problem."""
    return [(problem.code, problem.where) for problem in verify(entries, **options)]


def test_an_honest_journal_has_no_problem():
    """Entries as they were posted fit together, with every head that was ever taken of them."""
    heads = [Head(entry.number, entry.hash, entry.on) for entry in ENTRIES]

    assert verify(JOURNAL, heads=[*heads, Journal().head(), JOURNAL.head()]) == ()
    assert verify([]) == ()
    assert journal_of(ENTRIES) == JOURNAL


@pytest.mark.parametrize("field", ["memo", "by", "fact", "evidence", "move", "id"])
def test_a_changed_text_is_found(field):
    """Whatever text of an entry is changed, its hash no longer fits, and the entry is named."""
    entries = [*ENTRIES[:2], changed(ENTRIES[2], **{field: "other"}), *ENTRIES[3:]]

    assert told(entries) == [("changed", "entry 3")]


def test_a_changed_amount_day_and_account_are_found():
    """Amounts, accounts and days are part of the hash."""
    third = ENTRIES[2]
    (giver, taker) = third.raw

    for fields in (
        {"raw": (giver, (taker[0], "hours", 999_999))},
        {"raw": (giver, ("time:Z", "hours", taker[2]))},
        {"occurred_on": date(2024, 2, 1)},
        {"reverses": "earn-A-1-2024-03-01"},
    ):
        assert told([*ENTRIES[:2], changed(third, **fields), *ENTRIES[3:]])[0] == ("changed", "entry 3")


def test_a_removed_entry_is_found():
    """Where an entry was taken out, the next one says which are missing."""
    problems = verify([*ENTRIES[:1], *ENTRIES[3:]])

    assert [str(problem) for problem in problems] == ["entry 4: it follows entry 1: 2 to 3 is missing [gap]"]


def test_an_inserted_entry_is_found():
    """An entry that was put in breaks the row of numbers; a copy has the id of another."""
    assert told([*ENTRIES[:3], ENTRIES[1], *ENTRIES[3:]])[0] == ("order", "entry 2")
    forged = resealed([*ENTRIES[:2], changed(ENTRIES[2], id="new")])[2]
    assert told([*ENTRIES[:2], forged, *ENTRIES[2:]])[0] == ("order", "entry 3")


def test_reordered_entries_are_found():
    """Two entries that changed places are found at the first of them."""
    entries = [ENTRIES[0], ENTRIES[2], ENTRIES[1], *ENTRIES[3:]]

    assert told(entries)[0] == ("gap", "entry 3")


def test_an_entry_with_a_new_hash_does_not_fit_the_next():
    """Whoever changes an entry and its hash must write every later entry anew."""
    forged = resealed([*ENTRIES[:2], changed(ENTRIES[2], memo="other")])

    assert told([*forged, *ENTRIES[3:]]) == [("chain", "entry 4")]


def test_a_head_finds_what_was_cut_off():
    """A journal without its end fits together; only a head that was kept elsewhere shows it."""
    assert told(ENTRIES[:3]) == []

    problems = verify(ENTRIES[:3], heads=[JOURNAL.head()])

    assert [str(problem) for problem in problems] == [
        "entry 5: a head of 5 entries was kept, but 3 are there: the end was cut off [truncated]"
    ]


def test_a_head_finds_a_journal_that_was_written_anew():
    """A forger who writes everything anew is found by a head that was kept elsewhere."""
    forged = resealed([*ENTRIES[:2], changed(ENTRIES[2], memo="other"), *ENTRIES[3:]])

    assert told(forged) == []
    assert told(forged, heads=[JOURNAL.head()]) == [("rewritten", "entry 5")]


def test_a_head_goes_through_json():
    """A head is kept as plain JSON values and comes back the same."""
    assert Head.from_json(JOURNAL.head().to_json()) == JOURNAL.head()
    assert Head.from_json(Journal().head().to_json()) == Journal().head()
    with pytest.raises(ValueError, match="is not the head of a journal"):
        Head.from_json({"number": -1, "hash": "0" * 64})


def test_a_forged_second_reversal_is_no_journal():
    """A chain that fits, but takes back an entry twice, is refused with both numbers (W33)."""
    once = list(reverse(JOURNAL, ENTRIES[0].id, id="r1", on=FIRST))
    twice = resealed([*once, changed(once[-1], id="r2")])

    with pytest.raises(LedgerProblems) as caught:
        journal_of(twice)

    assert [str(problem) for problem in caught.value.problems] == [
        f"entry 7: it reverses {ENTRIES[0].id!r}, as entry 6 did already [double-reversal]"
    ]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        pytest.param({"reverses": "nothing"}, "which is no entry before it", id="of nothing"),
        pytest.param(
            {"raw": (("hours:given", "hours", 1), ("time:A", "hours", -1))}, "not those of", id="in part"
        ),
    ],
)
def test_a_forged_reversal_is_no_journal(fields, message):
    """A reversal is of an entry before it, and whole."""
    once = list(reverse(JOURNAL, ENTRIES[0].id, id="r1", on=FIRST))

    with pytest.raises(LedgerProblems, match=message):
        journal_of(resealed([*once[:-1], changed(once[-1], **fields)]))


def checked(journal, rules):
    """Return (code, place) of everything the rules do not allow."""
    return [(problem.code, problem.where) for problem in check_journal(journal, rules)]


def test_a_journal_is_checked_against_its_rules():
    """Limits, accounts, assets and moves are looked at after every entry."""
    stricter = rules_of(accounts=[kind_of("time", most=None, overflow=""), kind_of("hours", least=-10)])

    assert check_journal(JOURNAL, RULES) == ()
    assert checked(JOURNAL, stricter) == [("below-least", "entry 5")]
    assert checked(JOURNAL, rules_of(accounts=[kind_of("time", most=4)])) == [("above-most", "entry 5")]
    renamed = rules_of(moves=[move_of("earn", id="x")])
    assert checked(JOURNAL, attrs.evolve(renamed, moves=renamed.moves[1:]))[0] == ("unknown-move", "entry 1")


def forged_entry(**fields):
    """Return the first entry with other content and a fitting hash."""
    entry = ENTRIES[0]
    given = {field.name: getattr(entry, field.name) for field in attrs.fields(type(entry))} | fields
    return resealed([make_entry(*given.values())])


@pytest.mark.parametrize(
    ("raw", "codes"),
    [
        pytest.param((("hours:given", "hours", -1), ("time:A", "hours", 2)), ["unbalanced"], id="unbalanced"),
        pytest.param((("nowhere:x", "hours", -1), ("time:A", "hours", 1)), ["unknown-account"], id="account"),
        pytest.param((("hours:moon", "hours", -1), ("time:A", "hours", 1)), ["unknown-account"], id="place"),
        pytest.param(
            (("hours:given", "points", -1), ("time:A", "points", 1)), ["asset", "asset"], id="wrong asset"
        ),
        pytest.param((("hours:given", "hours", 0),), ["unbalanced"], id="one leg"),
    ],
)
def test_a_forged_entry_breaks_the_rules(raw, codes):
    """Entries that fit the chain but not the rules are found all the same (double entry)."""
    problems = check_journal(journal_of(forged_entry(raw=raw)), RULES)

    assert [problem.code for problem in problems] == codes

import hashlib
import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serviceorg.basics import Month, Year
from serviceorg.errors import UnknownIdError
from serviceorg.ledger import (
    Draft,
    Journal,
    amount_text,
    correct,
    explain,
    lifetime,
    post,
    post_all,
    reverse,
    statement,
)
from tests.ledger.accounts import FIRST, RULES, draft_of, posted


def test_a_journal_is_frozen():
    """Nothing of a journal can be set; posting leaves the handle it was posted to as it was."""
    before = posted(draft_of("earn", "A", 5))

    after = post(before, RULES, draft_of("earn", "A", 6))

    assert (len(before), len(after)) == (1, 2)
    assert (before.balance("time:A"), after.balance("time:A")) == (5, 11)
    with pytest.raises(AttributeError, match="a journal is frozen"):
        before.length = 2


def test_appending_to_an_older_handle_branches():
    """Two histories that begin alike know nothing of each other."""
    common = posted(draft_of("earn", "A", 5))
    one = post(common, RULES, draft_of("earn", "A", 1))

    other = post(common, RULES, draft_of("earn", "B", 2))
    other = reverse(other, "earn-A-5-2024-03-01", id="back", on=FIRST)

    assert (one.balance("time:A"), one.balance("time:B")) == (6, 0)
    assert (other.balance("time:A"), other.balance("time:B")) == (0, 2)
    assert one.reversal_of("earn-A-5-2024-03-01") is None
    assert one.accounts("time") == ("time:A",)
    assert post(one, RULES, draft_of("earn", "A", 1, id="again")).last.number == 3


def test_an_older_handle_does_not_see_what_came_later():
    """An entry posted to a newer handle is neither found nor counted by the older one."""
    older = posted(draft_of("earn", "A", 5, id="first"))
    newer = post(older, RULES, draft_of("earn", "B", 1, id="later"))
    reverse(newer, "first", id="back", on=FIRST)

    assert not older.has("later")
    assert older.accounts("time") == ("time:A",)
    assert older.entries_of("time:B") == ()
    assert older.reversal_of("first") is None
    assert lifetime(older, RULES, "time:A") == 5
    with pytest.raises(UnknownIdError):
        older.entry("later")


def test_what_stands_in_the_place_of_an_entry_is_found():
    """5 put right as 4: the 4 are found by the 5, but not by an older handle; nothing replaces the 4."""
    older = posted(draft_of("earn", "A", 5, id="first"))

    newer = correct(older, RULES, "first", draft_of("earn", "A", 4, id="right"), id="back")

    assert newer.replacement_of("first") == newer.entry("right")
    assert newer.replacement_of("right") is None
    assert older.replacement_of("first") is None


def test_equal_journals_have_equal_ends():
    """Length and last hash decide: the hash ties every entry to all before it."""
    drafts = [draft_of("earn", "A", 5), draft_of("earn", "B", 6)]

    assert posted(*drafts) == posted(*drafts)
    assert hash(posted(*drafts)) == hash(posted(*drafts))
    assert posted(*drafts) != posted(*reversed(drafts))
    assert pickle.loads(pickle.dumps(posted(*drafts))) == posted(*drafts)


def test_many_threads_may_post_to_one_handle():
    """Each thread's history has its own entry and no other's; the handle they began with stays short."""
    common = posted(draft_of("earn", "A", 5))

    with ThreadPoolExecutor(8) as pool:
        journals = list(pool.map(lambda n: post(common, RULES, draft_of("earn", f"T{n}", 1)), range(50)))

    assert [journal.accounts("time") for journal in journals] == [("time:A", f"time:T{n}") for n in range(50)]
    assert len(common) == 1


def test_a_balance_as_of_a_day_counts_that_day():
    """The balance at the end of a day has what was booked on it, and nothing later."""
    days = [FIRST + timedelta(days=n) for n in (0, 2, 2, 5)]
    journal = posted(*(draft_of("earn", "A", n + 1, on=day) for n, day in enumerate(days)))

    found = [journal.balance("time:A", on=FIRST + timedelta(days=n)) for n in range(-1, 7)]

    assert found == [0, 1, 1, 6, 6, 6, 10, 10]


def test_the_hash_can_be_checked_by_any_program():
    """A line's hash is the SHA-256 of the line without it, as JSON with sorted keys and no spaces."""
    journal = posted(
        draft_of("earn", "张三", "2.5", memo='图书馆 "清点"\n\x01', by="c\\d", fact="f", evidence="e"),
        draft_of("earn", "B", 3, on=date(2024, 3, 2), occurred_on=FIRST),
    )

    for entry in journal:
        row = json.loads(entry.line())
        digest = row.pop("hash")
        text = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert text.encode() == entry.canonical()
        assert hashlib.sha256(text.encode()).hexdigest() == digest == entry.hash
    assert [entry.previous for entry in journal] == ["0" * 64, next(iter(journal)).hash]


def test_a_canonical_line_word_for_word():
    """The form of an entry is fixed: empty keys are left out, amounts are texts without needless zeros."""
    entry = posted(draft_of("earn", "A", "2.50", id="k")).last

    assert entry.canonical().decode() == (
        '{"id":"k","legs":[["hours:given","hours","-2.5"],["time:A","hours","2.5"]],'
        f'"move":"earn","number":1,"on":"2024-03-01","previous":"{"0" * 64}"}}'
    )


@given(st.integers(-(10**14), 10**14))
def test_amounts_are_written_in_one_way(units):
    """The text of an amount is its number, without a needless zero or a point at the end."""
    text = amount_text(units)

    assert Decimal(text) * 10000 == units
    assert text == "0" or ("." not in text) or not text.endswith(("0", "."))


def test_a_statement_has_every_line_and_says_why():
    """Opening, lines with running balances and closing, explained in both languages (row 31)."""
    journal = posted(draft_of("earn", "A", 1497, on=date(2024, 2, 28)))
    journal = post(journal, RULES, draft_of("earn", "A", 5, id="k", on=FIRST, memo="library", by="c"))
    journal = post(journal, RULES, draft_of("spend", "A", 2, on=date(2024, 3, 4), evidence="receipt 7"))
    journal = reverse(journal, "k", id="back", on=date(2024, 3, 5))
    journal = post(journal, RULES, draft_of("earn", "A", 1, on=date(2024, 4, 1), occurred_on=FIRST))

    march = statement(journal, "time:A", Month(2024, 3))

    assert (march.opening, march.closing) == (1497, 1495)
    assert [(line.amount, line.balance) for line in march.lines] == [(3, 1500), (-2, 1498), (-3, 1495)]
    assert explain(march) == (
        "time:A from 2024-03-01 to 2024-03-31: 1497 at the start, 1495 at the end\n"
        "  2024-03-01 earn: 3, then 1500 (entry 2, taken back by entry 4)\n"
        "    2 did not fit and went to pool:donation\n"
        "    library\n"
        "  2024-03-04 spend: -2, then 1498 (entry 3)\n"
        "    evidence: receipt 7\n"
        "  2024-03-05 earn taken back: -3, then 1495 (entry 4, takes back k)"
    )
    assert explain(march, lang="zh").splitlines()[:3] == [
        "time:A自2024-03-01至2024-03-31：期初1497，期末1495",
        "  2024-03-01 earn：3，余额1500（第2号分录，已由第4号冲正）",
        "    2超出上限，转入pool:donation",
    ]
    april = statement(journal, "time:A", Month(2024, 4))
    assert "it occurred on 2024-03-01" in explain(april)


def test_an_account_without_entries_has_an_empty_statement():
    """Somebody who has nothing yet is told so, without an error."""
    empty = statement(posted(draft_of("earn", "A", 1)), "time:B", Year(2024))

    assert (empty.opening, empty.lines, empty.closing) == (0, (), 0)


def test_lifetime_is_as_of_a_day():
    """What was ever earned by a day counts neither what came later nor what was spent."""
    journal = posted(
        draft_of("earn", "A", 4), draft_of("spend", "A", 3), draft_of("earn", "A", 2, on=date(2024, 4, 1))
    )

    assert lifetime(journal, RULES, "time:A", on=date(2024, 3, 31)) == 4
    assert lifetime(journal, RULES, "time:A") == 6
    assert lifetime(journal, RULES, "time:B") == 0


def test_a_long_journal_answers_about_its_beginning():
    """Among ten thousand entries the balance of any day is found, whoever else has entries between."""
    drafts = (
        Draft(id=str(n), move="earn", owner=f"M{n % 100}", amount=1, on=FIRST + timedelta(days=n // 100))
        for n in range(10_000)
    )

    journal = post_all(Journal(), RULES, drafts)

    assert [entry.number for entry in journal] == list(range(1, 10_001))
    assert journal.balance("time:M7", on=FIRST + timedelta(days=49)) == 50
    assert journal.balance("hours:given") == -10_000

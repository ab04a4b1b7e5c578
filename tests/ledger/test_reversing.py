from datetime import date
from decimal import Decimal

import pytest

from serviceorg.errors import EntryRefused
from serviceorg.ledger import (
    check_journal,
    correct,
    explain,
    lifetime,
    out_of_limits,
    post,
    reverse,
)
from tests.ledger.accounts import FIRST, RULES, draft_of, kind_of, posted, rules_of

LATER = date(2024, 3, 9)


def test_a_reversal_restores_every_balance():
    """A correction is a second entry; with it every account is as before, the pool too (W33, M6)."""
    before = posted(draft_of("earn", "A", 1498))
    journal = post(before, RULES, draft_of("earn", "A", 5, id="wrong"))

    after = reverse(journal, "wrong", id="back", on=LATER, by="clerk", memo="counted twice")

    assert [after.balance(account) for account in ("time:A", "pool:donation", "hours:given")] == [
        1498,
        0,
        -1498,
    ]
    assert [leg.amount for leg in after.last.legs] == [5, -2, -3]
    assert after.reversal_of("wrong") == after.last
    assert len(after) == 3
    assert lifetime(after, RULES, "time:A") == 1498


def refusal(journal, entry, **options):
    """Return the codes a reversal is refused with."""
    with pytest.raises(EntryRefused) as caught:
        reverse(journal, entry, **{"id": "back-2", "on": LATER, **options})
    return caught.value


def test_nothing_is_reversed_twice():
    """An entry is taken back once, and a reversal never: what is to stand is posted anew (W33)."""
    journal = reverse(posted(draft_of("earn", "A", 5, id="k")), "k", id="back", on=LATER)

    assert refusal(journal, "k").codes == ("reversed-already",)
    assert refusal(journal, "back").codes == ("reversal-of-reversal",)
    assert str(refusal(journal, "k")) == (
        "entry 'back-2' refused:\nentry 'k' was reversed already, by 'back' (number 2)"
    )


def test_a_reversal_needs_an_entry_and_a_day_that_is_not_past():
    """An unknown entry, an earlier day and an id that is taken are refused."""
    journal = posted(draft_of("earn", "A", 5, id="k", on=LATER))

    assert refusal(journal, "nothing").codes == ("unknown-entry",)
    assert refusal(journal, "k", on=FIRST).codes == ("before-last",)
    assert refusal(journal, "k", id="k").codes == ("same-id",)


def test_the_same_reversal_is_posted_once():
    """A retry of a reversal with the same id and content gives the same journal."""
    journal = reverse(posted(draft_of("earn", "A", 5, id="k")), "k", id="back", on=LATER)

    assert reverse(journal, "k", id="back", on=LATER) is journal


def test_a_reversal_may_leave_a_debt_and_says_so():
    """Points given wrongly and spent already are taken back all the same; the account is named."""
    journal = posted(draft_of("earn", "A", 5, id="k"), draft_of("spend", "A", 3))

    after = reverse(journal, "k", id="back", on=LATER)

    assert after.balance("time:A") == -3
    assert check_journal(after, RULES) == ()
    assert [explain(reason) for reason in out_of_limits(after, RULES)] == [
        "time:A holds -3, below 0, the least it may hold; a reversal brought it there"
    ]
    assert out_of_limits(after, RULES, on=FIRST) == ()
    with pytest.raises(EntryRefused, match="below 0"):
        post(after, RULES, draft_of("spend", "A", 1, on=LATER))


def test_who_pays_off_a_debt_step_by_step_breaks_no_rule():
    """Below the least after a reversal, what comes in is allowed, even if it is not enough yet."""
    journal = posted(draft_of("earn", "A", 5, id="k"), draft_of("spend", "A", 5))
    journal = reverse(journal, "k", id="back", on=LATER)

    journal = post(journal, RULES, draft_of("earn", "A", 2, on=LATER))

    assert journal.balance("time:A") == -3
    assert check_journal(journal, RULES) == ()


def test_who_gives_away_what_is_above_a_lowered_cap_breaks_no_rule():
    """Above the most after a change of rules, what goes out is allowed, even if it is not enough yet."""
    lowered = rules_of(
        accounts=[
            kind_of("points", most=Decimal(100), until=FIRST),
            kind_of("points", most=Decimal(10), since=date(2024, 3, 2)),
        ]
    )
    journal = posted(
        draft_of("award", "A", 50), draft_of("redeem", "A", 5, on=date(2024, 3, 2)), rules=lowered
    )

    assert check_journal(journal, lowered) == ()


def test_a_correction_takes_back_and_posts_in_one_step():
    """The wrong entry and the right one stand in the book, with the reversal between them (W33)."""
    journal = posted(draft_of("earn", "A", 50, id="k"))

    after = correct(journal, RULES, "k", draft_of("earn", "A", 5, id="k-2", on=LATER), id="back")

    assert [entry.id for entry in after] == ["k", "back", "k-2"]
    assert after.balance("time:A") == 5


def test_a_correction_is_made_whole_or_not_at_all():
    """If the right entry is refused, the wrong one is not taken back either."""
    journal = posted(draft_of("earn", "A", 50, id="k"))

    with pytest.raises(EntryRefused):
        correct(journal, RULES, "k", draft_of("spend", "B", 5, id="k-2", on=LATER), id="back")

    assert journal.balance("time:A") == 50
    assert not journal.has("back")
    after = post(journal, RULES, draft_of("earn", "A", 1, on=LATER))
    assert after.last.number == 2
    assert after.log is journal.log  # continued in place, not copied


def test_taking_back_a_redemption_frees_its_quarter():
    """An entry that was taken back counts in no limit on how often (Hailin)."""
    rules = rules_of(moves=[])
    journal = posted(draft_of("award", "A", Decimal(9)), draft_of("redeem", "A", 4, id="r"), rules=rules)

    after = reverse(journal, "r", id="back", on=LATER)

    assert after.balance("points:A") == 9
    assert lifetime(after, rules, "points:A") == 9

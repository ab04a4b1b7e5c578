import pickle
from datetime import date, datetime
from decimal import Decimal

import pytest

from serviceorg.basics import Year
from serviceorg.errors import AmountError, EntryRefused, LedgerProblems, PeriodError
from serviceorg.ledger import Also, Draft, Journal, Need, hindrances, lifetime, post, post_all, statement
from tests.ledger.accounts import FIRST, RULES, draft_of, kind_of, move_of, posted, rules_of


def refusal(draft, *, rules=RULES, journal=None, **options):
    """Return the error a draft is refused with."""
    with pytest.raises(EntryRefused) as caught:
        post(Journal() if journal is None else journal, rules, draft, **options)
    return caught.value


def test_what_does_not_fit_goes_to_the_pool_in_the_same_entry():
    """1,498 + 5 = 1,503: 1,500 are stored and 3 go to the donation pool (M6, trap 42)."""
    journal = posted(draft_of("earn", "A", 1498), draft_of("earn", "A", 5))

    assert journal.balance("time:A") == 1500
    assert journal.balance("pool:donation") == 3
    assert [leg.amount for leg in journal.last.legs] == [-5, 2, 3]


def test_a_full_account_sends_everything_on():
    """At 1,500 of 1,500 nothing more is stored, and still all of it counts as earned (traps 14 and 42)."""
    journal = posted(draft_of("earn", "A", 1500), draft_of("earn", "A", "7.5"))

    assert journal.balance("time:A") == 1500
    assert journal.balance("pool:donation") == Decimal("7.5")
    assert lifetime(journal, RULES, "time:A") == Decimal("1507.5")


def test_a_member_may_owe_ten_hours_and_no_more():
    """From -9.5 another 0.5 is allowed and makes -10; 0.75 is refused (M7)."""
    journal = posted(draft_of("lend", "A", "9.5", other="B"))

    assert post(journal, RULES, draft_of("lend", "A", "0.5", other="B")).balance("debt:A") == -10
    assert refusal(draft_of("lend", "A", "0.75", other="B"), journal=journal).codes == ("limit-least",)


def test_a_cap_without_an_overflow_refuses():
    """Where the rules name no place for it, what exceeds the most is not booked at all (S26)."""
    journal = posted(draft_of("award", "A", 98))

    assert refusal(draft_of("award", "A", 3), journal=journal).codes == ("limit-most",)
    assert post(journal, RULES, draft_of("award", "A", 2)).balance("points:A") == 100


def test_a_refusal_names_everything_in_two_languages():
    """All reasons come at once, each with what was found and what is allowed (W33)."""
    journal = posted(draft_of("earn", "A", 3))

    error = refusal(draft_of("spend", "A", "4.125", on=date(2024, 2, 1), id="X"), journal=journal)

    assert str(error) == (
        "entry 'X' refused:\n"
        "2024-02-01 is before 2024-03-01, the day of the last entry; book it on a later day "
        "and write what day it was under 'occurred_on'\n"
        "4.125 is too fine: hours has 2 decimals\n"
        "time:A holds 3; 4.125 less would be below 0, the least it may hold"
    )
    assert error.in_("zh") == (
        "分录X不予入账：\n"
        "2024-02-01早于末笔分录的日期2024-03-01；请以较后的日期入账，业务日期另记于 occurred_on\n"
        "4.125过细：hours只有2位小数\n"
        "time:A余额为3，减去4.125将低于下限0"
    )
    assert error.to_problem()["type"] == "urn:serviceorg:entry-refused"
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


@pytest.mark.parametrize(
    ("draft", "codes"),
    [
        pytest.param(draft_of("earned", "A", 1), ("unknown-move",), id="unknown move"),
        pytest.param(draft_of("earn", "A"), ("amount-missing",), id="no amount"),
        pytest.param(draft_of("earn", "A", 0), ("amount-zero",), id="nothing"),
        pytest.param(draft_of("earn", "A", -5), ("amount-zero",), id="less than nothing"),
        pytest.param(draft_of("earn", "A", "0.005"), ("amount-scale",), id="too fine"),
        pytest.param(draft_of("earn", "A", 1, other="B"), ("other-surplus",), id="other party of none"),
        pytest.param(draft_of("hand-on", "A", 1), ("other-missing",), id="no other party"),
        pytest.param(draft_of("hand-on", "A", 1, other="A"), ("same-account",), id="to oneself"),
        pytest.param(draft_of("spend", "A", 1), ("limit-least",), id="nothing there"),
        pytest.param(
            draft_of("earn", "A", 1, occurred_on=date(2024, 3, 2)), ("occurs-later",), id="not happened yet"
        ),
    ],
)
def test_what_cannot_be_is_refused_with_its_code(draft, codes):
    """Each refusal has a stable code, for hosts that show words of their own."""
    assert refusal(draft).codes == codes
    assert [reason.code for reason in hindrances(Journal(), RULES, draft)] == list(codes)


def test_an_unknown_move_comes_with_the_nearest_guess():
    """A misspelt move is answered by the one that was probably meant."""
    assert "Did you mean 'earn'?" in str(refusal(draft_of("earnn", "A", 1)))


def test_only_known_owners_have_accounts_where_the_host_says_who_they_are():
    """With a list of owners an account of somebody else is not opened by a slip of the pen."""
    error = refusal(draft_of("earn", "M-0O1", 1), owners={"M-001", "M-002"})

    assert error.codes == ("unknown-owner",)
    assert "Did you mean 'M-001'?" in str(error)


@pytest.mark.parametrize(
    ("changes", "amount", "codes"),
    [
        pytest.param({"least": Decimal(5)}, 4, ("amount-least",), id="minimum award of 5"),
        pytest.param({"most": Decimal(2)}, 3, ("amount-most",), id="at most 2 of one activity"),
        pytest.param({"multiple": Decimal(5)}, 12, ("amount-multiple",), id="vouchers of 5"),
        pytest.param({"amount": Decimal(1)}, 2, ("amount-fixed",), id="always 1"),
        pytest.param({"evidence": True}, 1, ("evidence-missing",), id="evidence"),
        pytest.param({"when": ("relative",)}, 1, ("standing-missing",), id="only relatives"),
    ],
)
def test_conditions_of_a_move(changes, amount, codes):
    """Amounts and persons must be as the move says (S26)."""
    rules = rules_of(moves=[move_of("earn", **changes)])

    assert refusal(draft_of("earn", "A", amount), rules=rules).codes == codes


def test_a_move_is_deferred_while_somebody_is_under_investigation():
    """What bars a move is said by the host for the day, and named in the refusal (Luohe)."""
    rules = rules_of(moves=[move_of("earn", not_while=("under-investigation",))])
    draft = draft_of("earn", "A", 1, standing=frozenset({"under-investigation"}))

    assert refusal(draft, rules=rules).codes == ("standing-bars",)
    assert posted(draft_of("earn", "A", 1), rules=rules).balance("time:A") == 1


def test_redemption_once_a_quarter():
    """A second redemption waits for the next quarter; other members are not touched (Hailin)."""
    rules = rules_of(moves=[move_of("redeem", times={"quarter": 1})])
    journal = posted(
        draft_of("award", "A", 50), draft_of("award", "B", 50), draft_of("redeem", "A", 5), rules=rules
    )

    assert refusal(draft_of("redeem", "A", 6), rules=rules, journal=journal).codes == ("times",)
    assert post(journal, rules, draft_of("redeem", "B", 6)).balance("points:B") == 44
    assert post(journal, rules, draft_of("redeem", "A", 6, on=date(2024, 4, 1))).balance("points:A") == 39


def test_a_total_in_a_span():
    """At most 20 a month: 15 and 5 are booked, one more is not, and the next month begins anew (S4)."""
    rules = rules_of(moves=[move_of("award", total={"month": Decimal(20)})])
    journal = posted(draft_of("award", "A", 15), draft_of("award", "A", 5), rules=rules)

    error = refusal(draft_of("award", "A", 1), rules=rules, journal=journal)

    assert str(error).endswith("'award' by A: amount allowed (month): 20; so far: 20; asked for: 1")
    assert post(journal, rules, draft_of("award", "A", 20, on=date(2024, 4, 1))).balance("points:A") == 40


def test_who_is_given_something_has_not_made_the_move():
    """A limit on transfers counts those one makes, not those one receives."""
    rules = rules_of(moves=[move_of("lend", times={"month": 1})])
    journal = posted(draft_of("lend", "A", 1, other="B"), rules=rules)

    assert post(journal, rules, draft_of("lend", "B", 1, other="A")).balance("debt:A") == 0


def test_redeeming_needs_a_hundred_hours_ever_earned():
    """What was ever earned opens redemption, and redeeming does not close it again (Guangzhou, trap 42)."""
    need = Need(account="time", at_least=Decimal(100), counts="lifetime")
    rules = rules_of(moves=[move_of("spend", needs=(need,))])
    journal = posted(draft_of("earn", "A", 99), rules=rules)

    assert refusal(draft_of("spend", "A", 1), rules=rules, journal=journal).codes == ("need",)
    journal = post(journal, rules, draft_of("earn", "A", 1))
    journal = post(journal, rules, draft_of("spend", "A", 90))
    assert post(journal, rules, draft_of("spend", "A", 10)).balance("time:A") == 0


def test_hours_and_points_move_together_where_the_scheme_says_so():
    """Where both fall, 3 points at two hours a point take 6 hours as well (Longquanyi, trap 42)."""
    also = Also(source_account="time", target_account="hours:used", rate=Decimal(2))
    rules = rules_of(moves=[move_of("redeem", also=(also,))])
    journal = posted(
        draft_of("earn", "A", 10), draft_of("award", "A", 10), draft_of("redeem", "A", 3), rules=rules
    )

    assert (journal.balance("points:A"), journal.balance("time:A")) == (7, 4)
    assert refusal(draft_of("redeem", "A", "2.5"), rules=rules, journal=journal).codes == (
        "amount-scale",
        "limit-least",
    )


def test_what_is_left_is_wiped_on_redemption():
    """Of 15 points 10 are redeemed, and the other 5 are gone in the same entry (Yuhua)."""
    also = Also(source_account="points", target_account="bonus:ended", all=True)
    rules = rules_of(moves=[move_of("redeem", also=(also,))])
    journal = posted(draft_of("award", "A", 15), draft_of("redeem", "A", 10), rules=rules)

    assert journal.balance("points:A") == 0
    assert journal.balance("bonus:ended") == 5
    lines = statement(journal, "points:A", Year(2024)).lines
    assert [(line.amount, line.balance) for line in lines] == [(15, 15), (-15, 0)]


def test_a_deduction_can_take_what_is_left():
    """Of 12 points a deduction of 20 takes 12, where the rules say so; then there is nothing left to take."""
    rules = rules_of(moves=[move_of("redeem", kind="deduct", short="rest", amount=Decimal(20))])
    journal = posted(draft_of("award", "A", 12), draft_of("redeem", "A"), rules=rules)

    assert journal.balance("points:A") == 0
    error = refusal(draft_of("redeem", "A", on=date(2024, 3, 2)), rules=rules, journal=journal)
    assert error.codes == ("nothing-left",)


def test_a_retry_of_a_deduction_that_took_the_rest_is_the_same():
    """A deduction of 20 that found 12 is the same entry when it is asked for again."""
    rules = rules_of(moves=[move_of("redeem", kind="deduct", short="rest")])
    draft = draft_of("redeem", "A", 20)
    journal = posted(draft_of("award", "A", 12), draft, rules=rules)

    assert post(journal, rules, draft) is journal
    assert refusal(draft_of("redeem", "A", 5, id=draft.id), rules=rules, journal=journal).codes == (
        "same-id",
    )


def test_an_account_may_allow_few_moves_alone():
    """A group's account can only donate (Nanjing)."""
    rules = rules_of(accounts=[kind_of("time", only=("hand-on",))])
    journal = posted(draft_of("earn", "G", 5), rules=rules)

    error = refusal(draft_of("spend", "G", 1), rules=rules, journal=journal)

    assert str(error).endswith("'spend' may not take from time:G; allowed are hand-on")
    assert post(journal, rules, draft_of("hand-on", "G", 1, other="A")).balance("time:A") == 1


def test_the_same_draft_is_posted_once():
    """A retry with the same id and content gives the same journal (idempotence)."""
    draft = draft_of("earn", "A", 5, id="k", memo="library", by="clerk")
    journal = posted(draft)

    assert post(journal, RULES, draft) is journal
    assert post_all(journal, RULES, [draft, draft]) == journal


def test_another_draft_of_the_same_id_is_refused():
    """An id stands for one content; what differs is named."""
    journal = posted(draft_of("earn", "A", 5, id="k"))

    error = refusal(draft_of("earn", "B", 6, id="k", memo="x"), journal=journal)

    assert error.codes == ("same-id",)
    assert "differs in accounts, amount, memo" in str(error)


def test_a_refused_batch_leaves_nothing_behind():
    """If one of many drafts is refused, none is posted, and the journal can be continued in place."""
    journal = posted(draft_of("earn", "A", 5))
    drafts = [draft_of("earn", "B", 5), draft_of("spend", "C", 1)]

    with pytest.raises(EntryRefused):
        post_all(journal, RULES, drafts)

    assert journal.accounts() == ("hours:given", "time:A")
    after = post(journal, RULES, draft_of("earn", "B", 5))
    assert after.last.number == 2
    assert after.log is journal.log  # continued in place, not copied


def test_no_amount_overflows():
    """An amount that is too large to be kept exactly in 64 bits is refused, not cut."""
    also = Also(source_account="bonus:given", target_account="home", rate=Decimal(1_000_000))
    accounts = [kind_of("home", asset="points"), kind_of("time", most=None, overflow="")]
    rules = rules_of(moves=[move_of("earn", also=(also,))], accounts=accounts)

    assert posted(draft_of("earn", "A", 9_999), rules=rules).balance("home:A") == 9_999_000_000
    assert refusal(draft_of("earn", "A", 10_000), rules=rules).codes == ("amount-large",)


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        pytest.param({"amount": 0.5}, AmountError, id="binary float"),
        pytest.param({"amount": True}, AmountError, id="flag"),
        pytest.param({"amount": "NaN"}, AmountError, id="no number"),
        pytest.param({"amount": "0.00001"}, AmountError, id="five decimals"),
        pytest.param({"on": datetime.fromisoformat("2024-03-01T08:00")}, PeriodError, id="naive moment"),
        pytest.param({"on": "2024-03-01"}, PeriodError, id="day as text"),
        pytest.param({"occurred_on": "2024-03-01"}, PeriodError, id="other day as text"),
        pytest.param({"owner": ""}, LedgerProblems, id="nobody"),
        pytest.param({"id": ""}, LedgerProblems, id="no id"),
        pytest.param({"memo": 5}, LedgerProblems, id="memo of a number"),
        pytest.param({"memo": "x" * 2001}, LedgerProblems, id="endless memo"),
        pytest.param({"memo": "\ud800"}, LedgerProblems, id="half a sign"),
    ],
)
def test_a_draft_of_wrong_values_is_no_draft(fields, error):
    """Binary floats, naive moments and texts that are none are refused at the entrance."""
    given = {"id": "x", "move": "earn", "owner": "A", "on": FIRST, "amount": 1, **fields}

    with pytest.raises(error):
        Draft(**given)

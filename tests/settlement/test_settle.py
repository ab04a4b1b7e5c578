from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import attrs
import pytest

import serviceorg
from serviceorg.basics import Label, Year, parse_period
from serviceorg.facts import Fact
from serviceorg.ledger import (
    AccountKind,
    AccountRules,
    Asset,
    Draft,
    Expiry,
    Journal,
    Move,
    check_journal,
    correct,
    expire,
    lifetime,
    reverse,
    verify,
)
from serviceorg.loading import fact_kinds_from_text, rule_set_from_text
from serviceorg.model import Subject
from serviceorg.scoring import score
from serviceorg.settlement import explain, settle

ACCOUNTS = AccountRules(
    id="test/points",
    title=Label(en="Points"),
    assets=(Asset(id="points", scale=2),),
    accounts=(
        AccountKind(id="points", owner="member", asset="points", most=Decimal(100), overflow="office:spare"),
        AccountKind(
            id="office", owner="place", asset="points", places=("issued", "lost", "spare"), least=None
        ),
    ),
    moves=(
        Move(id="year", kind="settle", source_account="office:issued", target_account="points"),
        Move(id="lose", kind="deduct", source_account="points", target_account="office:lost", short="rest"),
    ),
)
RULES = rule_set_from_text(
    """
    [rule_set]
    id = "test/service"
    title = "Service"
    subject = "member"
    period = "year"
    effective = 2017-01-01
    basis = "none"
    source = "ours"

    [fact.service]
    amount = true
    [fact.fault]
    [fact.opinion]
    amount = { unit = "marks", most = 100 }

    [[category]]
    id = "all"
    title = "All"

    [[item]]
    id = "service"
    category = "all"
    title = "Service"
    on = "service"
    points = 2
    per = { field = "amount" }

    [[item]]
    id = "fault"
    category = "all"
    title = "Fault"
    on = "fault"
    deduct = 5
    """
)
DAY = date(2019, 1, 15)


def card_of(subject="A", *, hours=(), faults=0, year=2018, **options):
    """Return a scorecard of 2 points an hour, less 5 a fault."""
    facts = [
        Fact(id=f"h{n}", subject=subject, kind="service", on=date(year, 5, 1 + n), amount=amount)
        for n, amount in enumerate(hours)
    ]
    facts += [Fact(id=f"f{n}", subject=subject, kind="fault", on=date(year, 6, 1 + n)) for n in range(faults)]
    return score(RULES, subject, facts, period=Year(year), **options)


def settled(cards, journal=None, **options):
    """Return what settling the cards brings."""
    given = {"on": DAY, "move": "year", "deduct": "lose", **options}
    return settle(Journal() if journal is None else journal, ACCOUNTS, cards, **given)


def test_a_final_card_is_booked_with_its_rules_and_its_day():
    """3.5 h at 2 points are 7: booked on the day of settling, about the last day of the period (row 57)."""
    found = settled([card_of(hours=["1.5", 2])], by="office")

    entry = found.journal.last
    assert found.journal.balance("points:A") == 7
    assert (entry.id, entry.move, entry.by) == ("settle/test/service/A/2018", "year", "office")
    assert (entry.on, entry.occurred_on) == (DAY, date(2018, 12, 31))
    assert entry.memo == "2018: 7"
    assert entry.evidence == f"test/service 2017-01-01 sha256:{RULES.digest}"
    assert lifetime(found.journal, ACCOUNTS, "points:A") == 7


def test_settling_twice_books_once():
    """Each rule set, subject and period is booked once, however often it is settled."""
    first = settled([card_of(hours=[2]), card_of("B", hours=[3])])

    again = settled([card_of(hours=[2]), card_of("B", hours=[3])], first.journal, on=date(2019, 3, 1))

    assert again.journal is first.journal
    assert [one.status for one in again.results] == ["unchanged", "unchanged"]


def test_a_changed_total_takes_back_the_old_entry():
    """A fact found later makes 4 points of 7: the old entry is reversed, a new one stands (W33, trap 15)."""
    first = settled([card_of(hours=[2, "1.5"])])

    second = settled([card_of(hours=[2])], first.journal, on=date(2019, 3, 1))
    third = settled([card_of(hours=[2, 3])], second.journal, on=date(2019, 4, 1))

    assert [entry.id.removeprefix("settle/test/service/A/") for entry in third.journal] == [
        "2018",
        "2018/reversed",
        "2018#2",
        "2018#2/reversed",
        "2018#3",
    ]
    assert (second.journal.balance("points:A"), third.journal.balance("points:A")) == (4, 10)
    assert lifetime(third.journal, ACCOUNTS, "points:A") == 10
    assert explain(third) == (
        "A, 2018: now 10; settle/test/service/A/2018#2 taken back, "
        "settle/test/service/A/2018#3 booked in its place"
    )
    assert check_journal(third.journal, ACCOUNTS) == ()


def test_a_total_that_became_nothing_is_withdrawn():
    """When the only fact is taken back, so is the entry; when it returns, a new one is booked."""
    first = settled([card_of(hours=[2])])

    none = settled([card_of()], first.journal)
    back = settled([card_of(hours=[2])], none.journal)

    assert [one.results[0].status for one in (none, back)] == ["withdrawn", "posted"]
    assert (none.journal.balance("points:A"), back.journal.balance("points:A")) == (0, 4)
    assert settled([card_of()], none.journal).results[0].status == "nothing"


def test_a_total_below_nothing_needs_a_move_that_takes():
    """-10 is refused without such a move; with it, it takes what is there (3 of 10)."""
    before = settled([card_of(hours=["1.5"], year=2017)], on=date(2018, 1, 15))
    card = card_of(faults=2)

    refused = settled([card], before.journal, deduct="")
    taken = settled([card], before.journal)

    assert [reason.code for reason in refused.refused[0].reason.children] == ["negative"]
    assert taken.journal.balance("points:A") == 0
    assert taken.journal.last.amount == 3
    assert settled([card], taken.journal).results[0].status == "unchanged"


def test_a_card_before_the_end_of_its_period_is_refused():
    """A score as of November is not final; it is refused and told, and the others are booked all the same."""
    found = settled([card_of(hours=[2], as_of=date(2018, 11, 30)), card_of("B", hours=[3])])

    assert [one.status for one in found.results] == ["refused", "posted"]
    assert explain(found) == (
        "A, 2018: not booked\n"
        "  the score is as of 2018-11-30, but the period ends on 2018-12-31: it is not final\n"
        "B, 2018: 6 booked as settle/test/service/B/2018"
    )
    assert explain(found.refused[0], lang="zh").startswith("A，2018：未入账\n  评分截至2018-11-30")


def test_a_subject_that_is_not_assessed_is_refused_and_keeps_what_was_booked():
    """Not assessed is not 0 points: nothing is booked, and what was before stands (trap 26)."""
    first = settled([card_of(hours=[2])])
    gone = Subject(id="A", joined=date(2019, 1, 1))

    found = settled([score(RULES, gone, [], period=Year(2018))], first.journal)

    assert found.journal is first.journal
    assert found.results[0].entry == "settle/test/service/A/2018"
    assert [reason.code for reason in found.results[0].reason.children] == ["no-total", "stands"]


PENDING = rule_set_from_text(
    """
    [rule_set]
    id = "test/opinions"
    title = "Opinions"
    subject = "member"
    period = "year"
    effective = 2017-01-01
    basis = "none"
    source = "ours"

    [fact.opinion]
    amount = { unit = "marks", most = 100 }

    [[category]]
    id = "all"
    title = "All"

    [[item]]
    id = "opinion"
    category = "all"
    title = "Opinion"
    on = "opinion"
    measure = "mean"
    step = [{ from = 0, points = 1 }, { from = 80, points = 2 }]
    missing = "pending"
    """
)


def test_a_pending_card_is_refused_with_what_it_waits_for():
    """A score that waits for an answer is not booked; the items it waits for are named."""
    (one,) = settled([score(PENDING, "A", [], period=Year(2018))]).results

    assert explain(one) == "A, 2018: not booked\n  the score is pending; it waits for opinion"


def test_what_the_accounts_refuse_is_told_with_its_reasons():
    """A day before the last entry's is refused by the journal; nothing of the card is booked."""
    first = settled([card_of(hours=[2])])

    found = settled([card_of("B", hours=[2])], first.journal, on=date(2019, 1, 1))

    assert found.journal is first.journal
    assert [reason.code for reason in found.refused[0].reason.children] == ["before-last"]


def test_a_correction_is_booked_whole_or_not_at_all():
    """If the new total cannot be booked, the old entry stands."""
    first = settled([card_of(hours=[2])])

    found = settled([card_of(faults=1)], first.journal, deduct="lost")

    assert [reason.code for reason in found.refused[0].reason.children] == ["unknown-move", "stands"]
    assert found.journal.balance("points:A") == 4
    assert found.journal.reversal_of("settle/test/service/A/2018") is None


def test_two_cards_of_one_period_are_not_both_booked():
    """A second card of the same rule set, subject and period in one settlement is a mistake, and told."""
    found = settled([card_of(hours=[2]), card_of(hours=[3])])

    assert [one.status for one in found.results] == ["posted", "refused"]
    assert found.refused[0].reason.children[0].code == "twice"


def test_members_may_be_settled_into_their_household():
    """With a table of households two members' points come into one account, each by its own entry (S27)."""
    homes = {"A": "H1", "B": "H1"}

    found = settled([card_of(hours=[2]), card_of("B", hours=[3])], account_of=homes.__getitem__)

    assert found.journal.balance("points:H1") == 10
    assert len(found.journal) == 2


def test_a_member_who_changes_household_is_booked_anew():
    """The same total for another account is a change: the entry moves, by a reversal (trap 30)."""
    first = settled([card_of(hours=[2])], account_of=lambda subject: "H1")

    second = settled([card_of(hours=[2])], first.journal, account_of=lambda subject: "H2")

    assert second.results[0].status == "replaced"
    assert (second.journal.balance("points:H1"), second.journal.balance("points:H2")) == (0, 4)


def test_a_settlement_taken_back_by_hand_is_booked_again():
    """As long as the card stands, what is missing is booked: whoever wants it gone corrects the facts."""
    first = settled([card_of(hours=[2])])
    taken = reverse(first.journal, "settle/test/service/A/2018", id="by-hand", on=DAY)

    found = settled([card_of(hours=[2])], taken)

    assert [one.status for one in found.results] == ["posted"]
    assert found.journal.last.id == "settle/test/service/A/2018#2"
    assert found.journal.balance("points:A") == 4
    assert verify(found.journal) == ()


SCHEMES = Path(serviceorg.__file__).parent / "schemes"


@pytest.mark.parametrize(
    ("title", "total"),
    [
        pytest.param(
            "mobile member: online branch days count, no duty to serve on the spot", "17.4", id="mobile"
        ),
        pytest.param("a full year: every cap reached, excellent", "99.58", id="full year"),
    ],
)
def test_members_points_of_2018_come_into_the_account(title, total):
    """The totals of the worked examples of gaomi/member-points are what the account holds (rows 57, 168)."""
    folder = SCHEMES / "gaomi"
    kinds = fact_kinds_from_text((folder / "facts.toml").read_text(encoding="utf-8"))
    rules = rule_set_from_text((folder / "member-points.toml").read_text(encoding="utf-8"), kinds=kinds)
    case = next(case for case in rules.cases if case.title == title)
    card = score(rules, case.subjects[0], case.facts, period=parse_period("2018"), as_of=case.as_of)

    found = settled([card])

    assert found.journal.balance(f"points:{card.subject}") == Decimal(total)


def with_total(card, total):
    """Return what settling reads of a card, with another total."""
    names = ("question", "subject", "period", "as_of", "status", "rule_set", "waiting_for", "why")
    return SimpleNamespace(total=Decimal(total), **{name: getattr(card, name) for name in names})


def test_the_same_total_written_otherwise_changes_nothing():
    """42.5 and 42.50 are one total: nothing is taken back for a nought."""
    first = settled([with_total(card_of(hours=[1]), "42.5")])

    again = settled([with_total(card_of(hours=[1]), "42.50")], first.journal)

    assert [one.status for one in again.results] == ["unchanged"]


def test_a_total_too_fine_to_book_stops_no_other_card():
    """A total of five decimals cannot be booked exactly; the other card is booked all the same."""
    found = settled([with_total(card_of("A", hours=[1]), "0.00001"), card_of("B", hours=[1])])

    assert [one.status for one in found.results] == ["refused", "posted"]
    assert "cannot be booked exactly" in explain(found)


@pytest.mark.parametrize(
    ("faults", "moves", "code"),
    [(0, {"move": "lose"}, "gives-nothing"), (2, {"deduct": "year"}, "takes-nothing")],
    ids=["score", "deduction"],
)
def test_a_score_moves_the_right_way(faults, moves, code):
    """A score above 0 never takes from its owner, one below 0 never gives: the card is refused."""
    card = card_of(hours=[] if faults else [2], faults=faults)

    found = settled([card], **moves)

    assert [reason.code for reason in found.refused[0].reason.children] == [code]
    assert len(found.journal) == 0


def test_a_score_put_right_ends_when_the_first_would_have():
    """Points of 2018 end with 2019; a re-score of December 2019 brings them no further (S24, trap 14)."""
    rules = attrs.evolve(
        ACCOUNTS, expiries=(Expiry(id="end", account="points", ends="year", target_account="office:lost"),)
    )
    first = settle(Journal(), rules, [card_of(hours=[2])], on=date(2019, 1, 15), move="year")
    none = settle(first.journal, rules, [card_of()], on=date(2019, 12, 1), move="year")
    later = settle(none.journal, rules, [card_of(hours=[1])], on=date(2020, 1, 2), move="year")

    after = expire(later.journal, rules, on=date(2020, 1, 2))

    assert [one.results[0].status for one in (first, none, later)] == ["posted", "withdrawn", "posted"]
    assert after.balance("points:A") == 0


BOOKED = "settle/test/service/A/2018"


def by_hand(journal, amount, *, entry=BOOKED, name="hand", move="year", owner="A", rules=ACCOUNTS, memo=""):
    """Return the journal with an entry of a card corrected by hand."""
    right = Draft(
        id=name, move=move, owner=owner, on=DAY, occurred_on=date(2018, 12, 31), amount=amount, memo=memo
    )
    return correct(journal, rules, entry, right, id=f"{name}/reversed")


def test_a_card_overrules_a_correction_by_hand():
    """7 were made 5 by hand, the card still says 7: the 5 are taken back by name, 7 stand (W33, trap 15)."""
    corrected = by_hand(settled([card_of(hours=[2, "1.5"])]).journal, 5)

    found = settled([card_of(hours=[2, "1.5"])], corrected)

    assert found.journal.balance("points:A") == 7
    assert explain(found) == f"A, 2018: now 7; hand taken back, {BOOKED}#2 booked in its place"
    assert [(entry.id, entry.reverses, entry.replaces) for entry in found.journal][3:] == [
        (f"{BOOKED}/hand/reversed", "hand", ""),
        (f"{BOOKED}#2", "", "hand"),
    ]
    assert check_journal(found.journal, ACCOUNTS) == ()
    assert settled([card_of(hours=[2, "1.5"])], found.journal).journal is found.journal


def test_a_correction_by_hand_to_what_the_card_says_stands():
    """7 were made 10 by hand, and now the card says 10 too: nothing is booked, and the 10 are named."""
    corrected = by_hand(settled([card_of(hours=[2, "1.5"])]).journal, 10)

    found = settled([card_of(hours=[2, 3])], corrected)

    assert found.journal is corrected
    assert explain(found) == "A, 2018: hand stands as it is"
    assert found.results[0].entry == "hand"


@pytest.mark.parametrize(
    "correction",
    [
        pytest.param({"amount": 5, "memo": "2018: 7"}, id="another amount under the same memo"),
        pytest.param({"amount": 7, "owner": "B"}, id="another owner"),
        pytest.param({"amount": 7, "move": "lose"}, id="taken instead of given"),
    ],
)
def test_a_correction_by_hand_stands_only_if_it_books_the_same(correction):
    """Amount, owner and direction of a correction are what counts, not its memo: A has 7 again, B nothing."""
    before = settled([card_of(hours=["3.5"], year=2017)], on=date(2018, 1, 15)).journal
    corrected = by_hand(settled([card_of(hours=[2, "1.5"])], before).journal, **correction)

    found = settled([card_of(hours=[2, "1.5"])], corrected)

    assert [one.status for one in found.results] == ["replaced"]
    assert (found.journal.balance("points:A"), found.journal.balance("points:B")) == (14, 0)


def test_the_last_of_many_corrections_is_the_one_overruled():
    """7 made 5, the 5 made 6, the card says 7, that made 4, the card says 8: only 8 stand at the end."""
    first = settled([card_of(hours=[2, "1.5"])]).journal
    twice = by_hand(by_hand(first, 5), 6, entry="hand", name="second")

    found = settled([card_of(hours=[2, "1.5"])], twice)
    once_more = by_hand(found.journal, 4, entry=f"{BOOKED}#2", name="third")
    last = settled([card_of(hours=[4])], once_more)

    assert explain(found) == f"A, 2018: now 7; second taken back, {BOOKED}#2 booked in its place"
    assert explain(last) == f"A, 2018: now 8; third taken back, {BOOKED}#3 booked in its place"
    assert (found.journal.balance("points:A"), last.journal.balance("points:A")) == (7, 8)
    assert check_journal(last.journal, ACCOUNTS) == ()


@pytest.mark.parametrize(("hours", "total"), [([2, "1.5"], 7), ([2], 4)], ids=["same total", "other total"])
def test_a_correction_taken_back_by_hand_is_booked_again(hours, total):
    """Where nothing of the chain stands the card is booked again, in the place of its last (W33)."""
    corrected = by_hand(settled([card_of(hours=[2, "1.5"])]).journal, 5)
    taken = reverse(corrected, "hand", id="gone", on=DAY)

    found = settled([card_of(hours=hours)], taken)

    assert [(one.status, one.entry) for one in found.results] == [("posted", f"{BOOKED}#2")]
    assert found.journal.last.replaces == "hand"
    assert found.journal.balance("points:A") == total
    assert check_journal(found.journal, ACCOUNTS) == ()


def test_a_card_of_nothing_takes_back_a_correction_by_hand():
    """The card says 0, so the 5 booked by hand are withdrawn; when it says 4 again, 4 are booked."""
    corrected = by_hand(settled([card_of(hours=[2, "1.5"])]).journal, 5)

    none = settled([card_of()], corrected)
    back = settled([card_of(hours=[2])], none.journal)

    assert explain(none) == "A, 2018: the score is 0 now; hand taken back"
    assert [one.results[0].status for one in (none, back)] == ["withdrawn", "posted"]
    assert (none.journal.balance("points:A"), back.journal.balance("points:A")) == (0, 4)


def test_a_card_refused_names_the_correction_that_stands_meanwhile():
    """If the card cannot be booked, the correction by hand stands, and the result says so."""
    corrected = by_hand(settled([card_of(hours=[2, "1.5"])]).journal, 5)

    found = settled([card_of(faults=1)], corrected, deduct="lost")

    assert found.journal is corrected
    assert found.results[0].entry == "hand"
    assert explain(found).endswith("what was booked before, hand, stands meanwhile")


def test_a_correction_in_a_longer_journal_is_no_business_of_a_shorter_one():
    """Who settles an older journal does not see what was corrected after it: 7 stand there as they are."""
    first = settled([card_of(hours=[2, "1.5"])]).journal
    corrected = by_hand(first, 5)

    found = settled([card_of(hours=[2, "1.5"])], first)

    assert corrected.balance("points:A") == 5
    assert found.journal is first


def test_points_booked_over_a_correction_end_when_the_first_would_have():
    """Points of 2018 booked in January 2019 end with 2019, through a correction and its overruling (S24)."""
    rules = attrs.evolve(
        ACCOUNTS, expiries=(Expiry(id="end", account="points", ends="year", target_account="office:lost"),)
    )
    first = settle(Journal(), rules, [card_of(hours=[2])], on=DAY, move="year")
    corrected = by_hand(first.journal, 3, rules=rules)
    later = settle(corrected, rules, [card_of(hours=[2])], on=date(2019, 12, 1), move="year")

    after = expire(later.journal, rules, on=date(2020, 1, 2))

    assert (later.journal.balance("points:A"), after.balance("points:A")) == (4, 0)

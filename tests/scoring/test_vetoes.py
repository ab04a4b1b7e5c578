from datetime import date

import pytest

from tests.scoring.given import card, cards, codes, dated, fact, reasons, rules, subject

BASE = """
[fact.x]
amount = true
[fact.bad]
fields.kind = ["warning", "demerit", "dismissal"]
fields.lifted = "date"
[[item]]
id = "i"
category = "c"
title = "I"
on = "x"
points = 1
per = "amount"
[[item]]
id = "j"
category = "d"
title = "J"
full = 5
on = "y"
deduct = 1
[fact.y]
[[grade]]
id = "excellent"
title = "Excellent"
from = 90
[[grade]]
id = "pass"
title = "Pass"
from = 60
[[grade]]
id = "fail"
title = "Fail"
[[star]]
level = 1
title = "One star"
from = 60
[[award]]
id = "first"
title = "First"
top = 1
ties = "in"
[[veto]]
id = "v"
title = "V"
on = "bad"
"""


def vetoed(keys, *bad, period="2024", **more):
    """Return the card of somebody with 95 + 5 points in May 2023 and 2024, and these bad facts."""
    rule_set = rules(BASE + keys, categories=['id = "c"', 'id = "d"'], subject='["member", "organisation"]')
    facts = [fact("2023-05-01", 95), fact("05-01", 95), fact("2025-05-01", 95), *bad]
    others = more.pop("others", ())
    who = more.pop("who", subject())
    return cards(rule_set, facts, period, subjects=[who, *others], **more)[who.id]


def bad(on="06-01", **more):
    """Return a fact that calls the veto."""
    return fact(on, kind="bad", **more)


def test_without_a_bad_fact_nothing_is_vetoed():
    """100 points, excellent, one star, first."""
    found = vetoed('effect = "zero"')

    assert (found.total, found.grade, found.star, found.awards, found.vetoes) == (
        100,
        "excellent",
        1,
        ("first",),
        (),
    )


def test_zero_undoes_the_whole_score():
    """The total is 0, whatever was earned; no star, no award (S22)."""
    found = vetoed('effect = "zero"', bad())

    assert (found.total, found.grade, found.star, found.awards, found.vetoes) == (0, "fail", None, (), ("v",))
    assert found.items["i"].points == 95
    assert reasons(found, "vetoed")[0].arguments == (100,)


@pytest.mark.parametrize(
    ("scope", "wanted"), [("item.i", 5), ("category.c", 5), ("item.j", 95), ("category.d", 95)]
)
def test_zero_of_a_part_leaves_the_rest(scope, wanted):
    """95 of one item, 5 of the other's allotment: the vetoed part is nothing."""
    found = vetoed(f'effect = "zero"\nscope = "{scope}"', bad())

    assert (found.total, found.vetoes) == (wanted, ("v",))


def test_zero_of_a_part_bars_from_nothing_else():
    """An item set to nothing leaves star and award to those who reach them without it."""
    found = vetoed('effect = "zero"\nscope = "item.j"', bad())

    assert (found.total, found.grade, found.star, found.awards) == (95, "excellent", 1, ("first",))


def test_a_grade_at_most():
    """100 points, but at most a pass (S22)."""
    found = vetoed('effect = { grade_at_most = "pass" }', bad())

    assert (found.total, found.grade, found.star) == (100, "pass", 1)


def test_no_grade_no_star_no_award():
    """Each bars from one thing and leaves the others."""
    grade, star, award = (vetoed(f'effect = "{what}"', bad()) for what in ("no_grade", "no_star", "no_award"))

    assert (grade.total, grade.grade, grade.star, grade.awards) == (100, None, 1, ("first",))
    assert (star.total, star.grade, star.star, star.awards) == (100, "excellent", None, ("first",))
    assert (award.total, award.grade, award.star, award.awards) == (100, "excellent", 1, ())


def test_without_a_term_it_lasts_to_the_end_of_its_period():
    """A bad fact of 2023 does not touch 2024 (trap 14)."""
    assert vetoed('effect = "zero"', bad("2023-12-31")).vetoes == ()
    assert vetoed('effect = "zero"', bad("2023-12-31"), period="2023").vetoes == ("v",)


@pytest.mark.parametrize(
    ("lasts", "on", "stands"),
    [
        ("{ months = 6 }", "2024-07-01", True),  # its first free day is 1 January 2025
        ("{ months = 6 }", "2024-06-30", False),  # … 30 December
        ("{ months = 24 }", "2023-01-01", True),
        ("{ months = 24 }", "2022-12-31", False),
        ("{ days = 30 }", "2024-12-02", True),  # … 1 January
        ("{ days = 30 }", "2024-12-01", False),  # … 31 December
    ],
)
def test_a_term_counts_if_it_runs_on_the_last_day(lasts, on, stands):
    """A sanction stands against the year if the last day of the year lies within its term (trap 33)."""
    assert vetoed(f'effect = "zero"\nlasts = {lasts}', bad(on)).vetoes == (("v",) if stands else ())


@pytest.mark.parametrize(
    ("on", "stands"), [("2024-02-01", True), ("2023-06-30", False), ("2023-07-02", True)]
)
def test_a_term_may_count_on_any_day(on, stands):
    """With any-day, six months from 2 July 2023 touch 1 January 2024; from 30 June 2023 they do not."""
    keys = 'effect = "zero"\nlasts = { months = 6 }\nstands = "any-day"'

    assert vetoed(keys, bad(on)).vetoes == (("v",) if stands else ())


TABLE = (
    'effect = "zero"\n'
    'lasts = { by = "kind", table = { warning = { months = 6 }, demerit = { months = 12 } } }'
)


@pytest.mark.parametrize(("kind", "on", "stands"), [("warning", "03-01", False), ("demerit", "03-01", True)])
def test_a_term_by_what_it_was(kind, on, stands):
    """From 1 March, six months of a warning end in 2024, twelve of a demerit in 2025."""
    assert vetoed(TABLE, bad(on, attributes={"kind": kind})).vetoes == (("v",) if stands else ())


ADDING = f"{TABLE}\nadds_up = {{ months = 48 }}"


@pytest.mark.parametrize(("as_of", "stands"), [("2025-08-31", True), ("2025-09-01", False)])
def test_terms_add_up(as_of, stands):
    """M9: of a warning of 1 March 4 months are left on 1 May; 12 more of a demerit end on 31 August."""
    sanctions = [bad("03-01", attributes={"kind": "warning"}), bad("05-01", attributes={"kind": "demerit"})]

    found = vetoed(ADDING, *sanctions, period="2025", as_of=as_of)

    assert found.vetoes == (("v",) if stands else ())


@pytest.mark.parametrize(("as_of", "stands"), [("2028-04-30", True), ("2028-05-01", False)])
def test_terms_add_up_to_at_most_so_much(as_of, stands):
    """M9: 40 months left and 24 new ones are held to 48 from the new one: 1 May 2024 to 30 April 2028."""
    keys = ADDING.replace(
        "demerit = { months = 12 }", "demerit = { months = 24 }, dismissal = { months = 42 }"
    )
    sanctions = [bad("03-01", attributes={"kind": "dismissal"}), bad("05-01", attributes={"kind": "demerit"})]

    found = vetoed(keys, *sanctions, period="2028", as_of=as_of)

    assert found.vetoes == (("v",) if stands else ())


def test_a_new_term_after_the_old_one_is_its_own():
    """A warning that ended in September 2023 adds nothing to one of March 2024: free on 1 September 2024."""
    sanctions = [
        bad("2023-03-01", attributes={"kind": "warning"}),
        bad("03-01", attributes={"kind": "warning"}),
    ]

    assert vetoed(ADDING, *sanctions, as_of="08-31").vetoes == ("v",)
    assert vetoed(ADDING, *sanctions, as_of="09-01").vetoes == ()


def test_a_lifted_veto_ends_on_its_day():
    """Lifted on 1 December, it does not stand on 31 December, and still did on 30 November (trap 33)."""
    keys = 'effect = "zero"\nlifted = "lifted"'
    lifted = bad(attributes={"lifted": date(2024, 12, 1)})

    assert vetoed(keys, lifted).vetoes == ()
    assert vetoed(keys, lifted, as_of="11-30").vetoes == ("v",)


@pytest.mark.parametrize(
    ("keys", "stands"),
    [
        ('where = { kind = "demerit" }', False),
        ('where = { kind = "warning" }', True),
        ('who = { categories = ["A"] }', True),
        ('who = { categories = ["B"] }', False),
        ('who = { kinds = ["organisation"] }', False),
    ],
)
def test_a_veto_is_for_some_facts_and_some_people(keys, stands):
    """Attributes of the fact, category on its day and kind of the subject decide whether it stands."""
    who = subject(category=dated({"2020-01-01": "A", "07-01": "B"}))

    found = vetoed(f'effect = "zero"\n{keys}', bad(attributes={"kind": "warning"}), who=who)

    assert found.vetoes == (("v",) if stands else ())


def test_a_members_fact_vetoes_the_organisation():
    """One member's bad fact is enough, while it belongs there."""
    members = [subject("M", organisation="S")]
    keys = 'effect = "zero"\nof = "members"'

    found = vetoed(keys, bad(subject="M"), who=subject(kind="organisation"), others=members)

    assert found.vetoes == ("v",)


def test_a_reversed_sanction_gives_everything_back():
    """The revoked decision restores score, grade and star, and the explanation shows both (W33)."""
    gone = bad(id="1")
    back = fact("06-01", kind="bad", id="2", reverses="1", recorded_on="09-01")

    found = vetoed('effect = "zero"', gone, back)

    assert (found.total, found.grade, found.star) == (100, "excellent", 1)
    assert "reversed" in codes(found)


def test_several_vetoes_are_listed_once_each():
    """Two facts of one veto stand as one."""
    assert vetoed('effect = "no_award"', bad("06-01"), bad("07-01")).vetoes == ("v",)


def test_a_veto_is_explained_with_its_end():
    """The reason names veto, fact, day and last day: of the term, or of the period."""
    named = reasons(vetoed('effect = "zero"\nlasts = { months = 12 }', bad(id="b")), "veto")[0].arguments
    period = reasons(vetoed('effect = "zero"', bad(id="b")), "veto")[0].arguments

    assert (named[0], named[2:]) == ("v", ("b", "2024-06-01", "2025-06-01"))
    assert period[2:] == ("b", "2024-06-01", "2024-12-31")


def test_a_card_alone_shows_the_same():
    """Scored alone, a vetoed subject has the same total."""
    rule_set = rules(BASE + 'effect = "zero"', categories=['id = "c"', 'id = "d"'])

    assert card(rule_set, [fact("05-01", 95), bad()]).total == 0

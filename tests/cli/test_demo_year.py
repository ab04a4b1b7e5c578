from collections import Counter
from datetime import date

import pytest

import serviceorg as so
from serviceorg.cli.demo.erqi.habits import DOMAINS, HABITS, PEER_BALLOT, PROMISE_REVIEWS, REVIEWS
from serviceorg.cli.demo.erqi.people import organisations_for
from serviceorg.cli.demo.erqi.year import erqi_year

_ONCE = [habit for habit, _, _ in (*REVIEWS, *PROMISE_REVIEWS)]
EVERY_HABIT = (*HABITS, *_ONCE, PEER_BALLOT)


@pytest.fixture(scope="module")
def rules():
    """Give the rule set of the demo."""
    return so.load().rule_set("erqi/vanguard-member")


@pytest.fixture(scope="module")
def year(rules):
    """Give an invented year large enough for what is rare."""
    return erqi_year(rules.kinds, seed=2024, members=600)


@pytest.fixture(scope="module")
def cards(rules, year):
    """Give everybody's scorecard."""
    return so.score_all(rules, year.facts, subjects=year.subjects, period=so.Year(2024))


def test_everything_the_rules_read_happens(rules):
    """Each kind an item or veto reads has a habit, and each habit a reader."""
    version = rules.at(date(2024, 12, 31))
    clauses = {kind for item in version.items for clause in item.clauses for kind in clause.select.on}
    read = clauses | {kind for veto in version.vetoes for kind in veto.on}

    assert {habit.kind for habit in EVERY_HABIT} == read


def test_nobody_does_what_only_others_are_scored_for(rules):
    """A kind that only members of one domain are scored for happens only there."""
    version = rules.at(date(2024, 12, 31))
    wanted = {
        kind: set(clause.who.categories)
        for item in version.items
        for clause in item.clauses
        for kind in clause.select.on
        if clause.who.categories
    }
    done: dict[str, set[str]] = {}
    for habit in EVERY_HABIT:
        done.setdefault(habit.kind, set()).update(habit.of)

    assert {kind: done[kind] for kind in wanted} == wanted


def test_a_member_has_about_fifty_facts(year):
    """The mean is near the fifty that the demo promises; some have few, some many."""
    counts = Counter(fact.subject for fact in year.facts)

    assert 45 <= len(year.facts) / len(year.members) <= 55
    assert min(counts.values()) < 30
    assert max(counts.values()) > 75


def test_facts_are_of_the_year_and_entered_afterwards(year):
    """Every day lies in 2024, within the time of belonging, and no entry is older than its fact."""
    belonging = {member.id: member for member in year.members}
    for fact in year.facts:
        assert fact.on.year == 2024
        assert fact.recorded_on >= fact.on
        assert fact.reverses or belonging[fact.subject].belongs_on(fact.on)


def test_ids_are_the_members_own(year):
    """An id is made of the member's number and a running one, so each stands once."""
    ids = [fact.id for fact in year.facts]

    assert len(set(ids)) == len(ids)
    assert year.facts[0].id == "F-00001-001"
    assert all(fact.id[1:7] == fact.subject[1:] for fact in year.facts)


def test_a_fact_does_not_depend_on_who_asks(rules, year):
    """The same seed gives equal facts and people, another seed others."""
    again = erqi_year(rules.kinds, seed=2024, members=600)
    other = erqi_year(rules.kinds, seed=2025, members=600)

    assert (again.facts, again.subjects) == (year.facts, year.subjects)
    assert other.facts != year.facts


def test_votes_come_from_colleagues(year):
    """Voters belong to the organisation voted in, all their marks stand on one sheet, a few are their own."""
    homes = {member.id: member.organisation_on(date(2024, 12, 31)) for member in year.members}
    own = 0
    for fact in year.facts:
        if fact.kind == "peer-ballot" and not fact.reverses:
            voter = str(fact.attributes["voter"])
            assert homes[voter] == homes[fact.subject]
            assert fact.attributes["ballot"] == f"P-{voter[2:]}"
            own += voter == fact.subject
    assert 0 < own < 30


def test_every_organisation_has_members(year):
    """Organisations of all five domains have members, whose category is that of their organisation."""
    domains = {one.id: one.category_on(date(2024, 12, 31)) for one in year.organisations}
    homes = {member.organisation_on(date(2024, 1, 1)) for member in year.members}

    assert homes == set(domains)
    assert {member.category_on(date(2024, 12, 31)) for member in year.members} == set(DOMAINS)
    for member in year.members:
        for day in (date(2024, 1, 1), date(2024, 12, 31)):
            home = domains[member.organisation_on(day)]
            assert member.category_on(day) == {"village": "rural"}.get(home, home)


@pytest.mark.parametrize(("members", "organisations"), [(1, 1), (4, 4), (100, 5), (1_000, 33), (17_727, 586)])
def test_organisations_keep_the_published_proportion(members, organisations):
    """586 to 17,727 (row 75): 33.06 to a thousand; never more than members, else at least one a domain."""
    assert organisations_for(members) == organisations


def test_the_year_has_what_makes_scoring_hard(year):
    """Some join, leave, move or are exempt; some facts are taken back or entered too late."""
    members = year.members
    assert any(member.joined for member in members)
    assert any(member.left for member in members)
    assert any(len(member.organisation) > 1 for member in members)
    assert {exemption.effect for member in members for exemption in member.exemptions} == {
        "not_assessed",
        "not_graded",
    }
    assert any(fact.reverses for fact in year.facts)
    assert any((fact.recorded_on - fact.on).days > 31 for fact in year.facts)


def test_results_spread(cards):
    """Every usual standing occurs, most have a grade, and caps, void ballots and vetoes are met."""
    assert {card.status for card in cards} == {"scored", "pending", "not_assessed", "not_graded"}
    assert {"good", "pass", "fail"} <= {card.grade for card in cards}
    assert sum(card.grade is not None for card in cards) > 0.9 * len(cards)
    assert any(card.vetoes for card in cards)
    codes = {reason.code for card in cards for reason in card.reason.walk()}
    assert codes >= {"cap", "ceiling", "refused-late", "refused-void", "reversed", "group", "per", "veto"}


def test_names_are_invented_from_common_parts(year):
    """A name is a surname and one or two characters; organisations are numbered, not named after places."""
    assert {len(member.name) for member in year.members} <= {2, 3, 4}
    assert len({member.name for member in year.members}) > 500
    assert all(one.name.endswith("支部") and any(map(str.isdigit, one.name)) for one in year.organisations)

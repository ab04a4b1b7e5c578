"""Two promises, two reports, two reviews of Gaomi (row 163)."""

from decimal import Decimal

import pytest

import serviceorg as so
from tests.schemes.lives import REGISTRY, Life, at, someone

UNITS = {"street-1": "", "community-7": "street-1"}
SECRETARY = someone("sec", "community-secretary@community-7", unit="community-7")
MEMBER = someone("m", unit="community-7")
STREET = someone("street", "street-office@street-1")


def begun(kind="member"):
    """Return the life of a promise year that has just begun."""
    life = Life("gaomi/two-promises-two-reports-two-reviews", UNITS)
    form = {"promiser_id": "m", "speaker_id": "m", "promiser_kind": kind, "year": "2024"}
    life("begin", SECRETARY, "2024-01-02 09:00", report_by=at("2024-11-29").date(), **form)
    return life


def displayed(life):
    """Make both promises and display them."""
    for piece in ("own-unit", "community-circle"):
        life("promise-one", MEMBER, "2024-01-05 09:00", piece=piece, text="Serve")
    life("display", SECRETARY, "2024-01-08 09:00", place="Hall")
    return life


def reported(life):
    """Give both reports and open the reviews."""
    life("begin-reports", SECRETARY, "2024-11-18 09:00")
    for piece in ("own-unit", "community-circle"):
        life("report-one", MEMBER, "2024-11-20 09:00", piece=piece, text="Done")
    life("open-review", SECRETARY, "2024-11-25 09:00")
    return life


def reviewed(life):
    """Let three members give 90 each, and three residents 100, 95 and 90."""
    for day, group, marks, closing in (
        (26, "member", (90, 90, 90), "close-members"),
        (27, "resident", (100, 95, 90), "close-residents"),
    ):
        role = "party-member" if group == "member" else "resident"
        for number, mark in enumerate(marks):
            voter = someone(f"{group}{number}", f"{role}@community-7")
            form = {"mark": Decimal(mark), "ballot": f"{group}-{number}"}
            life(f"review-{group}", voter, f"2024-11-{day} 09:00", **form)
        life(closing, SECRETARY, f"2024-11-{day} 17:00")
    return life


@pytest.mark.parametrize("missing", ["own-unit", "community-circle"])
def test_both_promises_come_before_the_display(missing):
    """Row 163: with one of the two promises missing nothing is displayed."""
    life = begun()
    there = {"own-unit": "community-circle", "community-circle": "own-unit"}[missing]
    life("promise-one", MEMBER, "2024-01-05 09:00", piece=there, text="Serve")

    assert life.refused("display", SECRETARY, "2024-01-08 09:00", place="Hall") == ["parts"]


def test_both_reports_come_before_the_reviews():
    """Row 163: with one of the two reports missing no review is opened."""
    life = displayed(begun())
    life("begin-reports", SECRETARY, "2024-11-18 09:00")
    life("report-one", MEMBER, "2024-11-20 09:00", piece="own-unit", text="Done")

    assert life.refused("open-review", SECRETARY, "2024-11-25 09:00") == ["parts"]


def test_the_year_of_promises_feeds_the_members_points():
    """Row 163, S14: promise 2, report 2, (4 x 90 + 6 x 95) / 10 = 93 of 100, of 6 points 5.58."""
    life = reviewed(reported(displayed(begun())))
    life("conclude", STREET, "2024-12-10 09:00", kept="yes")

    rules = REGISTRY.rule_set("gaomi/member-points")
    card = so.score(rules, so.Subject(id="m", category="community"), life.facts, period=so.Year(2024))

    assert [card.items[item].points for item in ("J06", "J07", "J08", "K05")] == [
        Decimal(2),
        Decimal(2),
        Decimal("5.58"),
        Decimal(0),
    ]


def test_a_promise_that_was_not_kept_costs_its_member_three_points():
    """Row 163: the street finds it not kept, with what was not kept, and item K05 takes 3."""
    life = reviewed(reported(displayed(begun())))
    bare = life.refused("conclude", STREET, "2024-12-10 09:00", kept="no")
    life("conclude", STREET, "2024-12-10 09:00", kept="no", not_kept="No hours after May")

    rules = REGISTRY.rule_set("gaomi/member-points")
    card = so.score(rules, so.Subject(id="m", category="community"), life.facts, period=so.Year(2024))

    assert bare == ["any"]
    assert card.items["K05"].points == -3


def test_an_organisations_promises_pay_no_member():
    """Row 163: rounds of organisations are counted for the community, not for a member."""
    life = reviewed(reported(displayed(begun("organisation"))))
    life("conclude", STREET, "2024-12-10 09:00", kept="yes")

    assert life.kinds() == ["promise-round-closed"]
    assert [fact.subject for fact in life.facts] == ["community-7"]


def test_released_promises_leave_the_rate():
    """W19: of two promise years one is kept and one released; the rate counts one of one."""
    kept = reviewed(reported(displayed(begun())))
    kept("conclude", STREET, "2024-12-10 09:00", kept="yes")
    gone = displayed(begun())
    gone("release", STREET, "2024-03-01 09:00", reason="transferred")

    rates = kept.flow.metrics([kept.ticket, gone.ticket], at=at("2024-12-11"))
    rate = next(one for one in rates if one.metric == "reported-in-time")

    assert (len(rate.good), len(rate.counted), len(rate.excluded)) == (1, 1, 1)

"""Decisions of Qinling Road: in villages (row 127) and in communities (row 126)."""

import pytest

import serviceorg as so
from tests.schemes.lives import REGISTRY, Life, someone

STREET = {"street-1": "", "village-5": "street-1", "community-7": "street-1"}
SECRETARY = someone("sec", "branch-secretary@village-5", unit="village-5")
HEAD = someone("head", "village-head@village-5", "supervisor@village-5", unit="village-5")
TELLER = someone("teller", "teller@village-5")
WATCHER = someone("watcher", "supervisor@village-5")
VILLAGER = someone("v1", "villager@village-5", unit="village-5")


def consulted():
    """Return the life of a matter that the two committees agreed to."""
    life = Life("qinling/four-deliberations-two-publications", STREET)
    life("propose-branch", SECRETARY, "2024-08-20 09:00", matter="Well", content="Dig")
    votes = {"committees_due": 7, "committees_present": 4, "committees_for": 3}
    life("consult", SECRETARY, "2024-08-22 09:00", content="Dig deeper", **votes)
    return life


def called(basis):
    """Return the life of a matter whose villagers' meeting is called for after Mon 2 Sep."""
    life = consulted()
    votes = {"members_all": 30, "members_present": 20, "members_for": 15}
    life("examine", SECRETARY, "2024-08-30 09:00", **votes)
    life("call", HEAD, "2024-09-02 09:00", basis_of_meeting=basis)
    return life


def decided():
    """Return the life of a matter that eighty of 120 households decided by 41 votes."""
    life = called("households")
    life("resolve", TELLER, "2024-09-13 19:00", entitled=120, attending=80, votes_for=41)
    return life


def carried_out():
    """Return the life of a matter that was carried out and whose result is to be published."""
    life = decided()
    life("publish-decision", HEAD, "2024-09-14 09:00", place="Square")
    life("carry-out", HEAD, "2024-09-22 09:00")
    life("report-result", HEAD, "2024-11-01 09:00", result_report="Done")
    return life


@pytest.mark.parametrize(
    ("present", "votes", "outcome"),
    [
        (19, 19, "no quorum"),
        (20, 15, "to-be-called"),
        (20, 14, "rejected"),
        (30, 15, "to-be-called"),
        (30, 14, "rejected"),
    ],
)
def test_the_members_stage_counts_all_members(present, votes, outcome):
    """M11, trap 3: of 30 members 20 are a quorum; 15 pass it, 14 do not: 70 % of the present are no half."""
    life = consulted()
    form = {"members_all": 30, "members_present": present, "members_for": votes}

    if outcome == "no quorum":
        assert life.refused("examine", SECRETARY, "2024-08-30 09:00", **form) == ["share"]
    else:
        life("examine", SECRETARY, "2024-08-30 09:00", **form)
        assert life.state == outcome


@pytest.mark.parametrize(
    ("basis", "entitled", "attending", "votes", "outcome"),
    [
        ("adults", 301, 150, 150, "no quorum"),
        ("adults", 301, 151, 76, "decided"),
        ("adults", 300, 150, 150, "no quorum"),
        ("households", 120, 79, 79, "no quorum"),
        ("households", 120, 80, 41, "decided"),
        ("households", 120, 80, 40, "rejected"),
        ("representatives", 40, 26, 26, "no quorum"),
        ("representatives", 40, 27, 14, "decided"),
        ("representatives", 40, 27, 13, "rejected"),
    ],
)
def test_the_villagers_quorum_and_majority(basis, entitled, attending, votes, outcome):
    """M10, W22: more than half of the adults or two thirds of the households; half of the present and one."""
    life = called(basis)
    form = {"entitled": entitled, "attending": attending, "votes_for": votes}

    if outcome == "no quorum":
        assert life.refused("resolve", TELLER, "2024-09-13 19:00", **form) == ["any"]
    else:
        life("resolve", TELLER, "2024-09-13 19:00", **form)
        assert life.state == outcome


@pytest.mark.parametrize(
    ("basis", "moment", "is_early"),
    [
        ("adults", "2024-09-12 19:00", True),
        ("adults", "2024-09-13 00:00", False),
        ("representatives", "2024-09-07 19:00", True),
        ("representatives", "2024-09-08 00:00", False),
    ],
)
def test_villagers_are_called_ten_days_ahead_and_representatives_five(basis, moment, is_early):
    """Section 3.6, trap 18: called on 2 Sep, the tenth day is 12 Sep, the fifth Sat 7 Sep: no roll."""
    life = called(basis)
    form = {"entitled": 30, "attending": 30, "votes_for": 30}

    if is_early:
        assert life.refused("resolve", TELLER, moment, **form) == ["any"]
    else:
        life("resolve", TELLER, moment, **form)
        assert life.state == "decided"


@pytest.mark.parametrize(("women", "passes"), [({}, True), ((90, 60), True), ((90, 59), False)])
def test_a_womens_quorum_counts_where_it_is_asked_for(women, passes):
    """Section 3.6, Shandong: two thirds of the women entitled, where the form names them."""
    life = called("households")
    form = {"entitled": 120, "attending": 80, "votes_for": 41}
    if women:
        form |= {"women_entitled": women[0], "women_attending": women[1]}

    if passes:
        life("resolve", TELLER, "2024-09-13 19:00", **form)
        assert life.state == "decided"
    else:
        assert life.refused("resolve", TELLER, "2024-09-13 19:00", **form) == ["any"]


def test_the_deliberations_cannot_be_skipped_or_swapped():
    """Row 127: before the members' meeting no villagers' meeting is called, and none decides."""
    life = consulted()

    call = life.refused("call", HEAD, "2024-08-23 09:00", basis_of_meeting="adults")
    resolve = life.refused("resolve", TELLER, "2024-08-23 09:00", entitled=3, attending=3, votes_for=3)

    assert call == resolve == ["not-from-here"]


def test_an_objection_stops_the_decision_until_it_is_answered():
    """Trap 34: after the seven days an open objection still bars the work; rejected, it no longer does."""
    life = decided()
    life("publish-decision", HEAD, "2024-09-14 09:00", place="Square")
    life("object", VILLAGER, "2024-09-20 09:00", objection="Too dear")

    stopped = life.refused("carry-out", HEAD, "2024-09-22 09:00")
    life("answer", WATCHER, "2024-09-22 10:00", finding="rejected", reason="three offers were taken")
    life("carry-out", HEAD, "2024-09-22 11:00")

    assert stopped == ["none-open"]
    assert life.state == "carrying-out"


def test_a_corrected_decision_is_published_again_for_the_full_time():
    """Trap 34: upheld on Fri 20 Sep and published again on Mon 23 Sep, it is up until Mon 30 Sep."""
    life = decided()
    life("publish-decision", HEAD, "2024-09-14 09:00", place="Square")
    life("object", VILLAGER, "2024-09-20 09:00", objection="Wrong sum")
    life("answer", WATCHER, "2024-09-20 10:00", finding="upheld", reason="corrected")
    life("publish-decision", HEAD, "2024-09-23 09:00", place="Square")

    early = life.refused("carry-out", HEAD, "2024-09-30 23:00")
    life("carry-out", HEAD, "2024-10-01 00:00")

    assert early == ["elapsed"]
    assert life.state == "carrying-out"


def test_the_result_is_published_before_the_matter_is_closed():
    """Row 127: the second publication, released by somebody who did not carry the matter out."""
    life = carried_out()

    closed = life.refused("close", SECRETARY, "2024-11-04 09:00")
    own = life.refused("publish-result", HEAD, "2024-11-04 09:00", place="Square")
    life("publish-result", WATCHER, "2024-11-04 10:00", place="Square")
    early = life.refused("close", SECRETARY, "2024-11-11 09:00")
    life("close", SECRETARY, "2024-11-12 09:00")

    assert (closed, own, early) == (["not-from-here"], ["separation"], ["elapsed"])
    assert life.state == "done"


def test_decisions_by_the_full_procedure_are_a_rate_a_rule_set_can_read():
    """Rows 47 and 127: four of five decisions by the full procedure are 80 %, which pays 2 of item R03."""
    facts = []
    for number in range(5):
        if number < 4:
            life = carried_out()
            life("publish-result", WATCHER, "2024-11-04 10:00", place="Square")
            life("close", SECRETARY, "2024-11-12 09:00")
        else:
            life = Life("qinling/four-deliberations-two-publications", STREET)
            form = {"village_id": "village-5", "matter": "Orchard", "reason": "no meeting"}
            life("report-bypass", someone("o", "street-office@street-1"), "2024-11-12 09:00", **form)
        facts += [
            so.Fact(
                id=f"{number}", subject=fact.subject, kind=fact.kind, on=fact.on, attributes=fact.attributes
            )
            for fact in life.facts
            if fact.kind == "village-decision"
        ]

    subject = so.Subject(id="village-5", kind="organisation", category="village")
    rules = REGISTRY.rule_set("erqi/model-organisation-rural")
    card = so.score(rules, subject, facts, period=so.Quarter(2024, 4))

    assert len(facts) == 5
    assert card.items["R03"].points == 2


@pytest.mark.parametrize(
    ("basis", "moment", "is_early"),
    [
        ("representatives", "2024-09-07 19:00", True),
        ("representatives", "2024-09-08 00:00", False),
        ("households", "2024-09-12 19:00", True),
        ("households", "2024-09-13 00:00", False),
    ],
)
def test_a_meeting_without_quorum_is_recorded_after_its_own_notice(basis, moment, is_early):
    """Section 3.6: five days for representatives, ten for the rest; called on 2 Sep, Sat 7 and Thu 12 Sep."""
    life = called(basis)

    if is_early:
        assert life.refused("no-quorum", TELLER, moment, reason="too few") == ["any"]
    else:
        life("no-quorum", TELLER, moment, reason="too few")
        assert life.state == "to-be-called"


def test_an_annulled_decision_ends_on_record():
    """Trap 36: what a court has set aside is neither carried out nor open for ever, and a fact says so."""
    life = carried_out()
    office = someone("o", "street-office@street-1")

    step = life("annul", office, "2024-11-04 09:00", ground="court", document="C-2", reason="no hearing")

    assert life.state == "annulled"
    assert [(one.kind, one.attributes["ground"]) for one in step.facts] == [("decision-annulled", "court")]
    assert life.verdict("result-time", "2024-11-04 10:00") == "cancelled"


def test_who_carries_a_decision_out_does_not_record_that_it_is_annulled():
    """Trap 36: the record is made by the street or the supervisors, not by the one who carried it out."""
    life = carried_out()

    codes = life.refused("annul", HEAD, "2024-11-04 09:00", ground="court", document="C-2", reason="-")

    assert codes == ["separation"]


COMMUNITY = someone("sec", "community-secretary@community-7", unit="community-7")
CHAIR = someone("chair", "committee-head@community-7")
RESIDENT = someone("r1", "resident@community-7", unit="community-7")


def solicited():
    """Return the life of a community's matter on which one resident spoke."""
    life = Life("qinling/one-solicit-three-deliberate-two-publish", STREET)
    life("raise-resident", RESIDENT, "2024-08-19 09:00", matter="Shed")
    life("give-opinion", RESIDENT, "2024-08-20 09:00", opinion="Yes")
    return life


def test_opinions_are_solicited_before_anything_is_proposed():
    """Row 126: open for three working days, a third of the households asked, then the first deliberation."""
    life = solicited()
    asked = {"households_asked": 100, "households_all": 300, "summary": "Yes"}

    early = life.refused("close-solicitation", COMMUNITY, "2024-08-22 17:00", **asked)
    few = life.refused(
        "close-solicitation", COMMUNITY, "2024-08-23 09:00", **{**asked, "households_asked": 99}
    )
    life("close-solicitation", COMMUNITY, "2024-08-23 09:00", **asked)

    assert (early, few, life.state) == (["elapsed"], ["share"], "proposal")


def test_the_forum_sends_a_plan_back_twice_and_then_it_has_failed():
    """Rows 126 and 128: five of ten present are not more than half; the third time the matter ends."""
    life = solicited()
    asked = {"households_asked": 100, "households_all": 300, "summary": "Yes"}
    life("close-solicitation", COMMUNITY, "2024-08-23 09:00", **asked)
    votes = {"organisation_due": 6, "organisation_present": 4, "organisation_for": 4}

    reached = []
    for day in (26, 27, 28):
        life("propose", COMMUNITY, f"2024-08-{day} 09:00", content="Shed", **votes)
        life("discuss", CHAIR, f"2024-08-{day} 10:00", forum_due=15, forum_present=10, forum_for=5)
        reached.append(life.state)

    assert reached == ["proposal", "proposal", "rejected"]

"""Ordered rounds of Erqi: ratings, selections, checks, promises (rows 38, 41, 51, 52, 64; W21)."""

from decimal import Decimal
from typing import Any

import pytest

import serviceorg as so
from tests.schemes.lives import REGISTRY, Life, at, someone

UNITS = {"erqi": "", "street-1": "erqi", "community-7": "street-1", "branch-3": "community-7"}
SECRETARY = someone("sec", "branch-secretary@branch-3", unit="branch-3")
CANDIDATE = someone("yan", "party-member@branch-3", unit="branch-3")
TELLER = someone("teller", "teller@community-7")
LEADER = someone("leader", "leader@street-1")
DISTRICT = someone("district", "district-committee@erqi")
RESIDENTS = [someone(f"r{number}", "resident@community-7") for number in range(9)]
MEMBERS = [someone(f"m{number}", "party-member@branch-3", unit="branch-3") for number in range(9)]


def enrolled(**form):
    """Return the life of a vanguard round whose self-review is handed in."""
    life = Life("erqi/vanguard-member", UNITS)
    given = {"member_id": "yan", "round_name": "2024-Q3", "round": "quarter", "domain": "rural", **form}
    life("enrol", SECRETARY, "2024-09-09 09:00", **given)
    life("submit-self", CANDIDATE, "2024-09-10 09:00", self_review="Projects")
    return life


def rated(life, *, views=("satisfied",) * 5, marks=(90, 88, 92)):
    """Take a round through both ratings."""
    for voter, view in zip(RESIDENTS, views, strict=False):
        life("rate-mass", voter, "2024-09-11 09:00", view=view)
    life("close-mass", TELLER, "2024-09-11 17:00", handed_out=len(views), handed_in=len(views))
    for number, mark in enumerate(marks):
        life("rate-peer", MEMBERS[number], "2024-09-12 09:00", mark=Decimal(mark), ballot=f"P-{number}")
    life("close-peer", TELLER, "2024-09-12 17:00")
    return life


def proposed(life):
    """Take a rated round through the comment, the branch and its publication."""
    life("give-comment", LEADER, "2024-09-13 09:00", mark=Decimal(90), comment="Steady")
    life("settle-branch", SECRETARY, "2024-09-18 09:00", members_due=20, members_present=11, members_for=6)
    life("publish", SECRETARY, "2024-09-18 17:00", place="Hall")
    return life


def test_the_six_steps_come_in_their_order_and_in_no_other():
    """Row 52: only the move of the present step leads on; those of later steps are refused."""
    life = enrolled()
    reached = [life.state]

    late = life.refused("give-comment", LEADER, "2024-09-11 08:00", mark=Decimal(9), comment="-")
    rated(life)
    reached.append(life.state)
    proposed(life)
    reached.append(life.state)
    life("submit-district", SECRETARY, "2024-09-26 09:00")
    reached.append(life.state)

    assert late == ["not-from-here"]
    assert reached == ["mass-rating", "leader-comment", "published", "district-decision"]


def test_the_ballots_of_the_six_steps_feed_the_members_standard():
    """Row 52, S9 to S14: 5 satisfied residents pay 6, members' mean 90 pays 3.6, the leader's 90 pays 1.8."""
    life = proposed(rated(enrolled()))
    life("submit-district", SECRETARY, "2024-09-26 09:00")
    life("decide", DISTRICT, "2024-09-27 09:00", committee_due=9, committee_present=7, committee_for=5)

    rules = REGISTRY.rule_set("erqi/vanguard-member")
    card = so.score(rules, so.Subject(id="yan", category="rural"), life.facts, period=so.Year(2024))
    points = {item: card.items[item].points for item in ("E01", "E02", "E03", "E04", "E16")}

    assert life.state == "named"
    assert points == {
        "E01": Decimal(6),
        "E02": Decimal("3.6"),
        "E03": Decimal("1.8"),
        "E04": Decimal("0.1"),
        "E16": Decimal("0.8"),
    }


def test_six_mutual_ballots_are_trimmed_by_the_rule_set():
    """S13: of 95, 90, 88, 92, 85, 80 the highest and the lowest go, the mean is 88.75, 4 points pay 3.55."""
    life = rated(enrolled(), marks=(95, 90, 88, 92, 85, 80))

    rules = REGISTRY.rule_set("erqi/vanguard-member")
    card = so.score(rules, so.Subject(id="yan", category="rural"), life.facts, period=so.Year(2024))

    assert card.items["E02"].points == Decimal("3.55")


@pytest.mark.parametrize(
    ("domain", "title"),
    [
        ("rural", "prosperity"),
        ("community", "service"),
        ("agency", "development"),
        ("non-public", "enterprise"),
        ("institution", "devotion"),
    ],
)
def test_every_domain_has_its_own_title(domain, title):
    """Row 45: whoever is named gets the title of the domain."""
    life = proposed(rated(enrolled(domain=domain)))
    life("submit-district", SECRETARY, "2024-09-26 09:00")
    life("decide", DISTRICT, "2024-09-27 09:00", committee_due=9, committee_present=7, committee_for=5)

    named = next(fact for fact in life.facts if fact.kind == "vanguard-named")

    assert (named.subject, named.attributes["title"]) == ("yan", title)


def test_nobody_rates_themselves_or_twice():
    """Trap 32: the member's own ballot is refused, and so is a second one of the same resident."""
    life = enrolled()
    both = someone("yan", "party-member@branch-3", "resident@community-7", unit="branch-3")
    life("rate-mass", RESIDENTS[0], "2024-09-11 09:00", view="fair")

    own = life.refused("rate-mass", both, "2024-09-11 09:05", view="satisfied")
    second = life.refused("rate-mass", RESIDENTS[0], "2024-09-11 09:06", view="satisfied")

    assert own == ["separation"]
    assert second == ["different"]


def test_half_is_not_more_than_half_at_the_branch_meeting():
    """Trap 3: 10 of 20 members present are no quorum; of 12 present 6 for it are not more than half."""
    life = rated(enrolled())
    life("give-comment", LEADER, "2024-09-13 09:00", mark=Decimal(90), comment="Steady")
    moment = "2024-09-18 09:00"

    few = life.refused("settle-branch", SECRETARY, moment, members_due=20, members_present=10, members_for=10)
    life("settle-branch", SECRETARY, moment, members_due=20, members_present=12, members_for=6)

    assert few == ["share"]
    assert life.state == "not-named"


def test_a_proposal_settled_anew_is_published_anew_for_the_full_time():
    """Trap 34: upheld, an objection makes the five working days begin again; open, it stops all."""
    life = proposed(rated(enrolled()))
    life("object", RESIDENTS[3], "2024-09-20 09:00", objection="Not his project")
    stopped = life.refused("submit-district", SECRETARY, "2024-09-26 09:00")
    life("answer", SECRETARY, "2024-09-23 09:00", finding="upheld")
    life("settle-branch", SECRETARY, "2024-09-24 09:00", members_due=20, members_present=11, members_for=6)
    life("publish", SECRETARY, "2024-09-24 10:00", place="Hall")

    early = life.refused("submit-district", SECRETARY, "2024-09-30 17:00")
    life("submit-district", SECRETARY, "2024-10-01 09:00")

    assert stopped == ["none-open"]
    assert early == ["elapsed"]  # 25, 26, 27, 29 and 30 Sep
    assert life.state == "district-decision"


def test_the_district_sends_back_once():
    """W4: the second time the district has to decide."""
    life = proposed(rated(enrolled()))
    life("submit-district", SECRETARY, "2024-09-26 09:00")
    life("send-back", DISTRICT, "2024-09-26 10:00", reason="no minutes")
    life("settle-branch", SECRETARY, "2024-09-26 19:00", members_due=20, members_present=11, members_for=6)
    life("publish", SECRETARY, "2024-09-27 09:00", place="Hall")
    life("submit-district", SECRETARY, "2024-10-11 09:00")

    assert life.refused("send-back", DISTRICT, "2024-10-11 10:00", reason="again") == ["count"]


def test_a_members_view_of_the_round_hides_who_objected():
    """W20: the objector is seen by the branch secretary and the district, by nobody else."""
    life = proposed(rated(enrolled()))
    life("object", RESIDENTS[3], "2024-09-20 09:00", objection="Not his project")

    seen = [life.flow.view(life.ticket, by=who)["slots"] for who in (CANDIDATE, SECRETARY, DISTRICT)]

    assert ["objector" in slots for slots in seen] == [False, True, True]


VILLAGE = {"erqi": "", "township-2": "erqi", "village-5": "township-2"}
HEAD = someone("head", "organisation-secretary@village-5", unit="village-5")
COMMITTEE = someone("committee", "superior-committee@township-2")
CHIEF = someone("chief", "leader@township-2")
RATERS = [someone(f"v{number}", "rater@village-5") for number in range(9)]


def organisation(standard, ballots):
    """Return the life of an organisation's round, proposed and published."""
    life = Life("erqi/model-organisation", VILLAGE)
    life("apply", HEAD, "2024-09-09 09:00", round_name="2024-Q3", standard=standard)
    life("submit-self", HEAD, "2024-09-10 09:00", self_review="Work", self_mark=Decimal(95))
    for number, (group, mark) in enumerate(ballots):
        form = {"rater_group": group, "mark": Decimal(mark), "ballot": f"B-{number}"}
        life("rate", RATERS[number], "2024-09-11 09:00", **form)
    clerk = someone("teller", "teller@township-2")
    life("close-rating", clerk, "2024-09-11 17:00", handed_out=9, handed_in=len(ballots))
    life("give-comment", CHIEF, "2024-09-12 09:00", mark=Decimal(80), comment="Sound")
    life("publish", COMMITTEE, "2024-09-12 17:00", place="Hall")
    return life


@pytest.mark.parametrize(
    ("standard", "category", "item", "ballots", "points"),
    [
        # villagers (90+80+85)/3 = 85, member 90, township 80: (5x85+3x90+2x80)/10 = 85.5 %, of 5 points 4.275
        (
            "rural",
            "village",
            "R04",
            [("villager", 90), ("villager", 80), ("villager", 85), ("member", 90), ("township", 80)],
            "4.28",
        ),
        # residents 90 of three, unit 80, worker 100: (6x90+2x80+2x100)/10 = 90 %, of 4 points 3.6
        (
            "urban",
            "community",
            "U29",
            [("resident", 90), ("resident", 90), ("resident", 90), ("unit", 80), ("worker", 100)],
            "3.6",
        ),
        # self 95, mutual 90, chief 80, masses (90+85+80)/3 = 85:
        # (95+2x90+3x80+4x85)/10 = 85.5 %, of 2 points 1.71
        (
            "other",
            "agency",
            "O09",
            [("mutual", 90), ("mutual", 90), ("masses", 90), ("masses", 85), ("masses", 80)],
            "1.71",
        ),
    ],
)
def test_the_organisations_ballots_feed_the_standard_that_applies(standard, category, item, ballots, points):
    """Rows 47 to 49 and 51: each standard finds its own ballots, self-rating and comment."""
    life = organisation(standard, ballots)

    rules = REGISTRY.rule_set(f"erqi/model-organisation-{standard}")
    subject = so.Subject(id="village-5", kind="organisation", category=category)
    card = so.score(rules, subject, life.facts, period=so.Quarter(2024, 3))

    assert card.items[item].points == Decimal(points)


def test_the_superior_committee_decides_last():
    """Row 51: decided after the publication, by more than half of all committee members."""
    life = organisation("rural", [("villager", 90)] * 5)
    four_of_nine = {"committee_due": 9, "committee_present": 7, "committee_for": 4}

    early = life.refused("submit-decision", COMMITTEE, "2024-09-20 17:00")
    life("submit-decision", COMMITTEE, "2024-09-21 09:00")
    life("decide", COMMITTEE, "2024-09-23 09:00", **four_of_nine)

    assert early == ["elapsed"]  # 13, 14 (make-up), 18, 19 and 20 Sep
    assert life.state == "not-named"


OFFICE = someone("office", "organisation-office@erqi")
BUREAU = {"erqi": "", "bureau-4": "erqi"}


def three_ballots():
    """Return the life of a candidate who passed the first ballot."""
    life = Life("erqi/three-ballots", BUREAU)
    life(
        "register",
        OFFICE,
        "2024-09-02 09:00",
        candidate_id="c",
        unit_id="bureau-4",
        post_title="Head",
        post_level="chief",
    )
    life("check-eligible", OFFICE, "2024-09-02 10:00", eligible="yes")
    for number in range(3):
        life("recommend", someone(f"u{number}", "unit-voter@bureau-4"), "2024-09-03 09:00", vote="recommend")
    counts = {"voters_due": 3, "voters_present": 3, "valid_ballots": 3, "recommended": 2}
    life("count-recommendation", someone("t", "teller@bureau-4"), "2024-09-03 10:00", **counts)
    return life


def marked(life, total):
    """Take a candidate through the second ballot."""
    for number in range(3):
        marks = {"merit_mark": Decimal(80), "career_mark": Decimal(80), "ability_mark": Decimal(80)}
        life("mark-merit", someone(f"p{number}", "panel@erqi"), "2024-09-04 09:00", **marks)
    life("close-merit", OFFICE, "2024-09-05 09:00", panel_due=3, panel_marked=3, merit_total=Decimal(total))
    return life


def test_each_ballot_is_a_gate_for_the_next():
    """Row 38: unit, then merit and ability, then the standing committee; below 60 marks it ends there."""
    passed, failed = marked(three_ballots(), 60), marked(three_ballots(), "59.99")

    assert passed.state == "inspection"
    assert failed.state == "not-selected"


def test_the_standing_committee_waits_for_the_check_of_ten_parts():
    """Rows 38 and 41: without a check, or with a vetoed one, nothing is put to the vote."""
    life = marked(three_ballots(), 80)
    moment = "2024-09-20 09:00"

    none = life.refused("submit-committee", OFFICE, moment)
    vetoed = life.refused(
        "submit-committee", OFFICE, moment, so.Child(id="CC", state="vetoed", is_closed=True)
    )
    life("submit-committee", OFFICE, moment, so.Child(id="CC", state="passed", is_closed=True))

    assert set(none) == set(vetoed) == {"children"}
    assert life.state == "committee"


@pytest.mark.parametrize(
    ("present", "votes", "outcome"), [(6, 5, "published"), (6, 4, "not-selected"), (5, 5, "refused")]
)
def test_the_third_ballot_counts_all_those_entitled(present, votes, outcome):
    """Trap 3, W22: two thirds of nine are six; four of the six present are not more than half of nine."""
    life = marked(three_ballots(), 80)
    child = so.Child(id="CC", state="passed", is_closed=True)
    life("submit-committee", OFFICE, "2024-09-20 09:00", child)
    keeper = someone("k", "committee-secretary@erqi")
    form = {"committee_due": 9, "committee_present": present, "committee_for": votes}

    if outcome == "refused":
        assert life.refused("vote-committee", keeper, "2024-09-23 09:00", **form) == ["share"]
    else:
        life("vote-committee", keeper, "2024-09-23 09:00", **form)
        assert life.state == outcome


def check():
    """Return the life of a character check that has just begun."""
    life = Life("erqi/character-check", BUREAU)
    form = {"candidate_id": "c", "unit_id": "bureau-4", "purpose": "post", "team": ("i1",)}
    life("start", OFFICE, "2024-08-19 09:00", **form)
    return life


INSPECTOR = someone("i1", "inspector@erqi")
BODY = someone("bank", "reporting-body@erqi")
PARTS: tuple[tuple[str, so.Actor, dict[str, Any]], ...] = (
    ("hold-talk", INSPECTOR, {"piece": "talk"}),
    ("assess", INSPECTOR, {"piece": "positive", "positive_mark": Decimal(90)}),
    ("assess", INSPECTOR, {"piece": "reverse", "faults": 1}),
    ("survey", INSPECTOR, {"piece": "community", "feedback": "good"}),
    ("survey", INSPECTOR, {"piece": "family", "family_good": True}),
    ("give-report", BODY, {"piece": "clean-record"}),
    ("give-report", BODY, {"piece": "community-report"}),
    ("give-report", BODY, {"piece": "joint"}),
    ("give-report", BODY, {"piece": "credit"}),
    ("give-report", BODY, {"piece": "personal-matters"}),
)


def with_joint_answers(life):
    """Let police, court and petition office answer."""
    for piece in ("police", "court", "petition"):
        life("answer-joint", BODY, "2024-08-20 09:00", piece=piece, verdict="clear")
    return life


@pytest.mark.parametrize("missing", range(10))
def test_without_any_one_of_the_ten_parts_the_check_cannot_end(missing):
    """Row 41, S29: one talk, two assessments, two surveys, five reports; nine of ten are not enough."""
    life = with_joint_answers(check())
    for number, (move, by, form) in enumerate(PARTS):
        if number != missing:
            life(move, by, "2024-08-21 09:00", verdict="clear", **form)

    refused = life.refused("finish-parts", OFFICE, "2024-08-22 09:00")
    move, by, form = PARTS[missing]
    life(move, by, "2024-08-22 10:00", verdict="clear", **form)
    life("finish-parts", OFFICE, "2024-08-22 11:00")

    assert refused == ["parts"]
    assert life.state == "conclusion-due"


def test_the_joint_report_needs_all_three_answers():
    """Row 41, W5: police, court and petition office answer before the joint report is given."""
    life = check()
    life("answer-joint", BODY, "2024-08-20 09:00", piece="police", verdict="clear")
    life("answer-joint", BODY, "2024-08-20 09:05", piece="court", verdict="clear")

    early = life.refused("give-report", BODY, "2024-08-20 09:10", piece="joint", verdict="clear")
    life("answer-joint", BODY, "2024-08-20 09:15", piece="petition", verdict="clear")
    life("give-report", BODY, "2024-08-20 09:20", piece="joint", verdict="clear")

    assert early == ["any"]


def test_a_concern_asks_the_person_and_stops_the_clock():
    """W11: while the person explains, the twenty working days stand still."""
    life = with_joint_answers(check())
    for number, (move, by, form) in enumerate(PARTS):
        verdict = "concern" if number == 8 else "clear"
        life(move, by, "2024-08-21 09:00", verdict=verdict, **form)
    before = life.due("check-time", "2024-08-21 10:00")
    life("finish-parts", OFFICE, "2024-08-22 09:00")
    state = life.state
    life("explain", someone("c"), "2024-08-27 09:00", explained="The loan is repaid")

    # Twenty working days after Mon 19 Aug end on the make-up Saturday 14 Sep; 22 to 27 Aug stood still.
    assert before == "2024-09-15 00:00"
    assert state == "explanation"
    assert life.due("check-time", "2024-08-27 10:00") > before
    assert life.state == "conclusion-due"


def test_the_checks_findings_feed_the_members_standard():
    """Rows 41 and 42: one fault of the reverse assessment takes 0.5; good surveys pay 1 and 0.5."""
    life = with_joint_answers(check())
    for move, by, form in PARTS:
        life(move, by, "2024-08-21 09:00", verdict="clear", **form)

    rules = REGISTRY.rule_set("erqi/vanguard-member")
    card = so.score(rules, so.Subject(id="c", category="agency"), life.facts, period=so.Year(2024))

    assert [card.items[item].points for item in ("E22", "E13", "E14")] == [
        Decimal("-0.5"),
        Decimal(1),
        Decimal("0.5"),
    ]


UNIT = {"erqi": "", "unit-6": "erqi"}


def promised(holder):
    """Return the life of a promise reviewed with 95, 90 and, by residents, 92, 88 and 90."""
    life = Life("erqi/promise-and-reviews", UNIT)
    me = someone("me", "post-holder@unit-6", unit="unit-6")
    secretary = someone("s", "branch-secretary@unit-6")
    keep_by = at("2024-09-27").date()
    life("draft", me, "2024-08-05 09:00", holder=holder, promise="Answer at once", keep_by=keep_by)
    life("approve", secretary, "2024-08-06 09:00", place="Counter")
    life("report-kept", me, "2024-09-20 09:00", proof="Log")
    life("review-self", me, "2024-09-20 10:00", mark=Decimal(95))
    life("review-leader", someone("l", "leader@unit-6"), "2024-09-20 11:00", mark=Decimal(90), comment="-")
    for number, mark in enumerate((92, 88, 90)):
        voter = someone(f"r{number}", "resident@unit-6")
        life("review-masses", voter, "2024-09-23 09:00", mark=Decimal(mark))
    life("close-masses", secretary, "2024-09-23 17:00")
    life("conclude", secretary, "2024-09-24 09:00", kept="yes")
    return life


def test_one_promise_and_three_reviews_feed_the_members_standard():
    """Row 64, S11: (95 + 3 x 90 + 6 x 90) / 10 = 90.5 of 100, of 2 points 1.81; the promise 0.3, kept 1."""
    life = promised("member")

    rules = REGISTRY.rule_set("erqi/vanguard-member")
    card = so.score(rules, so.Subject(id="me", category="agency"), life.facts, period=so.Year(2024))

    assert [card.items[item].points for item in ("E05", "D12", "D13")] == [
        Decimal("1.81"),
        Decimal("0.3"),
        Decimal(1),
    ]


def test_a_posts_promise_feeds_the_window_stars_instead():
    """Row 64: 160 promises were of posts; their marks are of the kind the window stars read."""
    life = promised("post")

    kinds = life.kinds()
    marks = [fact.attributes["rater"] for fact in life.facts if fact.kind == "review-mark"]

    assert kinds == ["promise-checked", "promise-made", "review-mark"]
    assert marks == ["self", "leader", "masses", "masses", "masses"]


def test_a_promise_nobody_reported_is_called_in_when_it_is_due():
    """W12: when the day of the promise ends, the reviews begin by themselves; it counts as late."""
    life = Life("erqi/promise-and-reviews", UNIT)
    me = someone("me", "post-holder@unit-6", unit="unit-6")
    keep_by = at("2024-09-27").date()
    life("draft", me, "2024-08-05 09:00", holder="post", promise="Answer at once", keep_by=keep_by)
    life("approve", someone("s", "branch-secretary@unit-6"), "2024-08-06 09:00", place="Counter")

    life.pass_to("2024-09-27 23:59")
    before = life.state
    life.pass_to("2024-09-28 00:00")

    assert (before, life.state) == ("displayed", "self-due")
    assert life.verdict("keeping", "2024-09-28 00:00") == "late"


#: A workflow with ballots, its fields that say how somebody voted, and the roles that count.
BALLOTS = [
    ("erqi/three-ballots", {"vote"}, {"teller"}),
    ("erqi/three-ballots", {"merit_mark", "career_mark", "ability_mark"}, {"organisation-office"}),
    ("erqi/vanguard-member", {"view", "ballot"}, {"teller"}),
    ("erqi/vanguard-member", {"mark"}, {"teller", "district-committee"}),
    ("erqi/model-organisation", {"mark", "rater_group"}, {"teller", "superior-committee"}),
    ("erqi/model-organisation", {"ballot"}, {"teller"}),
    ("erqi/promise-and-reviews", {"mark"}, {"branch-secretary"}),
    (
        "gaomi/two-promises-two-reports-two-reviews",
        {"mark", "ballot"},
        {"community-secretary", "street-office"},
    ),
]


@pytest.mark.parametrize(("workflow", "fields", "roles"), BALLOTS)
def test_a_ballot_is_seen_by_those_who_count(workflow, fields, roles):
    """Rows 38, 43, 52 and 163: what somebody wrote on a ballot is shown to the counting roles alone."""
    declared = {one.id: set(one.seen_by) for one in REGISTRY.workflow_rules(workflow).versions[-1].fields}

    assert {field: declared[field] for field in fields} == dict.fromkeys(fields, roles)


def test_a_candidate_does_not_see_how_a_colleague_voted():
    """Row 38: the last ballot cast is hidden from the candidate and shown to the teller."""
    life = Life("erqi/three-ballots", {"erqi": "", "bureau-4": "erqi"})
    office = someone("office", "organisation-office@erqi")
    form = {"candidate_id": "li", "unit_id": "bureau-4", "post_title": "Head", "post_level": "chief"}
    life("register", office, "2024-09-02 09:00", **form)
    life("check-eligible", office, "2024-09-02 10:00", eligible="yes")
    voter = someone("c1", "unit-voter@bureau-4", unit="bureau-4")
    life("recommend", voter, "2024-09-03 09:00", vote="reject")

    candidate = life.flow.view(life.ticket, by=someone("li", unit="bureau-4"))["fields"]
    teller = life.flow.view(life.ticket, by=someone("t", "teller@bureau-4"))["fields"]

    assert "vote" not in candidate
    assert teller["vote"] == "reject"


def test_the_teller_cannot_report_fewer_ballots_than_must_have_been_cast():
    """Row 52: with five ballots cast at least, a sheet of four is refused whatever share came back."""
    life = enrolled()
    for voter in RESIDENTS[:5]:
        life("rate-mass", voter, "2024-09-11 09:00", view="fair")

    codes = life.refused("close-mass", TELLER, "2024-09-11 17:00", handed_out=5, handed_in=4)

    assert codes == ["field"]

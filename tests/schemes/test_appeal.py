"""Re-examination and appeal of a score or grade (W17, W24; traps 21 and 35)."""

from decimal import Decimal

import pytest

import serviceorg as so
from tests.schemes.lives import REGISTRY, Life, at, someone

UNITS = {"city": "", "street-1": "city"}
OFFICE = someone("office", "result-office@street-1", unit="street-1")
MEMBER = someone("member", unit="street-1")
CHECKER = someone("checker", "reviewer@street-1")
JUDGE = someone("judge", "appeal-panel@city")


def notified(moment="2024-08-26 10:00"):
    """Return the life of a notified score, said by the fact F-881 and decided by "scorer"."""
    life = Life("published/appeal", UNITS)
    form = {"person_id": "member", "decider_id": "scorer", "result_kind": "score"}
    life("notify-result", OFFICE, moment, result_fact="F-881", result_text="-3", **form)
    return life


def requested():
    """Return the life of a score that is being re-examined since Fri 20 Sep."""
    life = notified()
    life("request", MEMBER, "2024-09-20 09:00", grounds="The complaint was not mine")
    return life


def appealed():
    """Return the life of a score maintained on Tue 15 Oct and appealed on Wed 30 Oct."""
    life = requested()
    life("reexamine", CHECKER, "2024-10-15 09:00", finding="maintain", reason="as before")
    life("appeal", MEMBER, "2024-10-30 09:00", grounds="The name was mixed up")
    return life


def points(facts):
    """Return what an upheld complaint, the fact F-881, costs a member under the Gaomi rules."""
    complaint = so.Fact(id="F-881", subject="member", kind="complaint-upheld", on=at("2024-08-20").date())
    rules = REGISTRY.rule_set("gaomi/member-points")
    subject = so.Subject(id="member", category="community")
    reversals = [fact for fact in facts if fact.reverses]
    return so.score(rules, subject, [complaint, *reversals], period=so.Year(2024)).items["K06"].points


def test_the_days_of_the_law():
    """Section 3.4: 30 days to ask, 30 to re-examine, 15 to appeal, 60 to decide; first days not counted."""
    life = notified()
    filing = life.due("filing", "2024-08-27 09:00")
    life = requested()
    reexamination = life.due("reexamination-time", "2024-09-21 09:00")
    life = appealed()
    decision = life.due("decision-time", "2024-10-31 09:00")

    assert filing == "2024-09-26 00:00"
    assert reexamination == "2024-10-22 00:00"  # Sun 20 Oct rolls to Mon 21 Oct
    assert decision == "2024-12-31 00:00"  # Sun 29 Dec rolls to Mon 30 Dec


def test_the_result_stands_until_it_is_changed():
    """Trap 35: no suspension: through re-examination and appeal the three points stay off."""
    life = requested()
    during = [points(life.facts)]
    life("reexamine", CHECKER, "2024-10-15 09:00", finding="maintain", reason="as before")
    during.append(points(life.facts))
    life("appeal", MEMBER, "2024-10-30 09:00", grounds="The name was mixed up")
    during.append(points(life.facts))

    assert during == [-3, -3, -3]


def test_a_decision_in_favour_takes_the_result_back():
    """W24, W33: the change reverses the fact that said the result, and the three points come back."""
    life = appealed()

    step = life(
        "decide-appeal", JUDGE, "2024-11-20 09:00", finding="change", reason="mixed up", corrected=Decimal(0)
    )

    reversal = next(fact for fact in step.facts if fact.reverses)
    assert (reversal.subject, reversal.reverses) == ("member", "F-881")
    assert points(life.facts) == 0


def test_a_change_names_the_new_result():
    """W24: "change" alone is refused; with the corrected score or its words it is made."""
    life = requested()

    bare = life.refused("reexamine", CHECKER, "2024-10-15 09:00", finding="change", reason="-")
    life(
        "reexamine", CHECKER, "2024-10-15 10:00", finding="change", reason="-", corrected_text="no deduction"
    )

    assert bare == ["any"]
    assert life.state == "changed"
    assert "result-corrected" not in life.kinds()


@pytest.mark.parametrize(
    ("who", "posts", "codes"),
    [
        ("scorer", ["reviewer@street-1"], ["separation"]),
        ("member", ["reviewer@street-1"], ["not-in"]),
        ("stranger", ["reviewer@city"], ["no-permission"]),
    ],
)
def test_who_decided_does_not_re_examine(who, posts, codes):
    """W17: the re-examination is made at the unit that decided, by neither the decider nor the person."""
    life = requested()
    form = {"finding": "maintain", "reason": "-"}

    assert life.refused("reexamine", someone(who, *posts), "2024-10-15 09:00", **form) == codes


@pytest.mark.parametrize(
    ("who", "posts", "code"),
    [
        ("checker", ["appeal-panel@city"], "different"),
        ("local", ["appeal-panel@street-1"], "no-permission"),
    ],
)
def test_the_next_level_up_decides_the_appeal_by_somebody_else(who, posts, code):
    """W17: neither a panel of the same level nor who re-examined decides the appeal."""
    life = appealed()

    codes = life.refused(
        "decide-appeal", someone(who, *posts), "2024-11-20 09:00", finding="maintain", reason="-"
    )

    assert codes == [code]


def test_an_appeal_is_final():
    """W17: after the appeal nothing more can be done, by anybody."""
    life = appealed()
    life("decide-appeal", JUDGE, "2024-11-20 09:00", finding="maintain", reason="rules applied")

    after = [life.allowed(who, "2024-11-21 09:00") for who in (MEMBER, CHECKER, JUDGE, OFFICE)]

    assert life.state == "maintained"
    assert after == [[], [], [], []]


def test_an_appeal_after_fifteen_days_comes_too_late():
    """Section 3.4: maintained on Tue 15 Oct, the last day is Wed 30 Oct; then the clock closes the matter."""
    life = requested()
    life("reexamine", CHECKER, "2024-10-15 09:00", finding="maintain", reason="as before")

    life.pass_to("2024-10-30 23:59")
    before = life.state
    life.pass_to("2024-10-31 00:00")

    assert (before, life.state) == ("reexamined", "maintained")


def test_an_extension_counts_from_the_old_due_date():
    """Trap 21: thirty days from Mon 30 Dec 2024 end on 29 Jan, a holiday until 4 Feb; so on Wed 5 Feb."""
    life = appealed()
    life("extend", JUDGE, "2024-12-02 09:00", extra_days=30, reason="a hearing")

    due = life.due("decision-time", "2024-12-03 09:00")
    again = life.refused("extend", JUDGE, "2024-12-03 09:00", extra_days=5, reason="more")

    assert due == "2025-02-06 00:00"
    assert again == ["count"]


def test_more_time_is_asked_for_before_it_is_due():
    """Trap 21: on 31 Dec the sixty days are over, and nothing can be put off any more."""
    life = appealed()

    assert life.refused("extend", JUDGE, "2024-12-31 09:00", extra_days=5, reason="late") == ["clock"]


def test_silence_opens_the_way_to_the_appeal():
    """W12: when the thirty days are over without a decision, the person may appeal at once; before, not."""
    life = requested()

    early = life.refused("appeal-silence", MEMBER, "2024-10-21 09:00", grounds="no answer")
    life("appeal-silence", MEMBER, "2024-10-22 09:00", grounds="no answer")

    assert early == ["clock"]
    assert (life.state, life.ticket.holder("higher")) == ("appeal-open", "city")


def test_a_direct_appeal_needs_no_re_examination():
    """Section 3.4: within thirty days of knowing, the person may turn to the next level at once."""
    life = notified()
    life("appeal-directly", MEMBER, "2024-09-25 23:00", grounds="The name was mixed up")

    assert life.state == "appeal-open"


def test_nobody_who_asks_is_told_by_name_who_decided():
    """W20: the decider is seen by the offices that handle the matter, not by others."""
    life = requested()

    seen = ["decider" in life.flow.view(life.ticket, by=who)["slots"] for who in (MEMBER, CHECKER)]

    assert seen == [False, True]


def test_withdrawn_requests_leave_the_rate():
    """W19: of two requests one was decided in time and one withdrawn: one of one."""
    decided, gone = requested(), requested()
    decided("reexamine", CHECKER, "2024-10-15 09:00", finding="maintain", reason="as before")
    gone("withdraw", MEMBER, "2024-09-23 09:00")

    rates = decided.flow.metrics([decided.ticket, gone.ticket], at=at("2024-10-16"))
    rate = next(one for one in rates if one.metric == "reexamined-in-time")

    assert (len(rate.good), len(rate.counted), len(rate.excluded)) == (1, 1, 1)


TREE = {"province": "", "city": "province", "personnel": "city", "street-1": "city"}


@pytest.mark.parametrize(
    ("post", "codes"),
    [("appeal-panel@province", ["no-permission"]), ("appeal-panel@personnel", ["no-permission"])],
)
def test_only_the_next_level_up_decides(post, codes):
    """W17: neither a level further up nor another office decides an appeal to the next level up."""
    life = Life("published/appeal", TREE)
    form = {"person_id": "member", "decider_id": "scorer", "result_kind": "score"}
    life("notify-result", OFFICE, "2024-08-26 10:00", result_fact="F-881", result_text="-3", **form)
    life("appeal-directly", MEMBER, "2024-09-02 09:00", grounds="The name was mixed up")

    found = life.refused(
        "decide-appeal", someone("p", post), "2024-09-20 09:00", finding="maintain", reason="-"
    )

    assert life.ticket.holder("higher") == "city"
    assert found == codes


def test_an_authority_of_the_same_level_must_be_there():
    """Section 95: where no authority of the same level was named, nobody can turn to it."""
    life = notified()

    codes = life.refused(
        "appeal-directly", MEMBER, "2024-09-02 09:00", grounds="Mixed up", appeal_to="same-level"
    )

    assert codes == ["any"]


def test_the_procedure_begins_with_the_revised_law():
    """Section 3.4: sections 95 and 96 stand in the law in force from 1 June 2019; at most 30 days more."""
    version = REGISTRY.workflow_rules("published/appeal").versions[0]

    extend = next(one for one in version.moves if one.id == "extend")

    assert version.effective.isoformat() == "2019-06-01"
    assert (extend.extends[0].most, extend.source.startswith("Section 96")) == (30, True)

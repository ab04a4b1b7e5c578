import re

import pytest

from serviceorg.cli.demo.tickets import BEIJING, story
from serviceorg.cli.demo.tickets_report import tell


@pytest.fixture(scope="module")
def told():
    """Give the story."""
    return story()


@pytest.fixture
def screen(told, capsys):
    """Write the section in a language; return its lines."""

    def in_language(lang):
        tell(told, lang, lambda key, **values: None)
        return capsys.readouterr().out.splitlines()

    return in_language


def day(clock):
    """Return the last day of a clock."""
    assert clock.deadline is not None
    return str(clock.deadline.day)


def test_one_ticket_goes_through(told):
    """From the platform to the requester's yes, each step by whoever may make it; three messages are sent."""
    life = told.through

    assert [event.move for event in life.ticket.history] == [
        "online",
        "accept",
        "classify",
        "propose",
        "report",
        "satisfied",
    ]
    assert life.ticket.state == "closed"
    sent = [message.notice for step in life.steps for message in step.notices if message.to == "resident"]
    assert sent == ["accepted", "assigned", "opinion-asked"]


def test_the_refused_move_is_refused_for_one_reason(told):
    """The clerk may not form the proposal of the office's head, and is told who may in both languages."""
    assert told.refusal.codes == ("no-permission",)
    assert "Head of a township office" in told.refusal.in_("en")
    assert "乡镇办负责人" in told.refusal.in_("zh")


def test_the_clock_that_is_explained_crosses_a_holiday(told):
    """Asked on Mon 30 Sep 2024: 1 to 7 Oct do not count, 8 to 11 and the make-up Sat 12 Oct do."""
    reasons = [(one.code, *map(str, one.arguments)) for one in told.clock.reason.walk()]

    assert (told.clock.verdict, day(told.clock)) == ("met", "2024-10-12")
    assert ("skipped", "2024-10-01", "2024-10-07", "National Day") in reasons
    assert ("make-up", "2024-10-12", "National Day") in reasons


def test_the_forgotten_ticket_is_escalated_by_the_clock(told):
    """Due Fri 27 Sep; two working days more are Sun 29 (worked) and Mon 30: at their end the clock acts."""
    last = told.forgotten.ticket.last
    (handle,) = [
        clock
        for clock in told.forgotten.flow.clocks(told.forgotten.ticket, at=last.at).values()
        if clock.id == "handle"
    ]

    assert (last.move, last.by, last.state) == ("escalate", "clock", "at-centre")
    assert last.at.astimezone(BEIJING).isoformat() == "2024-10-01T00:00:00+08:00"
    assert (handle.verdict, handle.colour, day(handle)) == ("overdue", "red", "2024-09-27")
    assert [message.to for message in told.forgotten.notices] == ["cadre"]


def test_the_facts_are_about_the_cadre_who_handled_them(told):
    """A closed appeal, an opinion and an appeal past its limit: what a rule set of the place could score."""
    facts = [(fact.kind, fact.subject, str(fact.on)) for life in told.lives for fact in life.facts]

    assert facts == [
        ("appeal-closed", "cadre", "2024-10-08"),
        ("appeal-opinion", "cadre", "2024-10-08"),
        ("appeal-overdue", "cadre", "2024-09-28"),
    ]


def test_the_histories_lead_back_to_the_tickets(told):
    """Replaying what is written down gives the very same values."""
    assert told.replayed() == 2


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_whole_idea_fits_on_one_screen(screen, lang):
    """A newcomer reads some fifty lines; each is short enough for a wide terminal."""
    lines = screen(lang)

    assert len(lines) <= 60
    assert max(map(len, lines)) <= 130
    assert "\x1b" not in "\n".join(lines)


def test_refusal_and_clock_are_told_in_both_languages_whatever_is_asked_for(screen):
    """Headings and tables follow --lang; the two explanations show both languages."""
    english, chinese = "\n".join(screen("en")), "\n".join(screen("zh"))

    for text in (english, chinese):
        assert "clerk may not do 'Form a proposal'" in text
        assert "clerk无权提出办理意见" in text
        assert "2024-10-12 counts: worked in return for National Day" in text
        assert "2024-10-12 计入：国庆节调休上班" in text
    assert "2 of 2 tickets are equal" in english
    assert "2 件工单中有 2 件与原件完全相同" in chinese
    assert re.search(r"[一-鿿]", english.split("\n\n")[0]) is None


def test_the_story_is_always_the_same(told):
    """Nothing in it depends on the day, on luck or on a file of anybody's own."""
    again = story()

    assert [life.ticket for life in again.lives] == [life.ticket for life in told.lives]
    assert again.clock == told.clock

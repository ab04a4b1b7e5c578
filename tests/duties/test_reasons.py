"""Every obligation explains itself, in both languages; a report tells what stands how."""

from fractions import Fraction

import attrs
import pytest

from serviceorg.calendars import AtLeast, EveryDay, MonthlyNthWeekday
from serviceorg.duties import SENTENCES, STATUSES, Excuse, Fulfilment
from serviceorg.facts import Fact
from tests.duties.worlds import (
    HOUSEHOLDS,
    VISIT,
    day,
    household,
    monthly,
    on_days,
    quarterly,
    report_of,
    trait,
    visit,
    world,
)

POOR = attrs.evolve(HOUSEHOLDS, where={"care": ("poor",)})
LATE_IN_ENGLISH = """\
Visit, P towards H, 2024-08: done late
  asked: 1 from 2024-08-01 to 2024-08-31 (source: Row 99)
    owed by P at G, as of 2024-08-31
    H is care: poor on 2024-08-31
    late instead of missed until 2024-09-04
  2024-09-03 3 by Q counts as late
  what counted as late does not count in the next window
  2024-08-14 2 by P does not count
    hopes is not answered
  1 of 1
  as known on 2024-09-05"""
LATE_IN_CHINESE = """\
走访，P 对 H，2024-08：逾期完成
  要求：2024-08-01 至 2024-08-31 至少 1 次（来源：Row 99）
    责任人：P（G），以 2024-08-31 为准
    H 于 2024-08-31 的 care 为 poor
    宽限至 2024-09-04，其间完成计逾期
  2024-09-03 3（Q）按逾期计入
  按逾期计入的，不再计入下一时段
  2024-08-14 2（P）不计入
    hopes 未填写
  已完成 1 次，要求 1 次
  以 2024-09-05 已知的情况为准"""


@pytest.mark.parametrize(
    ("lang", "expected"), [("en", LATE_IN_ENGLISH), ("zh", LATE_IN_CHINESE)], ids=["en", "zh"]
)
def test_a_late_visit_is_explained_whole(lang, expected):
    """The rule with its source, who and which class on which day, each visit that counts or does not."""
    duty = monthly(towards=POOR, fulfilled=attrs.evolve(VISIT, filled=("hopes",)))
    snapshot = world(traits=(trait("H", "care", "poor"),))
    facts = [visit(3, "2024-09-03", by="Q", hopes="None"), visit(2, "2024-08-14")]

    report = report_of(duty, snapshot, facts, on="2024-09-05", period="2024-08")

    assert report.explain(report.obligations[0], lang=lang) == expected


def test_a_moved_day_names_the_holiday():
    """14 October 2024 as a day moved from Saturday, 12 October says what the 12th was worked for."""
    recurrence = MonthlyNthWeekday(2, 5, on_conflict="next_working", conflicts=("holiday", "make-up"))
    report = report_of(on_days(recurrence), world(), on="2024-10-01", period="2024-10")

    text = report.explain(report.obligations[0])

    assert "    planned for 2024-10-12, moved to 2024-10-14: National Day\n" in text


def test_an_excuse_says_how_many_days_it_covers():
    """Leave for 17 of 31 days is named with the days it covers."""
    duty = monthly(excuse=Excuse(who={"absence": ("leave",)}, share=(1, 2)))
    snapshot = world(traits=(trait("P", "absence", "leave", "2024-08-15"),))
    report = report_of(duty, snapshot, on="2024-09-20", period="2024-08")

    text = report.explain(report.obligations[0])

    assert "  excused by absence of P on 17 of 31 days\n" in text


def test_leave_told_by_facts_is_explained_too():
    """A leave of one day on the day itself covers 1 of 1 days."""
    duty = on_days(EveryDay(), excuse=Excuse(fact="leave"))
    leave = Fact(id="L", subject="G", kind="leave", on=day("2024-08-14"))
    report = report_of(duty, world(), [leave], on="2024-08-20", period="2024-08-14..2024-08-14")

    assert "  因 G 请假免除：1 日中的 1 日\n" in report.explain(report.obligations[0], lang="zh")


def test_a_part_of_a_window_says_what_is_asked_of_it():
    """Half of the quarter asks for one of two, and says so."""
    duty = quarterly(partial="pro-rata", at_least=AtLeast(2, per="quarter"))
    snapshot = world(households=(household("H", "2024-08-16"),))
    report = report_of(duty, snapshot, on="2024-09-01")

    text = report.explain(report.obligations[0])

    assert "a whole window asks for 2; this one only counts in part, in proportion to its days" in text
    assert text.splitlines()[1].startswith("  asked: 1 from 2024-07-01")


def test_a_nil_report_is_told_apart():
    """A report of nothing that counts is called one."""
    duty = on_days(EveryDay(), fulfilled=Fulfilment(facts=("report",), nil="nothing"), illustrative=True)
    nil = Fact(id="1", subject="G", kind="report", on=day("2024-08-14"), attributes={"nothing": True})
    report = report_of(duty, world(), [nil], on="2024-08-20", period="2024-08-14..2024-08-14")

    text = report.explain(report.obligations[0])

    assert "  2024-08-14 1 by G counts: nothing to report\n" in text
    assert "    a report that there is nothing counts, silence does not\n" in text
    assert "    the figures of this duty are an example\n" in text


def test_what_is_beyond_the_halves_says_of_which_year():
    """The window beyond the parts of 2024 is explained as that."""
    duty = quarterly(at_least=AtLeast(3, per="year", spread="half"), grace=None)
    report = report_of(duty, world(), on="2024-12-31", period="2024")

    assert "    beyond the first in each part of 2024\n" in report.explain(report.obligations[-1])


def test_every_status_has_its_sentences():
    """Each status can be said with a target and without one, in both languages."""
    for status in STATUSES:
        assert SENTENCES[status].zh
        assert SENTENCES[status].en
        assert SENTENCES[f"{status}-towards"].zh


def test_a_report_is_counted_and_found_by_who_and_to_whom():
    """Two done, one missed: counts, the rate without the excused, and look-ups by either side."""
    snapshot = world(households=tuple(household(f"H{number}") for number in (1, 2, 3)))
    facts = [visit(1, "2024-08-01", "H1"), visit(2, "2024-08-01", "H2")]

    report = report_of(quarterly(), snapshot, facts, on="2024-10-20")

    assert report.counts == report.counts_of("visit") == {"done": 2, "missed": 1}
    assert report.rate() == report.rate("visit") == Fraction(2, 3)
    assert report.rate("other") is None
    assert [one.towards for one in report.of("P")] == ["H1", "H2", "H3"]
    assert [one.status for one in report.towards("H3")] == ["missed"]
    assert [one.towards for one in report.by_status("missed")] == ["H3"]
    assert report.of("nobody") == ()


def test_ids_of_obligations_keep_apart_what_looks_alike():
    """A bar inside an id is written so that two obligations never share theirs."""
    snapshot = world(households=(household("a|b"), household("a%7Cb")))

    report = report_of(quarterly(), snapshot, on="2024-08-01")

    assert [one.id for one in report.obligations] == [
        "visit|P|G|a%257Cb|2024-Q3",
        "visit|P|G|a%7Cb|2024-Q3",
    ]

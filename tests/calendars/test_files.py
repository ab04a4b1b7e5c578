import os
from datetime import date

import pytest

from serviceorg.basics import Label
from serviceorg.calendars import CalendarYear, Holiday, calendar_from_path, calendar_from_text
from serviceorg.errors import CalendarProblems, PeriodError

HEAD = """
[year]
calendar = "cn"
year = 2024
source = "a notice"
published_on = 2023-10-25
"""
SPRING = """
[[holiday]]
title = { zh = "春节", en = "Spring Festival" }
off = [2024-02-10, 2024-02-17]
work = [2024-02-04, 2024-02-18]
"""


def _problems(text):
    with pytest.raises(CalendarProblems) as refusal:
        calendar_from_text(text, file="cn-2024.toml")
    return str(refusal.value).replace("cn-2024.toml, ", "").splitlines()


def test_a_year_is_read():
    """A file gives its year with all holidays; a title in one language is enough."""
    text = (
        HEAD + SPRING + '[[holiday]]\ntitle = "端午节"\noff = [2024-06-10, 2024-06-10]\nsource = "another"\n'
    )

    assert calendar_from_text(text) == CalendarYear(
        "cn",
        2024,
        (
            Holiday(
                Label(zh="春节", en="Spring Festival"),
                (date(2024, 2, 10), date(2024, 2, 17)),
                (date(2024, 2, 4), date(2024, 2, 18)),
            ),
            Holiday(Label(zh="端午节"), (date(2024, 6, 10), date(2024, 6, 10)), source="another"),
        ),
        source="a notice",
        published_on=date(2023, 10, 25),
    )


def test_new_year_may_begin_in_december():
    """Days of the December before belong to the year (2018-12-30 to 2019-01-01); those of November do not."""
    text = HEAD + '[[holiday]]\ntitle = "New Year"\noff = [2023-12-30, 2024-01-01]\nwork = [2023-11-25]\n'

    assert _problems(text) == [
        (
            "holiday[0]: 2023-11-25 is not in 2024; allowed are days of that year, and of "
            "the December before it "
            "[other-year]"
        )
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            HEAD.replace("published_on", "publishd_on"),
            [
                (
                    "year.publishd_on: unknown key 'publishd_on'; known are 'calendar', "
                    "'published_on', 'source', "
                    "'year'. Did you mean 'published_on'? [unknown-key]"
                )
            ],
        ),
        (
            HEAD + "[[holidays]]\n",
            [
                (
                    "holidays: unknown key 'holidays'; known are 'holiday', 'year'. Did you mean 'holiday'? "
                    "[unknown-key]"
                )
            ],
        ),
        (
            "[[holiday]]\n",
            [
                (
                    "year: found nothing; needed is [year] with 'calendar', 'year', 'source', 'published_on' "
                    "[missing-key]"
                ),
                "holiday[0]: the key 'title' is missing; needed are 'title', 'off' [missing-key]",
                "holiday[0]: the key 'off' is missing; needed are 'title', 'off' [missing-key]",
            ],
        ),
        (
            '[year]\ncalendar = ""\nyear = "2024"\nsource = 5\npublished_on = "2023-10-25"\n',
            [
                "year.calendar: found ''; allowed is a text of 1 to 1000 signs [wrong-type]",
                "year.source: found 5; allowed is a text of 1 to 1000 signs [wrong-type]",
                "year.year: found '2024'; allowed is a year from 1901 to 2200 [wrong-type]",
                (
                    "year.published_on: found '2023-10-25'; allowed is a date like 2024-02-10, "
                    "without quotes "
                    "[wrong-type]"
                ),
            ],
        ),
        (
            HEAD + SPRING.replace("[2024-02-10, 2024-02-17]", "[2024-02-17, 2024-02-10]"),
            [
                (
                    "holiday[0].off: the last day off (2024-02-10) is before the first (2024-02-17); "
                    "swap them "
                    "[reversed]"
                )
            ],
        ),
        (
            HEAD + SPRING.replace("2024-02-17]", "2024-04-17]"),
            [
                (
                    "holiday[0].off: 2024-02-10 to 2024-04-17 are more than 40 days; a holiday is "
                    "shorter [too-long]"
                )
            ],
        ),
        (
            HEAD + SPRING.replace("[2024-02-10, 2024-02-17]", "2024-02-10"),
            [
                (
                    "holiday[0].off: found 2024-02-10; needed are the first and last day, like "
                    "[2024-02-10, 2024-02-17] [wrong-type]"
                )
            ],
        ),
        (
            HEAD + SPRING.replace("2024-02-04", "2024-02-05"),
            [
                (
                    "holiday[0].work: 2024-02-05 is a Monday and worked anyway; allowed are "
                    "Saturdays and Sundays "
                    "that are worked in return for days off [worked-anyway]"
                )
            ],
        ),
        (
            HEAD + SPRING.replace("2024-02-18]", "2024-02-11]"),
            [
                (
                    "holiday[0].work: 2024-02-11 is named in holiday[0].off already; name every day "
                    "once [double-day]"
                )
            ],
        ),
        (
            HEAD + SPRING + '[[holiday]]\ntitle = "x"\noff = [2024-02-17, 2024-02-17]\n',
            [
                (
                    "holiday[1].off: 2024-02-17 is named in holiday[0].off already; name every day "
                    "once [double-day]"
                )
            ],
        ),
        (
            HEAD + SPRING.replace('{ zh = "春节", en = "Spring Festival" }', '{ de = "Frühling" }'),
            [
                (
                    'holiday[0].title: found a table { … }; allowed is a text, or { zh = "…", en = '
                    '"…" } [wrong-type]'
                )
            ],
        ),
        (
            HEAD + SPRING.replace("2024-02-18]", "2024-02-18T10:00:00]"),
            [
                (
                    "holiday[0].work[1]: found 2024-02-18 10:00:00; allowed is a date like "
                    "2024-02-10, without quotes "
                    "[wrong-type]"
                )
            ],
        ),
        (
            HEAD.replace("2023-10-25", "2023-1-25"),
            [
                (
                    "line 6: this is not TOML (Expected newline or end of document after a "
                    "statement); a line is "
                    "`key = value`, `[year]` or `[[holiday]]`, and a date is written like 2024-02-10 [syntax]"
                )
            ],
        ),
        (
            "#" * 100_001,
            ["cn-2024.toml: the file has more than 100000 signs; a year needs about 2000 [too-large]"],
        ),
    ],
)
def test_every_slip_is_told(text, expected):
    """Each problem names its place, what was found, what is allowed; all problems of a file come at once."""
    assert _problems(text) == expected


def test_all_slips_come_at_once():
    """A file with five slips has five problems, in the order of the file."""
    text = (
        HEAD.replace('"cn"', "5")
        + SPRING.replace("2024-02-04", "2025-02-08").replace("off = [2024", "of = [2024")
        + "[[holiday]]\ntitle = 5\noff = [2024-06-10]\n"
    )

    assert [line.partition(":")[0] for line in _problems(text)] == [
        "year.calendar",
        "holiday[0].of",
        "holiday[0]",
        "holiday[1].title",
        "holiday[1].off",
    ]


def test_lists_are_bounded():
    """More holidays, or more days worked in return, than any year has are refused."""
    many = "[[holiday]]\n" * 61
    days = ", ".join(["2024-02-04"] * 41)

    assert _problems(HEAD + many) == ["holiday: 61 holidays; at most 60 are allowed [too-many]"]
    assert _problems(HEAD + SPRING.replace("2024-02-04, 2024-02-18", days)) == [
        "holiday[0].work: found a list of 41 entries; allowed are at most 40 dates [wrong-type]"
    ]
    assert _problems("holiday = 5\n" + HEAD) == [
        "holiday: found 5; allowed are tables [[holiday]] [wrong-type]"
    ]


def test_a_file_must_hold_what_its_name_says(tmp_path):
    """A file named for another year or calendar than it holds is refused; other names say nothing."""
    wrong, free = tmp_path / "cn-2023.toml", tmp_path / "ours.toml"
    for file in (wrong, free):
        file.write_text(HEAD, encoding="utf-8")

    with pytest.raises(CalendarProblems) as refusal:
        calendar_from_path(wrong)

    assert str(refusal.value) == (
        "cn-2023.toml, year: the file is named 'cn-2023.toml', but holds the year 2024 of 'cn'; rename it "
        "[other-name]"
    )
    assert calendar_from_path(free).year == 2024


def test_what_cannot_be_read_is_told(tmp_path):
    """A missing file, a folder, another encoding and a file that is far too large have their texts."""
    gbk, large = tmp_path / "gbk.toml", tmp_path / "large.toml"
    gbk.write_bytes('source = "国务院"'.encode("gbk"))
    large.write_bytes(b"#" * 100_001)
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    found = {}

    for file in (tmp_path / "no.toml", tmp_path, gbk, large, pipe):
        with pytest.raises(CalendarProblems) as refusal:
            calendar_from_path(file)
        found[file.name] = [problem.code for problem in refusal.value.problems]

    assert found == {
        "no.toml": ["no-file"],
        tmp_path.name: ["unreadable"],
        "gbk.toml": ["encoding"],
        "large.toml": ["too-large"],
        "pipe.toml": ["unreadable"],
    }


def test_a_holiday_made_by_hand_must_have_days():
    """A holiday whose last day comes before its first is refused where it is made."""
    with pytest.raises(PeriodError, match="allowed are 1 to 40 days, the first one first"):
        Holiday(Label(en="x"), (date(2024, 2, 2), date(2024, 2, 1)))

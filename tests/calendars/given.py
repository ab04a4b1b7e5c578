"""What the tests of the calendars begin with."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from serviceorg import calendars
from serviceorg.basics import Label
from serviceorg.calendars import CalendarYear, Holiday, Hours, china

OFFICE = Hours.daily("09:00-12:00", "14:00-17:30")
#: Without a type: a test may ask for what the types forbid.
CN: Any = china(hours=OFFICE)


def deadline(*arguments, **options):
    """Return a deadline, whose moment and day a test need not check for None."""
    return calendars.deadline(*arguments, **options)


def at(text, zone="Asia/Shanghai"):
    """Return a moment written as the wall clock shows it: "2024-09-27 16:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def shown(moment, zone="Asia/Shanghai"):
    """Return a moment as the wall clock shows it."""
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def midnight_after(text):
    """Return 24:00 of a day in China, in UTC: 16:00 of the same day."""
    return datetime.fromisoformat(f"{text} 16:00").replace(tzinfo=UTC)


def day(text):
    """Return a day written like "2024-09-27"."""
    return date.fromisoformat(text)


def days(*texts):
    """Return days written like "2024-09-27"."""
    return tuple(map(date.fromisoformat, texts))


def holiday(title, first, last, *work):
    """Return a holiday."""
    return Holiday(Label(zh=title), (day(first), day(last)), days(*work))


#: The notice of 2013 (国务院办公厅关于2013年部分节假日安排的通知); the library begins with 2019.
CN_2013 = CalendarYear(
    "cn",
    2013,
    (
        holiday("元旦", "2013-01-01", "2013-01-03", "2013-01-05", "2013-01-06"),
        holiday("春节", "2013-02-09", "2013-02-15", "2013-02-16", "2013-02-17"),
        holiday("清明节", "2013-04-04", "2013-04-06", "2013-04-07"),
        holiday("劳动节", "2013-04-29", "2013-05-01", "2013-04-27", "2013-04-28"),
        holiday("端午节", "2013-06-10", "2013-06-12", "2013-06-08", "2013-06-09"),
        holiday("中秋节", "2013-09-19", "2013-09-21", "2013-09-22"),
        holiday("国庆节", "2013-10-01", "2013-10-07", "2013-09-29", "2013-10-12"),
    ),
    source="国务院办公厅关于2013年部分节假日安排的通知",
    published_on=date(2012, 12, 10),
)

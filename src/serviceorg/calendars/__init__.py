"""When: working days, office hours, deadlines and recurring duties."""

from .bundled import china
from .calendar import WorkCalendar
from .deadlines import Deadline, Pause, Remaining, deadline, elapsed
from .durations import (
    Bound,
    CalendarDays,
    Duration,
    Ends,
    Months,
    NextWorkingDay,
    RealTime,
    Roll,
    WorkingDays,
    WorkingTime,
)
from .files import calendar_from_path, calendar_from_text
from .hours import Hours
from .published import CalendarYear, Holiday
from .recurrence import (
    EveryDay,
    EveryWorkingDay,
    MonthlyDay,
    MonthlyNthWeekday,
    Occurrence,
    Quarterly,
    Recurrence,
    Weekly,
    WorkingDayOfMonth,
    Yearly,
    occurrences,
)
from .sentences import SENTENCES
from .windows import AtLeast, Window, windows

__all__ = [
    "SENTENCES",
    "AtLeast",
    "Bound",
    "CalendarDays",
    "CalendarYear",
    "Deadline",
    "Duration",
    "Ends",
    "EveryDay",
    "EveryWorkingDay",
    "Holiday",
    "Hours",
    "MonthlyDay",
    "MonthlyNthWeekday",
    "Months",
    "NextWorkingDay",
    "Occurrence",
    "Pause",
    "Quarterly",
    "RealTime",
    "Recurrence",
    "Remaining",
    "Roll",
    "Weekly",
    "Window",
    "WorkCalendar",
    "WorkingDayOfMonth",
    "WorkingDays",
    "WorkingTime",
    "Yearly",
    "calendar_from_path",
    "calendar_from_text",
    "china",
    "deadline",
    "elapsed",
    "occurrences",
    "windows",
]

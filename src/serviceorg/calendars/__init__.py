"""When: working days, office hours, deadlines and recurring duties."""

from .bundled import calendar_of_years, china
from .calendar import WorkCalendar
from .counting import Remaining
from .deadlines import Deadline, deadline, elapsed
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
from .stops import Pause
from .tables import DayKind, SpecialDay
from .windows import AtLeast, Window, windows

__all__ = [
    "SENTENCES",
    "AtLeast",
    "Bound",
    "CalendarDays",
    "CalendarYear",
    "DayKind",
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
    "SpecialDay",
    "Weekly",
    "Window",
    "WorkCalendar",
    "WorkingDayOfMonth",
    "WorkingDays",
    "WorkingTime",
    "Yearly",
    "calendar_from_path",
    "calendar_from_text",
    "calendar_of_years",
    "china",
    "deadline",
    "elapsed",
    "occurrences",
    "windows",
]

"""Amounts of time in words."""

from ..basics import Label

_UNITS = {
    "seconds": ("second", "秒"),
    "minutes": ("minute", "分钟"),
    "hours": ("hour", "小时"),
    "working seconds": ("working second", "秒工作时间"),
    "working minutes": ("working minute", "分钟工作时间"),
    "working hours": ("working hour", "小时工作时间"),
    "working days": ("working day", "个工作日"),
    "days": ("calendar day", "日"),
    "months": ("month", "个月"),
}


def amount_of(number: int, unit: str) -> Label:
    """Return a number with its unit in both languages; seconds become minutes or hours where they are whole.

    >>> str(amount_of(5400, "working seconds"))
    '90 working minutes'
    """
    if unit.endswith("seconds"):
        for size, larger in ((3600, "hours"), (60, "minutes")):
            if number and number % size == 0:
                number, unit = number // size, unit.replace("seconds", larger)
                break
    one, zh = _UNITS[unit]
    en = f"{number} {one}" if number == 1 else f"{number} {one}s"
    return Label(zh=f"{number}{zh}", en=en, code=en)

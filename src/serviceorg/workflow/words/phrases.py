"""Words that refusals, definitions and drawings share: bounds and verdicts, in both languages."""

from collections.abc import Iterable
from fractions import Fraction

from ...basics import Label
from ..rules import Bounds


def in_bounds(bounds: Bounds) -> Label:
    """Return bounds in words: 以上 includes the number, 超过 does not."""
    parts = [
        (f"at least {_number(one)}", f"{_number(one)}以上") for one in (bounds.least,) if one is not None
    ]
    parts += [
        (f"more than {_number(one)}", f"超过{_number(one)}") for one in (bounds.above,) if one is not None
    ]
    parts += [(f"at most {_number(one)}", f"{_number(one)}以下") for one in (bounds.most,) if one is not None]
    parts += [
        (f"less than {_number(one)}", f"不满{_number(one)}") for one in (bounds.below,) if one is not None
    ]
    return Label(zh="且".join(zh for _, zh in parts), en=" and ".join(en for en, _ in parts))


def _number(value: Fraction) -> str:
    return str(value)


_VERDICTS = {
    "not-started": Label(zh="未起算", en="not started"),
    "in-time": Label(zh="时限内", en="in time"),
    "overdue": Label(zh="已超时", en="overdue"),
    "met": Label(zh="按时办结", en="met in time"),
    "late": Label(zh="超时办结", en="met late"),
    "cancelled": Label(zh="已取消", en="cancelled"),
}


def verdict_words(verdict: str) -> Label:
    """Return a verdict in words."""
    words = _VERDICTS[verdict]
    return Label(zh=words.zh, en=words.en, code=verdict)


def verdicts_in_words(verdicts: Iterable[str]) -> Label:
    """Return several verdicts, of which one is enough, in words."""
    words = [_VERDICTS[one] for one in verdicts]
    return Label(zh="或".join(one.zh for one in words), en=" or ".join(one.en for one in words))

"""What excuses from an obligation, and for how many days of its window."""

from collections.abc import Mapping
from datetime import date

from ..facts import Fact
from ..reasons import Reason
from .book import NO_TRAITS, Duty, Traits
from .obligation import Window
from .world import World, covered_days


class Excuses:
    """The excuses of one duty, asked by who owes it and to whom."""

    def __init__(self, world: World, duty: Duty, known: Mapping[str, list[Fact]]) -> None:
        self.world, self.rule = world, duty.excuse
        self.leaves: dict[str, list[tuple[int, int]]] = {}
        self._kept: dict[tuple[int, int, str], bool] = {}
        rule = self.rule
        if rule is not None and rule.fact:
            for fact in known.get(rule.fact, ()):
                until = fact.attributes.get(rule.until) if rule.until else None
                last = until.toordinal() if isinstance(until, date) else fact.day
                self.leaves.setdefault(fact.subject, []).append((fact.day, last))

    def cover(self, window: Window, who: str, towards: str) -> bool:
        """Return whether an excuse covers enough of a window."""
        rule = self.rule
        if rule is None:
            return False
        if towards and rule.towards and self._enough(window, rule.towards, towards):
            return True
        if not (rule.who or rule.fact):
            return False
        key = (window.first, window.last, who)  # of many obligations of one holder in one window
        if key not in self._kept:
            self._kept[key] = self._enough(window, rule.who, who) or self._on_leave(window, who)
        return self._kept[key]

    def reason(self, window: Window, who: str, towards: str) -> tuple[Reason, ...]:
        """Return what excuses, each with the days of the window it covers; nothing where nothing does."""
        rule = self.rule
        if rule is None:
            return ()
        length = window.last - window.first + 1
        reasons = []
        for traits, of in ((rule.towards, towards), (rule.who, who)):
            for name, values in traits.items() if of else ():
                days = self.days(window, {name: values}, of)
                if days:
                    reasons.append(Reason("excuse", (of, self.world.called(name), days, length)))
        days = self._days_on_leave(window, who)
        if days:
            reasons.append(Reason("leave", (who, days, length)))
        return tuple(reasons)

    def days(self, window: Window, traits: Mapping[str, tuple[str, ...]], of: str) -> int:
        """Return the days of a window on which a trait excuses; the trait that excuses longest."""
        return max(
            (
                covered_days(self.world.traits_of(name, of), frozenset(values), window)
                for name, values in traits.items()
            ),
            default=0,
        )

    def _enough(self, window: Window, traits: Traits, of: str) -> bool:
        return traits != NO_TRAITS and self._is_share(window, self.days(window, traits, of))

    def _on_leave(self, window: Window, who: str) -> bool:
        return self._is_share(window, self._days_on_leave(window, who))

    def _days_on_leave(self, window: Window, who: str) -> int:
        """Return on how many days of a window facts say that somebody was on leave, each day once."""
        first, days = window.first, 0
        for begun, ended in sorted(self.leaves.get(who, ())):
            start, end = max(begun, first), min(ended, window.last)
            if start <= end:
                days += end - start + 1
                first = end + 1
        return days

    def _is_share(self, window: Window, days: int) -> bool:
        assert self.rule is not None
        over, under = self.rule.share
        return days > 0 and days * under >= over * (window.last - window.first + 1)

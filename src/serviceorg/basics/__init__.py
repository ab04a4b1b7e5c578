"""Exact numbers, periods, labels: the words everything else is said in."""

from .frozen import FrozenMap, frozen_map
from .labels import Label
from .numbers import FACT_SCALE, Direction, exact, half_up, in_units, out_of_units, rounded
from .periods import (
    SPANS,
    Half,
    Month,
    Period,
    Quarter,
    Span,
    Year,
    add_months,
    month_end,
    month_number,
    parse_date,
    parse_period,
)

__all__ = [
    "FACT_SCALE",
    "SPANS",
    "Direction",
    "FrozenMap",
    "Half",
    "Label",
    "Month",
    "Period",
    "Quarter",
    "Span",
    "Year",
    "add_months",
    "exact",
    "frozen_map",
    "half_up",
    "in_units",
    "month_end",
    "month_number",
    "out_of_units",
    "parse_date",
    "parse_period",
    "rounded",
]

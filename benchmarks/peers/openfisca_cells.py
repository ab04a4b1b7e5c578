"""
OpenFisca as its users write it: inputs by month, summed up by the host with numpy; caps and totals inside.

Faster than everything inside, but rounding and grouping, half of the task, are no longer rules.
"""

import numpy as np
from openfisca_core.periods import MONTH, YEAR
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from .. import task
from .openfisca_records import ITEMS, PERIOD, Records, add, add_caps, build_entity, parameters

PERSON = build_entity(key="person", plural="persons", label="a member", is_person=True)
_MONTHS = [f"{task.YEAR}-{month:02d}" for month in range(1, 13)]


def _month(code: str):
    def formula(person, period, parameters):
        return np.minimum(person(f"earned_{code}", period), parameters(period).items[code].month_cap)

    return formula


class Cells(Records):
    """Every member a person with 110 x 12 monthly inputs."""

    def compile(self) -> None:
        self.rules = rules = task.rules()
        self.points = np.array([item.points for item in rules.items])
        self.system = system = TaxBenefitSystem([PERSON])
        system.parameters = parameters(rules)
        for item in rules.items:
            add(system, f"earned_{item.code}", PERSON, MONTH)
            add(system, f"month_{item.code}", PERSON, MONTH, _month(item.code))
        add(system, "vetoed", PERSON, YEAR, value_type=bool)
        add_caps(system, rules, PERSON)

    def run(self, columns: task.Columns) -> np.ndarray:
        member = columns.member - columns.member[0]
        count = int(member[-1]) + 1
        simulation = SimulationBuilder().build_default_simulation(self.system, count)
        rows = iter(self.cells(columns, member, count))
        for item in self.rules.items:
            for month in _MONTHS:
                simulation.set_input(f"earned_{item.code}", month, next(rows))
        vetoed = np.zeros(count, dtype=bool)
        vetoed[member[columns.number >= ITEMS]] = True
        simulation.set_input("vetoed", PERIOD, vetoed)
        return simulation.calculate("total", PERIOD)

    def cells(self, columns: task.Columns, member: np.ndarray, count: int) -> np.ndarray:
        """Return the sum of events, one row for each item and month, one column for each member."""
        paid = columns.number < ITEMS
        number = columns.number[paid].astype(np.int64)
        event = (self.points[number] * columns.quantity[paid] + 50) // 100
        key = (number * 12 + columns.month[paid] - 1) * count + member[paid]
        # bincount adds in float64: exact, because no sum comes near 2**53 hundredths.
        sums = np.bincount(key, weights=event, minlength=ITEMS * 12 * count)
        return sums.astype(np.int32).reshape(ITEMS * 12, count)

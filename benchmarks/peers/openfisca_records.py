"""
OpenFisca with everything inside: facts are the person entity, members the group entity.

There is no list of events in OpenFisca, so each item and month is a variable that passes over all facts.
Scaled integers in `int` variables (32 bits) are exact; its `float` variables (32 bits) are not.
"""

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import ETERNITY, MONTH, YEAR
from openfisca_core.populations import ADD
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from .. import task

PERIOD = str(task.YEAR)
ITEMS = len(task.CATEGORIES) * task.ITEMS_PER_CATEGORY

RECORD = build_entity(key="record", plural="records", label="a fact", is_person=True)
MEMBER = build_entity(
    key="member",
    plural="members",
    label="a member",
    roles=[{"key": "part", "plural": "parts", "label": "part"}],
)


def dated(amount: int) -> dict:
    """Return a parameter in force since the beginning of the year."""
    return {"values": {f"{task.YEAR}-01-01": {"value": amount}}}


def parameters(rules: task.Rules) -> ParameterNode:
    """Return the amounts of the rule set as an OpenFisca parameter tree."""
    amounts = ("points", "month_cap", "year_cap")
    items = {item.code: {name: dated(getattr(item, name)) for name in amounts} for item in rules.items}
    categories = {f"c{number}": dated(cap) for number, cap in enumerate(rules.category_caps)}
    return ParameterNode("", data={"items": items, "categories": categories, "base": dated(rules.base)})


def add(system: TaxBenefitSystem, name: str, entity, period, formula=None, value_type=int) -> None:
    """Give the system one variable; a variable without a formula is an input."""
    body = {"value_type": value_type, "entity": entity, "definition_period": period, "label": name}
    if formula is not None:
        body["formula"] = formula
    system.add_variable(type(name, (Variable,), body))


def add_caps(system: TaxBenefitSystem, rules: task.Rules, entity) -> None:
    """Give the system everything above the capped months: years, categories and the total."""
    for item in rules.items:
        add(system, f"year_{item.code}", entity, YEAR, _year(item.code))
    for number in range(len(rules.category_caps)):
        codes = [item.code for item in rules.items if item.category == number]
        add(system, f"category_{number}", entity, YEAR, _category(number, codes))
    add(system, "total", entity, YEAR, _total(len(rules.category_caps)))


def _year(code: str):
    def formula(subject, period, parameters):
        return np.minimum(
            subject(f"month_{code}", period, options=[ADD]), parameters(period).items[code].year_cap
        )

    return formula


def _category(number: int, codes: list[str]):
    def formula(subject, period, parameters):
        return np.minimum(
            sum(subject(f"year_{code}", period) for code in codes),
            parameters(period).categories[f"c{number}"],
        )

    return formula


def _total(categories: int):
    def formula(subject, period, parameters):
        earned = sum(subject(f"category_{number}", period) for number in range(categories))
        return np.where(subject("vetoed", period), 0, parameters(period).base + earned)

    return formula


def _event(codes: list[str]):
    def formula(record, period, parameters):
        items = parameters(period).items
        # One look-up table: OpenFisca's own fancy indexing of a parameter node is many times slower.
        points = np.array([items[code].points for code in codes] + [0] * len(task.VETOES))
        return (points[record("number", period)] * record("quantity", period) + 50) // 100

    return formula


def _month(number: int, code: str):
    def formula(member, period, parameters):
        chosen = (member.members("number", period) == number) * (
            member.members("month", period) == period.start.month
        )
        earned = member.sum(member.members("event", period.this_year) * chosen)
        return np.minimum(earned, parameters(period).items[code].month_cap)

    return formula


def _vetoed(member, period):
    return member.any(member.members("number", period) >= ITEMS)


class Records:
    """Every fact a person, every member a group."""

    def load(self, count: int) -> None:
        made = task.columns(count)
        self.columns = task.Columns(*(np.array(values, dtype=np.int32) for values in made))

    def compile(self) -> None:
        rules = task.rules()
        self.system = system = TaxBenefitSystem([RECORD, MEMBER])
        system.parameters = parameters(rules)
        for name in ("number", "month", "quantity"):
            add(system, name, RECORD, ETERNITY)
        add(system, "event", RECORD, YEAR, _event([item.code for item in rules.items]))
        for number, item in enumerate(rules.items):
            add(system, f"month_{item.code}", MEMBER, MONTH, _month(number, item.code))
        add(system, "vetoed", MEMBER, YEAR, _vetoed, value_type=bool)
        add_caps(system, rules, MEMBER)

    def run(self, columns: task.Columns) -> np.ndarray:
        """Return the totals of the members in some columns."""
        member = columns.member - columns.member[0]
        builder = SimulationBuilder()
        builder.create_entities(self.system)
        builder.declare_person_entity("record", np.arange(len(member)))
        groups = builder.declare_entity("member", np.arange(member[-1] + 1))
        builder.join_with_persons(groups, member, np.array(["part"] * len(member)))
        simulation = builder.build(self.system)
        for name in ("number", "month", "quantity"):
            simulation.set_input(name, "ETERNITY", getattr(columns, name))
        return simulation.calculate("total", PERIOD)

    def score_all(self) -> np.ndarray:
        return self.run(self.columns)

    def totals(self, answer: np.ndarray) -> list[int]:
        return answer.tolist()

    def score_one(self, member: int) -> int:
        start = member * task.FACTS_PER_MEMBER
        return self.run(
            task.Columns(*(values[start : start + task.FACTS_PER_MEMBER] for values in self.columns))
        )[0]

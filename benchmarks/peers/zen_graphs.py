"""
ZEN (GoRules): a decision graph, once with the rules as a table and expressions, once as a JavaScript node.

ZEN counts in decimals inside and in floats at its Python border, so quantities go in as floats and totals are
rounded to hundredths on the way out. Both graphs are compiled once by a loader and evaluated in batches,
which is twice as fast as one call a member.
"""

import json

import zen

from .. import task

_KEY = "members"
_SCRIPT = """
const ITEMS = %s, CAPS = %s, BASE = %d;
export const handler = async (input) => {
  const months = {}, years = {}, categories = CAPS.map(() => 0);
  for (const [code, month, quantity] of input.facts) {
    const item = ITEMS[code];
    if (!item) return { total: 0 };
    const cell = months[code] || (months[code] = {});
    cell[month] = (cell[month] || 0) + Math.floor((item[1] * quantity + 50) / 100);
  }
  for (const code in months) {
    const [category, , monthCap, yearCap] = ITEMS[code];
    let year = 0;
    for (const month in months[code]) year += Math.min(months[code][month], monthCap);
    categories[category] += Math.min(year, yearCap);
  }
  return { total: categories.reduce((sum, points, at) => sum + Math.min(points, CAPS[at]), BASE) };
};
"""


def graph(*steps: dict) -> dict:
    """Return a graph that runs the steps one after the other."""
    ends = ({"type": "inputNode", "content": {}}, {"type": "outputNode", "content": {}})
    nodes = [{"id": f"n{at}", "name": f"n{at}", **step} for at, step in enumerate((ends[0], *steps, ends[1]))]
    edges = [
        {"id": f"e{at}", "type": "edge", "sourceId": f"n{at}", "targetId": f"n{at + 1}"}
        for at in range(len(nodes) - 1)
    ]
    return {"nodes": nodes, "edges": edges}


def points_table(rules: task.Rules) -> dict:
    """Return the decision table that gives every fact the points of its item."""
    points = {item.code: task.decimal_text(item.points) for item in rules.items} | dict.fromkeys(
        rules.vetoes, "0"
    )
    content = {
        "hitPolicy": "first",
        "executionMode": "loop",
        "inputField": "facts",
        "outputPath": "paid",
        "passThrough": True,
        "inputs": [{"id": "code", "name": "code", "field": "code"}],
        "outputs": [{"id": "points", "name": "points", "field": "points"}],
        "rules": [
            {"_id": code, "code": json.dumps(code), "points": amount} for code, amount in points.items()
        ],
    }
    return {"type": "decisionTableNode", "content": content}


def caps(rules: task.Rules) -> dict:
    """Return the expressions for every cap, the veto and the total."""
    lines = {}
    years = [[] for _ in rules.category_caps]
    for item in rules.items:
        code, month_cap, year_cap = (
            item.code,
            task.decimal_text(item.month_cap),
            task.decimal_text(item.year_cap),
        )
        lines[f"of{code}"] = f"filter(paid as fact, fact.code == '{code}')"
        event = "round(fact.points * fact.quantity, 2)"
        month = f"sum(map(filter($.of{code} as fact, fact.month == month) as fact, {event}))"
        lines[f"year{code}"] = f"min([{year_cap}, sum(map(months as month, min([{month_cap}, {month}])))])"
        years[item.category].append(f"$.year{code}")
    for category, cap in enumerate(rules.category_caps):
        lines[f"category{category}"] = f"min([{task.decimal_text(cap)}, sum([{', '.join(years[category])}])])"
    earned = " + ".join(f"$.category{category}" for category in range(len(rules.category_caps)))
    lines["vetoed"] = f"len(filter(paid as fact, fact.code in {list(rules.vetoes)})) > 0"
    lines["total"] = f"$.vetoed ? 0 : {task.decimal_text(rules.base)} + {earned}"
    expressions = [{"id": name, "key": name, "value": value} for name, value in lines.items()]
    return {"type": "expressionNode", "content": {"passThrough": False, "expressions": expressions}}


def script(rules: task.Rules) -> dict:
    """Return the JavaScript node that does the whole task in integers."""
    items = {item.code: item[1:] for item in rules.items}
    source = _SCRIPT % (json.dumps(items), json.dumps(rules.category_caps), rules.base)
    return {"type": "functionNode", "content": {"source": source}}


class Graph:
    """All rules as a table and expressions."""

    def load(self, count: int) -> None:
        codes = task.rules().codes
        self.members = [
            self.context([(codes[fact.number], fact.month, fact.quantity) for fact in facts])
            for facts in task.members(count)
        ]

    def context(self, facts: list[tuple[str, int, int]]) -> dict:
        """Return the facts of one member as the graph reads them."""
        rows = [{"code": code, "month": month, "quantity": quantity / 100} for code, month, quantity in facts]
        return {"months": list(range(1, 13)), "facts": rows}

    def graph(self, rules: task.Rules) -> dict:
        """Return the rule set as a decision graph."""
        return graph(points_table(rules), caps(rules))

    def total(self, result: dict) -> int:
        """Return the total of one evaluation in hundredths."""
        return round(result["total"] * 100)

    def compile(self) -> None:
        content = {_KEY: self.graph(task.rules())}
        self.engine = zen.ZenEngine({"loader": {"type": "static", "content": content}})

    def score_all(self) -> list[dict]:
        return self.engine.evaluate_batch([{"key": _KEY, "context": context} for context in self.members])

    def totals(self, answer: list[dict]) -> list[int]:
        return [self.total(each["data"]["result"]) for each in answer]

    def score_one(self, member: int) -> int:
        return self.total(self.engine.evaluate(_KEY, self.members[member])["result"])


class Script(Graph):
    """All rules in one JavaScript function: fast, exact, and no longer data."""

    def context(self, facts: list[tuple[str, int, int]]) -> dict:
        return {"facts": [list(fact) for fact in facts]}

    def graph(self, rules: task.Rules) -> dict:
        return graph(script(rules))

    def total(self, result: dict) -> int:
        return int(result["total"])

"""Smoke test of the installed wheel: bundled schemes load, workflows keep their cases, a card is scored.

Run from a folder that does not hold the source tree.
"""

from pathlib import Path

import serviceorg as so

where = Path(so.__file__)
assert "site-packages" in where.parts, f"this is not the installed library: {where}"

registry = so.load()
rule_ids = sorted(registry.rule_sets)
assert rule_ids, "the wheel brought no rule sets"
for rule_id in rule_ids:
    assert registry.rule_set(rule_id) is not None, rule_id

assert registry.workflows, "the wheel brought no workflows"
for name in registry.workflows:
    assert not registry.workflow(name).run_cases(), name  # with the calendars that must be in the wheel too

rules = registry.rule_set(rule_ids[0])
card = so.score(rules, "S-0001", (), period=so.Year(2024))
assert so.explain(card, lang="zh"), "a card without facts still explains itself"

counts = f"{len(rule_ids)} rule sets, {len(registry.workflows)} workflows"
print(f"{where.parent}: {counts}; {rule_ids[0]} with no facts: {card.total}")

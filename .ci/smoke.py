"""Smoke test of the installed wheel: bundled books of every sort keep their cases, a card is scored.

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

books = {head: registry.known(head) for head in ("structure", "ledger", "matching", "commitments")}
assert all(books.values()), f"the wheel lacks books: {books}"
for name in books["structure"]:
    assert registry.structure(name).kinds, name
for name in books["ledger"]:
    assert not so.ledger.run_cases(registry.account_rules(name)), name
for name in books["matching"]:
    assert not so.matching.run_cases(registry.match_rules(name)), name
for name in books["commitments"]:
    assert not so.commitments.run_cases(registry.commitment_book(name)), name
for name in registry.known("duties"):
    assert not list(so.duties.run_cases(registry.duty_book(name), calendars={"cn": so.china()})), name
for name in registry.known("coverage"):
    words = registry.structure(f"{name.partition('/')[0]}/structure")
    assert not so.coverage.run_cases(registry.coverage_book(name), structure=words), name

rules = registry.rule_set(rule_ids[0])
card = so.score(rules, "S-0001", (), period=so.Year(2024))
assert so.explain(card, lang="zh"), "a card without facts still explains itself"

counts = f"{len(rule_ids)} rule sets, {len(registry.workflows)} workflows"
print(f"{where.parent}: {counts}; {rule_ids[0]} with no facts: {card.total}")

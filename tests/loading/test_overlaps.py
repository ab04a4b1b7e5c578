"""Two items may read facts of one kind where nothing can be counted twice."""

import pytest

from serviceorg.errors import RuleSetProblems
from serviceorg.loading import rule_set_from_text

HEAD = """
[rule_set]
id = "a/b"
title = "Points"
subject = ["member", "window"]
period = "year"
effective = 2025-01-01
basis = "Council 1"
source = "Gazette"
[fact.duty]
amount = true
fields.role = ["lead", "helper"]
fields.level = ["town", "city"]
fields.urgent = "flag"
fields.chief = "text"
fields.deputy = "text"
[[category]]
id = "c"
title = "All"
"""
ITEM = """
[[item]]
id = "{}"
category = "c"
title = "t"
on = "duty"
{}
"""

APART = {
    "by value": ('where = { role = "lead" }\npoints = 1', 'where = { role = "helper" }\npoints = 1'),
    "by what one leaves out": (
        'where = { role = "lead" }\npoints = 1',
        'unless = { role = "lead" }\npoints = 1',
    ),
    "by the table that pays": (
        "points_by = { chief = { Li = 1 } }",
        "points_by = { chief = { Wu = 1 } }",
    ),
    "by a table and a value": (
        "points_by = { chief = { Li = 1 } }",
        'where = { chief = "Wu" }\npoints = 1',
    ),
    "by a flag and the table that pays": (
        "where = { urgent = true }\npoints_by = { urgent = { true = 1 } }",
        "where = { urgent = false }\npoints = 1",
    ),
    "by kind of subject": (
        'who = { kinds = "member" }\npoints = 1',
        'who = { kinds = "window" }\npoints = 1',
    ),
    "by category": ('who = { categories = "a" }\npoints = 1', 'who = { categories = "b" }\npoints = 1'),
    "by whom the fact is about": ('about = "chief"\ndeduct = 2', 'about = "deputy"\ndeduct = 1'),
    "by whose facts are read": ('of = "members"\npoints = 1', "points = 1"),
    "because they are shared": ("points = 1", "points = 1\nshared = true"),
}
TWICE = {
    "no condition": ("points = 1", "deduct = 1"),
    "conditions on different attributes": (
        'where = { role = "lead" }\npoints = 1',
        'where = { level = "city" }\npoints = 1',
    ),
    "conditions that meet": (
        'where = { role = "lead" }\npoints = 1',
        'where = { role = ["lead", "helper"] }\npoints = 1',
    ),
    "one leaves out something else": (
        'where = { role = "lead" }\npoints = 1',
        'unless = { role = "lead", level = "town" }\npoints = 1',
    ),
}


@pytest.mark.parametrize("name", APART)
def test_clauses_that_are_apart_are_let_be(name):
    """What can never be one fact of one subject may be read by both."""
    one, other = APART[name]

    assert len(rule_set_from_text(HEAD + ITEM.format("A", one) + ITEM.format("B", other)).items) == 2


@pytest.mark.parametrize("name", TWICE)
def test_clauses_that_may_meet_are_refused(name):
    """What may be one fact of one subject must not be counted by both."""
    one, other = TWICE[name]

    with pytest.raises(RuleSetProblems, match=r"item\.B: counts the same facts of kind 'duty' as item\.A"):
        rule_set_from_text(HEAD + ITEM.format("A", one) + ITEM.format("B", other))


def test_clauses_of_which_one_counts_may_meet():
    """Within an item that takes one of its clauses, one fact may feed several of them."""
    clauses = "".join(f'[[item.clause]]\nid = "{name}"\non = "duty"\npoints = 1\n' for name in "ab")
    item = ITEM.format("A", 'take = "best"').replace('on = "duty"\n', "") + clauses

    assert len(rule_set_from_text(HEAD + item).items[0].clauses) == 2
    with pytest.raises(RuleSetProblems, match="counted-twice"):
        rule_set_from_text(HEAD + item.replace('take = "best"\n', ""))

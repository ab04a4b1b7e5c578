"""Problems name the line on which a key stands."""

import pytest

from serviceorg.loading.lines import line_of

TEXT = """# a remark
[rule_set]
id = "a"
rows = [
  1,
  2,
]
round.step = 1

[[item]]
id = "x"
where = { role = ["a", "b"], "other key" = 1 }
note = '''
[[item]]
id = "no item"
'''
checks = [
  { id = "one" },
  { id = "two", must = true },
]

[[item]]
id = "y"
[[item.clause]]
id = "c"
[[item.clause]]
id = "d" # points = 3
points = 1
[fact."odd kind".fields]
role = "text"
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("rule_set",), 2),
        (("rule_set", "id"), 3),
        (("rule_set", "rows"), 4),
        (("rule_set", "rows", 1), 4),
        (("rule_set", "round", "step"), 8),
        (("item", 0), 10),
        (("item", 0, "where", "role"), 12),
        (("item", 0, "where", "other key"), 12),
        (("item", 0, "checks", 0, "id"), 18),
        (("item", 0, "checks", 1, "must"), 19),
        (("item", 1), 22),
        (("item", 1, "clause", 0, "id"), 25),
        (("item", 1, "clause", 1), 26),
        (("item", 1, "clause", 1, "points"), 28),
        (("fact", "odd kind", "fields", "role"), 30),
    ],
)
def test_a_key_is_found_on_its_line(path, line):
    """Headers, dotted keys, inline tables and lists over several lines are all followed."""
    assert line_of(path, TEXT) == line


def test_what_is_not_there_is_looked_for_around():
    """A missing key is told at the header of its table; without a text there is no line."""
    assert line_of(("item", 1, "title"), TEXT) == 22
    assert line_of(("nothing",), TEXT) == 0
    assert line_of(("rule_set", "id"), "") == 0

"""Rule files as texts."""

MINIMAL = """
[rule_set]
id = "{id}"
title = "{title}"
subject = "member"
period = "year"
effective = 2024-01-01
basis = "council decision of 5 December 2023"
source = "notice board"

[fact.visit]
title = "Visit"

[[category]]
id = "work"
title = "Work"

[[item]]
id = "A1"
category = "work"
title = "Visits"
on = "visit"
{pay}
"""


def minimal(name, title="Points of members", pay="points = 2"):
    """Return the shortest rule file."""
    return MINIMAL.format(id=name, title=title, pay=pay)

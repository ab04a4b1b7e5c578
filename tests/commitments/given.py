"""Words the tests of commitments share: facts, files, progress by id."""

from datetime import date

from serviceorg.commitments import progress
from serviceorg.facts import Fact
from serviceorg.loading.commitment_files import commitments_from_text

HEAD = """
[commitments]
id = "t/book"
title = "Promises"
source = "for tests"
[fact.done]
amount = true
fields.thing = { type = "text", required = false }
fields.checker = { type = "text", required = false }
fields.photo = { type = "flag", required = false }
[fact.level]
amount = { most = 1000 }
[fact.event]
fields.place = ["east", "west", "north"]
"""
#: A promise of 100 within a hundred days: 2025-01-01 to 2025-04-10.
HUNDRED = """
[[commitment]]
id = "c"
title = "A hundred trees"
by = "u-1"
target = 100
since = 2025-01-01
due = 2025-04-10
fact = "done"
measure = "sum"
"""
#: A level that must not be passed.
LIMIT = """
[[commitment]]
id = "c"
title = "A limit"
by = "u-1"
target = 3
since = 2025-01-01
due = 2025-04-10
fact = "{kind}"
measure = "{measure}"
direction = "at_most"
"""


def book(text=HUNDRED):
    """Return the book of one or more tables [[commitment]]."""
    return commitments_from_text(HEAD + text, file="t.toml")


def day(text):
    """Return a day of 2025, like "03-31"."""
    return date.fromisoformat(f"2025-{text}")


def done(number, on, amount=None, *, subject="u-1", kind="done", **more):
    """Return a fact named f1, f2 …; what is not a field of facts becomes an attribute."""
    fields = {"recorded_on", "decided_on", "recorded_by", "evidence", "reverses"}
    own = {
        name: day(value) if name.endswith("_on") else value for name, value in more.items() if name in fields
    }
    attributes = {name: value for name, value in more.items() if name not in fields}
    return Fact(
        id=f"f{number}", subject=subject, kind=kind, on=day(on), amount=amount, attributes=attributes, **own
    )


def seen(facts, on, *, text=HUNDRED, known_on=None):
    """Return the progress of the only commitment of a text."""
    known = None if known_on is None else day(known_on)
    (one,) = progress(book(text), facts, on=day(on), known_on=known)
    return one

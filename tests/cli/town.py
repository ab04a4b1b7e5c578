"""A small town as files: a structure, its units and people, facts, and a book of each sort about it."""

STRUCTURE = """
[structure]
id = "lane/structure"
title = { zh = "小巷社区", en = "The lane" }
source = "Notice board"

[[tree]]
id = "grid"
title = { zh = "网格", en = "Grid" }
levels = ["street", "cell", "household"]

[[kind]]
id = "street"
title = { zh = "街道", en = "Street" }
[[kind]]
id = "cell"
title = { zh = "网格", en = "Cell" }
[[kind]]
id = "household"
title = { zh = "居户", en = "Household" }

[[role]]
id = "head"
title = { zh = "网格长", en = "Head" }
at = ["cell"]
most = 1
"""
#: Cell C3 has no head; cell C4 comes in 2025. Both heads have names.
SNAPSHOT = {
    "units.csv": "id,kind,name,since\nS,street,,\nC1,cell,,\nC2,cell,,\nC3,cell,,\nC4,cell,,2025-01-01\n"
    "H1,household,欧阳家,\nH2,household,,\nH3,household,,\n",
    "people.csv": "id,name\nP1,张三丰\nP2,李四光\n",
    "placements.csv": "tree,unit,parent,since\ngrid,S,,\ngrid,C1,S,\ngrid,C2,S,\ngrid,C3,S,\n"
    "grid,C4,S,2025-01-01\ngrid,H1,C1,\ngrid,H2,C1,\ngrid,H3,C2,\n",
    "memberships.csv": "person,unit,role,since\nP1,C1,head,2024-01-01\nP2,C2,head,2024-01-01\n",
}
KINDS = """
[fact.visit]
title = { zh = "走访", en = "Visit" }
fields.household = "text"
"""
#: H1 was visited in the third quarter of 2024, H2 and H3 were not.
FACTS = (
    '{"id": "F-1", "subject": "P1", "kind": "visit", "on": "2024-08-14", "attributes": {"household": "H1"}}\n'
)
DUTIES = """
[duties]
id = "lane/visits"
title = { zh = "走访", en = "Visits" }
source = "Notice board"
calendar = "cn"

[[duty]]
id = "visit"
title = { zh = "每季走访", en = "A visit each quarter" }
who = { role = "head", at = "cell" }
towards = { kind = "household", tree = "grid" }
at_least = { times = 1, per = "quarter" }
partial = "none"
due_soon = { days = 7 }
fulfilled = { fact = "visit", target = "household" }

[[duty]]
id = "first-day"
title = { zh = "每月首个工作日", en = "The first working day of a month" }
who = { kind = "street" }
on = { every = "month", working_day = 1 }
fulfilled = { fact = "visit" }

[[case]]
title = "one cell, one household"
period = "2024-Q3"
on = 2024-09-30
units = [
  { id = "C", kind = "cell", in = { grid = "" } },
  { id = "H", kind = "household", in = { grid = "C" } },
]
bonds = [{ person = "P", unit = "C", role = "head" }]
facts = [{ id = "1", subject = "P", kind = "visit", on = 2024-09-30, attributes = { household = "H" } }]
expect = [{ duty = "visit", who = "P", towards = "H", period = "2024-Q3", status = "done" }]
"""
COVERAGE = """
[coverage]
id = "lane/coverage"
title = { zh = "覆盖检查", en = "Coverage of the lane" }
source = "Notice board"

[[cover]]
id = "cell-head"
title = { zh = "每个网格都有网格长", en = "Every cell has a head" }
each = "cell"
holders = { role = "head" }
exactly = 1

[[quota]]
id = "cell-size"
title = { zh = "网格约两户", en = "About two households in a cell" }
each = "cell"
tree = "grid"
units = { kind = "household" }
about = 2
tolerance = 1
"""
BOOKS = {"facts.toml": KINDS, "visits.toml": DUTIES, "coverage.toml": COVERAGE}


def write_town(folder):
    """Write the town below a folder: its snapshot in ``town``, facts and books beside it."""
    place = folder / "town"
    place.mkdir()
    for name, text in (*SNAPSHOT.items(), ("structure.toml", STRUCTURE)):
        (place / name).write_text(text, encoding="utf-8")
    for name, text in (*BOOKS.items(), ("facts.jsonl", FACTS)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder

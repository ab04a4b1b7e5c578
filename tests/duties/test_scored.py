"""From duties to a score: the bundled book of visits, its facts, and a small rule set that reads them."""

from datetime import date
from pathlib import Path

import serviceorg
from serviceorg import score
from serviceorg.basics import Quarter
from serviceorg.calendars import china
from serviceorg.duties import check_duties
from serviceorg.loading import fact_kinds_from_text, rule_set_from_text
from serviceorg.loading.duty_files import duties_from_text
from serviceorg.model import Trait
from tests.duties.worlds import household, visit, world

PLACE = Path(serviceorg.__file__).parent / "schemes" / "zhucheng"
KINDS = fact_kinds_from_text((PLACE / "facts.toml").read_text(encoding="utf-8"))
ANSWERS = dict.fromkeys(("family", "difficulties", "hopes", "disputes", "opinions"), "None")
RULES = """
[rule_set]
id = "test/linkers"
title = "Linkers"
subject = "member"
period = "quarter"
effective = 2024-01-01
basis = "A test"
source = "A test"
base = 10
[[category]]
id = "visits"
title = "Visits"
[[item]]
id = "missed"
category = "visits"
title = "Visits missed"
on = "visit-missed"
deduct = 2
per = "amount"
[[item]]
id = "late"
category = "visits"
title = "Visits made late"
on = "visit-kept"
where = { late = true }
deduct = 0.5
"""


def test_missed_and_late_visits_lower_the_score_of_who_owes_them():
    """One visit done, one late, one missed: 10 - 2 - 0.5 = 7.5, in the quarter in which they were due."""
    book = duties_from_text((PLACE / "duties" / "home-visits.toml").read_text(encoding="utf-8"), kinds=KINDS)
    snapshot = world(
        households=tuple(household(name) for name in ("H1", "H2", "H3")),
        traits=tuple(Trait(of=name, name="care", value="ordinary") for name in ("H1", "H2", "H3")),
    )
    facts = [visit(1, "2024-08-14", "H1", **ANSWERS), visit(2, "2024-10-08", "H2", **ANSWERS)]
    visits = [fact_of_kind(fact) for fact in facts]
    period = Quarter(2024, 3)

    report = check_duties(
        book, snapshot, visits, on=date(2024, 10, 20), period=period, calendars={"cn": china()}
    )
    card = score(rule_set_from_text(RULES, kinds=KINDS), "P", report.facts(), period=period)

    assert report.counts == {"done": 1, "late": 1, "missed": 1}
    assert str(card.total) == "7.50"


def fact_of_kind(fact):
    """Return a visit as the kind of fact the bundled book reads."""
    return serviceorg.Fact(
        id=fact.id, subject=fact.subject, kind="household-visit", on=fact.on, attributes=fact.attributes
    )

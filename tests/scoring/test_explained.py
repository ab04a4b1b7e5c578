import json
from decimal import Decimal

from serviceorg.scoring import explain
from tests.scoring.given import card, codes, fact, item, rules

RICH = """
[fact.visit]
[fact.hours]
amount = true
[fact.lapse]
fields.level = ["small", "big"]
[[item]]
id = "visits"
category = "c"
title = { zh = "走访", en = "Visits" }
source = "row 1"
on = "visit"
points = 2
cap = { month = 3 }
[[item]]
id = "hours"
category = "c"
title = { zh = "服务时长", en = "Hours" }
on = "hours"
points = 1
per = { field = "amount", step = 0.5, round = "down" }
times = { month = 1 }
[[item]]
id = "duty"
category = "c"
title = { zh = "履职", en = "Duty" }
full = 5
on = "lapse"
deduct_by = { level = { small = 1, big = 9 } }
[[grade]]
id = "good"
title = { zh = "良好", en = "Good" }
from = 60
[[grade]]
id = "poor"
title = { zh = "较差", en = "Poor" }
[[star]]
level = 3
title = "Three"
from = 60
needs = [{ what = "facts", on = "visit", from = 9 }]
[[star]]
level = 2
title = "Two"
from = 60
[[consequence]]
id = "praise"
title = { zh = "表扬", en = "Praise" }
when = [{ what = "grade", one_of = ["good"] }]
"""
HEAD = {"id": '"demo"', "base": "60", "effective": "2024-01-01", "source": '"demo rules"'}
DAILY = ['id = "c"\ncap = 5\nsource = "part 1"']
FACTS = [
    fact("03-01", id="v1", kind="visit"),
    fact("03-02", id="v2", kind="visit"),
    fact("04-05", "2.7", id="h1", kind="hours"),
    fact("04-06", "9", id="h2", kind="hours"),
    fact("05-01", id="d1", kind="lapse", level="big"),
    fact("06-01", id="r1", kind="visit"),
    fact("06-01", id="r2", kind="visit", reverses="r1"),
    fact("07-01", id="o1", kind="other"),
    fact("07-02", id="o2", kind="other"),
]

# Visits 2 + 2 = 4, in March at most 3. Hours 2.7, in half hours 2.5. Duty 5 - 9 = -4, not below 0.
# Together 3 + 2.5 + 0 = 5.5, at most 5. With the base 65: good, two stars (three would need nine visits).
ENGLISH = """\
S, 2024: 65 points
  rules demo, version of 2024-01-01, content {digest} (source: demo rules)
  base: 60
  c C: 5 (source: part 1)
    visits Visits: 3 (source: row 1)
      2024-03-01 v1: 2
      2024-03-02 v2: 2
      month cap 3 (2024-03-01..2024-03-31): 4 becomes 3, −1
    hours Hours: 2.5
      2024-04-05 h1: 2.7 → 2.5
      2024-04-06 h2 not counted: often enough this month
    duty Duty: 0
      allotment: 5
      2024-05-01 d1: -9
      at least 0: -4 becomes 0
    at most 5: 5.5 becomes 5
  2024-06-01 r1 not counted: reversed by r2
  facts of kind other, which no item reads: 2
  not star-3: facts not met
  grade: Good (good)
  stars: 2
  follows: Praise (praise)"""
CHINESE = """\
S，2024：65 分
  依据 demo，2024-01-01 起施行的版本，内容校验 {digest}（来源：demo rules）
  基本分：60
  c C：5（来源：part 1）
    visits 走访：3（来源：row 1）
      2024-03-01 v1：2
      2024-03-02 v2：2
      每月上限 3 分（2024-03-01..2024-03-31）：4 计为 3，少计 1
    hours 服务时长：2.5
      2024-04-05 h1：2.7 → 2.5
      2024-04-06 h2 不计：每月次数已满
    duty 履职：0
      起始分值：5
      2024-05-01 d1：-9
      下限 0 分：-4 计为 0
    上限 5 分：5.5 计为 5
  2024-06-01 r1 不计：已由 r2 冲销
  other 类记录 2 条：无小项使用
  未达 star-3：facts 不满足
  等次：良好（good）
  星级：2
  结果运用：表扬（praise）"""


def test_a_rich_score_is_told_in_full_in_english():
    """Every number of the score stands in one line, under the rule it comes from."""
    rule_set = rules(RICH, categories=DAILY, **HEAD)

    assert explain(card(rule_set, FACTS)) == ENGLISH.format(digest=rule_set.digest[:12])


def test_a_rich_score_is_told_in_full_in_chinese():
    """The same lines in Chinese, with the Chinese titles."""
    rule_set = rules(RICH, categories=DAILY, **HEAD)

    assert explain(card(rule_set, FACTS), lang="zh") == CHINESE.format(digest=rule_set.digest[:12])


def test_the_card_as_plain_values():
    """Ids to strings and numbers as text, so that no digit is lost on the way through JSON."""
    rule_set = rules(RICH, categories=DAILY, **HEAD)

    found = card(rule_set, FACTS).to_dict()

    assert json.loads(json.dumps(found)) == {
        "subject": "S",
        "period": "2024",
        "as_of": "2024-12-31",
        "status": "scored",
        "total": "65.00",
        "could_reach": None,
        "waiting_for": [],
        "grade": "good",
        "stars": 2,
        "vetoes": [],
        "consequences": ["praise"],
        "place": None,
        "awards": [],
        "categories": {"c": "5.00"},
        "items": {"visits": "3.00", "hours": "2.50", "duty": "0.00"},
        "rule_set": {"id": "demo", "version": "2024-01-01", "hash": rule_set.digest},
    }


def test_a_card_shows_itself():
    """A card at the prompt says who, when, how it stands and what it came to."""
    found = card(rules(RICH, categories=DAILY, **HEAD), FACTS)

    assert repr(found) == "<Scorecard S 2024 scored 65.00 good>"


def test_untouched_items_have_nothing():
    """Every item of the rules is on the card, those without a fact with 0 or their allotment."""
    found = card(rules(RICH, categories=DAILY, **HEAD), [])

    assert {name: part.points for name, part in found.items.items()} == {"visits": 0, "hours": 0, "duty": 5}
    assert found.total == 65


def test_reasons_of_a_busy_member_stay_small():
    """Fifty facts on 110 items (row 50) make at most 5 kB of JSON."""
    items = "".join(
        f'[fact.k{no}]\namount = true\n[[item]]\nid = "A{no:02d}"\ncategory = "c"\n'
        f'title = {{ zh = "小项", en = "Item {no}" }}\n'
        f'on = "k{no}"\npoints = 0.5\nper = "amount"\ncap = {{ month = 6 }}\n'
        for no in range(110)
    )
    facts = [
        fact(f"{1 + no % 12:02d}-{1 + no % 28:02d}", "2.5", id=f"f{no}", kind=f"k{no * 2 % 110}")
        for no in range(50)
    ]

    found = card(rules(items, base="60"), facts)

    text = json.dumps(found.reason.to_json(), ensure_ascii=False, separators=(",", ":"))
    assert codes(found).count("per") == 50
    assert found.total == 60 + 50 * Decimal("1.25")
    assert len(text.encode()) <= 5_000


def test_a_fact_that_passed_on_says_whose_it_was():
    """Whoever reads why a merged unit has points sees where they came from (W29); the id stays plain."""
    rule_set = item('on = "x"\npoints = 2\nper = "amount"')
    given = [fact("03-01", 1, id="v1", passed_from="old")]

    found = card(rule_set, given)

    assert "2024-03-01 v1 (from old): 1 → 2" in explain(found)
    assert "2024-03-01 v1（来自 old）：1 → 2" in explain(found, lang="zh")
    assert "v1" in json.dumps(found.reason.to_json())
    assert "from old" not in json.dumps(found.reason.to_json())

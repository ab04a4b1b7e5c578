"""The keys of [rule_set], [[category]] and [fact.KIND]."""

from decimal import Decimal

from .select import KINDS, LATE, WHO
from .shape import key, shape
from .values import (
    AMOUNT,
    DATE,
    FILLED,
    FLAG,
    ID,
    LABEL,
    LOSS,
    POINTS,
    POSITIVE,
    RULE_SET_ID,
    SIGNED,
    TEXT,
    by_form,
    choice,
    many,
    number,
    one_or_many,
    table,
    table_of,
    whole,
)

DIRECTION = choice("half-up", "half-even", "up", "down")
FLOOR = by_form('a number of points, or "none"', number=SIGNED, text=choice("none"))
ROUND = shape(
    "round",
    ("a rounding", "取整方式"),
    key(
        "step",
        number("a number above 0, at most 1000000", above=Decimal(0), decimals=6),
        "the unit it rounds to",
        "取整到此数的整倍数",
        default="1",
    ),
    key("direction", DIRECTION, "the way it rounds", "取整方向", default='"half-up"'),
)
COUNTED = ("categories", "items", "clauses", "vetoes", "grades", "stars", "consequences", "awards")
_COUNTED_ZH = ("大项", "小项", "款", "一票否决", "等次", "星级", "结果运用", "评优")
COUNTS = shape(
    "counts",
    ("how many parts the rule set promises to have", "各部分应有的数目，与实际不符的不予受理"),
    *(
        key(name, whole(0, 2000), f"the number of {name}", f"{noun}应有的数目")
        for name, noun in zip(COUNTED, _COUNTED_ZH, strict=True)
    ),
)
ROLL_UP = shape(
    "roll_up",
    ("how scores of parts make the score of a longer period", "用各部分的得分得出更长周期的得分"),
    key(
        "into", choice("quarter", "half", "year"), "the longer period", "汇总成哪种更长的周期", required=True
    ),
    key(
        "by",
        choice("mean", "sum", "best", "last", "weights"),
        "how the parts are put together",
        "汇总方法：平均、求和、取最好、取最后、加权",
        required=True,
    ),
    key("weights", many(AMOUNT), "a weight for each part, in order", "各部分的权重，按先后"),
    key(
        "partial",
        choice("served", "all"),
        "whether parts without a score are left out or count as nothing",
        "没有得分的部分：served 不计，all 按 0 计",
        required=True,
    ),
    key(
        "least", whole(1, 12), "how many parts are needed for a grade", "定等次至少要有几个部分", default="1"
    ),
    key("round", table(ROUND), "the rounding of the result", "结果如何取整"),
)
WITHIN = choice("", "category", "organisation")
RANKING = shape(
    "ranking",
    ("how subjects are put in order", "对象如何排先后"),
    key(
        "by",
        one_or_many(TEXT),
        "what decides, one after another: total, category.ID, item.ID",
        "依次比较的内容：total、category.编号、item.编号",
        default='["total"]',
    ),
    key("ties", choice("min", "dense", "max"), "the place of equals", "并列时的名次", default='"min"'),
    key(
        "within",
        WITHIN,
        "the group that is ranked by itself",
        "按对象类别或所属单位分组排名；空为不分组",
        default='""',
    ),
)
HEAD = shape(
    "rule_set",
    ("the head of a rule set (评分办法)", "评分办法的总则"),
    key("id", RULE_SET_ID, "the rule set's id, like place/name", "办法的编号，如 地名/名称", required=True),
    key("title", LABEL, "the rule set's name", "名称", required=True),
    key("subject", KINDS, "the kind of subject that is scored, or a list", "给哪种对象评分", required=True),
    key(
        "period",
        choice("year", "half", "quarter", "month", "anniversary"),
        "the period one score covers",
        "一次评分涵盖的周期；anniversary 为从加入日起的一年",
        required=True,
    ),
    key("first_month", whole(1, 12), "the month in which the year begins", "年度从几月开始", default="1"),
    key("scale", whole(0, 6), "how many decimals points may have", "分值的小数位数", default="2"),
    key("direction", DIRECTION, "the rounding to that scale", "取整到该小数位数的方向", default='"half-up"'),
    key("effective", DATE, "the first day on which the rules hold", "施行首日", required=True),
    key("basis", FILLED, "the decision the rules rest on", "制定本办法的依据文件", required=True),
    key("source", FILLED, "where the rules were published", "在哪里可以查到", required=True),
    key(
        "illustrative",
        FLAG,
        "true: an example, not a real scheme",
        "true：仅为示例，不是真实的办法",
        default="false",
    ),
    key("rows", many(whole(1, 100000)), "rows of a source table this rule set covers", "对应的原表行号"),
    key(
        "dates",
        choice("occurred", "recorded", "decided"),
        "which date of a fact counts",
        "以事实的哪个日期为准",
        default='"occurred"',
    ),
    key("base", POINTS, "the points everyone begins with", "每人开始时的分", default="0"),
    key("cap", POINTS, "the most a total can come to", "总分最高到多少"),
    key("floor", FLOOR, "the least a total can come to", "总分最低到多少；none 为不保底", default='"none"'),
    key("round", table(ROUND), "the rounding of the total", "总分如何取整"),
    key(
        "base_for_part",
        choice("full", "months", "days"),
        "how much of the base counts for part of a period",
        "中途加入或退出的得多少基本分：全部、按月、按日",
        default='"full"',
    ),
    key(
        "late",
        table(LATE),
        "how late a fact may be entered, for every item",
        "补录期限，对没有自己期限的各款有效",
    ),
    key("who", table(WHO), "who is assessed at all", "哪些对象参加考核"),
    key("counts", table(COUNTS), "how many parts the rule set promises to have", "各部分应有的数目"),
    key("roll_up", table(ROLL_UP), "how scores make the score of a longer period", "如何汇总成更长的周期"),
    key("ranking", table(RANKING), "how subjects are put in order", "对象如何排先后"),
)
CATEGORY = shape(
    "category",
    ("a category (大项): items summed", "大项"),
    key("id", ID, "the category's id", "编号", required=True),
    key("title", LABEL, "the category's name", "名称", required=True),
    key("cap", POINTS, "the most it can come to", "大项最高到多少"),
    key("floor", LOSS, "the most it may take off, as a negative number", "大项最多扣多少，写作负数"),
    key("round", table(ROUND), "the rounding of its sum", "大项之和如何取整"),
    key("source", TEXT, "where it was published", "来源"),
    key("note", TEXT, "a remark for readers", "备注"),
)
_MOST = POSITIVE
FIELD = shape(
    "field",
    ("what an attribute of a fact may be", "事实的属性"),
    key(
        "type",
        choice("text", "number", "flag", "date"),
        "the type of its values",
        "值的类型",
        default='"text"',
    ),
    key("one_of", many(FILLED), "the texts it may be", "只允许这些文字"),
    key("most", _MOST, "the greatest number it may be", "数最大为多少", default="1000000"),
    key("required", FLAG, "whether a fact must carry it", "事实是否必须写明", default="true"),
)
FIELD_TYPE = by_form(
    "a list of texts, 'text', 'number', 'flag', 'date', or a table",
    text=choice("text", "number", "flag", "date"),
    list=many(FILLED),
    table=table(FIELD),
)
CARRIED = shape(
    "amount",
    ("the amount a fact carries", "事实的数量"),
    key("unit", TEXT, "the name of its unit", "数量的单位"),
    key("most", _MOST, "the greatest amount of one fact", "一条事实最多能写多少", default="1000000"),
)
FACT = shape(
    "fact",
    ("a kind of fact rule sets may read", "事实类别"),
    key("title", LABEL, "the name of the kind", "名称"),
    key(
        "amount",
        by_form("true, false or a table", flag=FLAG, table=table(CARRIED)),
        "whether its facts carry an amount",
        "是否带数量",
        default="false",
    ),
    key("fields", table_of(ID, FIELD_TYPE, "a table of attributes"), "its attributes", "属性"),
)

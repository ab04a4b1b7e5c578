"""The keys of a structure file: [structure], [[tree]], [[kind]], [[role]], [[trait]] and the rest."""

from .flow_places import id_and_title
from .flow_values import LISTED, NAMES, SOURCE
from .shape import Shape, key, shape
from .values import (
    FILLED,
    FLAG,
    ID,
    LABEL,
    RULE_SET_ID,
    by_form,
    choice,
    many,
    one_or_many,
    table,
    table_of,
    whole,
)

#: What the head may promise a number of, and the noun of the tables.
COUNTED = {
    "trees": "tree",
    "kinds": "kind",
    "roles": "role",
    "affiliations": "affiliation",
    "traits": "trait",
    "categories": "category",
    "catalogues": "catalogue",
}
_COUNTED_ZH = ("树", "单位类别", "角色", "隶属方式", "属性", "成员类别", "清单")
_MOST_HEADS = 1_000_000
_MOST_AGE = 150
COUNTS = shape(
    "structure counts",
    ("how many parts the structure promises to have", "各部分应有的数目，与实际不符的不予受理"),
    *(
        key(name, whole(0, 2000), f"the number of {name}", f"{noun}应有的数目")
        for name, noun in zip(COUNTED, _COUNTED_ZH, strict=True)
    ),
)
HEAD = shape(
    "structure",
    ("the head of a structure (组织架构)", "组织架构的总则"),
    key(
        "id",
        RULE_SET_ID,
        "the structure's id, like place/structure",
        "编号，如 地名/structure",
        required=True,
    ),
    key("title", LABEL, "the structure's name", "名称", required=True),
    key("source", FILLED, "where it was published", "在哪里可以查到", required=True),
    key(
        "illustrative",
        FLAG,
        "true: an example, or filled up where the source is silent",
        "true：仅为示例，或来源未写之处由编者补足",
        default="false",
    ),
    key("rows", many(whole(1, 100000)), "rows of a source table it covers", "对应的原表行号"),
    key("counts", table(COUNTS), "how many parts it promises to have", "各部分应有的数目"),
)
TREE = shape(
    "tree",
    ("one of several trees over the same units", "树：同一批单位的一种上下级关系"),
    *id_and_title("tree", zh="树的"),
    key(
        "levels",
        LISTED,
        "the kinds of unit from the top down; levels may be passed over",
        "自上而下的单位类别，可以跳级；不写时不限",
    ),
    key("each", LISTED, "the kinds of unit that must have a place in it", "哪些类别的单位必须在此树中有位置"),
    SOURCE,
)
KIND = shape(
    "kind of unit",
    ("a kind of unit", "单位类别"),
    *id_and_title("kind", zh="类别"),
    key(
        "temporary", FLAG, "true: its units must say when they end", "true：必须写明何时撤销", default="false"
    ),
    SOURCE,
)
ROLE = shape(
    "structure role",
    ("a role people hold at units", "角色、职务"),
    *id_and_title("role", zh="角色"),
    key("at", NAMES, "the kinds of unit it is held at; absent: any", "在哪些类别的单位任职；不写时不限"),
    key(
        "least",
        whole(0, _MOST_HEADS),
        "how many hold it at each such unit",
        "每个这类单位至少几人",
        default="0",
    ),
    key("most", whole(1, _MOST_HEADS), "the most who hold it at one unit", "每个单位至多几人；不写时不限"),
    key(
        "one_each", FLAG, "true: a person holds it once at a time", "true：一人同时只任一处", default="false"
    ),
    SOURCE,
)
AFFILIATION = shape(
    "affiliation",
    ("a way of belonging", "隶属方式"),
    *id_and_title("affiliation", zh="隶属方式"),
    key(
        "one_each",
        FLAG,
        "true: at most one such bond of a person at a time, per role",
        "true：同一角色同时只有一处",
        default="false",
    ),
    SOURCE,
)
TRAIT = shape(
    "trait",
    ("what is true of a unit or person for a time", "属性"),
    *id_and_title("trait", zh="属性"),
    key(
        "of",
        NAMES,
        "the kinds of unit that have it, or 'person'; absent: any",
        "哪些类别的单位或 person；不写时不限",
    ),
    key("one_of", many(FILLED), "the values it may have; absent: any text", "只允许这些取值；不写时不限"),
    key("many", FLAG, "true: several values at once", "true：可同时有多个取值", default="false"),
    key(
        "exempts",
        table_of(FILLED, choice("not_assessed", "not_graded"), "a table of values and effects"),
        "which values exempt from being judged, and how: not_assessed (no score), not_graded (no grade)",
        "哪些取值免考核：not_assessed 不计分，not_graded 计分不定等次",
    ),
    SOURCE,
)
CATEGORY = shape(
    "member category",
    (
        "when a person is in a member category; the first that fits decides",
        "成员类别；自上而下，先符合者为准",
    ),
    *id_and_title("category", zh="类别"),
    key("from_age", whole(0, _MOST_AGE), "the age it begins with, in full years", "满多少周岁起"),
    key("below_age", whole(1, _MOST_AGE), "the age it ends before", "不满多少周岁"),
    key(
        "traits",
        table_of(ID, one_or_many(FILLED), "a table of traits and their values"),
        "the traits the person has, each with one of these values",
        "须有的属性及取值（任一）",
    ),
    key("roles", NAMES, "the roles the person holds, all of them, anywhere", "须任的角色（全部）"),
    SOURCE,
)
CATALOGUE_COUNTS = shape(
    "catalogue counts",
    ("how many items the catalogue promises to have", "清单应有的项数"),
    key("items", whole(0, 2000), "the number of items", "应有多少项"),
    key("mandatory", whole(0, 2000), "the number of mandatory items", "应有多少必备项"),
)
CATALOGUE = shape(
    "catalogue",
    ("what can be offered", "服务清单"),
    *id_and_title("catalogue", zh="清单"),
    key("trait", ID, "the trait whose value is the item offered", "以哪个属性登记所提供的项", required=True),
    key(
        "of",
        NAMES,
        "the kinds of unit that offer it, or 'person'; absent: any",
        "由哪些类别的单位提供；不写时不限",
    ),
    key(
        "items",
        by_form(
            "a list of ids, or a table of ids and titles", list=LISTED, table=table_of(ID, LABEL, "a table")
        ),
        "its items",
        "各项的编号，或编号与名称",
    ),
    key("mandatory", LISTED, "the items every such unit must offer", "每个单位必须提供的项"),
    key(
        "open",
        FLAG,
        "true: a unit may offer what is not listed",
        "true：可提供清单以外的项（7+X 的 X）",
        default="false",
    ),
    key("counts", table(CATALOGUE_COUNTS), "how many items it promises to have", "应有的项数"),
    SOURCE,
)
CUTOFF = shape(
    "cutoff",
    ("who assesses somebody who moved within the year", "年中调动由谁考核"),
    key("month", whole(1, 12), "the month of the last day", "截止日的月", required=True),
    key("day", whole(1, 31), "the last day on which a move counts for the new unit", "截止日", required=True),
    key("tree", ID, "the tree in which both units lie", "在哪棵树中看两个单位", required=True),
    key(
        "within",
        ID,
        "the kind of unit inside which the last unit assesses",
        "在同一哪类单位之内调动的由最后单位考核",
        required=True,
    ),
    SOURCE,
)
#: The tables that come in lists.
NOUNS: dict[str, Shape] = {
    "tree": TREE,
    "kind": KIND,
    "role": ROLE,
    "affiliation": AFFILIATION,
    "trait": TRAIT,
    "category": CATEGORY,
    "catalogue": CATALOGUE,
}
STRUCTURE_FILE = shape(
    "structure file",
    ("a structure file", "组织架构文件"),
    key("structure", table(HEAD), "the head of the structure", "总则", required=True),
    *(key(noun, many(table(shape_)), shape_.meaning.en, shape_.meaning.zh) for noun, shape_ in NOUNS.items()),
    key("cutoff", table(CUTOFF), "who assesses somebody who moved within the year", "年中调动由谁考核"),
)

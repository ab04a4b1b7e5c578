"""The keys of a ledger file: [ledger], [[asset]], [[account]], [[move]], [[expiry]] and [[case]]."""

import re
from decimal import Decimal
from typing import Any

from ...ledger.rules import ENDINGS, LIMIT_SPANS, MOVE_KINDS, OWNERS
from ..report import Path, Report, quoted
from .flow_places import id_and_title
from .flow_values import LISTED, SOURCE, TRUE
from .head import FACT
from .select import WHERE
from .shape import BAD, Key, Type, key, shape, wrong
from .values import (
    ANY_NUMBER,
    DATE,
    FILLED,
    FLAG,
    ID,
    LABEL,
    MOST_POINTS,
    RULE_SET_ID,
    TEXT,
    as_read,
    by_form,
    choice,
    many,
    number,
    table,
    table_of,
    whole,
)

_KIND = r"[A-Za-z][A-Za-z0-9_-]{0,63}"
_ACCOUNT = re.compile(rf"{_KIND}(?::[A-Za-z0-9_-]{{1,64}})?")
_WHOLE_ACCOUNT = re.compile(rf"{_KIND}:\S.{{0,200}}")
_PLACE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_POSITIVE = number("a number above 0, at most 1000000", above=Decimal(0))
_BOUND = by_form('a number, or "none"', number=ANY_NUMBER, text=choice("none"))


def _matching(words: str, pattern: "re.Pattern[str]") -> Type:
    def read(value: Any, path: Path, report: Report) -> Any:
        if not isinstance(value, str):
            return wrong(value, path, report, words)
        if not pattern.fullmatch(value):
            report.add("bad-id", path, f"{quoted(value)} is not {words}")
            return BAD
        return value

    return as_read(words, read)


ACCOUNT_END = _matching("an account kind like 'points', or a place like 'pool:donation'", _ACCOUNT)
ACCOUNT_NAME = _matching("an account like 'points:M-1'", _WHOLE_ACCOUNT)
PLACE_NAME = _matching("the name of a place, of letters, digits, '_' and '-'", _PLACE)
VALIDITY: tuple[Key, ...] = (
    key("since", DATE, "the first day of this version; absent: always", "本条施行首日"),
    key("until", DATE, "the last day of this version; absent: open", "本条施行末日"),
)

LEDGER = shape(
    "ledger",
    ("the head of the account rules (账户规则)", "账户规则的总则"),
    key("id", RULE_SET_ID, "the rules' id, like place/name", "编号，如 地名/名称", required=True),
    key("title", LABEL, "the rules' name", "名称", required=True),
    key("basis", TEXT, "the decision they rest on", "依据文件"),
    key("source", FILLED, "where they were published", "在哪里可以查到", required=True),
    key(
        "illustrative",
        FLAG,
        "true: an example, not a real scheme",
        "true：仅为示例，不是真实的办法",
        default="false",
    ),
    key("rows", many(whole(1, 100000)), "rows of a source table they cover", "对应的原表行号"),
    key("first_month", whole(1, 12), "the month its years begin in", "年度从几月开始", default="1"),
)
ASSET = shape(
    "asset",
    ("what is kept in accounts", "账户资产"),
    *id_and_title("asset", zh="资产"),
    key("unit", TEXT, "the name of its unit", "单位"),
    key("scale", whole(0, 4), "the decimals an amount may have", "可有几位小数", default="0"),
    SOURCE,
)
ACCOUNT = shape(
    "account",
    ("a kind of account: each owner has one", "账户种类，每位账户所有人各有一个"),
    *id_and_title("account", zh="账户"),
    key("owner", choice(*OWNERS), "who it belongs to", "账户所有人的种类", required=True),
    key("asset", ID, "what it holds", "所存资产", required=True),
    key(
        "places",
        many(PLACE_NAME),
        'the places there are, for owner = "place"',
        "处所名称（owner 为 place 时）",
    ),
    key(
        "least",
        _BOUND,
        'the least it may hold, or "none"',
        "余额下限；none 为不限",
        default='0, for places "none"',
    ),
    key("most", _BOUND, 'the most it may hold, or "none"', "余额上限；none 为不限", default='"none"'),
    key(
        "overflow",
        ACCOUNT_END,
        "the place for what does not fit; absent: it is refused",
        "超出上限的部分转入何处；不写则不予入账",
    ),
    key("only", LISTED, "the moves that may take from it; absent: all", "只有哪些事项可从中支出"),
    SOURCE,
    *VALIDITY,
)
NEED = shape(
    "need",
    ("what an account of the owner must have", "前提"),
    key("account", ID, "the account kind", "账户种类", required=True),
    key("at_least", ANY_NUMBER, "how much at least", "至少多少", required=True),
    key(
        "counts",
        choice("balance", "lifetime"),
        "whether the balance counts or all that was ever earned",
        "按余额还是按累计所得",
        default='"balance"',
    ),
)
ALSO = shape(
    "also",
    ("what moves along in the same entry", "同一分录中一并变动的"),
    key("from", ACCOUNT_END, "the account it is taken from", "从哪个账户", required=True),
    key("to", ACCOUNT_END, "the account it goes to", "到哪个账户", required=True),
    key("rate", _POSITIVE, "so much for each unit moved", "每移动一个单位，随之多少"),
    key("amount", _POSITIVE, "always so much", "固定多少"),
    key("all", TRUE, "true: all that is there", "true：全部余额"),
    key(
        "other",
        FLAG,
        "true: of the other party, not the owner",
        "true：属于对方而非账户所有人",
        default="false",
    ),
    exactly_one=(("rate", "amount", "all"),),
)
_SPAN = choice(*LIMIT_SPANS)
MOVE = shape(
    "move",
    ("a kind of entry: from one account to another", "记账事项"),
    *id_and_title("move", zh="事项"),
    key("kind", choice(*MOVE_KINDS), "what it is", "事项的性质", required=True),
    key("from", ACCOUNT_END, "the account it is taken from", "从哪个账户", required=True),
    key("to", ACCOUNT_END, "the account it goes to", "到哪个账户", required=True),
    key("amount", _POSITIVE, "always so much", "固定数额"),
    key("all", TRUE, "true: all that is there", "true：全部余额"),
    key("least", _POSITIVE, "the least of one entry", "一笔至少多少"),
    key("most", _POSITIVE, "the most of one entry", "一笔至多多少"),
    key("multiple", _POSITIVE, "it is a whole multiple of this", "须为其整倍数"),
    key(
        "short",
        choice("refuse", "rest"),
        "what happens if less is there: refuse, or take the rest",
        "余额不足时：不予入账，或取尽为止",
        default='"refuse"',
    ),
    key("times", table_of(_SPAN, whole(1, 10000), "a table like { quarter = 1 }"), "how often", "次数上限"),
    key("total", table_of(_SPAN, _POSITIVE, "a table like { month = 20 }"), "how much in all", "总额上限"),
    key("needs", many(table(NEED)), "what the owner must have before", "账户所有人事先须有"),
    key("when", many(FILLED), "one of these must hold of a party", "当事人须有其中一种身份"),
    key("not_while", many(FILLED), "deferred while one of these holds", "有其中一种情形时暂缓"),
    key("evidence", FLAG, "true: its evidence must be named", "true：须写明凭证", default="false"),
    key("also", many(table(ALSO)), "what moves along", "一并变动"),
    key("fact", ID, "the kind of fact that makes such entries", "由哪类事实产生"),
    key("where", WHERE, "which of these facts, by attributes", "哪些事实，按属性"),
    key(
        "rate",
        number("a number above 0, at most 1000000", above=Decimal(0), most=MOST_POINTS),
        "so much for each unit of the fact",
        "事实的数量乘以多少",
        default="1",
    ),
    SOURCE,
    *VALIDITY,
    at_most_one=(("amount", "all"),),
)
EXPIRY = shape(
    "expiry",
    ("when what came into an account ends", "到期清零"),
    *id_and_title("expiry", zh="清零"),
    key("account", ID, "the account kind", "账户种类", required=True),
    key(
        "ends",
        choice(*ENDINGS),
        "with what it ends: a calendar period, months after it came in, the owner's year, or never",
        "何时清零：日历周期末、入账若干月后、入会周年、从不",
        required=True,
    ),
    key("months", whole(1, 1200), 'so many months, for ends = "months"', "若干月（ends 为 months 时）"),
    key("to", ACCOUNT_END, "the place it goes to", "转入何处"),
    SOURCE,
    *VALIDITY,
)
STEP = shape(
    "step",
    ("a step of a golden case", "算例的一步"),
    key("move", ID, "the move", "事项"),
    key("reverse", FILLED, "the id of the entry that is taken back", "冲正哪笔分录"),
    key("expire", TRUE, "true: book out what has ended", "true：办理到期清零"),
    key("on", DATE, "the day", "日期", required=True),
    key("owner", FILLED, "whose account", "账户所有人"),
    key("other", FILLED, "the other party", "对方"),
    key("amount", ANY_NUMBER, "how much", "数额"),
    key("id", FILLED, "the entry's id", "编号", default='"step-N"'),
    key("standing", many(FILLED), "what holds of the parties", "当事人的身份和情形"),
    key("evidence", FILLED, "the record it rests on", "凭证"),
    key("refused", LISTED, "the codes it is refused with", "应以哪些理由不予入账"),
    exactly_one=(("move", "reverse", "expire"),),
)
_AMOUNTS = table_of(ACCOUNT_NAME, ANY_NUMBER, 'a table like { "points:A" = 5 }')
LEDGER_CASE = shape(
    "ledger case",
    ("a golden case: steps, and the exact balances they lead to", "算例"),
    key("title", FILLED, "the case's name", "名称", required=True),
    key("steps", many(table(STEP)), "what is booked, in order", "依次入账的内容", required=True),
    key("expect", _AMOUNTS, "the balances at the end", "期末余额", required=True),
    key("lifetime", _AMOUNTS, "what was ever earned", "累计所得"),
    key(
        "joined",
        table_of(FILLED, DATE, "a table of owners and days"),
        "the owners' first days of belonging",
        "账户所有人的入会日",
    ),
)
LEDGER_NOUNS = {"asset": ASSET, "account": ACCOUNT, "move": MOVE, "expiry": EXPIRY, "case": LEDGER_CASE}
LEDGER_FILE = shape(
    "ledger file",
    ("a file of account rules", "账户规则文件"),
    key("ledger", table(LEDGER), "the head of the rules", "总则", required=True),
    key("fact", table_of(ID, table(FACT), "tables like [fact.shift]"), "the kinds of fact", "事实类别"),
    *(
        key(noun, many(table(shape_)), shape_.meaning.en, shape_.meaning.zh)
        for noun, shape_ in LEDGER_NOUNS.items()
    ),
)

"""The sentences that explain how far a promise has come, in English and 中文."""

import attrs

from ..basics import Label
from ..reasons import Template


def _t(names: str, en: str, zh: str) -> Template:
    return Template(tuple(names.split()), en, zh)


#: How the words for where a promise stands are said.
STATUS_WORDS = {
    "not-started": Label("未启动", "not started"),
    "on-track": Label("按期推进", "on track"),
    "behind": Label("进度滞后", "behind"),
    "done": Label("已兑现", "kept"),
    "done-late": Label("逾期兑现", "kept late"),
    "missed": Label("未兑现", "not kept"),
    "withdrawn": Label("已撤回", "withdrawn"),
    "met": Label("按期达到", "met"),
    "late": Label("逾期达到", "met late"),
    "open": Label("未到期", "still open"),
}
STATUS_WORDS = {code: attrs.evolve(word, code=code) for code, word in STATUS_WORDS.items()}
#: Said where a level was never reported.
NO_VALUE = Label("无", "nothing", "none")

SENTENCES: dict[str, Template] = {
    "status": _t(
        "id title status on", "{id} {title}, on {on}: {status}", "{id} {title}，截至 {on}：{status}"
    ),
    "at-least": _t(
        "actual target due",
        "{actual} of at least {target} reached, due on {due}",
        "已完成 {actual}，目标不少于 {target}，期限 {due}",
    ),
    "at-most": _t(
        "actual target due",
        "{actual}, and at most {target} allowed, up to {due}",
        "实际 {actual}，承诺不超过 {target}，截至 {due}",
    ),
    "percent": _t("percent", "that is {percent} %", "完成率 {percent}%"),
    "reached": _t("day", "reached on {day}", "于 {day} 达到"),
    "broken": _t("day", "broken on {day}", "于 {day} 违背"),
    "expected": _t("expected", "by now {expected} should be reached", "按进度此时应完成 {expected}"),
    "milestone": _t(
        "on target status", "milestone {on}, {target}: {status}", "节点 {on}，应达 {target}：{status}"
    ),
    "part": _t(
        "name actual target status",
        "part {name}: {actual} of {target}, {status}",
        "分项 {name}：{actual}/{target}，{status}",
    ),
    "withdrawn": _t("on basis", "withdrawn on {on} by: {basis}", "于 {on} 撤回，依据：{basis}"),
    "changed": _t(
        "since basis",
        "the version in force since {since} rests on: {basis}",
        "现行版本自 {since} 起，依据：{basis}",
    ),
    "first": _t(
        "target due status percent",
        "first promised: {target} by {due}; against that: {status}, {percent} %",
        "最初承诺：{due} 前完成 {target}；以此衡量：{status}，{percent}%",
    ),
    "counted": _t(
        "number first last",
        "facts that count: {number}, of {first} to {last}",
        "计入 {number} 条记录，{first} 至 {last}",
    ),
    "nothing-counted": _t("", "no fact counts", "没有可以计入的记录"),
    "reversed": _t("fact on by", "{fact} of {on} was taken back by {by}", "{on} 的 {fact} 已被 {by} 冲销"),
    "undecided": _t("fact on by", "{fact} of {on} is not decided yet", "{on} 的 {fact} 尚未认定"),
    "too-early": _t(
        "number begun",
        "facts before {begun}, when the promise began: {number}",
        "早于承诺起始日 {begun} 的记录：{number} 条",
    ),
    "no-evidence": _t("fact on by", "{fact} of {on} shows no evidence", "{on} 的 {fact} 没有佐证材料"),
    "no-proof": _t("fact on by", "{fact} of {on} lacks: {by}", "{on} 的 {fact} 缺少：{by}"),
    "unconfirmed": _t("fact on by", "{fact} of {on} was not confirmed", "{on} 的 {fact} 未经确认"),
    "own-confirmation": _t(
        "fact on by",
        "{fact} of {on} was confirmed by somebody who promised, answers for or recorded it",
        "{on} 的 {fact} 由承诺人、责任人或记录人自己确认，不计",
    ),
    "wrong-confirmer": _t(
        "fact on by",
        "{fact} of {on} was confirmed by somebody who is not asked to",
        "{on} 的 {fact} 的确认人不在指定之列",
    ),
    "evidence-again": _t(
        "fact on by",
        "{fact} of {on} shows the evidence of {by} again",
        "{on} 的 {fact} 重复使用了 {by} 的佐证",
    ),
}

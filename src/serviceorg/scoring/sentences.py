"""The sentences of scoring reasons, in English and 中文."""

import attrs

from ..basics import Label
from ..reasons import Template


def _t(names: str, en: str, zh: str) -> Template:
    return Template(tuple(names.split()), en, zh)


#: How spans and policies are said.
SPAN_WORDS = {
    "day": Label("每日", "day"),
    "week": Label("每周", "week"),
    "month": Label("每月", "month"),
    "quarter": Label("每季度", "quarter"),
    "half": Label("每半年", "half"),
    "year": Label("每年", "year"),
    "period": Label("本考核周期", "period"),
}
WORDS = {
    "zero": Label("计零分", "zero"),
    "pending": Label("待定", "pending"),
    "full": Label("计满分", "full"),
    "reweigh": Label("重新分配权重", "reweigh"),
    "best": Label("最高的", "best"),
    "worst": Label("最低的", "worst"),
    "first": Label("最早的", "first"),
    "last": Label("最近的", "last"),
    "recorded": Label("录入", "recorded"),
    "decided": Label("审定", "decided"),
    "scored": Label("已计分", "scored"),
    "not_assessed": Label("不参加考核", "not assessed"),
    "not_graded": Label("不定等次", "not graded"),
    "awarded": Label("直接评定", "awarded"),
    "exempt": Label("免考核", "exempt"),
    "exempt from grades": Label("免定等次", "exempt from grades"),
    "not among those assessed": Label("不在考核对象之列", "not among those assessed"),
    "did not belong in this period": Label("本周期内不属于本单位", "did not belong in this period"),
    "no part of the period was assessed": Label("各部分均未参加考核", "no part of the period was assessed"),
}
WORDS |= SPAN_WORDS
WORDS = {code: attrs.evolve(word, code=code) for code, word in WORDS.items()}
SPAN_WORDS = {code: WORDS[code] for code in SPAN_WORDS}


def worded(text: str) -> Label | str:
    """Return a word of the engine in both languages; anything else (a reason people wrote) as it is."""
    return WORDS.get(text, text)


#: Every code a scorecard's reason may have.
SENTENCES: dict[str, Template] = {
    "total": _t(
        "subject period total", "{subject}, {period}: {total} points", "{subject}，{period}：{total} 分"
    ),
    "pending": _t(
        "subject period total reach",
        "{subject}, {period}: {total} points so far, at most {reach}; answers are missing",
        "{subject}，{period}：目前 {total} 分，最高可达 {reach} 分；尚缺评价结果",
    ),
    "not_assessed": _t(
        "subject period why",
        "{subject}, {period}: not assessed: {why}",
        "{subject}，{period}：不参加考核：{why}",
    ),
    "not_graded": _t("why", "no grade: {why}", "不定等次：{why}"),
    "awarded": _t("grade", "grade {grade} given directly, without scoring", "直接评定为 {grade}，不经计分"),
    "rules": _t(
        "id version digest",
        "rules {id}, version of {version}, content {digest}",
        "依据 {id}，{version} 起施行的版本，内容校验 {digest}",
    ),
    "base": _t("points", "base: {points}", "基本分：{points}"),
    "part-base": _t(
        "unit served whole points",
        "base for {served} of {whole} {unit}: {points}",
        "按 {whole} 中的 {served}（{unit}）折算基本分：{points}",
    ),
    "category": _t("id title points", "{id} {title}: {points}", "{id} {title}：{points}"),
    "item": _t("id title points", "{id} {title}: {points}", "{id} {title}：{points}"),
    "allotment": _t("points", "allotment: {points}", "起始分值：{points}"),
    "event": _t("on fact points", "{on} {fact}: {points}", "{on} {fact}：{points}"),
    "per": _t(
        "on fact quantity points", "{on} {fact}: {quantity} → {points}", "{on} {fact}：{quantity} → {points}"
    ),
    "value": _t(
        "day value count points",
        "to {day}: {value} from {count} facts → {points}",
        "截至 {day}：{count} 条记录，{value} → {points}",
    ),
    "group": _t(
        "group count mark weight",
        "group {group}: {count} valid, mark {mark}, weight {weight}",
        "{group} 组：有效 {count} 票，均分 {mark}，权重 {weight}",
    ),
    "missing": _t(
        "day policy",
        "to {day}: no answer; the rule says: {policy}",
        "截至 {day}：无结果；按规则处理：{policy}",
    ),
    "cap": _t(
        "span cell before cap lost",
        "{span} cap {cap} ({cell}): {before} becomes {cap}, −{lost}",
        "{span}上限 {cap} 分（{cell}）：{before} 计为 {cap}，少计 {lost}",
    ),
    "cap-period": _t(
        "before cap lost",
        "cap of the period {cap}: {before} becomes {cap}, −{lost}",
        "本考核周期上限 {cap} 分：{before} 计为 {cap}，少计 {lost}",
    ),
    "ceiling": _t(
        "before cap", "at most {cap}: {before} becomes {cap}", "上限 {cap} 分：{before} 计为 {cap}"
    ),
    "floor": _t(
        "before floor", "at least {floor}: {before} becomes {floor}", "下限 {floor} 分：{before} 计为 {floor}"
    ),
    "round": _t("before after", "rounded: {before} becomes {after}", "取整：{before} 计为 {after}"),
    "reweighed": _t(
        "items before after",
        "without {items}, weighed anew: {before} becomes {after}",
        "{items} 无结果，重新分配权重：{before} 计为 {after}",
    ),
    "veto": _t(
        "id title fact on ends",
        "veto {id} {title}: {fact} of {on}, until {ends}",
        "一票否决 {id} {title}：{on} {fact}，至 {ends}",
    ),
    "vetoed": _t("before", "vetoed: {before} becomes 0", "一票否决：{before} 计为 0"),
    "grade": _t("id title", "grade: {title} ({id})", "等次：{title}（{id}）"),
    "star": _t("level", "stars: {level}", "星级：{level}"),
    "needs": _t("band what", "not {band}: {what} not met", "未达 {band}：{what} 不满足"),
    "quota": _t("band", "not {band}: its share is used up", "未评 {band}：名额已满"),
    "part": _t("period points status", "{period}: {points} ({status})", "{period}：{points}（{status}）"),
    "place": _t("place", "place {place}", "第 {place} 名"),
    "refused-times": _t(
        "on fact span",
        "{on} {fact} not counted: often enough this {span}",
        "{on} {fact} 不计：{span}次数已满",
    ),
    "refused-same": _t(
        "on fact what",
        "{on} {fact} not counted: one of the same {what} counts already",
        "{on} {fact} 不计：同一{what}已计",
    ),
    "refused-category": _t(
        "on fact category",
        "{on} {fact} not counted: not for category {category!r}",
        "{on} {fact} 不计：不适用于类别 {category!r}",
    ),
    "refused-kind": _t(
        "on fact kind", "{on} {fact} not counted: not for a {kind}", "{on} {fact} 不计：不适用于 {kind}"
    ),
    "refused-late": _t(
        "on fact by", "{on} {fact} not counted: {by} too late", "{on} {fact} 不计：补录超期（{by}）"
    ),
    "refused-gate": _t(
        "on fact kind",
        "{on} {fact} not counted: {kind} in the time before",
        "{on} {fact} 不计：此前期间有 {kind}",
    ),
    "refused-take": _t(
        "on fact take",
        "{on} {fact} not counted: only the {take} one does",
        "{on} {fact} 不计：只取 {take} 一项",
    ),
    "refused-cleared": _t("on fact day", "{on} {fact} not counted: cleared", "{on} {fact} 不计：已清零"),
    "refused-void": _t(
        "on fact why", "{on} {fact} not counted: void ballot ({why})", "{on} {fact} 不计：无效票（{why}）"
    ),
    "reversed": _t(
        "on fact by", "{on} {fact} not counted: reversed by {by}", "{on} {fact} 不计：已由 {by} 冲销"
    ),
    "unknown-then": _t(
        "on fact recorded",
        "{on} {fact} not counted: recorded only on {recorded}",
        "{on} {fact} 不计：{recorded} 才录入",
    ),
    "outside": _t(
        "on fact", "{on} {fact} not counted: did not belong on that day", "{on} {fact} 不计：当日不属于本单位"
    ),
    "too-early": _t(
        "on fact since",
        "{on} {fact} not counted: the rules hold from {since} on",
        "{on} {fact} 不计：评分办法自 {since} 起施行",
    ),
    "elsewhere": _t(
        "count", "facts of other periods, not looked at: {count}", "另有 {count} 条其他周期的记录，不在此计"
    ),
    "unread": _t(
        "kind count",
        "facts of kind {kind}, which no item reads: {count}",
        "{kind} 类记录 {count} 条：无小项使用",
    ),
    "consequence": _t("id title", "follows: {title} ({id})", "结果运用：{title}（{id}）"),
}

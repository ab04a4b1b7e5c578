"""The sentences of matching reasons, in English and 中文."""

from collections.abc import Iterable

import attrs

from ..basics import Label
from ..reasons import Template
from .windows import Window


def _t(names: str, en: str, zh: str) -> Template:
    return Template(tuple(names.split()), en, zh)


WORDS = {
    "waiting": Label("待定", "waiting"),
    "claimed": Label("已认领", "claimed"),
    "agreed": Label("已约定", "agreed"),
    "fulfilled": Label("已兑现", "fulfilled"),
    "refused": Label("未受理", "refused"),
    "declined": Label("已谢绝", "declined"),
    "withdrawn": Label("已撤回", "withdrawn"),
    "expired": Label("已过期", "expired"),
    "open": Label("待认领", "open"),
    "partly": Label("部分认领", "partly claimed"),
    "agree": Label("同意", "agree"),
    "decline": Label("谢绝", "decline"),
    "withdraw": Label("撤回", "withdraw"),
    "fulfil": Label("确认兑现", "confirm as fulfilled"),
    "met": Label("满足的需求数", "needs met"),
    "first": Label("定额优先对象之后的位次合计", "places behind what quotas take first"),
    "least": Label("低于最低数的差额（平方除以定额）", "what is missing to the least (squared, by number)"),
    "deviation": Label("与定额之差（平方除以定额）", "differences from the quotas (squared, by number)"),
    "even": Label("承担数的平方和", "sum of squared loads"),
    "distance": Label("距离合计", "distance in all"),
    "continuity": Label("未延续的结对数", "former pairs not kept"),
    "earliest": Label("未满足需求的等待天数", "days waited by needs not met"),
    "greedy": Label("逐一安排", "one after another"),
    "optimal": Label("整体最优", "the best there is"),
}
WORDS = {code: attrs.evolve(word, code=code) for code, word in WORDS.items()}


def named(name: str, title: Label) -> Label | str:
    """Return what something is called: its title, or its id where it has none."""
    return title if title.zh or title.en else name


def worded(text: str) -> Label | str:
    """Return a word of the engine in both languages; anything else as it is."""
    return WORDS.get(text, text)


def in_hours(windows: Iterable[Window]) -> Label:
    """Return windows in words of both languages; none is always."""
    shown = tuple(windows) or (Window(),)
    zh, en = (
        separator.join(one.in_(lang) for one in shown) for lang, separator in (("zh", "；"), ("en", "; "))
    )
    return Label(zh, en)


#: Why a need and an offer are kept apart, and why a claim or response has no effect.
REFUSALS: dict[str, Template] = {
    "not-listed": _t("listing on", "{listing} is not on the list on {on}", "{listing} 在 {on} 不在清单上"),
    "own-need": _t("who", "{who} would answer their own need", "{who} 不能认领自己的需求"),
    "other-kind": _t(
        "kind kinds condition",
        "a need of kind {kind}, but the offer is of {kinds} [{condition}]",
        "需求类别为 {kind}，而资源类别为 {kinds} [{condition}]",
    ),
    "area-not-covered": _t(
        "area covered condition",
        "the need is at {area}, and the offer is for {covered} alone [{condition}]",
        "需求在 {area}，而资源只面向 {covered} [{condition}]",
    ),
    "hours-too-short": _t(
        "shared least hours condition",
        "{shared} minutes in common, at least {least} are asked for; the offer is open {hours} [{condition}]",
        "共同时段最长 {shared} 分钟，至少须 {least} 分钟；资源开放时段为 {hours} [{condition}]",
    ),
    "no-common-hours": _t(
        "hours", "no hours in common; the offer is open {hours}", "没有共同时段；资源开放时段为 {hours}"
    ),
    "says-nothing": _t(
        "listing name condition",
        "{listing} says nothing of {name}, which must be known [{condition}]",
        "{listing} 未写明 {name}，而此项必须写明 [{condition}]",
    ),
    "nothing-shared": _t(
        "name wanted held condition",
        "{name}: the need has {wanted}, the offer {held} [{condition}]",
        "{name}：需求为 {wanted}，资源为 {held} [{condition}]",
    ),
    "lacks": _t(
        "name missing condition",
        "{name}: the offer lacks {missing} [{condition}]",
        "{name}：资源缺少 {missing} [{condition}]",
    ),
    "same-on-both": _t(
        "name values condition",
        "{name} is {values} on both sides: a conflict of interest [{condition}]",
        "双方的 {name} 同为 {values}，须回避 [{condition}]",
    ),
    "not-one-of": _t(
        "listing name found allowed condition",
        "{name} of {listing} is {found}; allowed is {allowed} [{condition}]",
        "{listing} 的 {name} 为 {found}，只允许 {allowed} [{condition}]",
    ),
    "used-up": _t(
        "offer wanted left whole",
        "{offer} has {left} of {whole} left, and {wanted} is asked for",
        "{offer} 共 {whole}，尚余 {left}，而所求为 {wanted}",
    ),
    "quota-full": _t(
        "offer load quota",
        "{offer} serves {load}, the most of quota {quota}",
        "{offer} 已承担 {load} 项，达到定额 {quota} 的上限",
    ),
    "booked-twice": _t(
        "who need offer",
        "{who} is bound at that time already, by {need} with {offer}",
        "{who} 该时段已有安排（{need} 与 {offer}）",
    ),
    "not-yours": _t(
        "who listing", "{listing} is not {who}'s to claim with", "{listing} 不属于 {who}，不能以此认领"
    ),
    "listing-withdrawn": _t("listing", "{listing} was withdrawn", "{listing} 已撤回"),
    "need-taken": _t(
        "need wanted left",
        "{left} of {need} is still open, and {wanted} is asked for",
        "{need} 尚余 {left} 未被认领，而所求为 {wanted}",
    ),
    "hours-outside": _t(
        "asked hours",
        "the hours {asked} are not wholly within those both have: {hours}",
        "所求时段 {asked} 不全在双方共有的时段内：{hours}",
    ),
    "entered-late": _t(
        "at latest",
        "entered for {at}, but the board knows of {latest}; a claim is entered in its order",
        "登记时间为 {at}，而公示板已记到 {latest}；认领须按先后登记",
    ),
    "no-longer": _t(
        "answer listing state",
        "{answer}: not possible, {listing} is {state}",
        "不能{answer}：{listing} 现为{state}",
    ),
    "not-for-you": _t(
        "who answer listing", "{who} may not {answer} on {listing}", "{who} 无权对 {listing} {answer}"
    ),
    "only-withdraw": _t(
        "listing answer",
        "{listing} can only be withdrawn, and once; found: {answer}",
        "{listing} 只能撤回，且只能撤回一次；所见为：{answer}",
    ),
}
REMEDIES: dict[str, Template] = {
    "ask-hours": _t("hours", "ask for hours within {hours}", "可改为 {hours} 之内的时段"),
    "ask-less": _t("left", "ask for {left} at most", "可改为至多 {left}"),
    "other-needs": _t("needs", "other needs that suit: {needs}", "其他合适的需求：{needs}"),
    "other-offers": _t("offers", "other offers that suit: {offers}", "其他合适的资源：{offers}"),
}
STANDINGS: dict[str, Template] = {
    "waiting": _t(
        "claim", "{claim} is decided when claims are no longer collected", "{claim} 待认领收集期满后一并确定"
    ),
    "claimed": _t(
        "claim need offer quantity",
        "{claim}: {quantity} of {need} claimed with {offer}",
        "{claim}：以 {offer} 认领 {need}，数量 {quantity}",
    ),
    "binding": _t(
        "claim need offer",
        "{claim}: {need} claimed with {offer}, which binds at once",
        "{claim}：以 {offer} 认领 {need}，认领即生效",
    ),
    "agreed": _t("claim who on", "{claim}: agreed by {who} on {on}", "{claim}：{who} 于 {on} 同意"),
    "declined": _t("claim who on", "{claim}: declined by {who} on {on}", "{claim}：{who} 于 {on} 谢绝"),
    "withdrawn": _t("claim who on", "{claim}: withdrawn by {who} on {on}", "{claim}：{who} 于 {on} 撤回"),
    "fulfilled": _t(
        "claim who on",
        "{claim}: confirmed as fulfilled by {who} on {on}",
        "{claim}：{who} 于 {on} 确认已兑现",
    ),
    "expired": _t("claim on", "{claim}: nobody agreed by {on}", "{claim}：至 {on} 无人同意，已过期"),
    "claim-refused": _t("claim", "{claim} was refused", "{claim} 未受理"),
}
ANSWERS: dict[str, Template] = {
    "assignment": _t(
        "rules on solver met needs",
        "{rules}, {on}, {solver}: needs met: {met} of {needs}",
        "{rules}，{on}，{solver}：{needs} 项需求中满足 {met} 项",
    ),
    "aim": _t("aim value", "{aim}: {value}", "{aim}：{value}"),
    "unmet-of-class": _t(
        "class value", "needs of class {class} not met: {value}", "优先类别 {class} 未满足的需求：{value}"
    ),
    "quota": _t(
        "quota offers needs fewest largest mean",
        "quota {quota}: offers {offers}, needs {needs}, {fewest} to {largest} each, {mean} on average",
        "定额 {quota}：{offers} 方承担 {needs} 项，每方 {fewest} 至 {largest} 项，平均 {mean} 项",
    ),
    "no-quota": _t(
        "offers needs",
        "offers in no quota: {offers}, needs: {needs}; see that their attributes are written as in the rules",
        "不属于任何定额的资源：{offers} 方，承担 {needs} 项；请核对其属性是否与规则用词一致",
    ),
    "off-quota": _t(
        "short beyond",
        "below the number: {short}, above it: {beyond}",
        "不足的 {short} 方，超出的 {beyond} 方",
    ),
    "joined": _t("need offer", "{need} goes to {offer}", "{need} 由 {offer} 承担"),
    "fixed-pair": _t("", "agreed before and kept", "此前已约定，予以保留"),
    "fixed-against": _t(
        "", "agreed before and kept, although the rules would part them", "此前已约定，虽不合规则，仍予保留"
    ),
    "of-class": _t("class", "the need is of class {class}", "该需求属于优先类别 {class}"),
    "taken-first": _t(
        "quota class", "quota {quota} takes class {class} first", "定额 {quota} 优先承担类别 {class}"
    ),
    "carries": _t(
        "offer load quota number",
        "{offer} carries {load}; quota {quota}: {number}",
        "{offer} 共承担 {load} 项；定额 {quota}：{number}",
    ),
    "so-far": _t("distance", "at a distance of {distance}", "距离 {distance}"),
    "kept": _t("offer", "as last time", "延续上次结对"),
    "not-kept": _t("offer", "last time with {offer}", "上次由 {offer} 承担"),
    "suiting": _t(
        "suiting offers", "offers that suit: {suiting} of {offers}", "{offers} 方资源中有 {suiting} 方合适"
    ),
    "instead": _t(
        "offer load changes",
        "with {offer}, which carries {load}, the aims would change by: {changes}",
        "若改由 {offer}（现承担 {load} 项）承担，各目标的变化为：{changes}",
    ),
    "apart": _t("offer", "{offer} does not suit", "{offer} 不合适"),
    "unmet": _t("need", "{need} is met by nobody", "{need} 无人承担"),
    "nobody-suits": _t("offers", "no offer suits, of {offers}", "{offers} 方资源均不合适"),
    "all-full": _t(
        "suiting",
        "offers that suit: {suiting}, and none has room",
        "有 {suiting} 方合适，但均无余量",
    ),
    "full": _t("offer load", "{offer} is full with {load}", "{offer} 已承担 {load} 项，无余量"),
    "self-arranged": _t(
        "offer quota", "{offer} arranges itself (quota {quota})", "{offer} 自行安排（定额 {quota}）"
    ),
    "offer": _t(
        "offer load quota", "{offer}: needs {load}, quota {quota}", "{offer}：承担 {load} 项，定额 {quota}"
    ),
    "serves": _t("needs", "joined to {needs}", "承担：{needs}"),
    "idle": _t(
        "suiting", "needs that suit: {suiting}; none was left for it", "合适的需求有 {suiting} 项，均未轮到"
    ),
    "idle-none": _t("", "no need suits", "没有合适的需求"),
    "board": _t(
        "rules on needs offers claims",
        "{rules}, {on}: needs {needs}, offers {offers}, claims {claims}",
        "{rules}，{on}：需求 {needs} 项，资源 {offers} 项，认领 {claims} 件",
    ),
    "without-effect": _t("count", "responses without effect: {count}", "没有效力的回应：{count} 件"),
    "listing": _t("listing state left", "{listing}: {state}, {left} left", "{listing}：{state}，尚余 {left}"),
    "listing-unbound": _t("listing state", "{listing}: {state}", "{listing}：{state}"),
}
#: Every code a reason of matching may have.
SENTENCES: dict[str, Template] = {**REFUSALS, **REMEDIES, **STANDINGS, **ANSWERS}

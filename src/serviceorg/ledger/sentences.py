"""The sentences of the ledger's reasons, in English and 中文."""

import attrs

from ..basics import Label
from ..reasons import Reason, Template, render


def _t(names: str, en: str, zh: str) -> Template:
    return Template(tuple(names.split()), en, zh)


WORDS = {
    code: attrs.evolve(word, code=code)
    for code, word in {
        "day": Label("日", "day"),
        "week": Label("周", "week"),
        "month": Label("月", "month"),
        "quarter": Label("季度", "quarter"),
        "half": Label("半年", "half-year"),
        "year": Label("年度", "year"),
        "ever": Label("历来", "of all time"),
        "balance": Label("余额", "balance"),
        "lifetime": Label("累计所得", "lifetime amount"),
    }.items()
}

#: Every code a reason of this room may have.
SENTENCES: dict[str, Template] = {
    "unknown-move": _t("move known", "there is no move {move!r}; {known}", "没有{move}这一记账事项；{known}"),
    "not-in-force": _t("what", "{what}", "当日没有施行中的规定：{what}"),
    "unknown-owner": _t(
        "owner known", "nobody is called {owner!r}; {known}", "没有编号为{owner}的账户所有人；{known}"
    ),
    "other-missing": _t("move", "{move!r} needs the other party; write 'other'", "{move}须写明对方（other）"),
    "other-surplus": _t(
        "move other", "{move!r} has no other party, but {other!r} is written", "{move}没有对方，却写了{other}"
    ),
    "same-account": _t("account", "nothing moves from {account} to itself", "{account}不能记入其自身"),
    "before-last": _t(
        "on last",
        "{on} is before {last}, the day of the last entry; book it on a later day and write what day it was under"
        " 'occurred_on'",
        "{on}早于末笔分录的日期{last}；请以较后的日期入账，业务日期另记于 occurred_on",
    ),
    "occurs-later": _t(
        "occurred on",
        "it occurred on {occurred}, after {on}, the day it is booked",
        "业务日期{occurred}晚于入账日期{on}",
    ),
    "same-id": _t(
        "id number what",
        "the id {id!r} belongs to entry {number}, which differs in {what}; give it an id of its own",
        "编号{id}已属于第{number}号分录，二者在{what}上不同；请另用编号",
    ),
    "amount-missing": _t("move", "{move!r} needs an amount", "{move}须写明数额"),
    "amount-fixed": _t(
        "move fixed found",
        "{move!r} always moves {fixed}, found {found}; leave the amount out",
        "{move}的数额固定为{fixed}，所写为{found}；请不写数额",
    ),
    "amount-all": _t(
        "move found",
        "{move!r} takes all there is, found {found}; leave the amount out",
        "{move}取全部余额，所写为{found}；请不写数额",
    ),
    "amount-zero": _t("amount", "found {amount}; an amount is above 0", "数额{amount}应大于零"),
    "amount-least": _t(
        "amount least", "{amount} is less than {least}, the least allowed", "{amount}少于最低数额{least}"
    ),
    "amount-most": _t(
        "amount most", "{amount} is more than {most}, the most allowed", "{amount}多于最高数额{most}"
    ),
    "amount-multiple": _t(
        "amount multiple", "{amount} is no whole multiple of {multiple}", "{amount}不是{multiple}的整倍数"
    ),
    "amount-scale": _t(
        "amount asset scale",
        "{amount} is too fine: {asset} has {scale} decimals",
        "{amount}过细：{asset}只有{scale}位小数",
    ),
    "amount-large": _t(
        "amount", "{amount} is more than a balance can hold exactly", "数额{amount}超出可精确记账的范围"
    ),
    "limit-least": _t(
        "account balance amount least",
        "{account} holds {balance}; {amount} less would be below {least}, the least it may hold",
        "{account}余额为{balance}，减去{amount}将低于下限{least}",
    ),
    "limit-most": _t(
        "account balance amount most",
        "{account} holds {balance}; {amount} more would be above {most}, the most it may hold",
        "{account}余额为{balance}，加上{amount}将高于上限{most}",
    ),
    "nothing-left": _t(
        "account balance",
        "{account} holds {balance}; there is nothing left to take",
        "{account}余额为{balance}，已无可取",
    ),
    "only": _t(
        "account move allowed",
        "{move!r} may not take from {account}; allowed are {allowed}",
        "{move}不能从{account}支出；只可用于{allowed}",
    ),
    "times": _t(
        "move owner most span found",
        "{move!r} by {owner}: times allowed ({span}): {most}; so far: {found}",
        "{owner}的{move}（{span}）：限{most}次，已有{found}次",
    ),
    "total": _t(
        "move owner most span found amount",
        "{move!r} by {owner}: amount allowed ({span}): {most}; so far: {found}; asked for: {amount}",
        "{owner}的{move}（{span}）：限额{most}，已有{found}，申请{amount}",
    ),
    "need": _t(
        "account counts least found",
        "the {counts} of {account} must be at least {least}, and is {found}",
        "{account}的{counts}须达{least}，现为{found}",
    ),
    "standing-missing": _t(
        "move needed", "{move!r} is only for those of whom this holds: {needed}", "{move}只适用于：{needed}"
    ),
    "standing-bars": _t(
        "move standing",
        "{move!r} is deferred as long as this holds: {standing}",
        "{move}在下列情形消除前暂缓：{standing}",
    ),
    "standing-unknown": _t(
        "word known",
        "no move of these rules asks for {word!r}; {known}",
        "本规则各事项均不问“{word}”；{known}",
    ),
    "replaces-unknown": _t(
        "id", "there is no entry {id!r} in whose place this could stand", "没有编号为{id}的分录可供替代"
    ),
    "replaces-standing": _t(
        "id",
        "entry {id!r} stands; take it back before another stands in its place",
        "分录{id}仍然有效；先行冲正，方可另记分录替代",
    ),
    "replaced-already": _t(
        "id by number",
        "{by!r} (number {number}) stands in the place of entry {id!r} already",
        "第{number}号分录{by}已替代分录{id}",
    ),
    "evidence-missing": _t("move", "{move!r} needs its evidence named", "{move}须写明凭证"),
    "expire-first": _t(
        "account amount day",
        "{amount} of {account} ended before {day}; book what has ended first (expire)",
        "{account}中有{amount}已于{day}之前到期；请先办理到期清零（expire）",
    ),
    "unknown-entry": _t("id", "there is no entry {id!r} to reverse", "没有编号为{id}的分录可供冲正"),
    "reversed-already": _t(
        "id by number",
        "entry {id!r} was reversed already, by {by!r} (number {number})",
        "分录{id}已由第{number}号分录{by}冲正",
    ),
    "reversal-of-reversal": _t(
        "id",
        "entry {id!r} is a reversal itself; post anew what is to stand",
        "分录{id}本身是冲正；应重新入账",
    ),
    # Accounts outside their limits, and statements.
    "below-least": _t(
        "account balance least",
        "{account} holds {balance}, below {least}, the least it may hold; a reversal brought it there",
        "{account}余额{balance}低于下限{least}，系冲正所致",
    ),
    "above-most": _t(
        "account balance most",
        "{account} holds {balance}, above {most}, the most it may hold; a reversal or a change of rules brought it there",
        "{account}余额{balance}高于上限{most}，系冲正或规则变更所致",
    ),
    "statement": _t(
        "account start end opening closing",
        "{account} from {start} to {end}: {opening} at the start, {closing} at the end",
        "{account}自{start}至{end}：期初{opening}，期末{closing}",
    ),
    "line": _t(
        "on move amount balance number",
        "{on} {move}: {amount}, then {balance} (entry {number})",
        "{on} {move}：{amount}，余额{balance}（第{number}号分录）",
    ),
    "line-reversed": _t(
        "on move amount balance number by",
        "{on} {move}: {amount}, then {balance} (entry {number}, taken back by entry {by})",
        "{on} {move}：{amount}，余额{balance}（第{number}号分录，已由第{by}号冲正）",
    ),
    "line-reversal": _t(
        "on move amount balance number of",
        "{on} {move} taken back: {amount}, then {balance} (entry {number}, takes back {of})",
        "{on} {move}冲正：{amount}，余额{balance}（第{number}号分录，冲正{of}）",
    ),
    "overflowed": _t(
        "amount account", "{amount} did not fit and went to {account}", "{amount}超出上限，转入{account}"
    ),
    "overflow-needless": _t(
        "entry number account amount place",
        "entry {entry!r} (number {number}) sent {amount} from {account} to {place} for want of room; since what filled"
        " it was taken back, it would fit: correct the entry",
        "第{number}号分录{entry}当时因{account}已满将{amount}转入{place}；占额分录既已冲正，该数本可存入，请更正该分录",
    ),
    "in-place": _t("entry", "in the place of {entry}, and as old", "替代分录{entry}，期限自其起算"),
    "memo": _t("memo", "{memo}", "{memo}"),
    "occurred": _t("on", "it occurred on {on}", "业务日期：{on}"),
    "from-fact": _t("fact", "from the fact {fact}", "依据事实{fact}"),
    "with-evidence": _t("evidence", "evidence: {evidence}", "凭证：{evidence}"),
}


def explain_reason(reason: Reason, *, lang: str = "en") -> str:
    """Return a reason of this room as sentences in "en" or "zh"."""
    return render(reason, SENTENCES, lang=lang)

"""The sentences of settlement, in English and 中文."""

from ..ledger import SENTENCES as LEDGER_SENTENCES
from ..reasons import Template


def _t(names: str, en: str, zh: str) -> Template:
    return Template(tuple(names.split()), en, zh)


#: Every code a reason of a settlement may have; those of a refused entry are the ledger's.
SENTENCES: dict[str, Template] = {
    **LEDGER_SENTENCES,
    "posted": _t(
        "subject period total entry",
        "{subject}, {period}: {total} booked as {entry}",
        "{subject}，{period}：{total}，记为分录{entry}",
    ),
    "replaced": _t(
        "subject period total entry before",
        "{subject}, {period}: now {total}; {before} taken back, {entry} booked in its place",
        "{subject}，{period}：现为{total}；冲正分录{before}，另记分录{entry}",
    ),
    "withdrawn": _t(
        "subject period before",
        "{subject}, {period}: the score is 0 now; {before} taken back",
        "{subject}，{period}：现为零分；冲正分录{before}",
    ),
    "unchanged": _t(
        "subject period entry",
        "{subject}, {period}: {entry} stands as it is",
        "{subject}，{period}：分录{entry}不变",
    ),
    "nothing": _t(
        "subject period",
        "{subject}, {period}: 0 points, nothing to book",
        "{subject}，{period}：零分，无须入账",
    ),
    "refused": _t("subject period", "{subject}, {period}: not booked", "{subject}，{period}：未入账"),
    "provisional": _t(
        "as_of end",
        "the score is as of {as_of}, but the period ends on {end}: it is not final",
        "评分截至{as_of}，而周期至{end}止，尚非最终结果",
    ),
    "pending": _t("waiting", "the score is pending; it waits for {waiting}", "评分待定，尚缺{waiting}"),
    "no-total": _t("status why", "there is no total: {status} {why}", "没有总分：{status} {why}"),
    "negative": _t(
        "total",
        "the total is {total}; name the move that takes points away ('deduct')",
        "总分为{total}；请写明扣减所用的事项（deduct）",
    ),
    "gives-nothing": _t(
        "move source target",
        "{move!r} goes from {source} to {target}; a total above 0 needs a move from a place to the owner's account",
        "{move}自{source}记入{target}；正分须用由公共账户记入个人账户的事项",
    ),
    "takes-nothing": _t(
        "move source target",
        "{move!r} goes from {source} to {target}; a total below 0 needs a move from the owner's account to a place",
        "{move}自{source}记入{target}；负分须用由个人账户记入公共账户的事项",
    ),
    "inexact": _t("total why", "{total} cannot be booked exactly: {why}", "{total}无法精确入账：{why}"),
    "twice": _t(
        "subject period",
        "{subject} has two scorecards of {period} in one settlement",
        "同一次结算中{subject}在{period}有两张评分表",
    ),
    "stands": _t(
        "entry", "what was booked before, {entry}, stands meanwhile", "在此之前所记分录{entry}仍然有效"
    ),
}

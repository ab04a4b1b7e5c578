"""What the kinds of problem mean that only files of commitments have, in two languages; see ``CODES``."""

from ..basics import Label


def _said(en: str, zh: str) -> Label:
    return Label(zh=zh, en=en)


#: Code of a problem of a file of commitments -> its meaning.
COMMITMENT_CODES: dict[str, Label] = {
    "bounds": _said("a day lies before the promise is made", "日期早于作出承诺之日"),
    "counts": _said("there are not as many parts as are promised", "实际数目与承诺的数目不符"),
    "order": _said("milestones or versions do not follow one another", "节点或版本没有按先后排列"),
    "nobody-may": _said("nobody is left who may confirm", "没有可以确认的人"),
}

"""What the kinds of problem mean that only coverage files have, in two languages; see ``CODES``."""

from ..basics import Label


def _said(en: str, zh: str) -> Label:
    return Label(zh=zh, en=en)


#: Code of a problem of a coverage file -> its meaning.
COVERAGE_CODES: dict[str, Label] = {
    "bounds": _said("nothing lies in the range", "范围之内没有任何数"),
    "case-unit": _said("a unit named in a golden case is not in it", "算例中没有这个单位"),
    "counts": _said("there are not as many parts as are promised", "实际数目与承诺的数目不符"),
    "overlap": _said("two versions of a check hold on the same day", "同一检查项的两个版本同日有效"),
    "share": _said("this is no part of a whole", "不是零到全部之间的比例"),
}

"""What the kinds of problem mean that only files of matching rules have, in English and Chinese.

Those they share with rule files are in ``CODES``.
"""

from ..basics import Label


def _said(en: str, zh: str) -> Label:
    return Label(zh=zh, en=en)


#: Code of a problem of a file of matching rules -> its meaning.
MATCHING_CODES: dict[str, Label] = {
    "bounds": _said("nothing lies in the range", "范围之内没有任何数"),
    "counts": _said("there are not as many parts as are promised", "实际数目与承诺的数目不符"),
    "overlap": _said("two versions of one entry hold on the same day", "同一条目的两个版本在同一天有效"),
    "unknown-name": _said("no priority class has this id", "没有这个优先类别"),
    "ranks": _said(
        "a rank says nothing, or would make it best to meet nobody", "目标没有意义，或会使无人受助成为最优"
    ),
    "hours": _said("these hours cannot be", "时段的写法不对"),
    "moment": _said("a moment has no zone or no time of day", "时刻没有时区或钟点"),
    "fact-attribute": _said("a fact lacks an attribute its kind must have", "事实缺少其类别必备的属性"),
    "case-name": _said("a golden case names what is not in it", "算例提到了其中没有的需求、资源或认领"),
    "case-unit": _said("an area lies under one that is not in the tree", "上级区域不在树中"),
}

"""The sentences of coverage, in English and 中文."""

from fractions import Fraction

from ..basics import Label, rounded
from ..reasons import Template


def _t(names: str, en: str, zh: str) -> Template:
    return Template(tuple(names.split()), en, zh)


def number(value: Fraction | None) -> str:
    """Return an exact number as people read it: a decimal that ends soon, or a fraction and about how much.

    >>> number(Fraction(5, 2)), number(Fraction(160, 7))
    ('2.5', '160/7 ≈ 22.86')
    """
    if value is None:
        return ""
    if value.denominator == 1:
        return str(value.numerator)
    for places in range(1, 5):
        whole = value * 10**places
        if whole.denominator == 1:
            digits = f"{abs(whole.numerator):0{places + 1}d}"
            return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"
    near = rounded(value, Fraction(1, 100))
    return f"{value.numerator}/{value.denominator} ≈ {number(near)}"


def percent(value: Fraction) -> str:
    """Return a share in percent, exactly."""
    return f"{number(value * 100)} %"


#: What a bound wants, with its number.
_WANTED = {
    "exactly": ("exactly {0}", "恰好 {0}"),
    "at_least": ("at least {0}", "不少于 {0}"),
    "at_most": ("at most {0}", "不多于 {0}"),
    "above": ("more than {0}", "超过 {0}"),
    "below": ("less than {0}", "少于 {0}"),
    "about": ("about {0}", "{0}左右"),
}


def wanted(code: str, bound: Fraction) -> Label:
    """Return what a bound wants, in both languages; that of a share in percent."""
    share = code.startswith("share-")
    en, zh = _WANTED[code.removeprefix("share-")]
    shown = percent(bound) if share else number(bound)
    return Label(zh=zh.format(shown), en=en.format(shown))


#: What a share of a circle is of.
OF_WORDS = {
    "residents": Label(zh="居民", en="residents", code="residents"),
    "buildings": Label(zh="住宅", en="buildings", code="buildings"),
}
#: Every code a reason of coverage may have.
SENTENCES: dict[str, Template] = {
    "report": _t(
        "book on hard soft",
        "{book}, {on}: gaps: {hard}; notes: {soft}",
        "{book}，{on}：缺口 {hard} 处，提示 {soft} 条",
    ),
    "outcome": _t(
        "title check met base share",
        "{title} ({check}): {met} of {base} ({share})",
        "{title}（{check}）：{base} 个中 {met} 个达标（{share}）",
    ),
    "circle": _t(
        "title check what share",
        "{title} ({check}): {share} of the {what}",
        "{title}（{check}）：按{what}计 {share}",
    ),
    "no-place": _t("of", "{of}: has no place, so nobody can walk there", "{of}：没有坐标，无法计算路程"),
    "no-base": _t(
        "title check",
        "{title} ({check}): nobody to look at; there is no share of nothing",
        "{title}（{check}）：没有检查对象，不计比例",
    ),
    "exempt": _t("count", "exempt, in neither number: {count}", "{count} 个免查，不计入分子和分母"),
    "total": _t("total mean", "{total} in all, {mean} on average", "合计 {total}，平均 {mean}"),
    "exact": _t("share shown", "exactly {share}, shown as {shown} %", "准确值 {share}，显示为 {shown}%"),
    "holds": _t("", "nothing falls short", "没有缺口"),
    "more": _t("count", "… and {count} more", "……另有 {count} 条"),
    "illustrative": _t("", "the number is illustrative", "数值仅为示例"),
    "row": _t("rows", "row {rows} of the source table", "原表第 {rows} 行"),
    "missed": _t(
        "of found wanted deviation",
        "{of}: {found}, wanted is {wanted} ({deviation})",
        "{of}：现为 {found}，要求{wanted}（差 {deviation}）",
    ),
    "noted": _t(
        "of found wanted deviation",
        "{of}: {found}, wanted is {wanted} ({deviation}); told, not a fault",
        "{of}：现为 {found}，要求{wanted}（差 {deviation}）；仅作提示，不算缺口",
    ),
    "whole-missed": _t(
        "found wanted deviation",
        "as a whole {found}, wanted is {wanted} ({deviation})",
        "总体为 {found}，要求{wanted}（差 {deviation}）",
    ),
    "whole-noted": _t(
        "found wanted deviation",
        "as a whole {found}, wanted is {wanted} ({deviation}); told, not a fault",
        "总体为 {found}，要求{wanted}（差 {deviation}）；仅作提示，不算缺口",
    ),
    "missing": _t("names", "missing: {names}", "缺：{names}"),
    "same": _t("of names", "{of}: the same as {names}", "{of}：与 {names} 相同"),
    "untold": _t(
        "of", "{of}: nobody has said how much; that is not nought", "{of}：没有数据；没有数据不等于零"
    ),
    "priority": _t(
        "of others left",
        "{of}: units that do not come first: {others}; units that do, with none of these people: {left}",
        "{of}：有 {others} 个非优先对象，而尚有 {left} 个优先对象未由这些人员联系",
    ),
    "found-by": _t(
        "title check",
        "found by: {title} ({check})",
        "依据：{title}（{check}）",
    ),
    "reach": _t(
        "minutes buildings of residents people",
        "within {minutes} minutes: {buildings} of {of} buildings, {residents} of {people} residents",
        "{minutes} 分钟内：住宅 {of} 处中 {buildings} 处，居民 {people} 人中 {residents} 人",
    ),
    "unknown-residents": _t(
        "count",
        "buildings of which nobody has said how many live there, counted as buildings alone: {count}",
        "{count} 处住宅没有居民数，只按住宅计",
    ),
    "unreached": _t(
        "home point minutes metres",
        "{home}: the nearest is {point}, {minutes} minutes away ({metres} m in a straight line)",
        "{home}：最近的是 {point}，{minutes} 分钟（直线 {metres} 米）",
    ),
    "unreached-by-table": _t(
        "home point minutes",
        "{home}: the nearest is {point}, {minutes} minutes away",
        "{home}：最近的是 {point}，{minutes} 分钟",
    ),
    "no-way": _t("home", "{home}: no way to any service point is known", "{home}：没有已知的路可到服务点"),
    "unmet": _t("count", "not met, one by one: {count}", "未达标的逐一列出：{count}"),
    "one": _t("of", "{of}", "{of}"),
    "untold-residents": _t("of", "{of}: nobody has said how many live there", "{of}：没有居民数"),
    "point": _t(
        "point within nearest residents",
        "{point}: buildings within reach: {within}; nearest to: {nearest}, residents there: {residents}",
        "{point}：范围内住宅 {within} 处；其中以此为最近的 {nearest} 处，居民 {residents} 人",
    ),
}

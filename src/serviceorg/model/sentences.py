"""The sentences of reasons of the model, in English and 中文."""

from ..reasons import Reason, Template, render


def _t(names: str, en: str, zh: str) -> Template:
    return Template(tuple(names.split()), en, zh)


SENTENCES: dict[str, Template] = {
    "assessing-unit": _t(
        "person period unit",
        "{person} is assessed for {period} by {unit}",
        "{person} {period} 由 {unit} 考核",
    ),
    "no-unit": _t(
        "person period",
        "{person} belongs to no unit in {period}, so none assesses",
        "{person} 在 {period} 不属于任何单位，无考核单位",
    ),
    "unit-at-first": _t("unit day", "belongs to {unit} on {day}", "{day} 属于 {unit}"),
    "became": _t("old new day", "{old} has become {new} by {day}", "{old} 至 {day} 已变更为 {new}"),
    "moved-inside": _t(
        "old new day above",
        "moved from {old} to {new} on {day}, both under {above}: the last unit assesses, whatever the day",
        "{day} 由 {old} 调到 {new}，同属 {above}：不论日期，由最后所在单位考核",
    ),
    "moved-in-time": _t(
        "old new day last_day",
        "moved from {old} to {new} on {day}, not after {last_day}: the new unit assesses",
        "{day} 由 {old} 调到 {new}，不晚于 {last_day}：由新单位考核",
    ),
    "moved-late": _t(
        "old new day last_day",
        "moved from {old} to {new} on {day}, after {last_day}: the old unit assesses",
        "{day} 由 {old} 调到 {new}，晚于 {last_day}：由原单位考核",
    ),
}


def explain(reason: Reason, *, lang: str = "en") -> str:
    """Return a reason of the model as indented lines in "en" or "zh".

    Raises:
        UnknownIdError: For another language.
    """
    return render(reason, SENTENCES, lang=lang)

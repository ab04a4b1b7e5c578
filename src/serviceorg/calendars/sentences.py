"""The sentences that explain a deadline, in English and 中文."""

from ..reasons import Template


def _t(names: str, en: str, zh: str) -> Template:
    return Template(tuple(names.split()), en, zh)


#: Every code a step of a deadline may have.
SENTENCES: dict[str, Template] = {
    "started": _t("moment duration", "from {moment}: {duration}", "自 {moment} 起：{duration}"),
    "first-day": _t(
        "day", "{day} does not count: the first day never does", "{day} 不计入：开始的当日不计算"
    ),
    "counted": _t("amount first last", "{amount} from {first} to {last}", "{first} 至 {last}：{amount}"),
    "skipped": _t(
        "first last title", "{first} to {last} does not count: {title}", "{first} 至 {last} 不计入：{title}"
    ),
    "make-up": _t("day title", "{day} counts: worked in return for {title}", "{day} 计入：{title}调休上班"),
    "paused": _t("since until", "stopped from {since} to {until}", "{since} 至 {until} 中止"),
    "paused-open": _t("since", "stopped since {since}, with no end yet", "自 {since} 起中止，尚未恢复"),
    "remaining": _t("amount", "{amount} left", "剩余 {amount}"),
    "pause-too-late": _t(
        "since",
        "the stop at {since} came after the end and changes nothing",
        "{since} 的中止晚于期限届满，不影响期限",
    ),
    "rolled": _t("day to", "{day} is a day off; the end moves to {to}", "{day} 为休息日，期限移至 {to}"),
    "extended": _t("duration day", "extended by {duration}, counted from {day}", "自 {day} 起延长{duration}"),
    "due": _t("day", "ends on {day} at 24:00", "于 {day} 24时届满"),
    "due-at": _t("moment", "ends at {moment}", "于 {moment} 届满"),
    "due-under": _t("moment", "must be earlier than {moment}", "须早于 {moment}"),
    "provisional": _t(
        "through assumed",
        "provisional: days after {through} are not published; assumed: {assumed}",
        "暂定：{through} 之后的日历尚未公布，推定方式：{assumed}",
    ),
}

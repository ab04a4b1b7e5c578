"""Conditions of grades, stars, awards and consequences compare something that can be compared."""

from ..drafts import Draft
from ..report import Report
from ..shapes import Node, listed
from .facts import Reading
from .names import check_grade, check_scope

_BOUNDS = ("from", "above", "to", "below")
_OF_FACTS = ("on", "where", "field", "window")
_PLACES = (
    ("grade", ("needs",)),
    ("star", ("needs", "keep")),
    ("award", ("needs",)),
    ("consequence", ("when",)),
)


def check_conditions(draft: Draft) -> None:
    """Report conditions that compare nothing, compare wrongly, or can never hold."""
    for noun, keys in _PLACES:
        for node in draft.nodes(noun):
            for key in keys:
                for condition in node.get(key, ()):
                    _check(draft, condition, noun)
            if noun == "consequence":
                _check_repeated(node, draft.report)


def _check(draft: Draft, condition: Node, noun: str) -> None:
    report, what = draft.report, condition.get("what")
    if what is None:
        return
    written = [bound for bound in _BOUNDS if bound in draft.written(condition)]
    if what == "grade":
        _check_grades(draft, condition, noun, written)
        return
    if "one_of" in condition:
        report.add(
            "key-fit", condition.at("one_of"), "'one_of' lists grades; it goes with what = \"grade\" only"
        )
    if not written:
        text = f"nothing is compared with {what!r}; write {listed(_BOUNDS, 'or')}"
        report.add("condition", condition.path, text)
    _check_interval(condition, report)
    if what == "facts":
        _check_facts(draft, condition)
        return
    check_scope(draft, condition.at("what"), what, words=("total", "grade", "facts"))
    for name in _OF_FACTS:
        if name in condition:
            report.add("key-fit", condition.at(name), f'{name!r} goes with what = "facts" only')


def _check_grades(draft: Draft, condition: Node, noun: str, written: list[str]) -> None:
    report = draft.report
    if noun == "grade":
        report.add(
            "condition",
            condition.at("what"),
            "a grade cannot depend on the grade; name the total, an item or facts",
        )
    for name in (*written, *(name for name in _OF_FACTS if name in condition)):
        report.add("key-fit", condition.at(name), f'{name!r} does not go with what = "grade"; write one_of')
    if "one_of" not in draft.written(condition):
        report.add(
            "condition",
            condition.path,
            'nothing is compared with the grade; write one_of, like one_of = ["good"]',
        )
    for position, grade in enumerate(condition.get("one_of", ())):
        check_grade(draft, condition.at("one_of", position), grade)


def _check_interval(condition: Node, report: Report) -> None:
    low = condition.get("from", condition.get("above"))
    high = condition.get("to", condition.get("below"))
    if low is None or high is None:
        return
    if low > high or (low == high and not ("from" in condition and "to" in condition)):
        report.add(
            "condition",
            condition.path,
            f"no number lies between {low} and {high} as written; check the bounds",
        )


def _check_facts(draft: Draft, condition: Node) -> None:
    if "on" not in draft.written(condition):
        draft.report.add(
            "missing-key", condition.path, "the key 'on' is missing: the kinds of fact that are counted"
        )
    reading = Reading(draft, condition.get("on", ()), condition.at("on"))
    reading.where(condition.get("where"), condition.at("where"))
    if "field" in condition:
        reading.number(condition["field"], condition.at("field"))


def _check_repeated(node: Node, report: Report) -> None:
    if "consecutive" in node and "times" in node:
        message = "found 'consecutive' and 'times'; only one of them can be written"
        report.add("one-of", node.path, message)
    if "within" in node and "times" not in node:
        report.add(
            "key-fit", node.at("within"), "'within' says in which time 'times' are counted; write 'times' too"
        )
    if node.get("consecutive", 1) > 1 or node.get("times", 1) > 1:
        for condition in node.get("when", ()):
            if condition.get("what") not in ("total", "grade", None):
                message = (
                    f"found {condition['what']!r}; past periods are known by their closed scorecards, "
                    "so a repeated consequence can look at 'total' and 'grade' only"
                )
                report.add("condition", condition.at("what"), message)

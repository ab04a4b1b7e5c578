"""Golden cases speak of facts, subjects and results that there can be. They are run elsewhere."""

from ...basics import parse_period
from ...errors import PeriodError
from ..build.cases import ONLY, subject_nodes
from ..build.head import SCORECARD
from ..drafts import Draft
from ..shapes import NOUNS, Node
from .facts import Reading, kind_called
from .names import NO_GRADE

_LISTS = {"vetoes": "veto", "awards": "award", "consequences": "consequence"}


def check_cases(draft: Draft) -> None:
    """Report golden cases that cannot be run as written."""
    titles: dict[str, Node] = {}
    known = {noun: ever(draft, noun) for noun in NOUNS}
    about = {kind for _, clause in draft.clauses() if "about" in clause for kind in clause.get("on", ())}
    for case in draft.nodes("case"):
        title = case.get("title", "")
        if title in titles:
            first = titles[title].path[-1]
            message = f"{title!r} is the title of case {int(first) + 1} too; give each case its own"
            draft.report.add("case-title", case.at("title"), message)
        elif title:
            titles[title] = case
        _check_period(draft, case)
        subjects = _check_subjects(draft, case)
        _check_facts(draft, case, subjects, about)
        _check_expected(draft, case, subjects, known)


def ever(draft: Draft, noun: str) -> set[str]:
    """Return the ids a noun has in any version."""
    added = [entry for amendment in draft.nodes("amend") for entry in amendment.get(noun, ())]
    new = (entry.get("id") for entry in added if isinstance(entry, dict))
    return {*draft.ids(noun), *(name for name in new if isinstance(name, str))}


def _check_period(draft: Draft, case: Node) -> None:
    if "period" not in case:
        return
    try:
        parse_period(case["period"], first_month=draft.head.get("first_month", 1))
    except PeriodError as error:
        draft.report.add("case-period", case.at("period"), str(error))


def _check_subjects(draft: Draft, case: Node) -> set[str]:
    found: set[str] = set()
    for node in subject_nodes(case):
        name = node.get("id", ONLY)
        if name in found and isinstance(node, Node):
            draft.report.add("double-id", node.at("id"), f"the subject {name!r} is named twice in this case")
        found.add(name)
    return found


def _check_facts(draft: Draft, case: Node, subjects: set[str], about: set[str]) -> None:
    default = next(iter(subjects)) if len(subjects) == 1 else ONLY
    ids = [fact.get("id", f"case-{position}") for position, fact in enumerate(case.get("facts", ()), 1)]
    seen: set[str] = set()
    for fact, name in zip(case.get("facts", ()), ids, strict=True):
        if name in seen:
            draft.report.add(
                "double-id", fact.at("id") if "id" in fact else fact.path, f"the fact {name!r} is named twice"
            )
        seen.add(name)
        if fact.get("reverses", name) not in ids:
            place = fact.at("reverses")
            draft.report.unknown("case-fact", place, what="fact", found=fact["reverses"], known=ids)
        subject = fact.get("subject", default)
        # A fact that others are hit by may belong to someone who is not scored here.
        if subject not in subjects and fact.get("kind") not in about:
            place = fact.at("subject") if "subject" in fact else fact.path
            draft.report.unknown("case-subject", place, what="subject", found=subject, known=subjects)
        check_fact(draft, fact)


def check_fact(draft: Draft, fact: Node) -> None:
    """Report a fact of a golden case that does not fit its kind."""
    report = draft.report
    kind = kind_called(draft, fact["kind"], fact.at("kind")) if "kind" in fact else None
    if kind is None:
        return
    written = draft.written(fact)
    if kind.amount != ("amount" in written):
        text = "must carry an amount" if kind.amount else "carry no amount"
        report.add("case-fact", fact.path, f"facts of kind {kind.id!r} {text}")
    elif kind.id != SCORECARD.id and fact.get("amount", 0) < 0:
        # The sign of a result lives in the rule; only the total of a closed scorecard may be negative.
        message = f"{fact['amount']} is negative; an amount is 0 or more, and the rule says whether it costs"
        report.add("case-fact", fact.at("amount"), message)
    elif "amount" in fact and abs(fact["amount"]) > kind.most:
        report.add(
            "case-fact", fact.at("amount"), f"the amount of a fact of kind {kind.id!r} is at most {kind.most}"
        )
    reading = Reading(draft, (kind.id,), fact.at("kind"))
    given = fact.get("attributes", {})
    reading.where({name: (value,) for name, value in given.items()}, fact.at("attributes"))
    for name, field in kind.fields.items():
        if field.required and name not in written.get("attributes", {}):
            message = f"facts of kind {kind.id!r} must have the attribute {name!r}"
            report.add("case-fact", fact.path, message)


def _check_expected(draft: Draft, case: Node, subjects: set[str], known: dict[str, set[str]]) -> None:
    if "expect" in case:
        if len(subjects) > 1 and ONLY not in subjects:
            message = 'there are several subjects; write expects = { "ID" = { … } } with a table for each'
            draft.report.add("case-expect", case.at("expect"), message)
        _check_results(draft, case.at("expect"), case["expect"], known)
    for subject, results in case.get("expects", {}).items():
        place = case.at("expects", subject)
        if subject not in subjects:
            draft.report.unknown("case-subject", place, what="subject", found=subject, known=subjects)
        _check_results(draft, place, results, known)


def _check_results(
    draft: Draft, path: "tuple[str | int, ...]", results: "dict[str, object]", known: dict[str, set[str]]
) -> None:
    report = draft.report
    for key, value in results.items():
        noun, _, name = key.partition(".")
        if name and name not in known[noun]:
            report.unknown(f"unknown-{noun}", (*path, key), what=noun, found=name, known=known[noun])
        if key == "grade" and value not in ("", NO_GRADE, *known["grade"]):
            report.unknown(
                "unknown-grade", (*path, key), what="grade", found=str(value), known=known["grade"]
            )
        for one in value if key in _LISTS and isinstance(value, tuple) else ():
            if one not in known[_LISTS[key]]:
                what = _LISTS[key]
                report.unknown("case-expect", (*path, key), what=what, found=str(one), known=known[what])

"""Golden cases of ledgers can be run as written; they are run elsewhere."""

from ...ledger.sentences import SENTENCES
from ..shapes import Node
from .ledger_names import AccountNames, fits

#: What a step may be refused with: the codes of posting, and of values that cannot be.
REFUSALS = frozenset(SENTENCES) - {
    *("below-least", "above-most", "statement", "line", "line-reversed", "line-reversal"),
    *("overflowed", "memo", "occurred", "from-fact", "with-evidence"),
}


def check_ledger_cases(names: AccountNames) -> None:
    """Report golden cases that name what is not there, or stand twice."""
    titles: dict[str, Node] = {}
    for case in names.draft.nodes("case"):
        if case.get("title") in titles:
            names.report.add("double-id", case.at("title"), f"the title {case['title']!r} is used twice")
        titles.setdefault(case.get("title", ""), case)
        _check_steps(names, case)
        for table in ("expect", "lifetime"):
            for account, amount in case.get(table, {}).items():
                _check_expected(names, account, amount, path=case.at(table, account))


def _check_steps(names: AccountNames, case: Node) -> None:
    ids: set[str] = set()
    for number, step in enumerate(case.get("steps", ()), 1):
        if "move" in step:
            names.move(step["move"], step.at("move"))
            if "owner" not in names.draft.written(step):
                names.report.add("missing-key", step.path, "the key 'owner' is missing: whose account")
        for key in ("owner", "other", "amount", "standing", "evidence"):
            if key in step and "move" not in names.draft.written(step):
                names.report.add("key-fit", step.at(key), f"{key!r} belongs to 'move'")
        if "reverse" in step and step["reverse"] not in ids and "refused" not in step:
            names.report.unknown(
                "unknown-name", step.at("reverse"), what="step", found=step["reverse"], known=ids
            )
        for position, code in enumerate(step.get("refused", ())):
            if code not in REFUSALS:
                path = step.at("refused", position)
                names.report.unknown("unknown-word", path, what="code", found=code, known=REFUSALS)
        ids.add(step.get("id", f"step-{number}"))


def _check_expected(
    names: AccountNames, account: str, amount: object, *, path: tuple[str | int, ...]
) -> None:
    node = names.kind(account.partition(":")[0], path)
    if node is None:
        return
    if node.get("owner") == "place":
        names.end(account, path)
    scale = names.scales.get(node.get("asset", ""))
    if scale is not None and not fits(amount, scale):  # type: ignore[arg-type]
        names.report.add(
            "decimals", path, f"{amount} has more decimals than {node['asset']!r}, which has {scale}"
        )

"""Golden cases: the rules of accounts test themselves, exactly (黄金案例)."""

from decimal import Decimal

import attrs

from ..errors import EntryRefused, ServiceOrgError
from .checking import check_journal
from .drafts import Draft
from .expiring import expire
from .journal import Journal
from .posting import post
from .reversing import reverse
from .rules import AccountRules, Case, Step
from .statements import lifetime


@attrs.frozen
class CaseFailure:
    """One expectation of a golden case that does not hold."""

    rules: str
    case: str
    key: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.rules}, case {self.case!r}, {self.key}: expected {self.expected}, found {self.found}"


def run_cases(rules: AccountRules) -> tuple[CaseFailure, ...]:
    """Return every expectation of the rules' golden cases that does not hold, () if all do."""
    return tuple(failure for case in rules.cases for failure in run_case(rules, case))


def journal_of_case(rules: AccountRules, case: Case) -> tuple[Journal, tuple[CaseFailure, ...]]:
    """Return the journal a case leads to, and every step that was refused or accepted against its word."""
    journal, failures = Journal(), []
    for number, step in enumerate(case.steps, 1):
        codes: tuple[str, ...] = ()
        try:
            journal = _taken(journal, rules, case, step=step, number=number)
        except EntryRefused as refusal:
            codes = refusal.codes
        except ServiceOrgError as error:
            codes = (error.code,)
        if codes != step.refused:
            shown = [", ".join(told) or "no refusal" for told in (step.refused, codes)]
            failures.append(CaseFailure(rules.id, case.title, f"step {number}", *shown))
    return journal, tuple(failures)


def run_case(rules: AccountRules, case: Case) -> tuple[CaseFailure, ...]:
    """Return every expectation of one case that does not hold."""
    journal, steps = journal_of_case(rules, case)
    failures = list(steps)
    for account, expected in case.balances.items():
        _compare(failures, rules, case, key=account, expected=expected, found=journal.balance(account))
    for account, expected in case.lifetimes.items():
        found = lifetime(journal, rules, account)
        _compare(failures, rules, case, key=f"lifetime of {account}", expected=expected, found=found)
    failures += [
        CaseFailure(rules.id, case.title, problem.where, "a journal that keeps the rules", problem.message)
        for problem in check_journal(journal, rules)
    ]
    return tuple(failures)


def _compare(
    failures: list[CaseFailure],
    rules: AccountRules,
    case: Case,
    *,
    key: str,
    expected: Decimal,
    found: Decimal,
) -> None:
    if found != expected:
        failures.append(CaseFailure(rules.id, case.title, key, f"{expected:f}", f"{found:f}"))


def _taken(journal: Journal, rules: AccountRules, case: Case, *, step: Step, number: int) -> Journal:
    name = step.id or f"step-{number}"
    if step.expire:
        return expire(journal, rules, on=step.on, joined=case.joined)
    if step.reverses:
        return reverse(journal, step.reverses, id=name, on=step.on)
    draft = Draft(
        id=name,
        move=step.move,
        owner=step.owner,
        other=step.other,
        on=step.on,
        amount=step.amount,
        evidence=step.evidence,
        standing=frozenset(step.standing),
    )
    return post(journal, rules, draft)

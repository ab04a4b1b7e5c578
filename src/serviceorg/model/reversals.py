"""Which facts are taken back: a wrong one is never changed, a later one reverses it (红字更正)."""

from collections.abc import Iterable

from ..errors import FactProblems, Problem
from ..facts import Fact


def taken_back(facts: Iterable[Fact]) -> dict[str, str]:
    """Return the id of each fact that is taken back, with that of the reversal that does it.

    A reversal may itself be taken back; then what it took back stands again. Where several reverse one fact,
    the smallest id is named. Chains may be of any length.

    Raises:
        FactProblems: If reversals take back, step by step, themselves.
    """
    reversals = {fact.id: fact.reverses for fact in facts if fact.reverses is not None}
    waiting: dict[str, int] = {}
    for target in reversals.values():
        waiting[target] = waiting.get(target, 0) + 1
    ready = sorted((name for name in reversals if name not in waiting), reverse=True)
    undone: dict[str, str] = {}
    settled = 0
    while ready:
        name = ready.pop()
        settled += 1
        target = reversals[name]
        if name not in undone:
            undone[target] = min(undone.get(target, name), name)
        waiting[target] -= 1
        if not waiting[target] and target in reversals:
            ready.append(target)
    if settled < len(reversals):
        # Only those of a circle still wait for each other.
        circle = min(name for name in reversals if waiting.get(name))
        text = "takes back, step by step, itself; a reversal must name an earlier fact"
        raise FactProblems([Problem("reverses-itself", f"fact {circle!r}", text)])
    return undone


def check_reversals(facts: Iterable[Fact]) -> None:
    """Refuse double ids, and reversals of what is not there or is another subject's; all at once.

    Raises:
        FactProblems: With everything that is wrong.
    """
    owners: dict[str, str] = {}
    problems: list[Problem] = []
    reversing: list[Fact] = []
    for fact in facts:
        if fact.id in owners:
            message = "this id stands on more than one fact"
            problems.append(Problem("fact-twice", f"fact {fact.id!r}", message))
        owners[fact.id] = fact.subject
        if fact.reverses is not None:
            reversing.append(fact)
    for fact in reversing:
        assert fact.reverses is not None
        if owners.get(fact.reverses) != fact.subject:
            text = f"reverses {fact.reverses!r}, which is no fact of subject {fact.subject!r}"
            problems.append(Problem("reverses-nothing", f"fact {fact.id!r}", text))
    if problems:
        raise FactProblems(problems)

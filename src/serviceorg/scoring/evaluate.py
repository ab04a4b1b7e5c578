"""The score of one subject: facts → clauses → items → categories → total → veto.

Grades, stars and everything that needs other subjects come after (``bands.py``, ``field.py``).
"""

from collections.abc import Iterable, Sequence
from operator import attrgetter, itemgetter

from ..facts import Fact
from .admit import admitted, cleared, selects, windowed
from .book import Entry, live
from .capped import capped, signed
from .context import Question
from .events import pay_events
from .limits import Payment
from .measured import measure
from .outcome import Outcome
from .plain import Months, check_amounts, fold_plain, pay_plain
from .plan import ClausePlan, ItemPlan, State, readers_of
from .rules import Each
from .straight import evaluate_straight, is_straight
from .totals import sum_up
from .vetoes import standing_vetoes

_DAY_AND_ID = attrgetter("day", "id")
_DAY_OF = itemgetter(0)


def evaluate(question: Question) -> Outcome:
    """Return the outcome of one question, before grades."""
    if is_straight(question) and not question.plan.lasting:
        straight = evaluate_straight(question, question.own_entry())
        if straight is not None:
            return straight
    outcome = Outcome()
    if not _assessed(question, outcome):
        return outcome
    entry = question.own_entry()
    months_of: Months = {}
    rest = _pay(question, entry, months_of)
    sums = fold_plain(question, months_of)
    payments: dict[int, list[Payment]] = {}
    missing: dict[int, str] = {}
    if rest or any(state.always for state in question.plan.states):
        payments, missing = _general(question, rest)
    vetoes = standing_vetoes(question, rest) if question.plan.veto_kinds else ()
    sum_up(question, outcome, sums, payments, missing, vetoes)
    return outcome


def _pay(question: Question, entry: Entry, months_of: Months) -> list[Fact]:
    """Run the inner loop for every version in force; return the facts it left, in order."""
    rest: list[Fact] = []
    for state, first, last in question.reigns():
        mine = live(entry, first, last, question.as_of)
        check_amounts(mine, state)
        rest += pay_plain(mine, state.plain, months_of, question.trace)
    return sorted(rest, key=_DAY_AND_ID)


def is_assessed(question: Question) -> bool:
    """Return whether the subject is scored at all in this period."""
    return _assessed(question, Outcome())


def _assessed(question: Question, outcome: Outcome) -> bool:
    """Decide whether the subject is scored at all; an exemption on the last day that counts rules."""
    subject, day = question.subject, question.until_date
    who = question.state.version.head.who
    if not (subject.exemptions or subject.joined or subject.left or who.categories or who.kinds):
        return True
    last_day = min(day, subject.left) if subject.left is not None else day
    exemption = subject.exemption_on(last_day)
    if exemption is not None and exemption.effect == "not_assessed":
        outcome.status, outcome.reason = "not_assessed", exemption.reason or "exempt"
    elif (who.categories and subject.category_on(last_day) not in who.categories) or (
        who.kinds and subject.kind not in who.kinds
    ):
        outcome.status, outcome.reason = "not_assessed", "not among those assessed"
    elif (subject.joined is not None and subject.joined > day) or (
        subject.left is not None and subject.left.toordinal() < question.start
    ):
        outcome.status, outcome.reason = "not_assessed", "did not belong in this period"
    elif exemption is not None:
        outcome.status, outcome.reason = "not_graded", exemption.reason or "exempt from grades"
    return outcome.status != "not_assessed"


def _general(question: Question, rest: Sequence[Fact]) -> tuple[dict[int, list[Payment]], dict[int, str]]:
    """Return the payments of every general clause that has any, and the clauses with a missing answer."""
    payments: dict[int, list[Payment]] = {}
    missing: dict[int, str] = {}
    events: dict[int, list[tuple[Fact, ClausePlan]]] = {}
    # Where the rules changed, a kind one version leaves to the inner loop may be measured by the next.
    candidates = rest if question.single else question.own_facts(question.start, question.until)
    for state, first, last in question.reigns():
        for plan, called in _called(state, candidates):
            if not called and question.single and _is_silent(question, plan):
                continue
            facts = _clause_facts(question, plan, called)
            if isinstance(plan.clause.measure, Each):
                events.setdefault(plan.no, []).extend(_paying(question, plan, facts, first, last))
            else:
                found = measure(question, plan, facts, first, last)
                payments.setdefault(plan.no, []).extend(found.payments)
                if found.missing:
                    missing[plan.no] = found.missing
    for no, paired in events.items():
        if paired:
            payments.setdefault(no, []).extend(pay_events(question, paired))
    for no, paid in payments.items():
        plan = question.plan.newest[no]
        in_order = sorted(paid, key=_DAY_OF)
        payments[no] = signed(question, plan, capped(question, plan, in_order))
    return payments, missing


def _is_silent(question: Question, plan: ClausePlan) -> bool:
    """Return whether a clause without a fact pays nothing, and nobody asks why."""
    return plan.clause.missing == "zero" and not plan.roams and question.trace is None


def _called(state: State, rest: Sequence[Fact]) -> Iterable[tuple[ClausePlan, list[Fact]]]:
    """Return each clause to ask, in order of its number, with the facts of the period that may call it."""
    called: dict[int, tuple[ClausePlan, list[Fact]]] = {plan.no: (plan, []) for plan in state.always}
    for fact in rest:
        for plan in readers_of(state, fact.kind, fact.attributes):
            if plan.no not in called:
                called[plan.no] = (plan, [])
            called[plan.no][1].append(fact)
    return [called[no] for no in sorted(called)]


def _clause_facts(question: Question, plan: ClausePlan, called: Sequence[Fact]) -> list[Fact]:
    """Return the facts a clause counts, cleared ones left out."""
    spread = not question.single and not isinstance(plan.clause.measure, Each)
    if not plan.roams and not spread:
        return admitted(question, plan, called)
    facts = admitted(question, plan, windowed(question, plan))
    window = plan.clause.window
    if not (window.clear_after or window.clear_on):
        return facts
    item = question.item_now(plan.item)
    of_item = [f for f in _selected(question, item) if f.day <= question.until]
    first = cleared(question, item.clauses, of_item)
    if question.trace is not None:
        question.trace.refused += [
            (plan.no, fact, "cleared", str(first)) for fact in facts if fact.day < first
        ]
    return [fact for fact in facts if fact.day >= first]


def _selected(question: Question, item: ItemPlan) -> list[Fact]:
    found = {
        fact.id: fact for plan in item.clauses for fact in windowed(question, plan) if selects(plan, fact)
    }
    return sorted(found.values(), key=lambda fact: fact.day)


def _paying(
    question: Question, plan: ClausePlan, facts: Sequence[Fact], first: int, last: int
) -> Iterable[tuple[Fact, ClausePlan]]:
    """Pair each fact of this reign with its clause; one from before the period pays as it did on its day."""
    for fact in facts:
        if first <= fact.day <= last:
            yield fact, plan
        elif fact.day < question.start == first:
            yield fact, question.clause_on(plan, fact.day)

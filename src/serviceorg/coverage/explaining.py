"""Why a check found what it found: reasons, made when somebody asks."""

from collections.abc import Iterator
from fractions import Fraction
from functools import singledispatch
from itertools import islice

from ..basics import Label
from ..reasons import Reason, render
from .bounds import shown
from .reached import ReachReport, Unreached
from .results import CoverageReport, Finding, Outcome
from .rules import Check, Display, ReachCheck, Rule
from .sentences import OF_WORDS, SENTENCES, number, percent, wanted

Explained = CoverageReport | Outcome | Finding | ReachReport | Unreached


def explain(one: Explained, *, lang: str = "en", most: int = 20) -> str:
    """Return why a report, a check's outcome, a finding or a home's distance is as it is, in "en" or "zh".

    At most so many findings of a check are written out, and so many of those who are not met and whom no
    finding names (of a share or circle); the others are counted.
    """
    return render(reason_of(one, most=most), SENTENCES, lang=lang)


@singledispatch
def reason_of(one: object, *, most: int = 20) -> Reason:
    """Return the reason of anything coverage answers."""
    raise TypeError(f"{type(one).__name__} is nothing coverage has found")


@reason_of.register
def _report(report: CoverageReport, *, most: int = 20) -> Reason:
    title = report.book.title if report.book.title != Label() else report.book.id
    hard = len(report.hard)
    rows = tuple(reason_of(outcome, most=most) for outcome in report.checks.values())
    arguments = (title, report.on, hard, len(report.findings) - hard)
    return Reason("report", arguments, rows, report.book.source)


@reason_of.register
def _outcome(outcome: Outcome, *, most: int = 20) -> Reason:
    rule, share = outcome.rule, outcome.share
    if outcome.base == 0:
        return Reason("no-base", (rule.name, rule.id), tuple(_beside(outcome)), rule.source)
    said = "" if share is None else f"{outcome.shown_share} %"
    children = (*_beside(outcome), *_found(outcome, most))
    if isinstance(rule, ReachCheck):
        return Reason("circle", (rule.name, rule.id, OF_WORDS[rule.share_of], said), children, rule.source)
    arguments = (rule.name, rule.id, outcome.met, outcome.base, said)
    return Reason("outcome", arguments, children, rule.source)


def _beside(outcome: Outcome) -> Iterator[Reason]:
    """Yield what else belongs to an outcome: exact numbers, exemptions, where the rule is from."""
    rule, share = outcome.rule, outcome.share
    if share is not None and share * 100 != Fraction(outcome.shown_share or 0):
        yield Reason("exact", (_both(share), outcome.shown_share))
    if rule.noun == "quota" and outcome.total is not None and outcome.mean is not None:
        mean = outcome.shown_mean
        exactly = "" if Fraction(mean or 0) == outcome.mean else f" ({number(outcome.mean)})"
        yield Reason("total", (number(outcome.total), f"{mean}{exactly}"))
    if outcome.reach is not None:
        yield reason_of(outcome.reach, most=0)
    if outcome.exempt:
        yield Reason("exempt", (outcome.exempt,))
    yield from _about(rule)


def _about(rule: Rule) -> Iterator[Reason]:
    if rule.rows:
        yield Reason("row", (", ".join(map(str, rule.rows)),))
    if rule.illustrative:
        yield Reason("illustrative")


def _found(outcome: Outcome, most: int) -> Iterator[Reason]:
    if not outcome.findings:
        yield Reason("holds")
    for finding in outcome.findings[:most]:
        yield _said(finding)
    if len(outcome.findings) > most:
        yield Reason("more", (len(outcome.findings) - most,))
    if isinstance(outcome.rule, Check) and outcome.rule.of == "mean":
        return  # no single one is at fault, or needs to keep the bounds
    named = {finding.of for finding in outcome.findings}
    unmet = [one for one in outcome.unmet if one not in named]
    if unmet:
        more = (Reason("more", (len(unmet) - most,)),) if len(unmet) > most else ()
        yield Reason("unmet", (len(unmet),), (*_unmet(outcome, unmet, most), *more))


def _unmet(outcome: Outcome, unmet: list[str], most: int) -> Iterator[Reason]:
    """Yield who is not met: homes out of reach with what they are away, the nearest first."""
    if outcome.reach is None:
        yield from (Reason("one", (name,)) for name in unmet[:most])
        return
    meant = set(unmet)
    far = (one for one in outcome.reach.unreached if one.home in meant)
    yield from (reason_of(one) for one in islice(far, most))


@reason_of.register
def _finding(finding: Finding, *, most: int = 20) -> Reason:
    said, rule = _said(finding), finding.rule
    by = Reason("found-by", (rule.name, rule.id), tuple(_about(rule)), rule.source)
    return Reason(said.code, said.arguments, (*said.children, by))


def _said(finding: Finding) -> Reason:
    of, names, rule = finding.of, ", ".join(finding.names), finding.rule
    if finding.code == "untold" and isinstance(rule, ReachCheck):
        return Reason("untold-residents", (of,))
    if finding.code in ("untold", "no-place", "same", "priority"):
        arguments = {
            "untold": (of,),
            "no-place": (of,),
            "same": (of, names),
            "priority": (of, number(finding.found), number(finding.wanted)),
        }[finding.code]
        return Reason(finding.code, arguments)
    assert finding.wanted is not None
    assert finding.deviation is not None
    is_share = finding.code.startswith("share-")
    found = _both(finding.found) if is_share and finding.found is not None else number(finding.found)
    off = percent(finding.deviation) if is_share else number(finding.deviation)
    deviation = f"+{off}" if finding.deviation > 0 else off
    code = "noted" if finding.soft else "missed"
    children = (Reason("missing", (names,)),) if names else ()
    bound = wanted(finding.code, finding.wanted)
    if not of:
        return Reason(f"whole-{code}", (found, bound, deviation), children)
    return Reason(code, (of, found, bound, deviation), children)


def _both(share: Fraction) -> str:
    """Return a share as a fraction and in percent; all or none in percent alone."""
    if share.denominator == 1:
        return percent(share)
    return f"{share.numerator}/{share.denominator} = {percent(share)}"


@reason_of.register
def _reach(report: ReachReport, *, most: int = 20) -> Reason:
    children = [Reason("point", (*one[:3], number(one.residents))) for one in report.points.values()]
    if report.unknown_residents:
        children.append(Reason("unknown-residents", (report.unknown_residents,)))
    if most:
        children += [reason_of(one) for one in report.unreached[:most]]
        if len(report.unreached) > most:
            children.append(Reason("more", (len(report.unreached) - most,)))
    arguments = (
        number(report.minutes),
        report.buildings_reached,
        report.buildings,
        number(report.residents_reached),
        number(report.residents),
    )
    return Reason("reach", arguments, tuple(children))


@reason_of.register
def _unreached(one: Unreached, *, most: int = 20) -> Reason:
    if one.minutes is None:
        return Reason("no-way", (one.home,))
    # Rounded up: whoever is beyond the bound by a second is not shown within it.
    minutes = shown(one.minutes, Display(direction="up"))
    if one.metres is None:
        return Reason("unreached-by-table", (one.home, one.point, minutes))
    return Reason("unreached", (one.home, one.point, minutes, one.metres))

"""From the text of a rule file to a rule set, or to everything that is wrong with it."""

from collections.abc import Mapping
from typing import Any

from ..basics import FrozenMap
from ..errors import RuleSetProblems
from ..facts import FactKind
from ..scoring.rules import RuleSet, Version
from .build.cases import case_of
from .checks import check_draft, check_file, check_values
from .documents import document_from_text
from .drafts import Built, Draft, built, kinds_of
from .report import Path, Report, spoken
from .shapes import FACTS_FILE, read_table
from .versions import amended, version_of

#: Every version is read and checked whole; so many signs may be read for that in all.
MOST_READ = 2_000_000
_NO_KINDS: FrozenMap[str, FactKind] = FrozenMap()


def rule_set_from_text(text: str, *, file: str = "", kinds: Mapping[str, FactKind] | None = None) -> RuleSet:
    """Return the rule set of a TOML text; ``kinds`` are fact kinds of elsewhere, ``file`` is for messages.

    Raises:
        RuleSetProblems: With everything that is wrong, in the order of the lines.
    """
    document = document_from_text(text, file=file)
    report = Report(file, document, text=text, scale=_scale(document))
    draft = Draft(document, report, kinds or _NO_KINDS)
    first = _checked(draft)
    versions = _versions(draft, first) if few_amendments(draft, len(text)) else ()
    check_file(draft)
    report.raise_if_any()
    return _rule_set(draft, versions, file)


def fact_kinds_from_text(
    text: str, *, file: str = "", kinds: Mapping[str, FactKind] | None = None
) -> FrozenMap[str, FactKind]:
    """Return the fact kinds a facts.toml declares, together with the ``kinds`` it builds on.

    Raises:
        RuleSetProblems: With everything that is wrong.
    """
    document = document_from_text(text, file=file)
    report = Report(file, document, text=text)
    found = kinds_of(read_table(FACTS_FILE, document, (), report), report, kinds or _NO_KINDS)
    report.raise_if_any()
    return FrozenMap(found.known)


def _scale(document: Mapping[str, Any]) -> int:
    head = document.get("rule_set")
    scale = head.get("scale", 2) if isinstance(head, dict) else 2
    return scale if type(scale) is int and 0 <= scale <= 6 else 2


def _checked(draft: Draft) -> Built:
    check_draft(draft)
    values = built(draft)
    check_values(draft, values)
    return values


def few_amendments(draft: Draft, length: int, *, new: str = "rule set") -> bool:
    """Return whether every version can be checked in reasonable time; reports it if not."""
    amendments, most = len(draft.nodes("amend")), MOST_READ // max(length, 1)
    if amendments > most:
        message = f"{amendments} amendments; a file of this length may have at most {most}: begin a new {new}"
        draft.report.add("too-many", ("amend",), message)
    return amendments <= most


def _versions(draft: Draft, first: Built) -> tuple[Version, ...]:
    """Return the first version and one for each amendment; problems go to the draft's report."""
    report, head = draft.report, draft.head
    versions = []
    if not report.found:
        versions.append(version_of(draft, first, effective=head["effective"], basis=head.get("basis", "")))
    known = set(report.said())
    document: Mapping[str, Any] = draft.document
    for amendment in draft.nodes("amend"):
        document, origins = amended(document, amendment, report)
        inner = Report(report.file, document, scale=report.scale)
        later = Draft(document, inner, draft.kinds.known)
        values = _checked(later)
        passed_on(inner, report, origins, amendment.path, known=known)
        if not report.found:
            effective, basis = amendment["effective"], amendment["basis"]
            versions.append(version_of(later, values, effective=effective, basis=basis))
    return tuple(versions)


def passed_on(
    inner: Report,
    report: Report,
    origins: tuple[tuple[Path, Path], ...],
    amendment: Path,
    *,
    known: set[tuple[str, str, str]],
) -> None:
    """Report the problems of an amended document at the places of the file that brought them about.

    What is ``known`` from the version before is left out, and what is said here is added to it.
    """
    for problem, said in zip(inner.found, inner.said(), strict=True):
        if said in known:
            continue
        known.add(said)
        code, path, message = problem
        origin = next(((new, old) for new, old in origins if path[: len(new)] == new), None)
        if origin is not None:
            new, old = origin
            report.add(code, (*old, *path[len(new) :]), message)
        else:
            place = spoken(path, inner.document) or "the file"
            report.add(code, amendment, f"with this amendment, {place}: {message}")


def _rule_set(draft: Draft, versions: tuple[Version, ...], file: str) -> RuleSet:
    head = draft.head
    if not versions:
        raise RuleSetProblems(draft.report.problems())
    given = {
        name: head[name]
        for name in (
            "id",
            "title",
            "period",
            "first_month",
            "scale",
            "direction",
            "dates",
            "source",
            "illustrative",
            "rows",
        )
        if name in head
    }
    return RuleSet(
        **given,
        subject_kinds=head["subject"],
        kinds=FrozenMap(draft.kinds.known),
        versions=versions,
        cases=tuple(case_of(node, head["subject"][0]) for node in draft.nodes("case")),
        origin=file,
    )

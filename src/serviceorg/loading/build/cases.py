"""Golden cases: subjects, facts, expected results."""

from collections.abc import Mapping
from typing import Any

from ...basics import FrozenMap
from ...facts import Fact
from ...model import Dated, Exemption, Subject
from ...scoring.rules import Case

ONLY = "S"


def subject_nodes(node: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """Return the tables of a case's subjects; an empty one where none is written."""
    nodes: tuple[Mapping[str, Any], ...] = node.get("subjects") or (node.get("subject", {}),)
    return nodes


def case_of(node: Mapping[str, Any], kind: str) -> Case:
    """Return a golden case; ``kind`` is the kind of subjects that do not say theirs."""
    subjects = tuple(_subject(subject, kind) for subject in subject_nodes(node))
    default = subjects[0].id if len(subjects) == 1 else ONLY
    expected = node["expects"] if "expects" in node else {default: node["expect"]}
    return Case(
        title=node["title"],
        period=node["period"],
        as_of=node.get("as_of"),
        subjects=subjects,
        facts=tuple(_fact(fact, number, default) for number, fact in enumerate(node.get("facts", ()), 1)),
        expect=FrozenMap({subject: FrozenMap(results) for subject, results in expected.items()}),
    )


def _subject(node: Mapping[str, Any], kind: str) -> Subject:
    given = dict(node)
    for name in ("category", "organisation"):
        given[name] = _dated(node.get(name, ""))
    given["exemptions"] = tuple(Exemption(**exemption) for exemption in node.get("exemptions", ()))
    return Subject(**{"id": ONLY, "kind": kind, **given})


def _dated(value: Any) -> Any:
    return value if isinstance(value, str) else tuple(Dated(**dated) for dated in value)


def _fact(node: Mapping[str, Any], number: int, default: str) -> Fact:
    return Fact(
        **{
            "id": f"case-{number}",
            "subject": default,
            "recorded_on": node["on"],
            **node,
            "attributes": FrozenMap(node.get("attributes", ())),
        }
    )

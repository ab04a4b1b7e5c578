"""The numbers of parts a file promises to have, against those it has."""

from collections.abc import Mapping

from ..drafts import Draft


def check_counts(draft: Draft, found: Mapping[str, int], *, code: str = "counts") -> None:
    """Report each promised number that is not the one found; what is not promised is free."""
    counts = draft.head.get("counts", {})
    for name, promised in counts.items():
        if found[name] != promised:
            advice = "add what is missing or correct the number"
            message = f"{promised} {name} are promised, but there are {found[name]}; {advice}"
            draft.report.add(code, counts.at(name), message)

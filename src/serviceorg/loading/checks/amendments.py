"""Amendments follow one another in time, after the first day of what they amend."""

from ..drafts import Draft


def check_amendments(draft: Draft, document: str = "rule set") -> None:
    """Report amendments that do not begin after the rule set (or workflow) and after those before them."""
    before, since = draft.head.get("effective"), f"the {document} begins"
    for amendment in draft.nodes("amend"):
        day = amendment.get("effective")
        if day is None:
            continue
        if before is not None and day <= before:
            message = (
                f"{day} is not after {before}, when {since}; amendments stand in the order of their dates"
            )
            draft.report.add("amend-order", amendment.at("effective"), message)
        before, since = day, "the amendment before it begins"

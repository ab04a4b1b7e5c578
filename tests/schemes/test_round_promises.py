"""The promises of rounds, decisions, publications and appeals have teeth: a careless change breaks one."""

from importlib.resources import files
from pathlib import Path

import pytest

import serviceorg as so
from serviceorg.loading import workflow_from_text

SCHEMES = Path(str(files("serviceorg"))) / "schemes"

#: The workflow, a move by its English title, where it begins, and where a careless hand lets it begin too.
CARELESS = [
    ("erqi/vanguard-member", "Submit to the district", "published", "proposed"),
    ("erqi/model-organisation", "Put to the committee", "published", "proposed"),
    ("erqi/three-ballots", "The standing committee votes", "committee", "recommendation"),
    ("erqi/character-check", "Conclude", "conclusion-due", "veto-review"),
    ("erqi/promise-and-reviews", "A resident reviews", "masses-due", "self-due"),
    ("qinling/four-deliberations-two-publications", "Begin to carry it out", "decision-published", "decided"),
    (
        "qinling/one-solicit-three-deliberate-two-publish",
        "Review and close",
        "result-published",
        "result-due",
    ),
    ("qinling/one-solicit-three-deliberate-two-publish", "The committee proposes", "proposal", "soliciting"),
    ("gaomi/two-promises-two-reports-two-reviews", "Give one of the two reports", "reporting", "promising"),
    ("published/publication", "Confirm", "window-over", "correcting"),
    ("published/appeal", "Decide the re-examination", "reexamination", "appeal-open"),
]


@pytest.mark.parametrize(("name", "title", "begins", "also"), CARELESS)
def test_a_move_that_begins_too_early_breaks_a_promise(name, title, begins, also):
    """Rows 38 to 163, W21: letting a step begin where it must not is refused when the file is read."""
    place, stem = name.split("/")
    text = (SCHEMES / place / "workflows" / f"{stem}.toml").read_text(encoding="utf-8")
    kinds = (SCHEMES / place / "facts.toml").read_text(encoding="utf-8")
    old, new = f'en = "{title}" }}\nfrom = "{begins}"', f'en = "{title}" }}\nfrom = ["{begins}", "{also}"]'
    assert text.count(old) == 1

    with pytest.raises(so.WorkflowProblems) as found:
        workflow_from_text(f"{text.replace(old, new)}\n{kinds}")

    assert "promise" in {problem.code for problem in found.value.problems}

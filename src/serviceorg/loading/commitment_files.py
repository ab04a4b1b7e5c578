"""From the text of a commitments file to a book of commitments, or to everything that is wrong with it."""

from collections.abc import Mapping

from ..basics import FrozenMap
from ..commitments import CommitmentBook
from ..errors import CommitmentProblems
from ..facts import FactKind
from .build.commitments import book_of
from .checks.commitments import check_commitments
from .digest import digest_of
from .documents import document_from_text
from .drafts import Draft
from .report import Report
from .shapes.commitments import COMMITMENTS_FILE
from .versions import plain_kind

_NO_KINDS: FrozenMap[str, FactKind] = FrozenMap()
#: Decimals a target or an amount may have.
_SCALE = 4


def commitments_from_text(
    text: str, *, file: str = "", kinds: Mapping[str, FactKind] | None = None
) -> CommitmentBook:
    """Return the commitments of a TOML text; ``kinds`` are fact kinds of elsewhere, ``file`` is for messages.

    Raises:
        CommitmentProblems: With everything that is wrong, in the order of the lines.
    """
    document = document_from_text(text, file=file, error=CommitmentProblems)
    report = Report(file, document, text=text, scale=_SCALE, error=CommitmentProblems)
    draft = Draft(document, report, kinds or _NO_KINDS, file=COMMITMENTS_FILE, head="commitments")
    check_commitments(draft)
    report.raise_if_any()
    rules = {name: value for name, value in document.items() if name != "case"}
    known = draft.kinds.known
    named = {kind for node in draft.nodes("commitment") for kind in node.get("fact", ())}
    read = {name: plain_kind(known[name]) for name in sorted(named)}
    return book_of(draft, origin=file, digest=digest_of({**rules, "fact": read}))

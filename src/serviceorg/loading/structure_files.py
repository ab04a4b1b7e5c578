"""From the text of a structure file to a structure, or to everything that is wrong with it."""

from collections.abc import Mapping

from ..errors import StructureProblems
from ..facts import FactKind
from ..model.structure import Structure
from .build.structure import structure_of
from .checks.structure import check_structure
from .documents import document_from_text
from .drafts import Draft
from .report import Report
from .shapes.structure import STRUCTURE_FILE


def structure_from_text(
    text: str, *, file: str = "", kinds: Mapping[str, FactKind] | None = None
) -> Structure:
    """Return the structure of a TOML text; ``file`` is for messages.

    A structure reads no facts: ``kinds`` is taken as by every reader of files, and not used.

    Raises:
        StructureProblems: With everything that is wrong, in the order of the lines.
    """
    document = document_from_text(text, file=file, error=StructureProblems)
    report = Report(file, document, text=text, error=StructureProblems)
    draft = Draft(document, report, kinds or {}, file=STRUCTURE_FILE, head="structure")
    check_structure(draft)
    report.raise_if_any()
    return structure_of(draft, origin=file)

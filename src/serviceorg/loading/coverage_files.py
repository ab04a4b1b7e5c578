"""From the text of a coverage file to a book of checks, or to everything that is wrong with it."""

from collections.abc import Mapping

from ..basics import FrozenMap
from ..coverage.rules import CoverageBook
from ..errors import CoverageProblems
from ..facts import FactKind
from .build.coverage import book_of
from .checks.coverage import check_coverage_file
from .documents import document_from_text
from .drafts import Draft
from .report import Report
from .shapes.coverage import COVERAGE_FILE

_NO_KINDS: FrozenMap[str, FactKind] = FrozenMap()
#: Decimals a number of a check may have.
_SCALE = 4


def coverage_from_text(
    text: str, *, file: str = "", kinds: Mapping[str, FactKind] | None = None
) -> CoverageBook:
    """Return the book of a TOML text; ``kinds`` are fact kinds of elsewhere, ``file`` is for messages.

    Raises:
        CoverageProblems: With everything that is wrong, in the order of the lines.
    """
    document = document_from_text(text, file=file, error=CoverageProblems)
    report = Report(file, document, text=text, scale=_SCALE, error=CoverageProblems)
    draft = Draft(document, report, kinds or _NO_KINDS, file=COVERAGE_FILE, head="coverage")
    check_coverage_file(draft)
    report.raise_if_any()
    return book_of(draft, origin=file)

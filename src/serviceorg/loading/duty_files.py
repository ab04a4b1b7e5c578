"""From the text of a duty file to a book of duties, or to everything that is wrong with it."""

from collections.abc import Mapping

from ..basics import FrozenMap
from ..duties import DutyBook
from ..errors import DutyProblems
from ..facts import FactKind
from .build.duties import book_of, case_of
from .checks.duties import check_duty_file, duties_of
from .digest import digest_of
from .documents import document_from_text
from .drafts import Draft
from .report import Report
from .shapes.duty_cases import DUTY_FILE
from .versions import plain_kind

_NO_KINDS: FrozenMap[str, FactKind] = FrozenMap()
#: Decimals an amount may have.
_SCALE = 4


def duties_from_text(text: str, *, file: str = "", kinds: Mapping[str, FactKind] | None = None) -> DutyBook:
    """Return the duties of a TOML text; ``kinds`` are fact kinds of elsewhere, ``file`` is for messages.

    Raises:
        DutyProblems: With everything that is wrong, in the order of the lines.
    """
    document = document_from_text(text, file=file, error=DutyProblems)
    report = Report(file, document, text=text, scale=_SCALE, error=DutyProblems)
    draft = Draft(document, report, kinds or _NO_KINDS, file=DUTY_FILE, head="duties")
    duties = duties_of(draft)
    check_duty_file(draft, duties)
    report.raise_if_any()
    known = draft.kinds.known
    read = {kind for _, duty in duties for kind in (*duty.fulfilled.facts, *_told(duty.emit))}
    rules = {name: value for name, value in document.items() if name != "case"}
    return book_of(
        draft.head,
        tuple(duty for _, duty in duties),
        tuple(case_of(node) for node in draft.nodes("case")),
        kinds=known,
        origin=file,
        digest=digest_of({**rules, "fact": {name: plain_kind(known[name]) for name in sorted(read)}}),
    )


def _told(emit: "Mapping[str, object]") -> tuple[str, ...]:
    return tuple(getattr(one, "kind", "") for one in emit.values())

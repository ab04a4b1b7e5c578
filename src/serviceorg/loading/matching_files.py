"""From the text of a file of matching rules to the rules, or to everything that is wrong with it."""

from collections.abc import Mapping

from ..basics import FrozenMap
from ..errors import MatchingProblems
from ..facts import FactKind
from ..matching.rules import MatchRules
from .build.matching import match_rules_of
from .checks.matching import check_matching_file
from .digest import digest_of
from .documents import document_from_text
from .drafts import Draft
from .report import Report
from .shapes.matching import MATCHING_FILE
from .versions import plain_kind

_NO_KINDS: FrozenMap[str, FactKind] = FrozenMap()
#: Decimals a quantity may have.
_SCALE = 4


def match_rules_from_text(
    text: str, *, file: str = "", kinds: Mapping[str, FactKind] | None = None
) -> MatchRules:
    """Return the rules of a TOML text; ``kinds`` are fact kinds of elsewhere, ``file`` is for messages.

    Raises:
        MatchingProblems: With everything that is wrong, in the order of the lines.
    """
    document = document_from_text(text, file=file, error=MatchingProblems)
    report = Report(file, document, text=text, scale=_SCALE, error=MatchingProblems)
    draft = Draft(document, report, kinds or _NO_KINDS, file=MATCHING_FILE, head="matching")
    check_matching_file(draft)
    report.raise_if_any()
    known = draft.kinds.known
    told = sorted({node["kind"] for node in draft.nodes("emit")})
    rules = {name: value for name, value in document.items() if name not in ("case", "fact")}
    digest = digest_of({**rules, "fact": {name: plain_kind(known[name]) for name in told}})
    return match_rules_of(draft, origin=file, digest=digest)

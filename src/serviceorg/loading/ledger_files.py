"""From the text of a ledger file to account rules, or to everything that is wrong with it."""

from collections.abc import Mapping

from ..basics import FrozenMap
from ..errors import LedgerProblems
from ..facts import FactKind
from ..ledger.rules import AccountRules
from .build.ledger import account_of, asset_of, expiry_of, ledger_case_of, move_of
from .checks.ledger import check_ledger
from .digest import digest_of
from .documents import document_from_text
from .drafts import Draft
from .report import Report
from .shapes.ledger import LEDGER_FILE

_NO_KINDS: FrozenMap[str, FactKind] = FrozenMap()
#: Decimals a number may have; an asset may allow fewer.
_SCALE = 4


def account_rules_from_text(
    text: str, *, file: str = "", kinds: Mapping[str, FactKind] | None = None
) -> AccountRules:
    """Return the account rules of a TOML text; ``kinds`` are fact kinds of elsewhere, ``file`` is for errors.

    Raises:
        LedgerProblems: With everything that is wrong, in the order of the lines.
    """
    document = document_from_text(text, file=file, error=LedgerProblems)
    report = Report(file, document, text=text, scale=_SCALE, error=LedgerProblems)
    draft = Draft(document, report, kinds or _NO_KINDS, file=LEDGER_FILE, head="ledger")
    check_ledger(draft)
    report.raise_if_any()
    return AccountRules(
        **draft.head,
        assets=tuple(map(asset_of, draft.nodes("asset"))),
        accounts=tuple(map(account_of, draft.nodes("account"))),
        moves=tuple(map(move_of, draft.nodes("move"))),
        expiries=tuple(map(expiry_of, draft.nodes("expiry"))),
        cases=tuple(map(ledger_case_of, draft.nodes("case"))),
        digest=digest_of({name: value for name, value in document.items() if name != "case"}),
        origin=file,
    )

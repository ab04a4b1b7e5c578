"""What every code of a problem means, for each sort of file."""

from collections.abc import Mapping

from ..basics import FrozenMap, Label
from ..errors import UnknownIdError
from .codes import CODES, FLOW_CODES
from .commitment_codes import COMMITMENT_CODES
from .coverage_codes import COVERAGE_CODES
from .duty_codes import DUTY_CODES
from .ledger_codes import LEDGER_CODES
from .matching_codes import MATCHING_CODES
from .structure_codes import STRUCTURE_CODES

#: Head of a sort of file -> the codes that such files alone have, or that mean something else there.
OWN_CODES: Mapping[str, Mapping[str, Label]] = FrozenMap(
    {
        "rule_set": {},
        "workflow": FLOW_CODES,
        "structure": STRUCTURE_CODES,
        "duties": DUTY_CODES,
        "coverage": COVERAGE_CODES,
        "ledger": LEDGER_CODES,
        "matching": MATCHING_CODES,
        "commitments": COMMITMENT_CODES,
    }
)


def codes_of(head: str) -> Mapping[str, Label]:
    """Return the meaning of every code a problem of files that begin with ``[head]`` may have.

    Most codes mean the same in files of every sort and stand in ``CODES``; the sort's own come after them.

    Raises:
        UnknownIdError: If no sort of file has such a head.
    """
    if head not in OWN_CODES:
        raise UnknownIdError("sort of file", head, OWN_CODES)
    return FrozenMap({**CODES, **OWN_CODES[head]})

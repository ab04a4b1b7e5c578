"""Where claims, needs and offers stand on a board."""

from datetime import datetime

import attrs

from ..basics import FrozenMap
from ..reasons import Reason
from .records import Claim, Quantity
from .windows import Window

#: Where a claim stands. The first four may still change.
CLAIM_STATES = (
    "waiting",
    "claimed",
    "agreed",
    "fulfilled",
    "refused",
    "declined",
    "withdrawn",
    "expired",
)


@attrs.frozen(kw_only=True)
class ClaimStanding:
    """Where a claim stands (认领状态) and why; ``since`` the moment of it, None while it waits."""

    claim: Claim
    state: str
    quantity: Quantity
    windows: tuple[Window, ...]
    since: datetime | None
    moments: FrozenMap[str, datetime]
    reason: Reason


@attrs.frozen(kw_only=True)
class Listing:
    """Where a need or offer stands (清单条目): how much is claimed, agreed, fulfilled, and still open.

    ``left`` of an offer is None if it has no bound; of one that is free again outside booked hours it is
    what is free at its busiest moment.
    """

    id: str
    side: str
    kinds: tuple[str, ...]
    area: str
    windows: tuple[Window, ...]
    quantity: Quantity | None
    claimed: Quantity
    agreed: Quantity
    fulfilled: Quantity
    left: Quantity | None
    state: str

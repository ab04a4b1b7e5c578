"""Where a ticket can be and what it carries: states, slots for people and units, fields, parts, roles."""

from decimal import Decimal

import attrs

from ...basics import Label

#: What a state is for: where tickets begin, where somebody works, where the work waits, where it ends.
STATE_KINDS = ("initial", "active", "waiting", "final")


@attrs.frozen(kw_only=True)
class State:
    """A place in the life of a ticket (状态).

    ``public`` is what outsiders see, "open" or "closed". ``outcome`` sorts final states: solved, judged,
    extended, handed-over, duplicate, withdrawn … (销号类型).
    """

    id: str
    title: Label = Label()
    kind: str = "active"
    public: str = "open"
    outcome: str = ""
    source: str = ""

    @property
    def is_final(self) -> bool:
        """Whether the ticket's life ends here."""
        return self.kind == "final"


@attrs.frozen(kw_only=True)
class Role:
    """A role people hold at units of the organisation (角色)."""

    id: str
    title: Label = Label()


@attrs.frozen(kw_only=True)
class Slot:
    """A named place for a person or a unit on the ticket (责任位): handler, requester, unit, helpers.

    A slot holds one id, or several with ``many``. With ``keep`` the first entry stays for good
    (首接负责). ``party`` makes it count for the separation of duties: applicant, handler or subject.
    ``seen_by`` names the roles that may see who it is; empty: everybody.
    """

    id: str
    title: Label = Label()
    kind: str = "person"  # person | unit
    many: bool = False
    keep: bool = False
    party: str = ""
    seen_by: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Field:
    """What a form may hold (表单字段).

    ``type`` is "text", "count" (a whole number from 0), "number" (exact), "flag", "date", "moment" (with
    time zone) or "ids" (several ids); ``one_of`` lists the allowed texts. ``seen_by`` as for slots.
    """

    id: str
    title: Label = Label()
    type: str = "text"
    one_of: tuple[str, ...] = ()
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(1_000_000)
    seen_by: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Part:
    """Something that must be done piece by piece: reports, sign-offs of several units (并联环节).

    ``pieces`` are the ids of the pieces, or ``of_slot`` names a slot with many units: one piece each.
    ``verdicts`` are the words a piece may be completed with; the first is the good one; empty: none.
    """

    id: str
    title: Label = Label()
    pieces: tuple[str, ...] = ()
    of_slot: str = ""
    verdicts: tuple[str, ...] = ()

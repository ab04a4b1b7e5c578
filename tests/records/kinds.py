"""The kinds of fact these tests read: one of every sort of attribute."""

from decimal import Decimal

from serviceorg.facts import FactKind, FieldKind

KINDS = {
    "visit": FactKind(
        id="visit",
        fields={
            "result": FieldKind(name="result", one_of=("met", "absent")),
            "score": FieldKind(name="score", type="number", most=Decimal(100), required=False),
            "urgent": FieldKind(name="urgent", type="flag", required=False),
            "due": FieldKind(name="due", type="date", required=False),
            "note": FieldKind(name="note", required=False),
        },
    ),
    "service": FactKind(id="service", amount=True, unit="h", most=Decimal(24)),
    "login": FactKind(id="login"),
}

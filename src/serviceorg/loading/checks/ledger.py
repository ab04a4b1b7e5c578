"""What is checked of account rules beyond the form: names, versions, sides of a move, what can be reached."""

from datetime import date
from decimal import Decimal
from typing import Any

from ...facts import FactKind
from ..drafts import Draft
from ..report import Path
from ..shapes import Node
from ..shapes.shape import in_words
from .ledger_cases import check_ledger_cases
from .ledger_names import AccountNames, check_ledger_versions
from .names import once


def check_ledger(draft: Draft) -> None:
    """Report everything wrong with a ledger file beyond the form of its tables."""
    for noun in ("asset", "account", "move"):
        if "ledger" in draft.root and not draft.entries(noun):
            draft.report.add(
                "empty", draft.head.path, f"nothing can be booked; write at least one [[{noun}]]"
            )
    once(draft, draft.nodes("asset"))
    names = AccountNames(draft)
    check_ledger_versions(draft)
    for account in draft.nodes("account"):
        _check_account(names, account)
    for move in draft.nodes("move"):
        _check_move(names, move)
    for expiry in draft.nodes("expiry"):
        _check_expiry(names, expiry)
    _check_reached(names)
    check_ledger_cases(names)


def _check_account(names: AccountNames, account: Node) -> None:
    report = names.report
    is_place = account.get("owner") == "place"
    if is_place != ("places" in names.draft.written(account)) and "owner" in account:
        message = "'places' and owner = \"place\" go together; write both or none"
        report.add("key-fit", account.path, message)
    if "asset" in account:
        names.asset(account["asset"], account.at("asset"))
    names.scaled(account.get("asset", ""), account, ("least", "most"))
    least, most = account.get("least", 0), account.get("most", "none")
    if "none" not in (least, most) and least > most:
        report.add("bounds", account.path, f"no amount lies from {least} to {most}")
    if "overflow" in account:
        _check_overflow(names, account)
    for position, name in enumerate(account.get("only", ())):
        names.move(name, account.at("only", position))


def _check_overflow(names: AccountNames, account: Node) -> None:
    path = account.at("overflow")
    if account.get("most", "none") == "none":
        names.report.add("key-fit", path, "'overflow' belongs to 'most', which says what does not fit")
    target = names.end(account["overflow"], path, asset=account.get("asset", ""))
    if target is not None and target.get("owner") != "place":
        names.report.add(
            "account-place", path, f"{account['overflow']!r} is no place; write one like 'pool:spare'"
        )
    if target is not None and target.get("most", "none") != "none":
        names.report.add(
            "account-place", path, f"{account['overflow']!r} has a 'most' itself; it must take everything"
        )


def _check_move(names: AccountNames, move: Node) -> None:
    asset = _check_ends(names, move)
    names.scaled(asset, move, ("amount", "least", "most", "multiple"))
    for also in move.get("also", ()):
        moved = _check_ends(names, also)
        names.scaled(moved, also, ("amount",))
        if also.get("other") and not {"from", "to"} - set(also) and names.is_between_places(also):
            message = "'other' says nothing between two places"
            names.report.add("key-fit", also.at("other"), message)
    if not {"from", "to"} - set(move) and names.is_between_places(move):
        for key in ("times", "total", "needs", "when", "not_while"):
            if key in move:
                message = f"{key!r} speaks of an owner, but no owner's account is moved: both are places"
                names.report.add("key-fit", move.at(key), message)
    _check_amounts(names, move)
    for key in ("least", "most", "multiple", "short"):
        if key in move and ("amount" in move or "all" in move) and (key != "short" or "all" in move):
            names.report.add("key-fit", move.at(key), f"{key!r} says nothing where the amount is fixed")
    for need in move.get("needs", ()):
        if "account" in need:
            kind = names.kind(need["account"], need.at("account"))
            if kind is not None and kind.get("owner") == "place":
                names.report.add(
                    "account-place", need.at("account"), f"{need['account']!r} belongs to no owner"
                )
    _check_fact(names, move)


def _check_amounts(names: AccountNames, move: Node) -> None:
    """Report a move of which no draft can ever be booked, or one that takes a rest of any size."""
    report, least, most = names.report, move.get("least"), move.get("most")
    step = move.get("multiple")
    if least is not None and most is not None and least > most:
        report.add("bounds", move.path, f"no amount lies from {least} to {most}")
    elif step and most is not None and most // step * step < max(least or step, step):
        report.add("bounds", move.path, f"no multiple of {step} lies from {least or 0} to {most}")
    if step and move.get("short") == "rest":
        message = (
            "'multiple' and short = \"rest\" contradict each other: what is left is seldom a whole multiple"
        )
        report.add("key-fit", move.at("multiple"), message)
    smallest = move.get("amount", max(least or Decimal(0), step or Decimal(0)))
    for span, total in move.get("total", {}).items():
        if smallest > total:
            message = f"one of {smallest} is more than all of a {span} may come to, {total}"
            report.add("bounds", move.at("total", span), message)


def _check_ends(names: AccountNames, node: Node) -> str:
    """Report ends of a move that cannot be; return the asset that moves, "" if that is not clear."""
    source = names.end(node["from"], node.at("from")) if "from" in node else None
    target = names.end(node["to"], node.at("to")) if "to" in node else None
    if source is None or target is None:
        return ""
    asset: str = source.get("asset", "")
    if asset and target.get("asset") and asset != target["asset"]:
        message = f"it takes {asset!r} and gives {target['asset']!r}; both sides of a move are of one asset"
        names.report.add(
            "account-asset", node.at("to"), f"{message}, and another one moves along under 'also'"
        )
    if ":" in node["from"] and node["from"] == node["to"]:
        names.report.add("key-fit", node.at("to"), f"nothing moves from {node['to']!r} to itself")
    return asset


def _check_fact(names: AccountNames, move: Node) -> None:
    report, kinds = names.report, names.draft.kinds
    for key in ("where", "rate"):
        if key in move and "fact" not in names.draft.written(move):
            report.add("key-fit", move.at(key), f"{key!r} belongs to 'fact'")
    if "fact" not in move:
        return
    if move["fact"] not in kinds.declared:
        report.unknown(
            "unknown-kind", move.at("fact"), what="fact kind", found=move["fact"], known=kinds.declared
        )
    kind = kinds.known.get(move["fact"])
    if kind is None:
        return
    for name, values in move.get("where", {}).items():
        _check_attribute(names, kind, name, values=values, path=move.at("where", name))
    if not kind.amount and "amount" not in names.draft.written(move) and "all" not in move:
        message = f"facts of {kind.id!r} carry no amount; write 'amount', so that each brings the same"
        report.add("no-amount", move.at("fact"), message)
    if "amount" in move and "rate" in move:
        report.add("key-fit", move.at("rate"), "'rate' says nothing where the amount is fixed")


def _check_attribute(
    names: AccountNames, kind: FactKind, name: str, *, values: tuple[Any, ...], path: Path
) -> None:
    field = kind.fields.get(name)
    if field is None:
        names.report.unknown("unknown-attribute", path, what="attribute", found=name, known=kind.fields)
        return
    for value in values:
        if not isinstance(value, _FIELD_TYPES[field.type]) or (
            field.type == "number" and isinstance(value, bool)
        ):
            message = f"found {in_words(value)}; {name!r} of {kind.id!r} is a {field.type}"
            names.report.add("attribute-type", path, message)
        elif field.one_of and value not in field.one_of:
            names.report.unknown("unknown-value", path, what="value", found=str(value), known=field.one_of)


_FIELD_TYPES: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "number": (int, Decimal),
    "flag": (bool,),
    "date": (date,),
}


def _check_expiry(names: AccountNames, expiry: Node) -> None:
    report = names.report
    ends = expiry.get("ends")
    kind = names.kind(expiry["account"], expiry.at("account")) if "account" in expiry else None
    if kind is not None and kind.get("owner") == "place":
        report.add("account-place", expiry.at("account"), f"{expiry['account']!r} belongs to no owner")
    written = names.draft.written(expiry)
    if ends is not None and (ends == "months") != ("months" in written):
        report.add("key-fit", expiry.path, "'months' and ends = \"months\" go together; write both or none")
    if ends is not None and (ends == "never") == ("to" in written):
        message = (
            "'to' says where it goes, which is nowhere if it never ends"
            if ends == "never"
            else ("write 'to', the place it goes to")
        )
        report.add("key-fit", expiry.path, message)
    if "to" in expiry:
        target = names.end(
            expiry["to"], expiry.at("to"), asset=kind.get("asset", "") if kind is not None else ""
        )
        if target is not None and target.get("owner") != "place":
            report.add("account-place", expiry.at("to"), f"{expiry['to']!r} is no place")
        elif target is not None and target.get("most", "none") != "none":
            message = f"{expiry['to']!r} has a 'most' itself; it must take everything"
            report.add("account-place", expiry.at("to"), message)


def _check_reached(names: AccountNames) -> None:
    """Report accounts nothing can come into: no move, nothing that moves along."""
    moves = names.draft.nodes("move")
    if not names.draft.is_sound(("move",)) or not names.draft.is_sound(("account",)) or not moves:
        return
    fed = {node["to"].partition(":")[0] for move in moves for node in (move, *move.get("also", ()))}
    for account in names.draft.nodes("account"):
        if account["owner"] != "place" and account["id"] not in fed:
            message = f'nothing comes into {account["id"]!r}; write a move with to = "{account["id"]}"'
            names.report.add("account-unfed", account.path, message)

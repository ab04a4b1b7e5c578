"""Small organisations for tests of coverage."""

from datetime import date
from decimal import Decimal

from serviceorg.coverage import Check, CoverageBook, Whom, check_coverage
from serviceorg.model import Membership, Placement, Snapshot, Trait, Unit

DAY = date(2013, 10, 15)


def snapshot(kinds=None, *, parents=None, holders=(), traits=(), sizes=None, **rest):
    """Return an organisation: kinds by unit, units above in tree "t", (unit, role, person), traits."""
    sizes = sizes or {}
    return Snapshot.of(
        units=[Unit(id=one, kind=kind, size=sizes.get(one)) for one, kind in (kinds or {}).items()],
        placements=[Placement(tree="t", unit=one, parent=above) for one, above in (parents or {}).items()],
        memberships=[Membership(person=person, unit=unit, role=role) for unit, role, person in holders],
        traits=[Trait(of=of, name=name, value=value) for of, name, value in traits],
        **rest,
    )


def cover(measure, *, each="cell", noun="cover", id="c", tree="", **options):  # noqa: A002 - as everywhere
    """Return a check of units or people; keys of its base may stand among the options."""
    base = {
        name: options.pop(name)
        for name in ("under", "where", "exempt", "role", "at", "affiliation")
        if name in options
    }
    each = (each,) if isinstance(each, str) else each
    return Check(id=id, noun=noun, whom=Whom(each=each, tree=tree, **base), measure=measure, **options)


def outcome(check, world, *, on=DAY, **told):
    """Return what one check finds."""
    return check_coverage(CoverageBook(id="test/book", checks=(check,)), world, on=on, **told)[check.id]


def found(result, *, soft=False):
    """Return (who, code) of the findings of one severity."""
    return [(one.of, one.code) for one in result.findings if one.soft == soft]


def number(value):
    """Return an exact number."""
    return Decimal(value)

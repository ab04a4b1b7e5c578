"""Who and where: units, people and what holds between them from day to day; subjects; actors."""

from .actors import Actor, Post
from .attribution import attributed
from .changes import apply_change, dissolve, merge, rename, split
from .integrity import check_snapshot
from .moves import appoint, establish, release, reparent, transfer
from .overlaps import overlapping
from .passing import passed_amounts, passed_on, successors
from .places import Place
from .records import Change, Membership, Person, Placement, Record, Trait, Unit
from .sentences import explain
from .snapshot import Snapshot
from .structure import (
    Affiliation,
    Catalogue,
    CategoryRule,
    Cutoff,
    Role,
    Structure,
    TraitKind,
    Tree,
    UnitKind,
)
from .subjects import Dated, Exemption, Subject
from .units import Units

__all__ = [
    "Actor",
    "Affiliation",
    "Catalogue",
    "CategoryRule",
    "Change",
    "Cutoff",
    "Dated",
    "Exemption",
    "Membership",
    "Person",
    "Place",
    "Placement",
    "Post",
    "Record",
    "Role",
    "Snapshot",
    "Structure",
    "Subject",
    "Trait",
    "TraitKind",
    "Tree",
    "Unit",
    "UnitKind",
    "Units",
    "apply_change",
    "appoint",
    "attributed",
    "check_snapshot",
    "dissolve",
    "establish",
    "explain",
    "merge",
    "overlapping",
    "passed_amounts",
    "passed_on",
    "release",
    "rename",
    "reparent",
    "split",
    "successors",
    "transfer",
]

"""
The peers: one module an engine, each bringing the task into the form that engine is best at.

Every peer is exact by design; forms known to be inexact (binary floats, decimals that round inside a product)
are left out.
"""

from importlib import import_module
from typing import Any, NamedTuple, Protocol

#: The peer every other one is compared with.
BASELINE = "by-hand"


class Peer(Protocol):
    """What a worker asks of a peer, in this order; only `score_all` and `score_one` are timed."""

    def load(self, count: int) -> None:
        """Hold the facts of the first `count` members in the peer's own form."""

    def compile(self) -> None:
        """Bring the rule set into the peer's own form."""

    def score_all(self) -> Any:
        """Score every member held; the answer may stay in the peer's own form."""

    def totals(self, answer: Any) -> list[int]:
        """Return the totals of an answer in hundredths, in the order of the members."""

    def score_one(self, member: int) -> Any:
        """Score one member held, given by position."""


class Entry(NamedTuple):
    """
    A row of the table: where a peer lives and what it needs.

    `most` limits the members of a peer too slow for all of them; its time is compared per member. `singles`
    is how many members are scored one by one.
    """

    name: str
    title: str
    module: str
    variant: str
    needs: tuple[str, ...] = ()
    most: int | None = None
    singles: int = 200


ENTRIES = (
    Entry(BASELINE, "Python by hand", "by_hand", "Totals"),
    Entry("by-hand-trace", "Python by hand, full trace", "by_hand", "Traces"),
    Entry("ours", "serviceorg", "ours", "Scores", ("serviceorg",)),
    Entry("ours-trace", "serviceorg, full trace", "ours", "Traced", ("serviceorg",)),
    Entry("ours-reasons", "serviceorg, trees of reasons", "ours", "Reasons", ("serviceorg",)),
    Entry("ours-kept", "serviceorg, all cards kept, places", "ours", "Kept", ("serviceorg",)),
    Entry("ours-loose", "serviceorg, from loose facts", "ours", "Loose", ("serviceorg",)),
    Entry("polars", "polars, packed keys", "polars_frames", "Frames", ("polars", "numpy")),
    Entry("duckdb", "DuckDB, BIGINT", "duckdb_tables", "Tables", ("duckdb", "pyarrow")),
    Entry(
        "openfisca",
        "OpenFisca, all inside",
        "openfisca_records",
        "Records",
        ("openfisca_core", "numpy"),
        singles=5,
    ),
    Entry(
        "openfisca-cells",
        "OpenFisca, host sums by month",
        "openfisca_cells",
        "Cells",
        ("openfisca_core", "numpy"),
        singles=10,
    ),
    Entry("zen-graph", "ZEN, table and expressions", "zen_graphs", "Graph", ("zen",), most=200, singles=50),
    Entry("zen-script", "ZEN, JavaScript node", "zen_graphs", "Script", ("zen",), most=1_000, singles=100),
)


class NotInstalled(Exception):
    """A package that a peer needs is not there; one that is there and cannot be imported is a failure."""


def entry_of(name: str) -> Entry:
    """Return the row of a peer."""
    return next(entry for entry in ENTRIES if entry.name == name)


def peer_of(entry: Entry) -> Peer:
    """
    Return a new peer, its engine imported.

    Raises:
        NotInstalled: If one of the packages it needs is missing.
    """
    for package in entry.needs:
        _import(package)
    return getattr(import_module(f"{__name__}.{entry.module}"), entry.variant)()


def _import(package: str) -> None:
    try:
        import_module(package)
    except ModuleNotFoundError as error:
        if error.name != package:
            raise
        raise NotInstalled(str(error)) from error


#: The distributions whose versions belong to a result.
DISTRIBUTIONS = ("serviceorg", "polars", "duckdb", "openfisca-core", "zen-engine", "numpy", "pyarrow")

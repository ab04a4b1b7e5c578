"""Whether a snapshot is whole: every problem, with its record and its days."""

from .check import check_snapshot

__all__ = ["check_snapshot"]

"""Verification of definitions: what cannot be meant is found before the first ticket is opened."""

from .findings import Finding
from .graph import Arrow, Graph, graph
from .moved import verify_moved
from .verification import verify

__all__ = ["Arrow", "Finding", "Graph", "graph", "verify", "verify_moved"]

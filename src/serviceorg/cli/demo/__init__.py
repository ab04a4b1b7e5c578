"""``serviceorg demo``: an invented district and an invented city, and the library at work on them.

``show`` is the face. ``erqi`` and ``zhucheng`` invent people, facts and records from a seed; the rest tells
what comes of them.
"""

from .show import run

__all__ = ["run"]

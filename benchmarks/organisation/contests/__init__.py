"""The contests: one module a question, each with rivals in the form each of them is best at."""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, NamedTuple

#: The rival every other one is compared with, in every contest.
BASELINE = "by-hand"

#: Module and name in it of each contest, in the order of the tables.
NAMES = ("reading", "covers", "as_of", "below", "reach", "journal", "balance", "duties", "matching")


class Rival(NamedTuple):
    """
    One way to answer.

    ``make`` brings the task into the rival's own form, outside the clock, and returns the work that is timed:
    pieces in, answers out, in whatever form. ``told`` turns an answer into values that can be compared. Of
    ``share`` pieces a slow rival is given one.
    """

    name: str
    title: str
    make: Callable[[Any], Callable[[Sequence[Any]], Any]]
    told: Callable[[Any], list[Any]] = list
    needs: str = ""
    share: int = 1


class Contest(NamedTuple):
    """
    One question put to all rivals.

    ``task`` makes the input of a size, ``pieces`` what is asked of it in one turn. ``unit`` is what one
    piece costs, in seconds over ``scale``.
    """

    title: str
    unit: str
    scale: float
    size: int
    quick: int
    task: Callable[[int], Any]
    pieces: Callable[[Any, int], Sequence[Any]]
    rivals: tuple[Rival, ...]
    turns: int = 9


def contest_of(name: str) -> Contest:
    """Return a contest."""
    return import_module(f"{__name__}.{name}").CONTEST

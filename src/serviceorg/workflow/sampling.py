"""Samples that anybody can draw again: by a written seed, not by chance."""

from collections.abc import Iterable
from fractions import Fraction
from hashlib import sha256
from math import ceil


def sampled(ids: Iterable[str], *, share: Fraction | str, seed: str) -> tuple[str, ...]:
    """Return a sample of at least ``share`` of the ids, in their own order (抽样回访).

    Whoever is in it follows from the seed and the ids alone: publish the seed beforehand, and everybody can
    draw the same sample afterwards (trap 40).

    >>> len(sampled((f"T-{n}" for n in range(95)), share="1/10", seed="2024-07"))
    10
    """
    part = Fraction(share)
    if not 0 <= part <= 1:
        raise ValueError(f"share: found {share}; allowed is a part from 0 to 1")
    known = tuple(dict.fromkeys(ids))
    order = sorted(known, key=lambda one: sha256(f"{seed}\n{one}".encode()).digest())
    drawn = set(order[: ceil(part * len(known))])
    return tuple(one for one in known if one in drawn)

"""Frozen values made quickly: for the few classes of which one program makes millions.

The constructor of a frozen attrs class goes through ``object.__setattr__`` for every field. A blank twin with
the same slots that is not frozen is filled by plain assignment, and becomes the frozen class by one
assignment of ``__class__``: a quarter of the time, and afterwards nothing tells the two apart. CPython
allows this between classes of equal layout, without a slot for weak references (decorate with
``weakref_slot=False``). Converters and validators are passed over, so only an engine that has checked its
values may do this. The function that fills a twin is written out for each class: going through a list of
names would cost twice as much.
"""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

import attrs

P = ParamSpec("P")
T = TypeVar("T")


def blank_twin(cls: type) -> Any:
    """Return a class with the same slots that is not frozen, without values or constructor."""
    names = [field.name for field in attrs.fields(cls)]
    name = f"_{cls.__name__}Twin"
    return attrs.make_class(name, names, slots=True, weakref_slot=False, eq=False, init=False, repr=False)


def quickest(cls: type[T], made: Callable[P, T]) -> Callable[P, T]:
    """Return ``made``, which fills a twin from all fields by position, or the constructor in its place.

    The constructor is used where an interpreter does not let the twin become the class.
    """
    attempt: Callable[..., T] = made
    try:
        attempt(*attrs.fields(cls))  # type: ignore[arg-type]  # any values will do
    except TypeError:
        return by_constructor(cls, made)
    return made


def by_constructor(cls: type[T], _made: Callable[P, T]) -> Callable[P, T]:
    """Return a function with the arguments of the one given that makes the same values the ordinary way."""
    names = [field.alias for field in attrs.fields(cls)]  # type: ignore[arg-type]

    def constructed(*values: Any) -> T:
        return cls(**dict(zip(names, values, strict=True)))

    return cast("Callable[P, T]", constructed)

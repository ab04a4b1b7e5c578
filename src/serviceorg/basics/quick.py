"""Frozen values made quickly: for the few classes of which one program makes millions.

The constructor of a frozen attrs class goes through ``object.__setattr__`` for every field. A twin with
the same slots that is not frozen is filled by plain assignment, and becomes the frozen class by one
assignment of ``__class__``: a third of the time, and afterwards nothing tells the two apart. CPython
allows this between classes of equal layout, without a slot for weak references (decorate with
``weakref_slot=False``); where an interpreter does not, the constructor is used. Converters and validators
are passed over, so only an engine that has checked its values may do this.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import attrs

T = TypeVar("T")


def quick_maker(cls: type[T]) -> Callable[..., T]:
    """Return a function that makes instances of a frozen attrs class from all its fields, by position."""
    names = [field.name for field in attrs.fields(cls)]  # type: ignore[arg-type, misc]
    twin: Any = attrs.make_class(f"_{cls.__name__}Twin", names, slots=True, weakref_slot=False, eq=False)

    def made(*values: Any) -> T:
        value = twin(*values)
        value.__class__ = cls
        return value  # type: ignore[no-any-return]

    return made if _can_swap(twin, cls, len(names)) else by_constructor(cls)


def _can_swap(twin: Any, cls: type, count: int) -> bool:
    try:
        twin(*range(count)).__class__ = cls
    except TypeError:
        return False
    return True


def by_constructor(cls: type[T]) -> Callable[..., T]:
    """Return a function that makes the same instances the ordinary way."""
    names = [field.name for field in attrs.fields(cls)]  # type: ignore[arg-type, misc]

    def made(*values: Any) -> T:
        return cls(**dict(zip(names, values, strict=True)))

    return made

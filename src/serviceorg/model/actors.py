"""Who acts: a person or a program, with roles at units of the tree."""

from collections.abc import Iterable

import attrs

from ..errors import TicketError


@attrs.frozen
class Post:
    """A role held at a unit (岗位): it covers the unit and everything below; "" is no unit at all."""

    role: str
    at: str = ""


def _posts(values: "Iterable[Post | str | tuple[str, str]]") -> tuple[Post, ...]:
    """Return posts; ``"clerk@street-1"`` and ``("clerk", "street-1")`` are short for one."""
    if not isinstance(values, Iterable):
        raise TicketError(f"actor, posts: found {values!r}; allowed are posts like 'clerk@street-1'")
    return tuple(map(_post, (values,) if isinstance(values, (str, Post)) else values))


def _post(value: "Post | str | tuple[str, str]") -> Post:
    if isinstance(value, Post):
        return value
    is_pair = isinstance(value, tuple) and len(value) == 2 and all(isinstance(one, str) for one in value)
    if not is_pair and not (isinstance(value, str) and value):
        raise TicketError(f"actor, posts: found {value!r}; allowed is a post like 'clerk@street-1'")
    role, _, at = value.partition("@") if isinstance(value, str) else (value[0], "", value[1])
    return Post(role, at)


@attrs.frozen
class Actor:
    """Someone who acts on tickets (操作人): an opaque id, "" for somebody unnamed; roles held; the home unit.

    Raises:
        TicketError: For an id or unit that is no text, or a post that is none.

    >>> Actor("u7", "clerk@street-1").posts
    (Post(role='clerk', at='street-1'),)
    """

    id: str
    posts: tuple[Post, ...] = attrs.field(default=(), converter=_posts)
    unit: str = ""

    def __attrs_post_init__(self) -> None:
        for name, value in (("id", self.id), ("unit", self.unit)):
            if not isinstance(value, str):
                raise TicketError(f"actor, {name}: found {value!r}; allowed is a text")

    def holds(self, role: str) -> bool:
        """Return whether the actor holds a role, wherever."""
        return any(post.role == role for post in self.posts)

"""Groups of commands that answer a misspelt one with the nearest."""

import click

from ..errors import known_names


class Guessing(click.Group):
    """A group of commands that knows what a misspelt one was meant to be."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is asked for, with what is left of the arguments.

        Raises:
            click.UsageError: If there is none of that name; names the nearest.
        """
        name = args[0] if args else ""
        is_asked = bool(name) and not name.startswith("-") and not ctx.resilient_parsing
        if is_asked and self.get_command(ctx, name) is None:
            known = self.list_commands(ctx)
            ctx.fail(f"there is no command {name!r}; {known_names(name, known, most=len(known))}")
        return super().resolve_command(ctx, args)

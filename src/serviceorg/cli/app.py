"""The command ``serviceorg`` itself: its parts, and how errors become exit codes."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from ..errors import PluginFault, Problems, ServiceOrgError
from .groups import Guessing

#: The commands, each in the module of its name: a command is imported when it is run or told about.
PARTS = (
    "check",
    "compare",
    "coverage",
    "duties",
    "ledger",
    "plugins",
    "schemes",
    "score",
    "snapshot",
    "workflow",
)
#: Where a module has another name than its command.
_ELSEWHERE = {"plugins": "listings", "schemes": "listings"}
OK, PROBLEMS, USAGE, INTERRUPTED = 0, 1, 2, 130


class Commands(Guessing):
    """A group of commands that ends quietly when nobody reads on, as after ``| head``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, those that are not imported yet too."""
        return sorted({*super().list_commands(ctx), *PARTS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, imported now if it was not."""
        if cmd_name in PARTS and cmd_name not in self.commands:
            module = import_module(f".{_ELSEWHERE.get(cmd_name, cmd_name)}", __package__)
            self.add_command(getattr(module, cmd_name))
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a closed pipe is a good end, where click itself would end with 1."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _stop_writing()
            raise click.exceptions.Exit(OK) from None


def _tell_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: FBT001  # as click calls it
    """Write the version; no engine is imported for it."""
    if value and not ctx.resilient_parsing:
        click.echo(f"serviceorg, version {_own_version()}")
        ctx.exit()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_tell_version,
    help="Show the version and exit.",
)
def app() -> None:
    """Points, tickets, duties and accounts by local rules: exact, explained, checked.

    Exit codes: 0 all is well, 1 problems in rules or data, 2 wrong usage.
    """


@app.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Keep the invented data here.")
@click.option("--seed", type=int, default=2024, show_default=True, help="The same seed, the same data.")
@click.option(
    "--members",
    type=click.IntRange(1, 99_999),
    default=17_727,
    show_default=True,
    help="Members of the district; the city shrinks with it.",
)
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True)
def demo(*, out: Path | None, seed: int, members: int, lang: str) -> None:
    """Invent a district and a city of the published sizes, and show the library at work on them."""
    from .demo import run

    run(out=out, seed=seed, members=members, lang=lang)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; ``arguments`` None means those of the process."""
    if sys.stderr is None:  # closed by the caller, as with 2>&-
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # for as long as the process lives
    if sys.stdout is None:
        say("Error: the output is closed, so no result can be written")
        return PROBLEMS
    for stream in (sys.stdout, sys.stderr):
        # A terminal that knows no Chinese shows \u5f20 instead of ending in a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = app.main(
            None if arguments is None else [*arguments], prog_name="serviceorg", standalone_mode=False
        )
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return INTERRUPTED
    except BrokenPipeError:
        _stop_writing()
        return OK
    except (Problems, PluginFault) as error:
        say(str(error))
        return PROBLEMS
    except ServiceOrgError as error:
        say(f"Error: {error}")
        return USAGE
    except OSError as error:
        reason = error.strerror or type(error).__name__
        what = "the output cannot be written" if error.filename is None else f"{error.filename}"
        with suppress(OSError):  # the error channel may be just as full
            say(f"Error: {what}: {reason}")
        if error.filename is None:
            _stop_writing()
        return PROBLEMS
    return code if isinstance(code, int) else OK


def say(message: str) -> None:
    """Tell something on the error channel; what does so is imported with the first message."""
    from .asked import say as said

    said(message)


def _own_version() -> str:
    """Return the version that is installed, or "source" without one: as plugins.discovery, but without it."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("serviceorg")
    except PackageNotFoundError:
        return "source"


def _stop_writing() -> None:
    """Send the rest nowhere: Python would complain once more when it closes the output."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

"""
The command line: `python -m benchmarks scoring|growth|startup|workflow|organisation|all`.

Ends with status 1 when a peer that is installed fails or gives a wrong total; never because of a timing.
"""

import argparse
import sys
from collections.abc import Sequence

from . import growth, machine, organisation, report, run, startup, task, workflow
from .peers import DISTRIBUTIONS, ENTRIES

SECTIONS = {
    "scoring": run,
    "growth": growth,
    "startup": startup,
    "workflow": workflow,
    "organisation": organisation,
}
_ROUNDS = 5
_QUICK_ROUNDS = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was asked for, print it, write it down, and return the exit status."""
    options = _parser().parse_args(arguments)
    described = machine.describe(
        dict.fromkeys((*DISTRIBUTIONS, *workflow.DISTRIBUTIONS, *organisation.DISTRIBUTIONS))
    )
    print(machine.sentence(described), end="\n\n")
    wanted = SECTIONS if options.what == "all" else [options.what]
    sound = [_section(name, options, described) for name in wanted]
    return 0 if all(sound) else 1


def _section(name: str, options: argparse.Namespace, described: dict) -> bool:
    """Measure, print and save one section; return whether its answers are sound."""
    module, result = SECTIONS[name], _measure(name, options)
    print(f"## {name}", module.table(result), *module.problems(result), sep="\n\n", end="\n\n")
    if not options.dry:
        report.save(name, {"quick": options.quick, **result}, described)
    return module.sound(result)


def _measure(name: str, options: argparse.Namespace) -> dict:
    quick, only = options.quick, tuple(options.only)
    if name == "scoring":
        rounds = options.rounds or (_QUICK_ROUNDS if quick else _ROUNDS)
        members = options.members or (run.QUICK_MEMBERS if quick else task.MEMBERS)
        return run.compare(rounds, members, only, quick=quick)
    if name == "growth":
        return growth.grow(growth.QUICK if quick else growth.FULL if options.full else growth.FACTS, only)
    if name in ("workflow", "organisation"):
        suite = workflow if name == "workflow" else organisation
        return suite.measure(options.rounds or (suite.QUICK_ROUNDS if quick else suite.ROUNDS), quick=quick)
    return startup.start(options.rounds or (startup.QUICK_ROUNDS if quick else startup.ROUNDS))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measure serviceorg beside its peers."
    )
    parser.add_argument("what", nargs="?", default="all", choices=[*SECTIONS, "all"])
    parser.add_argument(
        "--quick", action="store_true", help="few rounds and few members: does everything still run?"
    )
    parser.add_argument("--full", action="store_true", help="growth up to ten million facts")
    parser.add_argument("--rounds", type=_positive, help="rounds of all but growth")
    parser.add_argument("--members", type=_positive, help="members to score")
    parser.add_argument(
        "--only",
        nargs="+",
        default=[],
        choices=[entry.name for entry in ENTRIES],
        help="these peers and the baseline",
    )
    parser.add_argument("--dry", action="store_true", help="do not write the result file")
    return parser


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"must be at least 1, got {value}")
    return value


if __name__ == "__main__":
    sys.exit(main())

"""What the floors ask for, as functions: each takes the package's folder and returns its problems."""

import ast
import builtins
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from tests.architecture import floors

FLOOR_OF = {name: level for level, names in enumerate(floors.FLOORS) for name in names}
EVERY_FLOOR = len(floors.FLOORS)


def modules_of(root: Path) -> list[Path]:
    """Return every Python file below the folder, sorted."""
    return sorted(root.rglob("*.py"))


def package_of(root: Path, path: Path) -> str:
    """Return the top-level name a file belongs to: `scoring` for scoring/plan.py, `errors` for errors.py."""
    return path.relative_to(root).with_suffix("").parts[0]


def imports_of(root: Path, path: Path) -> Iterator[tuple[int, str]]:
    """Yield (line, dotted name) for every import, lazy and type-only ones included."""
    package = (root.name, *path.relative_to(root).parts[:-1])
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            stem = ".".join((*base, *filter(None, [node.module])))
            for alias in node.names:
                yield node.lineno, f"{stem}.{alias.name}"


def unplaced(root: Path) -> list[str]:
    """Return packages to which nobody has given a floor."""
    built = {package_of(root, path) for path in modules_of(root)} - floors.FRONT
    return sorted(built - set(FLOOR_OF))


def climbing(root: Path) -> list[str]:
    """Return imports from a neighbour on the same floor, from above, or from the front door."""
    wrong = []
    for path in modules_of(root):
        here = package_of(root, path)
        height = EVERY_FLOOR if here in floors.FRONT else FLOOR_OF.get(here, -1)
        for line, name in imports_of(root, path):
            top, _, rest = name.partition(".")
            there = rest.partition(".")[0]
            if top == root.name and there != here and FLOOR_OF.get(there, EVERY_FLOOR) >= height:
                wrong.append(f"{_where(root, path, line)} {here} -> {there or root.name}")
    return wrong


def circles(root: Path) -> list[str]:
    """Return a circle of imports if there is one, within a package too; no import is too lazy to count."""
    known = {_dotted(root, path) for path in modules_of(root)}

    def target(name: str) -> str:
        return name if name in known else name.rpartition(".")[0]

    graph = {
        _dotted(root, path): {target(name) for _, name in imports_of(root, path)} & known
        for path in modules_of(root)
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [" -> ".join(error.args[1])]
    return []


def strangers(root: Path) -> list[str]:
    """Return imports of third-party packages by another door than theirs."""
    return [
        f"{_where(root, path, line)} imports {top}"
        for path in modules_of(root)
        for line, name in imports_of(root, path)
        if (top := name.partition(".")[0]) not in sys.stdlib_module_names
        and top != root.name
        and package_of(root, path) not in floors.DOORS.get(top, ())
    ]


def unrepeatable(root: Path) -> list[str]:
    """Return uses of the clock, of chance and of the surroundings, but for the declared exceptions."""
    wrong: list[str] = []
    for path in modules_of(root):
        allowed = {
            *floors.EXCEPTIONS.get(package_of(root, path), ()),
            *floors.EXCEPTIONS.get(path.relative_to(root).as_posix(), ()),
        }
        wrong += _uses(root, path, floors.UNREPEATABLE_NAMES - allowed, floors.UNREPEATABLE_MODULES - allowed)
        wrong += _unseeded(root, path)
    return wrong


def dangerous(root: Path) -> list[str]:
    """Return code that runs text, unpickles, or talks to other programs and machines."""
    return [
        problem
        for path in modules_of(root)
        for problem in _uses(root, path, floors.DANGEROUS_NAMES, floors.DANGEROUS_MODULES)
    ]


def over_the_wall(root: Path, wall: int) -> list[str]:
    """Return files with more lines than the wall is high."""
    return [
        f"{_where(root, path)} has {lines} lines; the wall is {wall}"
        for path in modules_of(root)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > wall
    ]


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def _where(root: Path, path: Path, line: int | None = None) -> str:
    name = path.relative_to(root).as_posix()
    return name if line is None else f"{name}:{line}"


def _dotted(root: Path, path: Path) -> str:
    parts = path.relative_to(root.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _uses(root: Path, path: Path, names: set[str], modules: set[str]) -> Iterator[str]:
    """Yield imports of the modules, and of the names from the standard library, and uses as attribute."""
    for line, imported in imports_of(root, path):
        top, _, rest = imported.partition(".")
        if top in modules or (top in sys.stdlib_module_names and rest.rpartition(".")[2] in names):
            yield f"{_where(root, path, line)} imports {imported}"
    for node in ast.walk(_tree(path)):
        # A bare name is a variable of one's own ("now") unless it was imported, or is a builtin like eval.
        if isinstance(node, ast.Attribute) and node.attr in names:
            yield f"{_where(root, path, node.lineno)} uses {node.attr}"
        elif isinstance(node, ast.Name) and node.id in names and hasattr(builtins, node.id):
            yield f"{_where(root, path, node.lineno)} uses {node.id}"


def _unseeded(root: Path, path: Path) -> Iterator[str]:
    """Yield every use of the module random but `random.Random(seed)`; as an annotation it may stand alone."""
    fine: set[ast.AST] = set()
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module == "random":
            yield f"{_where(root, path, node.lineno)} imports from random; write random.Random(seed)"
        if isinstance(node, ast.Call) and (node.args or node.keywords):
            fine.add(node.func)
        for note in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            fine.update(ast.walk(note) if isinstance(note, ast.AST) else ())
    for node in ast.walk(_tree(path)):
        if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
            continue
        if node.value.id == "random" and (node.attr != "Random" or node not in fine):
            yield f"{_where(root, path, node.lineno)} draws without a seed: random.{node.attr}"

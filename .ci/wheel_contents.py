"""Compare a wheel with src/serviceorg: every file must be in it, and nothing else."""

import sys
import zipfile
from pathlib import Path, PurePosixPath

SOURCE = Path(__file__).resolve().parents[1] / "src"


def main(wheel: Path) -> int:
    """Return 0 if the wheel holds exactly the package, its type marker and its data."""
    wanted = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        found = {
            name
            for name in archive.namelist()
            if not name.endswith("/") and not PurePosixPath(name).parts[0].endswith(".dist-info")
        }
    for name in sorted(wanted - found):
        print(f"{wheel.name}: {name} is missing")
    for name in sorted(found - wanted):
        print(f"{wheel.name}: {name} does not belong there")
    if "serviceorg/py.typed" not in found:
        print(f"{wheel.name}: without serviceorg/py.typed nobody sees our types")
        return 1
    print(f"{wheel.name}: {len(found)} files")
    return int(wanted != found)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

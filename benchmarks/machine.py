"""What a result was measured on, and how much memory this process holds."""

import os
import platform
import resource
import sys
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_STATUS = Path("/proc/self/status")
_CLEAR = Path("/proc/self/clear_refs")
_MIB = 1024


def describe(distributions: Iterable[str]) -> dict:
    """Return what a reader needs to compare: hardware, versions and load; nothing that names the owner."""
    return {
        "cores": os.cpu_count(),
        "cpu": cpu_model(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "packages": {name: installed(name) for name in distributions},
        "load": round(os.getloadavg()[0], 2),
    }


def sentence(machine: dict) -> str:
    """Return the description as one line."""
    packages = ", ".join(
        f"{name} {number or 'not installed'}" for name, number in machine["packages"].items()
    )
    return (
        f"{machine['cores']} cores, {machine['cpu']}, {machine['system']}, Python {machine['python']}, "
        f"load {machine['load']} at the start; {packages}"
    )


def cpu_model() -> str:
    """Return the name of the processor as the system gives it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown CPU"
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def installed(distribution: str) -> str | None:
    """Return the version of a distribution, or None."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None


def resident() -> float:
    """Return the memory held now in MiB."""
    return _status("VmRSS") or peak()


def forget_peak() -> None:
    """Begin measuring the peak anew; where the system does not allow it, the whole process counts."""
    try:
        _CLEAR.write_text("5", encoding="ascii")
    except OSError:
        return


def peak() -> float:
    """Return the most memory held since `forget_peak` in MiB."""
    unit = _MIB * _MIB if sys.platform == "darwin" else _MIB
    return _status("VmHWM") or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _status(field: str) -> float | None:
    try:
        lines = _STATUS.read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    found = [line.split()[1] for line in lines if line.startswith(f"{field}:")]
    return int(found[0]) / _MIB if found else None

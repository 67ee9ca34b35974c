"""The results as a table to read, and the machine they belong to."""

import importlib.metadata
import os
import platform
from pathlib import Path

PACKAGES = ("numba", "numpy", "scikit-learn", "torch", "jax")


def machine() -> dict[str, object]:
    """Return the processor, its cores, and the versions."""
    versions = {name: version(name) for name in PACKAGES}
    return {"processor": processor(), "cores": os.cpu_count(), "python": platform.python_version(), **versions}


def processor() -> str:
    """Return the processor's name."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def version(package: str) -> str | None:
    """Return an installed package's version, or None."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def table(steps: dict[str, float], updates: int, ours: str) -> list[str]:
    """Return the lines of one workload's table, the fastest first."""
    rows = sorted(steps.items(), key=lambda item: item[1])
    return [
        f"| {'engine':<16} | {'us a step':>9} | {'s per 100 epochs':>16} | {'times ours':>10} |",
        f"|{'-' * 18}|{'-' * 10}:|{'-' * 17}:|{'-' * 11}:|",
        *(
            f"| {name:<16} | {step:9.2f} | {step * updates * 1e-4:16.3f} | {step / steps[ours]:10.2f} |"
            for name, step in rows
        ),
    ]

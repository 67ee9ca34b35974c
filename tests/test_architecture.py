"""Imports only follow the arrows of the house: pages to the library, the library never to Streamlit."""

import ast
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
ABOVE_THE_CORE = ("mlp.estimator", "mlp.untrusted", "mlp.datasets", "mlp.exercises", "mlp.experiments", "mlp.view")
CORE = tuple(sorted({f"mlp.{path.stem}" for path in ROOT.glob("mlp/[!_]*.py")} - set(ABOVE_THE_CORE)))
EXPERIMENTS = (*CORE, "mlp.untrusted", "mlp.datasets", "mlp.exercises", "mlp.experiments")
PAGE_ROOMS = tuple(f"pages.{room}" for room in ("common", "data", "exercise", "outcome", "runs", "training"))


class Room(NamedTuple):
    """Files of one kind: the packages and the modules of ours that they may import, besides the standard library."""

    files: str
    packages: tuple[str, ...]
    ours: tuple[str, ...]


# The first room whose pattern fits a file is the file's room; a star also stands for folders
ROOMS = (
    Room("app.py", ("streamlit",), ("pages.common",)),
    Room("pages/*/*.py", ("streamlit", "numpy", "pandas", "altair", "threadpoolctl"), (*PAGE_ROOMS, "mlp")),
    Room("pages/*.py", ("streamlit",), (*PAGE_ROOMS, "mlp")),
    Room("mlp/__init__.py", (), ("mlp",)),
    Room("mlp/kernels.py", ("numpy", "numba"), CORE),
    Room("mlp/estimator.py", ("numpy", "sklearn"), CORE),
    Room("mlp/datasets/*.py", ("numpy", "sklearn"), (*CORE, "mlp.datasets")),
    Room("mlp/exercises/*.py", ("numpy",), (*CORE, "mlp.untrusted", "mlp.exercises")),
    Room("mlp/untrusted/*.py", (), ("mlp.untrusted",)),
    Room("mlp/experiments/training/peers.py", ("numpy", "sklearn"), EXPERIMENTS),
    Room("mlp/experiments/*statistics.py", ("numpy", "scipy"), EXPERIMENTS),
    Room("mlp/experiments/sweep.py", ("numpy", "pandas", "joblib"), EXPERIMENTS),
    Room("mlp/experiments/*.py", ("numpy",), EXPERIMENTS),
    Room("mlp/view/*.py", ("numpy", "pandas", "altair"), (*EXPERIMENTS, "mlp.view")),
    Room("mlp/*.py", ("numpy",), CORE),
)
SOURCES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "app.py", *ROOT.glob("pages/**/*.py"), *ROOT.glob("mlp/**/*.py"))
)


def imported(node: ast.AST, file: str) -> list[str]:
    """Return the full dotted names that one statement imports, relative ones resolved."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        folders = file.split("/")[: -node.level] if node.level else []
        start = ".".join([*folders, *([node.module] if node.module else [])])
        return [f"{start}.{alias.name}" for alias in node.names]
    return []


def within(name: str, prefixes: tuple[str, ...]) -> bool:
    """Say whether a dotted name is one of the prefixes or lies below one."""
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)


def violations(file: str, source: str) -> list[str]:
    """Return the imports that ``source`` may not have where ``file`` is."""
    room = next(room for room in ROOMS if fnmatch(file, room.files))
    names = [name for node in ast.walk(ast.parse(source)) for name in imported(node, file)]
    allowed = (*sys.stdlib_module_names, *room.packages, *room.ours)
    return [name for name in names if not within(name, allowed)]


@pytest.mark.parametrize("file", SOURCES)
def test_imports_follow_the_arrows(file: str) -> None:
    assert violations(file, (ROOT / file).read_text()) == []


@pytest.mark.parametrize(
    ("file", "source", "refused"),
    [
        ("mlp/network.py", "import streamlit as st", "streamlit"),
        ("mlp/network.py", "def late():\n    from streamlit import cache_data", "streamlit.cache_data"),
        ("mlp/network.py", "import numba", "numba"),
        ("mlp/training.py", "from sklearn.utils import shuffle", "sklearn.utils.shuffle"),
        ("mlp/losses.py", "from mlp.view import charts", "mlp.view.charts"),
        ("mlp/losses.py", "from .view import charts", "mlp.view.charts"),
        ("mlp/losses.py", "from mlp import Network", "mlp.Network"),
        ("mlp/kernels.py", "import scipy.special", "scipy.special"),
        ("mlp/experiments/training/run.py", "import scipy.stats", "scipy.stats"),
        ("mlp/exercises/solve.py", "from ..experiments import run", "mlp.experiments.run"),
        ("mlp/view/charts.py", "import streamlit", "streamlit"),
        ("mlp/experiments/training/run.py", "from pages.common import state", "pages.common.state"),
        ("pages/q1.py", "from pages.q2 import title", "pages.q2.title"),
        ("pages/q1.py", "from pages import q2", "pages.q2"),
        ("pages/q1.py", "import numpy as np", "numpy"),
        ("pages/exercise/page.py", "from pages.q1 import title", "pages.q1.title"),
        ("app.py", "import mlp", "mlp"),
    ],
)
def test_a_forbidden_import_is_refused(file: str, source: str, refused: str) -> None:
    assert violations(file, f"import math\n{source}\n") == [refused]


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("mlp/network.py", "from mlp.losses import LOSSES"),
        ("mlp/network.py", "from .losses import LOSSES"),
        ("mlp/kernels.py", "from numba import njit"),
        ("mlp/view/charts.py", "import altair as alt\nimport pandas as pd\nfrom mlp.training import EpochRecord"),
        (
            "pages/q1.py",
            "import streamlit as st\nfrom mlp.view import charts\nfrom pages.common.navigation import frame",
        ),
    ],
)
def test_an_import_along_an_arrow_is_allowed(file: str, source: str) -> None:
    assert violations(file, source) == []

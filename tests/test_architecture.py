"""Imports only follow the arrows of the house: pages to the library, the library never to Streamlit."""

import ast
import re
import sys
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]


def ground(folder: str) -> tuple[str, ...]:
    """Return the modules that lie in a folder itself, without the rooms in it."""
    return tuple(sorted(f"{folder}.{path.stem}" for path in ROOT.glob(f"{folder.replace('.', '/')}/[!_]*.py")))


CORE = (*ground("mlp"), "mlp.special")
EXERCISES = (*CORE, "mlp.untrusted", "mlp.exercises")
PRACTICE = (*EXERCISES, "mlp.practice")
CONFIG = (*CORE, "mlp.datasets", *ground("mlp.experiments"))
EXECUTION = ("mlp.limits", "mlp.tables", "mlp.experiments.execution")
TRAINING = (*CONFIG, "mlp.experiments.training")
EVIDENCE = (*TRAINING, "mlp.experiments.evidence")
RUNS = (*EVIDENCE, "mlp.experiments.outcome", "mlp.untrusted", "mlp.experiments.runs")
SWEEP = (*RUNS, "mlp.experiments.sweep")
VIEW = ground("mlp.view")


class Room(NamedTuple):
    """Files of one kind: the packages and the modules of ours that they may import, besides the standard library."""

    files: str
    packages: tuple[str, ...]
    ours: tuple[str, ...]


PAGE_ROOMS = ("common", "exercise", "worksheet", "data", "training", "outcome", "runs", "sweep")
PAGE = ("streamlit",)
CHARTS = ("numpy", "pandas", "altair")
MOST_MODULES = 20
# The first room whose pattern fits a file is the file's room; a star also stands for folders
ROOMS = (
    Room("app.py", ("streamlit",), ("pages.common",)),
    Room("pages/common/*.py", ("streamlit", "threadpoolctl"), ("pages.common", "mlp")),
    Room("pages/exercise/*.py", (*PAGE, "numpy", "pandas"), ("pages.exercise", "pages.common", "mlp")),
    Room("pages/worksheet/*.py", (*PAGE, "numpy"), ("pages.worksheet", "pages.exercise", "pages.common", "mlp")),
    Room("pages/data/*.py", PAGE, ("pages.data", "pages.common", "mlp")),
    Room("pages/training/*.py", PAGE, ("pages.training", "pages.data", "pages.common", "mlp")),
    Room(
        "pages/outcome/*.py",
        (*PAGE, "numpy"),
        (*(f"pages.{r}" for r in ("outcome", "training", "data", "common")), "mlp"),
    ),
    Room("pages/runs/*.py", PAGE, (*(f"pages.{r}" for r in ("runs", "outcome", "training", "data", "common")), "mlp")),
    Room(
        "pages/sweep/*.py", PAGE, (*(f"pages.{r}" for r in ("sweep", "outcome", "training", "data", "common")), "mlp")
    ),
    Room("pages/*.py", ("streamlit",), (*(f"pages.{room}" for room in PAGE_ROOMS), "mlp")),
    Room("mlp/__init__.py", (), ("mlp",)),
    Room("mlp/kernels.py", ("numpy", "numba"), CORE),
    Room("mlp/estimator/lbfgs.py", ("numpy", "scipy"), CORE),
    Room("mlp/estimator/data.py", ("numpy", "scipy.sparse", "sklearn"), (*CORE, "mlp.estimator")),
    Room("mlp/estimator/*.py", ("numpy", "sklearn"), (*CORE, "mlp.estimator")),
    Room("mlp/untrusted/*.py", (), ("mlp.untrusted", "mlp.limits")),
    Room("mlp/special/*.py", ("numpy",), ("mlp.arrays", "mlp.special")),
    Room("mlp/datasets/*.py", ("numpy", "sklearn"), (*CORE, "mlp.datasets")),
    Room("mlp/exercises/*.py", ("numpy",), EXERCISES),
    Room(
        "mlp/practice/recipes/*.py",
        ("numpy",),
        (*EXERCISES, *(f"mlp.practice.{name}" for name in ("chain", "rounding", "recipes"))),
    ),
    Room("mlp/practice/*.py", ("numpy",), (*EXERCISES, "mlp.practice")),
    Room("mlp/experiments/execution/cluster.py", ("distributed",), EXECUTION),
    Room("mlp/experiments/execution/*.py", (), EXECUTION),
    Room("mlp/experiments/training/peers.py", ("numpy", "sklearn"), TRAINING),
    Room("mlp/experiments/training/known_examples.py", ("numpy", "sklearn"), TRAINING),
    Room("mlp/experiments/training/*.py", ("numpy",), TRAINING),
    Room("mlp/experiments/evidence/*statistics.py", ("numpy", "scipy"), EVIDENCE),
    Room("mlp/experiments/evidence/*.py", ("numpy",), EVIDENCE),
    Room("mlp/experiments/outcome/*.py", ("numpy",), (*EVIDENCE, "mlp.experiments.outcome")),
    Room("mlp/experiments/runs/sql_*.py", ("sqlalchemy",), RUNS),
    Room("mlp/experiments/runs/*.py", ("numpy",), RUNS),
    Room("mlp/experiments/sweep/plan.py", ("sklearn.model_selection",), SWEEP),
    Room("mlp/experiments/sweep/*.py", ("numpy",), SWEEP),
    Room(
        "mlp/experiments/export/*.py",
        ("numpy", "sklearn", "joblib"),
        (*RUNS, "mlp.exercises.export.numpy_script", "mlp.experiments.export"),
    ),
    Room("mlp/experiments/__init__.py", (), EVIDENCE),
    Room("mlp/experiments/*.py", ("numpy",), CONFIG),
    Room("mlp/view/diagram/*.py", CHARTS, (*EXERCISES, *VIEW, "mlp.view.diagram")),
    Room("mlp/view/exercise/*.py", CHARTS, (*EXERCISES, *VIEW, "mlp.view.exercise")),
    Room("mlp/view/practice/*.py", ("numpy",), (*PRACTICE, *VIEW, "mlp.view.sheet", "mlp.view.practice")),
    Room("mlp/view/paper/*.py", ("numpy",), (*EXERCISES, *VIEW, "mlp.view.exercise", "mlp.view.paper")),
    Room(
        "mlp/view/sheet/*.py",
        ("numpy",),
        (
            *EXERCISES,
            *VIEW,
            "mlp.view.paper.mathml",
            "mlp.view.exercise.check_words",
            "mlp.view.diagram",
            "mlp.view.sheet",
        ),
    ),
    Room("mlp/view/training/*.py", CHARTS, (*EVIDENCE, *VIEW, "mlp.view.training")),
    Room("mlp/view/outcome/*.py", CHARTS, (*EVIDENCE, "mlp.experiments.outcome", *VIEW, "mlp.view.outcome")),
    Room(
        "mlp/view/runs/*.py", CHARTS, (*EVIDENCE, "mlp.experiments.runs", *VIEW, "mlp.view.training", "mlp.view.runs")
    ),
    Room(
        "mlp/view/sweep/*.py",
        CHARTS,
        (
            *EVIDENCE,
            "mlp.experiments.sweep",
            "mlp.untrusted.numbers",
            *VIEW,
            "mlp.view.training",
            "mlp.view.sweep",
        ),
    ),
    Room("mlp/view/*.py", CHARTS, (*TRAINING, "mlp.untrusted.numbers", *VIEW)),
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


def test_imports_follow_the_arrows() -> None:
    found = {file: violations(file, (ROOT / file).read_text()) for file in SOURCES}
    assert {file: names for file, names in found.items() if names} == {}


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
        ("mlp/experiments/execution/processes.py", "import distributed", "distributed"),
        (
            "mlp/experiments/execution/worker.py",
            "from mlp.experiments.training import slices",
            "mlp.experiments.training.slices",
        ),
        ("mlp/exercises/solve.py", "from ..experiments import run", "mlp.experiments.run"),
        ("mlp/view/charts.py", "import streamlit", "streamlit"),
        ("mlp/experiments/training/run.py", "from pages.common import state", "pages.common.state"),
        ("pages/q1.py", "from pages.q2 import title", "pages.q2.title"),
        ("pages/q1.py", "from pages import q2", "pages.q2"),
        ("pages/q1.py", "import numpy as np", "numpy"),
        ("pages/exercise/page.py", "from pages.q1 import title", "pages.q1.title"),
        ("app.py", "import mlp", "mlp"),
        # Arrows that the flat folders of before had hidden
        ("pages/data/own_controls.py", "from pages.training.both import BOTH", "pages.training.both.BOTH"),
        ("pages/runs/files.py", "from pages.exercise.take_away import download", "pages.exercise.take_away.download"),
        ("pages/common/live.py", "from pages.data.cached import split_of", "pages.data.cached.split_of"),
        ("mlp/view/training/recipes.py", "from mlp.view.outcome import verdict", "mlp.view.outcome.verdict"),
        ("mlp/experiments/training/run.py", "from mlp.experiments import evidence", "mlp.experiments.evidence"),
        ("mlp/untrusted/checks.py", "import numpy", "numpy"),
        ("mlp/practice/recipes/slips.py", "from mlp.practice import marking", "mlp.practice.marking"),
        ("mlp/practice/typed.py", "from mlp.view.numbers import times", "mlp.view.numbers.times"),
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


def crowded(folders: dict[str, int]) -> dict[str, int]:
    """Return the folders that hold more modules than a reader takes in."""
    return {folder: count for folder, count in folders.items() if count > MOST_MODULES}


def test_no_room_is_crowded() -> None:
    folders = Counter(str(Path(file).parent) for file in SOURCES if not file.endswith("__init__.py"))
    assert crowded(folders) == {}
    assert crowded({"mlp": 20, "pages/common": 52}) == {"pages/common": 52}


# What the README calls a package
PACKAGES = {
    "Streamlit": "streamlit",
    "NumPy": "numpy",
    "pandas": "pandas",
    "Altair": "altair",
    "scikit-learn": "sklearn",
    "SciPy": "scipy",
    "SQLAlchemy": "sqlalchemy",
    "numba": "numba",
    "threadpoolctl": "threadpoolctl",
    "distributed": "distributed",
    "joblib": "joblib",
}


def rooms() -> dict[str, str]:
    """Return each room of the README's table with its last column."""
    table = (ROOT / "README.md").read_text().partition("## Where things are")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`[^|]+) \| [^|]+ \| ([^|]*)\|$", table, re.MULTILINE)
    return {path.rstrip("/"): packages for head, packages in rows for path in re.findall(r"`([^`]+)`", head)}


def test_the_readme_has_a_row_for_every_room() -> None:
    folders = {str(Path(file).parent) for file in SOURCES if "/" in file}
    assert folders <= set(rooms())


def test_the_readme_tells_the_packages_that_a_room_may_import() -> None:
    for room, told in rooms().items():
        plain = re.sub(r"\(.*?\)", "", told)
        inside = [file for file in SOURCES if file == room or str(Path(file).parent) == room]
        held = {next(each for each in ROOMS if fnmatch(file, each.files)) for file in inside}
        allowed = {package.partition(".")[0] for each in held for package in each.packages}
        if inside and room != "mlp":
            assert {PACKAGES[word] for word in PACKAGES if re.search(rf"\b{word}\b", plain)} == allowed, room


def borrowed(source: str) -> list[str]:
    """Return what a source imports from a file of tests: what several tests share belongs into a module of its own."""
    names = [name for node in ast.walk(ast.parse(source)) for name in imported(node, "tests/any.py")]
    return [name for name in names if re.match(r"tests\.(\w+\.)*test_", name)]


def test_tests_borrow_nothing_from_each_other() -> None:
    sources = [path.read_text() for path in ROOT.glob("tests/**/*.py")]
    assert [name for source in sources for name in borrowed(source)] == []
    assert borrowed("from tests.pages.test_q3 import train") == ["tests.pages.test_q3.train"]
    assert borrowed("from tests.pages.question3 import train") == []

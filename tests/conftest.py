"""What holds for every test: BLAS keeps to one thread, here and in every server that a test starts."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

os.environ["OPENBLAS_NUM_THREADS"] = "1"
# Two dozen servers and programs are started, and each would compile every module of the app for itself
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# No test writes into the store of who runs the app here
os.environ["BACKPROP_RUNS"] = f"sqlite:///{tempfile.mkdtemp(prefix='runs')}/runs.db"

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import local_script_runner

from mlp.compilation import compile_all
from tests.postgres import programs, running_postgres

atexit.register(shutil.rmtree, Path(os.environ["BACKPROP_RUNS"].removeprefix("sqlite:///")).parent, ignore_errors=True)

# AppTest asks all installed packages for components whenever it starts the app, which takes far longer than a page
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
# A server compiles a page once, and AppTest whenever it runs one: here it has one store of them, as a server has
local_script_runner.ScriptCache = cache(local_script_runner.ScriptCache)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile the training engine before the first test, and before there are workers that would each do it.

    An engine that is still being compiled trains in NumPy first, and two trainings then differ in the last digits.
    """
    compile_all()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the test of a store that is killed be repeated more often than the suite has time for."""
    parser.addoption("--kills", type=int, default=10, help="how often a program that keeps runs is killed (10)")


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    """How often a program that keeps runs is killed."""
    return request.config.getoption("--kills")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Address of a real PostgreSQL server, started for the tests that ask for it."""
    if programs() is None:
        assert os.environ.get("CI") != "true", "PostgreSQL's server is not installed: apt install postgresql"
        pytest.skip("PostgreSQL's server is not installed: apt install postgresql")
    with running_postgres() as address:
        yield address

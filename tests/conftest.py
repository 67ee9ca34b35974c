"""What holds for every test: BLAS keeps to one thread, here and in every server that a test starts."""

import os

import pytest

os.environ["OPENBLAS_NUM_THREADS"] = "1"

from mlp.compiled import compile_all


def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile the training engine once, before there are workers and servers that would each do it at the same time."""
    if not hasattr(session.config, "workerinput") and session.config.getoption("numprocesses", None):
        compile_all()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the test of a store that is killed be repeated more often than the suite has time for."""
    parser.addoption("--kills", type=int, default=10, help="how often a program that keeps runs is killed (10)")


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    """How often a program that keeps runs is killed."""
    return request.config.getoption("--kills")

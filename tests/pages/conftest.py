"""Every test of a page starts on a server where nobody has trained."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from mlp.experiments.execution.choice import SETTING
from pages.common.executor import shared_executor
from pages.training.memory import finished_learners, finished_results


@pytest.fixture(autouse=True)
def training_in_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Train in threads of the test: processes of its own would take a second to start."""
    monkeypatch.setenv(SETTING, "threads")
    # A page that was opened by a test elsewhere has left processes
    if not isinstance(shared_executor(), ThreadPoolExecutor):
        shared_executor.clear()


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> None:
    """Forget the results of the tests before."""
    finished_learners.clear()
    finished_results.clear()

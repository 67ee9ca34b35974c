"""Every test of a page starts on a server where nobody has trained."""

import pytest

from pages.common.cached import finished_runs, results_memory


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> None:
    """Forget the results of the tests before."""
    finished_runs.clear()
    results_memory.clear()

"""Every test of a page starts on a server where nobody has trained."""

import pytest

from pages.training.memory import finished_learners, finished_results


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> None:
    """Forget the results of the tests before."""
    finished_learners.clear()
    finished_results.clear()

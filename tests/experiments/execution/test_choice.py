"""Which executor is chosen: the one that is asked for, or a sentence that says which there are."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from mlp.experiments.execution.choice import READY, SCHEDULER, SETTING, chosen_executor, workers
from mlp.experiments.execution.processes import Processes
from mlp.limits import processors


@pytest.mark.parametrize(("kind", "made"), [("", Processes), ("processes", Processes), ("threads", ThreadPoolExecutor)])
def test_the_setting_names_the_executor(monkeypatch, kind, made) -> None:
    monkeypatch.delenv(SCHEDULER, raising=False)
    monkeypatch.setenv(SETTING, kind)
    with chosen_executor() as executor:
        assert isinstance(executor, made)


def test_an_unknown_executor_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'gpu' needs an entry for an executor .* processes, threads"):
        chosen_executor("gpu")


def test_as_many_workers_as_are_asked_for() -> None:
    assert (workers(""), workers("3")) == (processors(), 3)
    for text in ("0", "many", "-1", "9" * 5000):
        with pytest.raises(ValueError, match="BACKPROP_WORKERS needs a whole number from 1 to 256"):
            workers(text)


def test_what_processes_import_is_there() -> None:
    __import__(READY)

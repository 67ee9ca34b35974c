"""A cluster that makes calls; what it loses is made on this machine, and so is all that follows, with a sentence."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial

import pytest

from mlp.datasets import digits, split
from mlp.experiments.config import Comparison, OurConfig, PeerConfig
from mlp.experiments.execution import cluster as cluster_module
from mlp.experiments.execution.choice import chosen_executor
from mlp.experiments.execution.cluster import Cluster, Remote, dask_cluster
from mlp.experiments.execution.workers import environment
from mlp.experiments.training.material import by_name
from mlp.experiments.training.run import largest_difference, start
from tests.e2e.server import free_port

HERE = partial(ThreadPoolExecutor, 1, "here")


class Silent(Executor):
    """A cluster's executor that takes calls and never answers."""

    def __init__(self) -> None:
        self.taken: list[Future[bytes]] = []

    def submit(self, fn, /, *args, **kwargs) -> Future[bytes]:
        """Take a call."""
        self.taken.append(Future())
        return self.taken[-1]


def reached(executor: Executor, is_there=lambda: True) -> Cluster:
    return Cluster(lambda: Remote(executor, is_there, lambda: 7), HERE, "tcp://cluster:8786")


def test_calls_are_made_by_the_cluster_and_errors_are_those_of_the_call() -> None:
    with reached(ThreadPoolExecutor(1)) as executor:
        assert executor.submit(divmod, 7, 2).result() == (3, 1)
        with pytest.raises(ZeroDivisionError):
            executor.submit(divmod, 7, 0).result()
        assert (executor.notice, executor.width) == ("", 7)


@pytest.mark.parametrize("lose", [Future.cancel, lambda future: future.set_exception(ConnectionError("closed"))])
def test_what_the_cluster_loses_is_made_here_and_so_is_what_follows(lose) -> None:
    remote = Silent()
    with reached(remote) as executor:
        promises = [executor.submit(divmod, n, 2) for n in (7, 8)]
        for future in remote.taken:
            lose(future)
        assert [promise.result(10) for promise in promises] == [(3, 1), (4, 0)]
        assert executor.submit(divmod, 9, 2).result(10) == (4, 1)
        assert len(remote.taken) == 2
        assert executor.notice.startswith("The cluster at tcp://cluster:8786 can't be reached: trainings go on")


def test_a_cluster_that_is_not_there_is_asked_for_nothing() -> None:
    remote = Silent()
    with reached(remote, lambda: False) as executor, Cluster(lambda: None, HERE, "nowhere") as nobody:
        assert executor.submit(abs, -1).result(10) == nobody.submit(abs, -1).result(10) == 1
        assert remote.taken == []
        assert nobody.notice.startswith("The cluster at nowhere ")
        assert nobody.width == executor.width == os.cpu_count()


def test_what_is_taken_back_is_taken_back_there_too() -> None:
    remote = Silent()
    with reached(remote) as executor:
        assert executor.submit(abs, -1).cancel()
        assert remote.taken[0].cancelled()
        blocking = executor.submit(time.sleep, 0.1)
        remote.taken[1].cancel()
        assert executor.submit(time.sleep, 60).cancel()
        assert blocking.result(10) is None


def test_without_the_package_a_sentence_says_what_to_do(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ImportError, match=r"pip install -r docs/deploy/requirements-dask\.txt"):
        chosen_executor("threads", "tcp://127.0.0.1:1")


@pytest.fixture
def dask() -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Yield the address of a real scheduler, and the processes: itself and two workers."""
    address, python = f"tcp://127.0.0.1:{free_port()}", [sys.executable, "-m"]
    scheduler = ["distributed.cli.dask_scheduler", "--host", address, "--no-dashboard"]
    worker = ["distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    with ExitStack() as stack:
        processes = [
            stack.enter_context(subprocess.Popen([*python, *command], env=environment(), stderr=subprocess.DEVNULL))
            for command in (scheduler, worker, worker)
        ]
        try:
            yield address, processes
        finally:
            for process in processes:
                process.kill()


@pytest.mark.slow
def test_a_real_cluster_ends_on_the_same_weights_though_a_worker_and_then_its_scheduler_die(dask, monkeypatch) -> None:
    monkeypatch.setattr(cluster_module, "PATIENCE", "30s")
    address, (scheduler, worker, _) = dask
    data, comparison = split(digits()), Comparison(OurConfig(max_iter=60), PeerConfig(max_iter=300))
    alone = start(comparison, data)
    alone.advance(60.0)
    with dask_cluster(address, HERE) as executor:
        pids = {executor.submit(os.getpid).result(60) for _ in range(4)}
        assert os.getpid() not in pids
        assert executor.width in (1, 2)  # as many as have announced themselves
        for dies in (None, worker, scheduler):
            run = start(comparison, data, material=by_name(comparison.data))
            run.train(executor, 0.5)
            if dies is not None:
                dies.kill()
            while not run.ended:
                run.train(executor, 1.0)
            for one, other in zip(run.learners, alone.learners, strict=True):
                assert largest_difference(one.record.network, other.record.network) == 0.0
            assert bool(executor.notice) == (dies is scheduler)

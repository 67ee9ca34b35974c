"""Processes that work: started when needed, replaced when they die, ended when idle, and none outlives the executor."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import as_completed
from pathlib import Path

import pytest

from mlp.experiments.execution import workers
from mlp.experiments.execution.processes import ATTEMPTS, Processes, WorkersDied
from tests.experiments.execution.light import fails

LIGHT = "tests.experiments.execution.light"


@pytest.fixture
def executor():
    with Processes(2, LIGHT) as made:
        yield made


def wait_until(holds: Callable[[], bool], seconds: float = 20.0) -> None:
    """Return once it holds; fail after a while."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def is_alive(process: int) -> bool:
    """Return whether a process is there and no zombie."""
    status = Path(f"/proc/{process}/stat")
    try:
        return status.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_calls_are_made_elsewhere_two_at_a_time_and_come_back(executor):
    assert executor.workers == ()
    futures = [executor.submit(time.sleep, 0.05) for _ in range(3)] + [executor.submit(os.getpid) for _ in range(20)]
    results = {future.result() for future in as_completed(futures)} - {None}
    assert os.getpid() not in results
    assert results <= set(executor.workers)
    assert len(executor.workers) == 2
    assert list(executor.map(abs, range(-5, 0))) == [5, 4, 3, 2, 1]


def test_who_edits_goes_before_who_trains(executor):
    assert executor.submit(os.nice, 0).result() == os.nice(0) + workers.NICENESS


def test_what_a_call_raises_is_raised_here_with_where_it_was(executor):
    with pytest.raises(ZeroDivisionError) as raised:
        executor.submit(divmod, 1, 0).result()
    assert "worker.py" in raised.value.__notes__[0]
    assert executor.submit(divmod, 7, 2).result() == (3, 1)


def test_what_can_not_be_pickled_is_told(executor):
    with pytest.raises(RuntimeError, match="pickle"):
        executor.submit(threading.Lock).result()
    with pytest.raises(Exception, match="pickle"):
        executor.submit(lambda: 1)


def test_a_call_whose_worker_is_killed_is_made_again_by_another(executor, tmp_path):
    others = [executor.submit(time.sleep, 0.1) for _ in range(4)]
    assert executor.submit(fails, str(tmp_path / "killed"), ATTEMPTS - 1).result() == ATTEMPTS - 1
    assert [future.result() for future in others] == [None] * 4


def test_a_call_that_kills_every_worker_says_so_and_others_go_on(executor, tmp_path):
    deadly, harmless = executor.submit(fails, str(tmp_path / "killed"), 99), executor.submit(abs, -1)
    with pytest.raises(WorkersDied, match="3 processes died"):
        deadly.result()
    assert harmless.result() == 1
    assert executor.submit(abs, -2).result() == 2


def test_a_mother_that_is_killed_is_started_again(executor):
    first = executor.submit(os.getppid).result()
    for process in (first, *executor.workers):
        os.kill(process, signal.SIGKILL)
    assert executor.submit(os.getppid).result() not in (first, 1)


def test_processes_that_are_idle_end_and_come_back():
    with Processes(2, LIGHT, idle_seconds=0.1) as executor:
        mother = executor.submit(os.getppid).result()
        worker = executor.workers[0]
        wait_until(lambda: not is_alive(mother) and not is_alive(worker))
        assert executor.workers == ()
        assert executor.submit(abs, -1).result() == 1


def test_what_has_not_begun_can_be_taken_back(executor):
    blocking = [executor.submit(time.sleep, 0.2) for _ in range(2)]
    waiting = executor.submit(time.sleep, 60)
    assert waiting.cancel()
    assert [future.result() for future in blocking] == [None, None]


def test_after_the_end_no_process_is_left_and_no_call_is_taken():
    executor = Processes(2, LIGHT)
    processes = {executor.submit(os.getppid).result(), *executor.workers}
    left = [executor.submit(time.sleep, 0.1) for _ in range(9)]
    executor.shutdown(wait=False, cancel_futures=True)
    assert any(future.cancelled() for future in left)
    with pytest.raises(RuntimeError, match="shut down"):
        executor.submit(abs, -1)
    for process in processes:
        wait_until(lambda process=process: not is_alive(process))


def test_no_worker_outlives_a_server_that_is_killed(tmp_path):
    script = (
        f"import os, time\nfrom mlp.experiments.execution.processes import Processes\n"
        f"executor = Processes(1, {LIGHT!r})\n"
        f"print(executor.submit(os.getppid).result(), executor.submit(os.getpid).result(), flush=True)\ntime.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, env=workers.environment()) as server:
        processes = [int(word) for word in server.stdout.readline().split()]
        assert all(map(is_alive, processes))
        server.kill()
    for process in processes:
        wait_until(lambda process=process: not is_alive(process))


def test_where_no_process_can_be_started_calls_are_made_in_a_thread(monkeypatch):
    monkeypatch.setattr(workers.sys, "executable", "/nowhere/python")
    with Processes(2, LIGHT) as executor:
        assert executor.submit(os.getpid).result() == os.getpid()

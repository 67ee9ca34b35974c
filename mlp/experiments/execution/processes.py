"""An executor of processes: started when they are needed, ended when they are idle, and replaced when they die."""

import pickle
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass
from typing import Any, TypeVar

from mlp.experiments.execution.worker import Done, answer_to
from mlp.experiments.execution.workers import CannotStart, Mother, Worker

Result = TypeVar("Result")
# How often a task is begun whose worker dies of something
ATTEMPTS = 3
IDLE_SECONDS = 120.0


class WorkersDied(BrokenExecutor):
    """One worker after the other died of a task."""


@dataclass(frozen=True, eq=False)
class Task:
    """A call that is waited for, pickled."""

    future: Future[Any]
    message: bytes


class Processes(Executor):
    """Processes that make calls of pure functions, with the interface of `concurrent.futures`.

    A call whose worker dies is made again by another: it has to be pure, and what it is given and returns is pickled.
    On a machine that has no room for a process at all it is made in a thread here.

    Parameters
    ----------
    count : int
        How many processes work at a time at the most.
    module : str
        Name of a module whose function `get_ready` imports what the calls need, once for all processes.
    idle_seconds : float
        After how long without a call a process ends; the last one takes all of their memory with it.
    """

    def __init__(self, count: int, module: str, *, idle_seconds: float = IDLE_SECONDS) -> None:
        self._count, self._idle_seconds, self._mother = count, idle_seconds, Mother(module)
        self._tasks: deque[Task] = deque()
        self._threads: dict[threading.Thread, Worker | None] = {}
        self._resting, self._closed = 0, False
        self._changed = threading.Condition()

    @property
    def workers(self) -> tuple[int, ...]:
        """The ids of the processes that are there now."""
        return tuple(worker.process for worker in list(self._threads.values()) if worker is not None)

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Return the future result of a call of a function that a worker can import."""
        future: Future[Result] = Future()
        task = Task(future, pickle.dumps((fn, args, kwargs), pickle.HIGHEST_PROTOCOL))
        with self._changed:
            if self._closed:
                raise RuntimeError("The processes were shut down: no call can be made any more.")
            self._tasks.append(task)
            if len(self._tasks) > self._resting and len(self._threads) < self._count:
                thread = threading.Thread(target=self._serve, name="worker", daemon=True)
                self._threads[thread] = None
                thread.start()
            self._changed.notify()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes once all calls are made, or with those that are under way."""
        with self._changed:
            self._closed = True
            left = list(self._tasks) if cancel_futures else []
            threads = list(self._threads)
            self._changed.notify_all()
        for task in left:
            task.future.cancel()
        for thread in threads if wait else ():
            thread.join()

    def _serve(self) -> None:
        """Have one task after the other done by a worker of this thread, until there has been none for long."""
        worker: Worker | None = None
        while (task := self._next()) is not None:
            if task.future.set_running_or_notify_cancel():
                worker = self._made(task, worker)
        if worker is not None:
            worker.end()
        if not self._threads:
            self._mother.end()

    def _next(self) -> Task | None:
        """Return the next task; None, and this thread is no longer counted, where there has been none for long."""
        with self._changed:
            self._resting += 1
            self._changed.wait_for(lambda: self._tasks or self._closed, self._idle_seconds)
            self._resting -= 1
            if self._tasks:
                return self._tasks.popleft()
            del self._threads[threading.current_thread()]
            return None

    def _made(self, task: Task, worker: Worker | None) -> Worker | None:
        """Have a task done, by another worker where one dies, and return the one that is left."""
        for _ in range(ATTEMPTS):
            try:
                worker = worker or self._new_worker()
                done = worker.do(task.message)
            except CannotStart:  # then this thread does it itself
                told(task, pickle.loads(answer_to(task.message)))
                return None
            except (EOFError, OSError):
                if worker is not None:
                    worker.end()
                worker = None
            else:
                told(task, done)
                return worker
        told(task, Done(error=WorkersDied(f"{ATTEMPTS} processes died, one after the other, of the same task.")))
        return None

    def _new_worker(self) -> Worker:
        """Return a worker for this thread."""
        worker = self._mother.worker()
        self._threads[threading.current_thread()] = worker
        return worker


def told(task: Task, done: Done) -> None:
    """Tell whoever waits what a task came to."""
    if done.error is not None:
        task.future.set_exception(done.error)
    else:
        task.future.set_result(done.result)

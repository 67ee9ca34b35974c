"""Lanes: one training slice after the other on an executor, as long as somebody asks for more."""

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from functools import partial

from mlp.experiments.config import Config
from mlp.experiments.training.learner import Learner
from mlp.experiments.training.material import Lacking, Material, make_slice
from mlp.experiments.training.slices import State

# Short enough for a fair turn and a prompt stop, long enough that sending a network is nothing beside it
SLICE_SECONDS = 0.25
# How many a lane may make until somebody asks again: enough for a browser that takes seconds to draw
SLICES = 10
POLL_SECONDS = 0.02


@dataclass(frozen=True, eq=False)
class Errand:
    """A model that is to be trained, and its data."""

    learner: Learner
    material: Material


@dataclass(eq=False)
class Lane:
    """What is trained for one visitor on one processor: its slices follow each other without a pause.

    Slices come back in threads of the executor; what they brought waits in the lane until `harvest`.

    Attributes
    ----------
    queue : deque of Errand
        Where the next model comes from; lanes may share one.
    errand : Errand or None
        Whose slices are made now.
    """

    queue: deque[Errand]
    errand: Errand | None = None
    _start: State | Config | None = None
    _left: int = 0
    _future: Future[State | Lacking] | None = None
    _error: BaseException | None = None
    _made: deque[tuple[Learner, State]] = field(default_factory=deque)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def waiting(self) -> bool:
        """Whether its slice has not begun."""
        return self._future is not None and not self._future.running()

    def ask(self, executor: Executor) -> None:
        """Ask for some slices more, from this moment on."""
        with self._lock:
            self._left = SLICES
            if self._future is None:
                self._submit(executor)

    def stop(self) -> None:
        """Ask for no more, take back what has not begun, and forget what went wrong."""
        with self._lock:
            self._left, self._error, future = 0, None, self._future
        if future is not None:
            future.cancel()

    def harvest(self) -> list[tuple[Learner, State]]:
        """Return what has come back since the last time, in its order; raise what went wrong."""
        found = [self._made.popleft() for _ in range(len(self._made))]
        if not found and self._error is not None:
            error, self._error = self._error, None
            raise error
        return found

    def _submit(self, executor: Executor, *, send: bool = False) -> None:
        """Give the next slice to the executor, if there is one to be made."""
        self._future = None
        if self._left <= 0 or not self._has_work():
            return
        errand, start = self.errand, self._start
        if errand is None or start is None:
            return
        material = errand.material
        content = (material.content,) if send else ()
        try:
            self._future = executor.submit(make_slice, start, material.key, SLICE_SECONDS, *content)
        except Exception as error:  # told where it is asked for, not in a thread of the executor
            self._error = error
            return
        self._future.add_done_callback(partial(self._back, executor))

    def _has_work(self) -> bool:
        """Return whether there is a model to go on with; take the next one where the last has ended."""
        if self.errand is None:
            try:
                self.errand = self.queue.popleft()
            except IndexError:  # another lane has just taken the last one
                return False
            self._start = self.errand.learner.state or self.errand.learner.config
        return True

    def _back(self, executor: Executor, future: Future[State | Lacking]) -> None:
        """Take what an executor brings back, and ask for the next slice."""
        with self._lock:
            if future.cancelled() or (error := future.exception()) is not None:
                self._future, self._error = None, None if future.cancelled() else error
                return
            found = future.result()
            if isinstance(found, State) and self.errand is not None:
                self._made.append((self.errand.learner, found))
                self._left, self._start = self._left - 1, found
                if found.ended:
                    self.errand = self._start = None
            self._submit(executor, send=isinstance(found, Lacking))


def drive(
    lanes: Sequence[Lane],
    executor: Executor,
    seconds: float,
    take: Callable[[], bool],
    meanwhile: Callable[[], object],
) -> None:
    """Ask all lanes for slices and take what comes back, until all is done or the time is over.

    Parameters
    ----------
    lanes : sequence of Lane
    executor : Executor
    seconds : float
        How long to wait.
    take : callable
        Takes what has come back, and returns whether all is done.
    meanwhile : callable
        Called again and again; whatever it raises ends the call, and nothing is lost.
    """
    deadline = time.perf_counter() + seconds
    while True:
        for lane in lanes:
            lane.ask(executor)
        meanwhile()
        if take() or time.perf_counter() >= deadline:
            return
        time.sleep(POLL_SECONDS)

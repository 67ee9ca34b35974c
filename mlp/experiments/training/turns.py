"""Who trains when: models in fair shares of one thread, or each in its own."""

import os
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from operator import attrgetter
from typing import Protocol

from mlp.engines import epoch_function, numpy_epoch

POLL_SECONDS = 0.02


class Trainable(Protocol):
    """What takes turns: `advance` makes one epoch, `spent` counts its seconds, `ended` says why it is over, or None."""

    spent: float

    @property
    def ended(self) -> str | None:
        """Why it is over, None while it is not."""

    def advance(self) -> None:
        """Make one epoch."""


def runs_beside_python() -> bool:
    """Return whether our engine leaves Python's lock to others, and there is a core to run on meanwhile.

    Two threads that fight for the lock are slower than one that takes turns: with NumPy one example at a time,
    scikit-learn's epochs took seven times as long.
    """
    return epoch_function("auto") is not numpy_epoch and (os.cpu_count() or 1) > 1


def in_turns(learners: Sequence[Trainable], deadline: float, between_epochs: Callable[[], object]) -> None:
    """Train until the deadline, each time the model that has had less time so far."""
    while active := [learner for learner in learners if not learner.ended]:
        min(active, key=attrgetter("spent")).advance()
        between_epochs()
        if time.perf_counter() >= deadline:
            return


def beside(others: Sequence[Trainable], own: Trainable, deadline: float, between_epochs: Callable[[], object]) -> None:
    """Train each of the others in a thread beside one in this; the threads have ended when this returns or raises."""
    halt = threading.Event()
    with ThreadPoolExecutor(len(others), "training") as pool:
        futures = [pool.submit(in_turns, (other,), deadline, lambda: raise_if(halt)) for other in others]
        try:
            in_turns((own,), deadline, between_epochs)
            for future in futures:
                wait_for(future, between_epochs)
        finally:
            halt.set()


class Halted(Exception):
    """The thread was asked to end."""


def raise_if(halt: threading.Event) -> None:
    """End the thread between two epochs."""
    if halt.is_set():
        raise Halted


def wait_for(future: Future[None], between_epochs: Callable[[], object]) -> None:
    """Wait until the thread is done, and raise what it raised."""
    while not future.done():
        between_epochs()
        time.sleep(POLL_SECONDS)
    future.result()

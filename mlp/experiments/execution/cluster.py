"""Calls on a Dask cluster, and on this machine once the cluster is gone."""

import os
import pickle
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from mlp.experiments.execution.worker import answer_to
from mlp.limits import MOST_THREADS

Result = TypeVar("Result")
PATIENCE = "5s"  # until a scheduler has to answer
GONE = "The cluster at {address} can't be reached: trainings go on on this server, and may take longer."


@dataclass(frozen=True)
class Remote:
    """A cluster that can be reached.

    Attributes
    ----------
    executor : Executor
    is_there : callable
        Returns whether it can still be reached.
    threads : callable
        Returns how many calls it makes at a time.
    """

    executor: Executor
    is_there: Callable[[], bool]
    threads: Callable[[], int]


class Cluster(Executor):
    """An executor over a cluster's own; what the cluster loses, and all that follows, is done by another.

    Parameters
    ----------
    connect : callable
        Returns the cluster, None where it can't be reached; called when the first call comes.
    local : callable
        Returns the executor that takes over; it is made when it is needed.
    address : str
        Where the cluster is, for `notice`.
    """

    def __init__(self, connect: Callable[[], Remote | None], local: Callable[[], Executor], address: str) -> None:
        self._connect, self._make_local, self._address = connect, local, address
        self._remote: Remote | None = None
        self._local: Executor | None = None
        self._lock = threading.Lock()

    @property
    def notice(self) -> str:
        """A sentence on who has taken over, empty while nobody has."""
        return "" if self._local is None else GONE.format(address=self._address)

    @property
    def width(self) -> int:
        """How many calls are made at a time, at least 1; as many as this machine has processors where it makes them."""
        remote = self._reached()
        return max(1, min(MOST_THREADS, remote.threads())) if remote else os.cpu_count() or 1

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Return the future result of a call of a function that the cluster's workers can import."""
        promise: Future[Result] = Future()
        call = partial(fn, *args, **kwargs)
        # Pickled here: Dask would look into the arguments for what it knows
        message = pickle.dumps((fn, args, kwargs), pickle.HIGHEST_PROTOCOL)
        remote = self._reached()
        if remote is None:
            self._here(promise, call)
            return promise
        try:
            future = remote.executor.submit(answer_to, message)
        except Exception:  # a cluster has errors of its own
            self._here(promise, call)
        else:
            promise.add_done_callback(partial(cancel_too, future))
            future.add_done_callback(partial(self._back, promise, call))
        return promise

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Shut down what is used on this machine, and let the cluster go."""
        if self._remote is not None:
            self._remote.executor.shutdown(wait)
        if self._local is not None:
            self._local.shutdown(wait, cancel_futures=cancel_futures)

    def _reached(self) -> Remote | None:
        """Return the cluster as long as it is there; once it is not, it is never asked again."""
        with self._lock:
            if self._local is not None:
                return None
            self._remote = self._remote or self._connect()
            if self._remote is None or not self._remote.is_there():
                self._local = self._make_local()
                return None
            return self._remote

    def _back(self, promise: Future[Result], call: Callable[[], Result], future: Future[bytes]) -> None:
        """End a promise as the cluster says, or have the call made here where it was lost."""
        if promise.cancelled():
            return
        if future.cancelled() or future.exception() is not None:
            self._here(promise, call)
        elif promise.set_running_or_notify_cancel():
            done = pickle.loads(future.result())
            end(promise, done.result, done.error)

    def _here(self, promise: Future[Result], call: Callable[[], Result]) -> None:
        """Have a call made on this machine."""
        with self._lock:
            self._local = self._local or self._make_local()
        future = self._local.submit(call)
        promise.add_done_callback(partial(cancel_too, future))
        future.add_done_callback(partial(follow, promise))


def cancel_too(future: Future[Any], promise: Future[Any]) -> None:
    """Cancel what a promise waits for where the promise was cancelled."""
    if promise.cancelled():
        future.cancel()


def follow(promise: Future[Result], future: Future[Result]) -> None:
    """End a promise as a future of this machine does."""
    if not future.cancelled() and promise.set_running_or_notify_cancel():
        error = future.exception()
        end(promise, None if error else future.result(), error)


def end(promise: Future[Result], result: Any, error: BaseException | None) -> None:
    """End a promise that is under way."""
    if error is not None:
        promise.set_exception(error)
    else:
        promise.set_result(result)


def dask_cluster(address: str, local: Callable[[], Executor]) -> Cluster:
    """Return the cluster whose scheduler is at an address; where it can't be reached, what takes its place does all.

    Raises
    ------
    ImportError
        If the package distributed is missing, with a sentence that says what to do.
    """
    try:
        import distributed  # noqa: F401
    except ImportError as error:
        raise ImportError(
            f"Training on the Dask cluster at {address} needs the package distributed: pip install -r "
            "docs/deploy/requirements-dask.txt, or take the setting away."
        ) from error
    return Cluster(partial(connected, address), local, address)


def connected(address: str) -> Remote | None:
    """Return the cluster whose scheduler is at an address, None where none answers."""
    from distributed import Client

    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError):  # nobody there, or no address
        return None
    return Remote(client.get_executor(pure=False), partial(is_running, client), partial(threads, client))


def threads(client: Any) -> int:
    """Return how many threads all workers of a client's cluster have together."""
    return sum(client.nthreads().values())


def is_running(client: Any) -> bool:
    """Return whether a client is connected with its scheduler."""
    return bool(client.status == "running")

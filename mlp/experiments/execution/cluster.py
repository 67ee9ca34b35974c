"""Calls on a Dask cluster, and on this machine once the cluster is gone."""

import pickle
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from typing import Any, TypeVar

from mlp.experiments.execution.worker import answer_to

Result = TypeVar("Result")
PATIENCE = "5s"  # until a scheduler has to answer
GONE = "The cluster at {address} can't be reached: trainings go on on this server, and may take longer."


class Cluster(Executor):
    """An executor over a cluster's own; what the cluster loses, and all that follows, is done by another.

    Parameters
    ----------
    remote : Executor or None
        The cluster's; None where it can't be reached to begin with.
    is_there : callable
        Returns whether the cluster can still be reached.
    local : callable
        Returns the executor that takes over; it is made when it is needed.
    address : str
        Where the cluster is, for `notice`.
    """

    def __init__(
        self, remote: Executor | None, is_there: Callable[[], bool], local: Callable[[], Executor], address: str
    ) -> None:
        self._remote, self._is_there, self._make_local, self._address = remote, is_there, local, address
        self._local: Executor | None = None
        self._lock = threading.Lock()

    @property
    def notice(self) -> str:
        """A sentence on who has taken over, empty while nobody has."""
        return "" if self._local is None else GONE.format(address=self._address)

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Return the future result of a call of a function that the cluster's workers can import."""
        promise: Future[Result] = Future()
        call = partial(fn, *args, **kwargs)
        try:
            if self._local is not None or self._remote is None or not self._is_there():
                raise ConnectionError
            # Pickled here: Dask would look into the arguments for what it knows
            future = self._remote.submit(answer_to, pickle.dumps((fn, args, kwargs), pickle.HIGHEST_PROTOCOL))
        except Exception:  # a cluster has errors of its own
            self._here(promise, call)
        else:
            promise.add_done_callback(lambda made: future.cancel() if made.cancelled() else None)
            future.add_done_callback(partial(self._back, promise, call))
        return promise

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Shut down what is used on this machine, and let the cluster go."""
        for each in (self._remote, self._local):
            if each is not None:
                each.shutdown(wait)

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
        promise.add_done_callback(lambda made: future.cancel() if made.cancelled() else None)
        future.add_done_callback(partial(follow, promise))


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
    """Return the cluster whose scheduler is at an address; where it can't be reached, what takes its place.

    Raises
    ------
    ImportError
        If the package distributed is missing, with a sentence that says what to do.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise ImportError(
            f"Training on the Dask cluster at {address} needs the package distributed: pip install -r "
            "docs/deploy/requirements-dask.txt, or take the setting away."
        ) from error
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError):  # nobody there, or no address
        return Cluster(None, bool, local, address)
    return Cluster(client.get_executor(pure=False), partial(is_running, client), local, address)


def is_running(client: Any) -> bool:
    """Return whether a client is connected with its scheduler."""
    return bool(client.status == "running")

"""A worker: a process that does one task after the other, as long as whoever gives them holds the other end."""

import os
import pickle
import signal
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, NamedTuple


class Done(NamedTuple):
    """What a task came to: its result, or what it raised."""

    result: Any = None
    error: BaseException | None = None


def serve(connection: Connection) -> None:
    """Do the tasks that come, and return once the other end is gone."""
    while True:
        try:
            message = connection.recv_bytes()
        except (EOFError, OSError):
            return
        answer = answer_to(message)
        try:
            connection.send_bytes(answer)
        except OSError:
            return


def answer_to(message: bytes) -> bytes:
    """Return what a pickled task came to, pickled; whatever goes wrong is part of the answer."""
    try:
        function, args, kwargs = pickle.loads(message)
        return pickle.dumps(done(function, *args, **kwargs), pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # not to be unpickled, or to be pickled
        return pickle.dumps(Done(error=RuntimeError(f"{type(error).__name__}: {error}")))


def done(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Done:
    """Return what a call came to; an error tells where it was raised, which is lost on the way between processes."""
    try:
        return Done(function(*args, **kwargs))
    except Exception as error:
        error.add_note("".join(traceback.format_exception(error)))
        return Done(error=error)


def as_worker(connection: Connection) -> None:
    """Serve in this process, which was just forked, and end it."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    try:
        serve(connection)
    finally:
        os._exit(0)

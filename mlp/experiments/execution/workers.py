"""Worker processes seen from the server: how they are started, given a task, and ended."""

import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from mlp.experiments.execution.mother import READY
from mlp.experiments.execution.worker import Done

HOUSE = Path(__file__).parents[3]
# A network of question 3 is too small for more than one thread, and visitors share the processors
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")
# Of the processor: those who read and edit go before those who train, and before what makes them ready
NICENESS = 10
PATIENCE = 5.0  # seconds until a process that was asked to end is ended


class CannotStart(Exception):
    """No process could be started here."""


@dataclass(frozen=True)
class Worker:
    """A worker at the other end of a connection."""

    connection: Connection
    process: int

    def do(self, message: bytes) -> Done:
        """Have a pickled task done; EOFError or OSError if the worker dies of it, or has died before."""
        self.connection.send_bytes(message)
        return pickle.loads(self.connection.recv_bytes())

    def end(self) -> None:
        """Let the worker go: it ends as soon as it sees the closed connection."""
        self.connection.close()


@dataclass(eq=False)
class Mother:
    """The process that workers are forked from: started when the first one is asked for, and again if it has died.

    Attributes
    ----------
    module : str
        Its function `get_ready` imports what workers need.
    """

    module: str
    _process: subprocess.Popen[bytes] | None = None
    _control: socket.socket | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def worker(self) -> Worker:
        """Return a new worker; CannotStart if there can be none."""
        with self._lock:
            for _ in range(2):  # the mother may have died since the last one
                with suppress(OSError, EOFError):
                    return self._fork(self._control or self._start())
                self._end()
        raise CannotStart("A process to train in could not be started on this machine.")

    def end(self) -> None:
        """End the mother; workers that are there go on."""
        with self._lock:
            self._end()

    def _start(self) -> socket.socket:
        """Start the process and return the socket to it, once it is ready."""
        ours, its = socket.socketpair()
        self._control = ours
        with its:
            command = [sys.executable, "-m", "mlp.experiments.execution.mother", str(its.fileno()), self.module]
            self._process = subprocess.Popen(command, env=environment(), pass_fds=[its.fileno()],
                                             stdin=subprocess.DEVNULL)  # fmt: skip
        with suppress(OSError):  # it has ended already
            os.setpriority(os.PRIO_PROCESS, self._process.pid, os.getpriority(os.PRIO_PROCESS, 0) + NICENESS)
        if ours.recv(1) != READY:
            raise EOFError
        return ours

    def _fork(self, control: socket.socket) -> Worker:
        """Have a worker forked."""
        with connected() as (ours, its):
            socket.send_fds(control, [b"w"], [its.fileno()])
            told = control.recv(4, socket.MSG_WAITALL)
            if len(told) < 4:
                raise EOFError
            return Worker(Connection(ours.detach()), int.from_bytes(told, "big"))

    def _end(self) -> None:
        """Close the socket, which ends the process, and wait for that."""
        process, control = self._process, self._control
        self._process = self._control = None
        if control is not None:
            control.close()
        if process is not None:
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()


@contextmanager
def connected() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Yield both ends of a connection, closed in the end unless they were detached."""
    ours, its = socket.socketpair()
    with ours, its:
        yield ours, its


def environment() -> dict[str, str]:
    """Return the environment of the processes: that of the server, with this house among Python's places."""
    places = filter(None, (str(HOUSE), os.environ.get("PYTHONPATH")))
    return os.environ | ONE_THREAD | {"PYTHONPATH": os.pathsep.join(places)}

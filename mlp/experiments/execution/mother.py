"""The mother of all workers: a process that imports what they need once, and is forked for each of them.

A fork takes milliseconds where the imports take seconds, and shares their memory. The server itself can't be forked: it
has threads. Run as ``python -m mlp.experiments.execution.mother FD MODULE``: FD is a socket over which the other end of
each worker's connection is sent, and MODULE has a function ``get_ready``.
"""

import gc
import os
import signal
import socket
import sys
import threading
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection

from mlp.experiments.execution.worker import as_worker

READY = b"!"


def main(descriptor: int, module: str) -> None:
    """Get ready, and fork a worker for each connection that is sent, until the server is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, whose end is ours
    with socket.socket(fileno=descriptor) as control, suppress(OSError):  # the server has gone meanwhile
        import_module(module).get_ready()
        wait_for_threads()
        gc.collect()
        gc.freeze()  # a collection in a worker would touch, and so copy, all of it
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a worker
        control.sendall(READY)
        while True:
            message, descriptors, _, _ = socket.recv_fds(control, 1, 1)
            if not message:
                return
            control.sendall(forked(control, descriptors[0]).to_bytes(4, "big"))


def forked(control: socket.socket, descriptor: int) -> int:
    """Fork a worker at this end of a connection, and return its process id."""
    if (process := os.fork()) == 0:
        control.close()
        as_worker(Connection(descriptor))
    os.close(descriptor)
    return process


def wait_for_threads() -> None:
    """Wait until no other thread is left: what a thread holds while it is forked stays held for ever."""
    for thread in threading.enumerate():
        if thread is not threading.main_thread():
            thread.join()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])

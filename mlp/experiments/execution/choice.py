"""Which executor a setting names, and the one without a setting."""

import os
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from importlib import import_module

from mlp.experiments.execution.cluster import dask_cluster
from mlp.experiments.execution.processes import Processes
from mlp.limits import MOST_WORKERS, processors
from mlp.tables import entry_for

# Imports, in every process, what a slice of training needs
READY = "mlp.experiments.training.ready"
SETTING, SCHEDULER, WORKERS = "BACKPROP_EXECUTOR", "DASK_SCHEDULER_ADDRESS", "BACKPROP_WORKERS"


def processes() -> Executor:
    """Return as many processes of this machine as it has processors, or as `BACKPROP_WORKERS` says."""
    return Processes(workers(os.environ.get(WORKERS, "")), READY)


def threads() -> Executor:
    """Return as many threads of this process as the machine has processors."""
    return ThreadPoolExecutor(processors(), "training")


def workers(text: str) -> int:
    """Return the number of workers in a text, by default as many as there are processors."""
    if not text:
        return processors()
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= MOST_WORKERS):
        raise ValueError(f"{WORKERS} needs a whole number from 1 to {MOST_WORKERS}; got {text[:40]!r}.")
    return int(text)


def prepare(executor: Executor) -> Future[None]:
    """Have an executor's processes started, and what they need imported and compiled, before anybody trains."""
    return executor.submit(get_ready, READY)


def get_ready(module: str) -> None:
    """Import what a slice of training needs, and compile the engine; at once where that is done."""
    import_module(module).get_ready()


EXECUTORS: dict[str, Callable[[], Executor]] = {"processes": processes, "threads": threads}


def chosen_executor(kind: str = "", scheduler: str = "") -> Executor:
    """Return the executor that all trainings of a server share.

    Parameters
    ----------
    kind : {"processes", "threads"}, optional
        By default the environment's `BACKPROP_EXECUTOR`, or processes.
    scheduler : str, optional
        Address of a Dask scheduler, such as "tcp://10.0.0.1:8786", by default the environment's
        `DASK_SCHEDULER_ADDRESS`; this machine takes over where it is gone.
    """
    kind = kind or os.environ.get(SETTING) or "processes"
    local = entry_for(kind, EXECUTORS, "an executor (mlp.experiments.execution.choice)")
    address = scheduler or os.environ.get(SCHEDULER, "")
    return dask_cluster(address, local) if address else local()

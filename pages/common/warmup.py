"""What is done once in a server process, for the sake of every later visitor, and not while the first one waits."""

import gc
import threading
from concurrent.futures import Executor
from importlib import import_module

import streamlit as st
from threadpoolctl import threadpool_limits

from mlp.experiments.execution.choice import prepare
from pages.common.executor import shared_executor

# What the pages draw with. What trains is imported where it trains: numba, SciPy and scikit-learn weigh 150 MB
NEEDED = ("pandas", "altair", "sqlalchemy")


@st.cache_resource(max_entries=1, show_spinner=False)
def warm_up() -> threading.Thread:
    """Begin to import what later pages need and to make the processes that train ready, and return the thread.

    It begins once the first page stands.
    """
    thread = threading.Thread(target=import_and_freeze, args=(shared_executor(),), name="warm-up", daemon=True)
    thread.start()
    return thread


def import_and_freeze(executor: Executor) -> None:
    """Import what is needed, take all that exists by then out of the garbage collector's view, and compile the engine.

    A collection of the whole heap takes about 100 ms with these libraries loaded, and every visitor waits for it; later
    garbage is still collected. Streamlit would ask for one after every run: its option `runner.postScriptGC` is off.
    """
    for name in NEEDED:
        import_module(name)
    limit_blas()
    gc.collect()
    gc.freeze()
    prepare(executor)


def limit_blas() -> None:
    """Let BLAS use one thread a caller, for good: this network's matrices are small, and visitors share the cores.

    With two threads on two busy cores a fit of 1.6 s once took 17 s, its threads waiting for each other.
    """
    threadpool_limits(limits=1, user_api="blas")

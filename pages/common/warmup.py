"""What is done once in a server process, for the sake of every later visitor."""

import gc
from importlib import import_module

import streamlit as st
from threadpoolctl import threadpool_limits

HEAVY_IMPORTS = ("altair", "pandas", "sklearn.datasets", "sklearn.neural_network")


@st.cache_resource(show_spinner=False)
def freeze_imports() -> None:
    """Import the heavy libraries and take all that exists by now out of the garbage collector's view.

    Streamlit collects the whole heap after every script run. With these libraries loaded that takes about 109 ms, and
    one rerun of a light page falls from 130 to 15 ms when their objects are frozen; later garbage is still collected.
    """
    for name in HEAVY_IMPORTS:
        import_module(name)
    limit_blas()
    gc.collect()
    gc.freeze()
    compile_engine()


def limit_blas() -> None:
    """Let BLAS use one thread a caller, for good: this network's matrices are small, and visitors share the cores.

    With two threads on two busy cores a fit of 1.6 s once took 17 s, its threads waiting for each other.
    """
    threadpool_limits(limits=1, user_api="blas")


def compile_engine() -> None:
    """Start to compile the training engine, or to load it from disk, in the background; without numba do nothing."""
    try:
        from mlp.compilation import warm_up
    except ImportError:
        return
    warm_up()

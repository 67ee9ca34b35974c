"""What is done once in a server process, for the sake of every later visitor."""

import gc
import threading
from importlib import import_module

import streamlit as st
from threadpoolctl import threadpool_limits

HEAVY_IMPORTS = ("altair", "pandas", "sklearn.datasets", "sklearn.neural_network")


@st.cache_resource(show_spinner=False)
def freeze_imports() -> None:
    """Import the heavy libraries and take all that exists by now out of the garbage collector's view.

    A collection of the whole heap takes about 109 ms with these libraries loaded, and every visitor waits for it; later
    garbage is still collected. Streamlit would ask for one after every run: its option `runner.postScriptGC` is off.
    """
    for name in HEAVY_IMPORTS:
        import_module(name)
    limit_blas()
    freeze()
    if (compiling := compile_engine()) is not None:
        threading.Thread(target=freeze_after, args=(compiling,), name="freeze-engine", daemon=True).start()


def freeze() -> None:
    """Collect what is garbage by now, and take the rest out of the collector's view."""
    gc.collect()
    gc.freeze()


def freeze_after(compiling: threading.Thread) -> None:
    """Freeze once more when the compiler is loaded: it brings some 100,000 objects of its own."""
    compiling.join()
    freeze()


def limit_blas() -> None:
    """Let BLAS use one thread a caller, for good: this network's matrices are small, and visitors share the cores.

    With two threads on two busy cores a fit of 1.6 s once took 17 s, its threads waiting for each other.
    """
    threadpool_limits(limits=1, user_api="blas")


def compile_engine() -> threading.Thread | None:
    """Start to compile the training engine, or to load it from disk, in the background; without numba return None."""
    try:
        from mlp.compilation import warm_up
    except ImportError:
        return None
    return warm_up()

"""Who trains for all visitors of this server: one executor, and what a page says of it."""

from concurrent.futures import Executor

import streamlit as st

from mlp.experiments.execution.choice import chosen_executor
from mlp.experiments.execution.cluster import Cluster
from mlp.limits import processors
from pages.common.messages import plain


def shut_down(executor: Executor) -> None:
    """End the processes of an executor that is no longer needed."""
    executor.shutdown(wait=False)


@st.cache_resource(max_entries=1, show_spinner=False, on_release=shut_down)
def shared_executor() -> Executor:
    """Return the executor that all trainings of all visitors share; its processes start when they are needed."""
    return chosen_executor(scheduler=scheduler())


def scheduler() -> str:
    """Return the address of the Dask scheduler in the secrets, empty without one; there may be no secrets at all."""
    return st.secrets.get("dask", {}).get("scheduler", "") if st.secrets.load_if_toml_exists() else ""


def width() -> int:
    """Return how many trainings of one visitor are under way at a time: one for each processor there is."""
    executor = shared_executor()
    return executor.width if isinstance(executor, Cluster) else processors()


def notice() -> None:
    """Say so where a cluster is asked for and this server trains in its place."""
    executor = shared_executor()
    if isinstance(executor, Cluster) and executor.notice:
        st.caption(plain(executor.notice))

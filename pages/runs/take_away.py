"""A ticked run, or a pair, to take away: a script that repeats it, its network, and a pipeline of scikit-learn."""

from collections.abc import Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import replace

import streamlit as st

from mlp.datasets import DATASETS, Dataset
from mlp.experiments.config import DataConfig
from mlp.experiments.export.again import network_again
from mlp.experiments.export.network_file import FILE as NPZ
from mlp.experiments.export.network_file import loading_lines, network_npz
from mlp.experiments.export.script import run_script
from mlp.experiments.runs.comparing import data_of
from mlp.experiments.runs.heads import KeptRun, head_of
from mlp.experiments.runs.stored_run import StoredRun
from mlp.limits import LONGEST_REPEAT
from mlp.network import Network
from pages.common.executor import shared_executor
from pages.common.messages import plain
from pages.common.runs_store import store
from pages.data.cached import dataset_of, split_of
from pages.data.own_data import held
from pages.runs.did_it_help import NOT_HERE

NETWORK = "runs: network"
ABOUT = (
    "The script needs this project as a library: it trains anew from the data and stops where a number is another than "
    "the one that was kept. It ends with the verdict: of two runs on each other, of one on always the most frequent "
    "class."
)
NOT_DONE = "The server has no time to train it now: try again later, or run its script."
AGAIN = "No run keeps its weights. Training it again with its seed comes to the same ones, and is held to its numbers."


def take_away(pair: Sequence[KeptRun]) -> None:
    """Draw what of one or two runs can be taken away, once the section is opened."""
    section = st.expander("Take it away", icon=":material/ios_share:", key="runs_take_open", on_change="rerun")
    if not section.open:
        return
    with section:
        if any(run.data["dataset"] not in DATASETS and run.data["dataset"] not in held() for run in pair):
            st.info(NOT_HERE)
        elif runs := store().runs(run.id for run in pair):
            script_part(runs)
            network_part(runs[0])


def script_part(runs: Sequence[StoredRun]) -> None:
    """Draw the script of one or two runs, or why there is none."""
    st.markdown("**Repeat it**")
    try:
        script = run_script(runs, split_of(data_of(runs[0])), source_of(str(runs[0].data["dataset"])))
    except ValueError as error:
        st.info(plain(str(error)))
        return
    st.download_button("Script, Python", script, "repeat_run.py", on_click="ignore", icon=":material/download:")
    st.caption(ABOUT)


def source_of(name: str) -> str:
    """Return the lines of Python that make a data set; one's own table is read from its file."""
    if name in DATASETS:
        return f"dataset = DATASETS[{name!r}]()"
    own = held()[name]
    return (
        f"content = Path({own.source.upload.title!a}).read_bytes()  # your own table\n"
        f"dataset = own_dataset(content, {own.label}, {own.answers!r})"
    )


def network_part(run: StoredRun) -> None:
    """Draw the way to a run's network, and its files once it was trained again."""
    st.markdown("**Its network**")
    st.caption(AGAIN)
    about = (run.id, run.final.epoch)
    kept, found = st.session_state.get(NETWORK, (None, None))
    if kept != about:
        st.button("Train it again for its network", icon=":material/replay:", on_click=train_again, args=(run,))
    elif isinstance(found, str):
        st.info(plain(found))
    else:
        files(found, data_of(run), dataset_of(str(run.data["dataset"])))


def train_again(run: StoredRun) -> None:
    """Train a run again, and note its network or the sentence that says why it can't be had."""
    task = shared_executor().submit(network_again, head_of(run), split_of(data_of(run)))
    try:
        found: Network | str = task.result(2 * LONGEST_REPEAT)
    except (ValueError, TimeoutError, BrokenExecutor) as error:
        found = str(error) if isinstance(error, ValueError) else NOT_DONE
    st.session_state[NETWORK] = (run.id, run.final.epoch), found


def files(network: Network, data: DataConfig, dataset: Dataset) -> None:
    """Draw the files of a network, what reads them, and what is to be known of them."""
    from mlp.experiments.export import pipeline as joblib  # here: the page stands without scikit-learn

    X_train = split_of(replace(data, scaling="none")).X_train
    with st.container(horizontal=True):
        npz = network_npz(network, dataset, X_train, data.scaling)
        st.download_button("Weights, npz", npz, NPZ, on_click="ignore", icon=":material/download:")
        if not (problem := joblib.why_no_pipeline(network)):
            made = joblib.pipeline_joblib(joblib.pipeline(network, dataset, X_train, data.scaling))
            st.download_button("scikit-learn pipeline, joblib", made, joblib.FILE, on_click="ignore",
                               icon=":material/download:")  # fmt: skip
    st.caption("The npz file holds arrays and nothing to run. These lines read it and answer for unscaled examples:")
    st.code(loading_lines(network), language="python", wrap_lines=True)
    st.caption(plain(problem) if problem else joblib.WARNING)

"""What is made once in a server process and shared by all visitors; nothing here may be changed by one of them."""

import os
import threading

import streamlit as st

from mlp.datasets import Dataset, Split, digits, split
from mlp.experiments.config import DataConfig
from mlp.experiments.results import Memory

SPLITS = 16
RUNS, RESULT_BYTES = 12, 64_000_000


@st.cache_resource(max_entries=1, show_spinner=False)
def dataset_of(name: str) -> Dataset:
    """Return a data set by name, read-only."""
    dataset = digits()
    dataset.X.flags.writeable = dataset.y.flags.writeable = False
    return dataset


@st.cache_resource(max_entries=SPLITS, show_spinner=False)
def split_of(data: DataConfig) -> Split:
    """Return a data set's split, scaled as asked for, read-only."""
    settings = {"test_size": data.test_size, "random_state": data.random_state, "swapped": data.swapped}
    parts = split(dataset_of(data.dataset), scaling=data.scaling, **settings)
    for array in vars(parts).values():
        array.flags.writeable = False
    return parts


@st.cache_resource(max_entries=1, show_spinner=False)
def training_turns() -> threading.BoundedSemaphore:
    """Return the turns visitors take in training: one a core, whoever else waits does so without work."""
    return threading.BoundedSemaphore(max(1, os.cpu_count() or 1))


@st.cache_resource(max_entries=1, show_spinner=False)
def finished_runs() -> Memory:
    """Return the runs trained to their end not long ago, by their comparison; nobody may advance them."""
    return Memory(RUNS)


@st.cache_resource(max_entries=1, show_spinner=False)
def results_memory() -> Memory:
    """Return what single trainings came to, by their job, within a bound of memory."""
    return Memory(RESULT_BYTES)

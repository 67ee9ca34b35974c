"""The data by name, and what is made once in a server process and shared by all visitors.

Nothing shared may be changed by one of them, and a visitor's own data is never shared.
"""

import os
import threading

import streamlit as st

from mlp.datasets import DATASETS, Dataset, Split, is_own, split
from mlp.experiments.config import DataConfig
from mlp.experiments.training.results import Memory
from pages.data.own_data import held, own_memory, own_split

SPLITS = 16
LEARNERS, RESULT_BYTES = 24, 64_000_000
OWN_LEARNERS, OWN_RESULT_BYTES = 4, 8_000_000


def dataset_of(name: str) -> Dataset:
    """Return a data set by name, read-only; a visitor's own one from this visitor's session."""
    return held()[name].dataset if is_own(name) else bundled_dataset(name)


def split_of(data: DataConfig) -> Split:
    """Return a data set's split, scaled as asked for, read-only; a ValueError if it leaves a class out."""
    return own_split(data) if is_own(data.dataset) else bundled_split(data)


@st.cache_resource(max_entries=len(DATASETS), show_spinner=False)
def bundled_dataset(name: str) -> Dataset:
    """Return a data set that comes with the app, read-only."""
    dataset = DATASETS[name]()
    dataset.X.flags.writeable = dataset.y.flags.writeable = False
    return dataset


@st.cache_resource(max_entries=SPLITS, show_spinner=False)
def bundled_split(data: DataConfig) -> Split:
    """Return the split of a data set that comes with the app, read-only."""
    settings = {"test_size": data.test_size, "random_state": data.random_state, "swapped": data.swapped}
    parts = split(bundled_dataset(data.dataset), scaling=data.scaling, **settings)
    for array in vars(parts).values():
        array.flags.writeable = False
    return parts


@st.cache_resource(max_entries=1, show_spinner=False)
def training_turns() -> threading.BoundedSemaphore:
    """Return the turns visitors take in training: one a core, whoever else waits does so without work."""
    return threading.BoundedSemaphore(max(1, os.cpu_count() or 1))


def learners_memory(data: DataConfig) -> Memory:
    """Return the models trained to their end on this data not long ago, by their settings; nobody may advance them."""
    return own_memory("learners", OWN_LEARNERS) if is_own(data.dataset) else finished_learners()


def results_memory(data: DataConfig) -> Memory:
    """Return what single trainings on this data came to, by their job, within a bound of memory."""
    return own_memory("results", OWN_RESULT_BYTES) if is_own(data.dataset) else finished_results()


@st.cache_resource(max_entries=1, show_spinner=False)
def finished_learners() -> Memory:
    """Return the models of all visitors, trained on the data that come with the app."""
    return Memory(LEARNERS)


@st.cache_resource(max_entries=1, show_spinner=False)
def finished_results() -> Memory:
    """Return the results of all visitors on the data that come with the app."""
    return Memory(RESULT_BYTES)

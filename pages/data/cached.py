"""The data by name and their splits, made once in a server process; a visitor's own data is never shared."""

import streamlit as st

from mlp.datasets import DATASETS, Dataset, Split, is_own, split
from mlp.experiments.config import DataConfig
from mlp.experiments.training.material import Material, by_content, by_name
from pages.data.own_data import held, own_split

SPLITS = 16


def dataset_of(name: str) -> Dataset:
    """Return a data set by name, read-only; a visitor's own one from this visitor's session."""
    return held()[name].dataset if is_own(name) else bundled_dataset(name)


def split_of(data: DataConfig) -> Split:
    """Return a data set's split, scaled as asked for, read-only; a ValueError if it leaves a class out."""
    return own_split(data) if is_own(data.dataset) else bundled_split(data)


def material_of(data: DataConfig) -> Material:
    """Return a data set's split as it is sent to train on it: by name, or a visitor's own by its content."""
    return by_content(own_split(data)) if is_own(data.dataset) else by_name(data)


@st.cache_resource(max_entries=len(DATASETS), show_spinner=False)
def bundled_dataset(name: str) -> Dataset:
    """Return a data set that comes with the app, read-only."""
    dataset = DATASETS[name]()
    dataset.X.flags.writeable = dataset.y.flags.writeable = False
    return dataset


@st.cache_resource(max_entries=SPLITS, show_spinner=False)
def bundled_split(data: DataConfig) -> Split:
    """Return the split of a data set that comes with the app, read-only."""
    parts = split(
        bundled_dataset(data.dataset),
        test_size=data.test_size,
        random_state=data.random_state,
        scaling=data.scaling,
        swapped=data.swapped,
        validation_size=data.validation_size,
    )
    for array in vars(parts).values():
        array.flags.writeable = False
    return parts

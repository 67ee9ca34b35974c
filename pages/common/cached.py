"""What is made once in a server process and shared by all visitors; nothing here may be changed by one of them."""

import os
import threading

import streamlit as st

from mlp.datasets import Dataset, Split, digits, split

SPLITS = 16


@st.cache_resource(max_entries=1, show_spinner=False)
def digits_once() -> Dataset:
    """Return the digits, read-only."""
    dataset = digits()
    dataset.X.flags.writeable = dataset.y.flags.writeable = False
    return dataset


@st.cache_resource(max_entries=SPLITS, show_spinner=False)
def split_once(test_size: float, random_state: int) -> Split:
    """Return the digits' split, read-only."""
    parts = split(digits_once(), test_size=test_size, random_state=random_state)
    for array in vars(parts).values():
        array.flags.writeable = False
    return parts


@st.cache_resource(max_entries=1, show_spinner=False)
def training_turns() -> threading.BoundedSemaphore:
    """Return the turns visitors take in training: one a core, whoever else waits does so without work."""
    return threading.BoundedSemaphore(max(1, os.cpu_count() or 1))

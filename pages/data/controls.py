"""The settings of the data: which set, how it is scaled and how it is split, each in the page's address."""

from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mlp.datasets import OWN, SCALINGS, is_own
from mlp.experiments.config import DataConfig
from mlp.experiments.hyperparameters import DATA_SETTINGS
from mlp.view.dataset_words import DATASET_LABELS
from mlp.view.settings import as_text, parse
from pages.common.controls import choice_field, explain_unknown, text_field
from pages.data.own_controls import own_controls, set_own

DATASET, SCALING = "dataset", "scaling"
# A setting of the split by its name in the address
SPLIT_KEYS = {"test_size": "test_size", "split_random_state": "random_state", "validation_size": "validation_size"}
DIGITS_ONLY = "by 16"
NARROW = 120
STRATIFIED = "Split stratified (`stratify=y`): each class has the same share in both parts."
UNSCALED = "Features of very different sizes are hardly learnt unless they are standardised."


def dataset_choice() -> str:
    """Draw the choice of a data set, with the field for a file where it is the visitor's own, and return its name."""
    take_name_from_address()
    chosen = st.segmented_control("Data set", tuple(DATASET_LABELS), default=DataConfig().dataset, required=True,
                                  key=DATASET, format_func=DATASET_LABELS.__getitem__, bind="query-params")  # fmt: skip
    # An address that names the choice and leaves it blank clears it, required or not
    return own_controls() if chosen == OWN else chosen or DataConfig().dataset


def take_name_from_address() -> None:
    """Put a data set's label into the address where it has the short name; Streamlit itself knows the labels alone."""
    asked = st.query_params.get(DATASET)
    if asked not in DATASET_LABELS:
        explain_unknown("Data set", DATASET, tuple(DATASET_LABELS.values()))
    elif DATASET not in st.session_state:  # once the field is drawn, the address follows it
        st.query_params[DATASET] = DATASET_LABELS[asked]
        st.rerun()


def data_controls(dataset: str) -> DataConfig:
    """Draw the scaling and the split of a data set and return its settings."""
    default = DataConfig()
    scalings = [name for name in SCALINGS if dataset == default.dataset or name != DIGITS_ONLY]
    scaling = choice_field("Scaling", SCALING, scalings, help=DATA_SETTINGS[SCALING].help)
    grid, words = st.grid(3, min_column_width=NARROW), st.container()
    with grid:
        split = {name: split_field(key, name, default, words) for key, name in SPLIT_KEYS.items()}
    if dataset != default.dataset:
        st.caption(STRATIFIED if scaling != default.scaling else f"{STRATIFIED} {UNSCALED}")
    return DataConfig(dataset, scaling, **split)


def split_field(key: str, name: str, default: DataConfig, words: DeltaGenerator) -> Any:
    """Draw the field of a setting of the split and return its value."""
    about, first = DATA_SETTINGS[name], as_text(getattr(default, name))
    return text_field(about.label, key, first, partial(parse, about.kind), help=about.help, words=words)


def set_data_controls(data: DataConfig) -> None:
    """Set every field to what the settings say; for a callback, before the fields are drawn."""
    st.session_state[DATASET] = OWN if is_own(data.dataset) else data.dataset
    st.session_state[SCALING] = data.scaling
    for key, name in SPLIT_KEYS.items():
        st.session_state[key] = as_text(getattr(data, name))
    if is_own(data.dataset):
        set_own(data.dataset)

"""The settings of a comparison: a field for each, in the page's address under scikit-learn's name."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial

import streamlit as st

from mlp.experiments.config import Comparison, Config, DataConfig, OurConfig, PeerConfig
from mlp.view.numbers import parse_number, parse_whole_number
from mlp.view.palette import OURS
from mlp.view.settings import FIELDS, SEED, as_text
from pages.common.controls import select_field, text_field

# The fields every student needs first; the others are in an expander below
FIRST = ("hidden_layer_sizes", "learning_rate_init", "batch_size", "max_iter")
PREFIX = {OurConfig: "ours", PeerConfig: "sklearn"}
# A setting of the data by its name in the address
DATA_KEYS = {"test_size": "test_size", "split_random_state": "random_state"}
NARROW, WIDE = 105, 120


def comparison_controls(data: DataConfig) -> Comparison:
    """Draw the settings of both models, the defaults being the sheet's, and return them with those of the data."""
    default = Comparison()
    left, right = st.columns(2, gap="medium")
    with left.container(border=True):
        st.subheader(OURS, anchor=False)
        ours = model_controls(default.ours)
    with right.container(border=True):
        st.subheader("scikit-learn's MLPClassifier", anchor=False)
        peer = model_controls(default.peer)
    return Comparison(ours, peer, data)


def model_controls(default: Config) -> Config:
    """Draw the fields of one model and return its settings."""
    names = [name for name in FIELDS if name in asdict(default)]
    more = [name for name in names if name not in FIRST]
    values = fields(FIRST, default, columns=4, min_width=NARROW)
    # A shared address that sets one of these shows it, and so does one with nonsense in it
    asked = any(key_of(default, name) in st.query_params for name in more)
    opened = st.session_state.setdefault(f"{PREFIX[type(default)]}: more settings", asked)
    with st.expander("More settings", expanded=opened, icon=":material/tune:"):
        values |= fields(more, default, columns=3, min_width=WIDE)
    return type(default)(**values)


def fields(names: Sequence[str], default: Config, *, columns: int, min_width: int) -> dict[str, object]:
    """Draw fields of a model in a grid, what is wrong with them below it, and return their values by name."""
    grid, words = st.grid(columns, min_column_width=min_width), st.container()
    with grid:
        return {name: field(name, default, words) for name in names}


def field(name: str, default: Config, words) -> object:
    """Draw one field of a model and return its value."""
    about, key, first = FIELDS[name], key_of(default, name), as_text(getattr(default, name))
    about_it = {"help": f"{about.help} `{name}`", "words": words}
    if not about.choices:
        return text_field(about.label, key, first, about.parse, **about_it)
    choices = (first, *(choice for choice in about.choices if choice != first))
    return about.parse(select_field(about.label, key, choices, **about_it))


def key_of(config: Config, name: str) -> str:
    """Return the name of a model's field in the address, such as ours_max_iter."""
    return f"{PREFIX[type(config)]}_{name}"


def data_controls() -> DataConfig:
    """Draw the split of the data and return its settings."""
    default = DataConfig()
    grid, words = st.grid(2, min_column_width=WIDE), st.container()
    share, whole = partial(parse_number, low=0.05, high=0.9), partial(parse_whole_number, low=0, high=SEED)
    about_share = "The rest is for training; 0.2 is the sheet's. `test_size` of `train_test_split`"
    about_seed = "The same seed gives the same split. `random_state` of `train_test_split`"
    first_share, first_seed = as_text(default.test_size), as_text(default.random_state)
    with grid:
        test_size = text_field("Share for testing", "test_size", first_share, share, help=about_share, words=words)
        seed = text_field("Seed of the split", "split_random_state", first_seed, whole, help=about_seed, words=words)
    return DataConfig(test_size=test_size, random_state=seed)


def set_controls(comparison: Comparison) -> None:
    """Set every field to what a comparison says; for a callback, before the fields are drawn."""
    for config in (comparison.ours, comparison.peer):
        for name, value in asdict(config).items():
            st.session_state[key_of(config, name)] = as_text(value)
    for key, name in DATA_KEYS.items():
        st.session_state[key] = as_text(getattr(comparison.data, name))

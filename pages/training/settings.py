"""The settings of a comparison: a field for each, in the page's address under scikit-learn's name."""

from collections.abc import Sequence
from dataclasses import asdict

import streamlit as st

from mlp.experiments.config import Comparison, Config, DataConfig, OurConfig, PeerConfig
from mlp.view.palette import OURS
from mlp.view.settings import FIELDS, as_text
from pages.common.controls import select_field, text_field
from pages.data.controls import set_data_controls

# The fields every student needs first; the others are in an expander below
FIRST = ("hidden_layer_sizes", "learning_rate_init", "batch_size", "max_iter")
PREFIX = {OurConfig: "ours", PeerConfig: "sklearn"}
NARROW, WIDE = 105, 120


def addressed() -> tuple[str, ...]:
    """Return the names of all fields of both models in the address."""
    default = Comparison()
    return tuple(key_of(config, name) for config in (default.ours, default.peer) for name in asdict(config))


def comparison_controls(data: DataConfig) -> Comparison:
    """Draw the settings of both models, the defaults being the sheet's, and return them with those of the data."""
    default = Comparison()
    left, right = st.columns(2, gap="medium")
    with left.container(border=True):
        st.header(OURS, anchor=False)
        ours = model_controls(default.ours)
    with right.container(border=True):
        st.header("scikit-learn's MLPClassifier", anchor=False)
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


def set_controls(comparison: Comparison) -> None:
    """Set every field to what a comparison says; for a callback, before the fields are drawn."""
    for config in (comparison.ours, comparison.peer):
        for name, value in asdict(config).items():
            st.session_state[key_of(config, name)] = as_text(value)
    set_data_controls(comparison.data)

"""The settings of a comparison: a field for each, in the page's address under scikit-learn's name."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mlp.experiments.config import (
    OURS,
    PEER,
    Comparison,
    Config,
    DataConfig,
    OurConfig,
    PeerConfig,
    choices_of,
    model_of,
)
from mlp.experiments.hyperparameters import HYPERPARAMETERS, has_choice, has_effect, in_page_order, kind_of
from mlp.view.settings import as_text, options, parse
from pages.common.controls import select_field, text_field
from pages.data.controls import set_data_controls

PREFIX = {OURS: "ours", PEER: "sklearn"}
NARROW, WIDE = 105, 120
Model = TypeVar("Model", OurConfig, PeerConfig)


def addressed() -> tuple[str, ...]:
    """Return the names of all fields of both models in the address."""
    default = Comparison()
    return tuple(key_of(config, name) for config in (default.ours, default.peer) for name in choices_of(config))


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


def model_controls(default: Model) -> Model:
    """Draw the fields of one model and return its settings."""
    ours = model_of(default) == OURS
    about = [setting for setting in in_page_order().values() if has_choice(setting, ours)]
    first = [setting.name for setting in about if setting.first]
    more = [setting.name for setting in about if not setting.first]
    values = fields(first, default, columns=4, min_width=NARROW)
    # A shared address that sets one of these shows it, and so does one with nonsense in it
    asked = any(key_of(default, name) in st.query_params for name in more)
    opened = st.session_state.setdefault(f"{PREFIX[model_of(default)]}: more settings", asked)
    with st.expander("More settings", expanded=opened, icon=":material/tune:"):
        values |= fields(shown(more, default), default, columns=3, min_width=WIDE)
        values |= fields(dependent(more, default, values), default, columns=3, min_width=WIDE)
    return type(default)(**values)


def shown(names: Sequence[str], default: Config) -> list[str]:
    """Return the settings that always do something, and those that the address sets."""
    return [name for name in names if not HYPERPARAMETERS[name].only_with or key_of(default, name) in st.query_params]


def dependent(names: Sequence[str], default: Config, values: Mapping[str, object]) -> list[str]:
    """Return the other settings, of those that do something beside the values chosen."""
    left = [name for name in names if name not in shown(names, default)]
    return [name for name in left if has_effect(HYPERPARAMETERS[name], values)]


def fields(names: Sequence[str], default: Config, *, columns: int, min_width: int) -> dict[str, Any]:
    """Draw fields of a model in a grid, what is wrong with them below it, and return their values by name."""
    grid, words = st.grid(columns, min_column_width=min_width), st.container()
    with grid:
        return {name: field(name, default, words) for name in names}


def field(name: str, default: Config, words: DeltaGenerator) -> object:
    """Draw one field of a model and return its value."""
    about, key, first = HYPERPARAMETERS[name], key_of(default, name), as_text(choices_of(default)[name])
    kind, help_text = kind_of(about, model_of(default) == OURS), f"{about.help} `{name}`"
    texts = options(kind)
    if not texts:
        return text_field(about.label, key, first, partial(parse, kind), help=help_text, words=words)
    texts = (first, *(text for text in texts if text != first))
    return parse(kind, select_field(about.label, key, texts, help=help_text, words=words))


def key_of(config: Config, name: str) -> str:
    """Return the name of a model's field in the address, such as ours_max_iter."""
    return f"{PREFIX[model_of(config)]}_{name}"


def set_controls(comparison: Comparison) -> None:
    """Set every field to what a comparison says; for a callback, before the fields are drawn."""
    for config in (comparison.ours, comparison.peer):
        for name, value in choices_of(config).items():
            st.session_state[key_of(config, name)] = as_text(value)
    set_data_controls(comparison.data)

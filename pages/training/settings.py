"""The settings of a comparison: a field for each, in the page's address under scikit-learn's name."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mlp.experiments.config import OURS, Comparison, Config, DataConfig, OurConfig, PeerConfig, choices_of, model_of
from mlp.experiments.hyperparameters import HYPERPARAMETERS, has_choice, has_effect, in_page_order, kind_of
from mlp.view.settings import as_text, options, parse
from pages.common.controls import select_field, text_field
from pages.data.controls import set_data_controls
from pages.training.against import AGAINST, EARLIER, OWN, RUN, SCIKIT_LEARN, earlier_run

# What the fields of each model begin with in the address: the one on the left, and those on the right
LEFT, RIGHT = "ours", {SCIKIT_LEARN: "sklearn", OWN: "second"}
NARROW, WIDE = 105, 120
Model = TypeVar("Model", bound=OurConfig | PeerConfig)


def addressed() -> tuple[str, ...]:
    """Return the names of all fields of all models in the address, and of the choice of the other model."""
    default = Comparison()
    sides = ((LEFT, default.ours), (RIGHT[SCIKIT_LEARN], default.peer), (RIGHT[OWN], default.ours))
    return (AGAINST, RUN, *(key_of(prefix, name) for prefix, config in sides for name in choices_of(config)))


def comparison_controls(data: DataConfig, against: str) -> Comparison:
    """Draw the settings of both models, the defaults being the sheet's, and return them with those of the data."""
    default = Comparison()
    left, right = st.columns(2, gap="medium")
    with right.container(border=True):
        peer = OTHERS[against](data)
    with left.container(border=True):
        st.header("The first, ours" if isinstance(peer, OurConfig) else OURS, anchor=False)
        ours = model_controls(LEFT, default.ours)
    return Comparison(ours, peer, data)


def scikit_learns(_: DataConfig) -> PeerConfig:
    """Draw the fields of scikit-learn's model and return its settings."""
    st.header("scikit-learn's MLPClassifier", anchor=False)
    return model_controls(RIGHT[SCIKIT_LEARN], PeerConfig())


def second_own(_: DataConfig) -> OurConfig:
    """Draw the fields of a second model of ours and return its settings."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header("The second, ours too", anchor=False, width="stretch")
        st.button("As the first", icon=":material/content_copy:", on_click=copy_the_first,
                  help="Sets these fields to those of the first model, to change one of them.")  # fmt: skip
    return model_controls(RIGHT[OWN], OurConfig())


def copy_the_first() -> None:
    """Set the second model's fields to what is in the first one's; before they are drawn."""
    for name in choices_of(OurConfig()):
        if key_of(LEFT, name) in st.session_state:
            st.session_state[key_of(RIGHT[OWN], name)] = st.session_state[key_of(LEFT, name)]


# Who draws the other model's settings and returns them
OTHERS: dict[str, Callable[[DataConfig], Config]] = {
    SCIKIT_LEARN: scikit_learns,
    OWN: second_own,
    EARLIER: earlier_run,
}


def model_controls(prefix: str, default: Model) -> Model:
    """Draw the fields of one model and return its settings."""
    ours = model_of(default) == OURS
    about = [setting for setting in in_page_order().values() if has_choice(setting, ours)]
    first = [setting.name for setting in about if setting.first]
    more = [setting.name for setting in about if not setting.first]
    values = fields(prefix, first, default, columns=4, min_width=NARROW)
    # A shared address that sets one of these shows it, and so does one with nonsense in it
    asked = any(key_of(prefix, name) in st.query_params for name in more)
    opened = st.session_state.setdefault(f"{prefix}: more settings", asked)
    with st.expander("More settings", expanded=opened, icon=":material/tune:", key=f"{prefix}_more"):
        values |= fields(prefix, shown(prefix, more), default, columns=3, min_width=WIDE)
        values |= fields(prefix, dependent(prefix, more, values), default, columns=3, min_width=WIDE)
    return type(default)(**values)


def shown(prefix: str, names: Sequence[str]) -> list[str]:
    """Return the settings that always do something, and those that the address sets."""
    return [name for name in names if not HYPERPARAMETERS[name].only_with or key_of(prefix, name) in st.query_params]


def dependent(prefix: str, names: Sequence[str], values: Mapping[str, object]) -> list[str]:
    """Return the other settings, of those that do something beside the values chosen."""
    left = [name for name in names if name not in shown(prefix, names)]
    return [name for name in left if has_effect(HYPERPARAMETERS[name], values)]


def fields(prefix: str, names: Sequence[str], default: Config, *, columns: int, min_width: int) -> dict[str, Any]:
    """Draw fields of a model in a grid, what is wrong with them below it, and return their values by name."""
    grid, words = st.grid(columns, min_column_width=min_width), st.container()
    with grid:
        return {name: field(prefix, name, default, words) for name in names}


def field(prefix: str, name: str, default: Config, words: DeltaGenerator) -> object:
    """Draw one field of a model and return its value."""
    about, key, first = HYPERPARAMETERS[name], key_of(prefix, name), as_text(choices_of(default)[name])
    kind, help_text = kind_of(about, model_of(default) == OURS), f"{about.help} `{name}`"
    texts = options(kind)
    if not texts:
        return text_field(about.label, key, first, partial(parse, kind), help=help_text, words=words)
    texts = (first, *(text for text in texts if text != first))
    return parse(kind, select_field(about.label, key, texts, help=help_text, words=words))


def key_of(prefix: str, name: str) -> str:
    """Return the name of a model's field in the address, such as ours_max_iter."""
    return f"{prefix}_{name}"


def sides_of(comparison: Comparison) -> tuple[tuple[str, Config], tuple[str, Config]]:
    """Return both models' settings with what their fields begin with."""
    own = isinstance(comparison.peer, OurConfig)
    return (LEFT, comparison.ours), (RIGHT[OWN if own else SCIKIT_LEARN], comparison.peer)


def set_controls(comparison: Comparison) -> None:
    """Set every field to what a comparison says; for a callback, before the fields are drawn."""
    for prefix, config in sides_of(comparison):
        for name, value in choices_of(config).items():
            st.session_state[key_of(prefix, name)] = as_text(value)
    st.session_state[AGAINST] = OWN if isinstance(comparison.peer, OurConfig) else SCIKIT_LEARN
    set_data_controls(comparison.data)

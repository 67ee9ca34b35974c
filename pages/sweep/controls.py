"""What a sweep is to be: which settings over which values, of which models, how often, and whether all or some."""

from dataclasses import replace
from functools import partial

import streamlit as st

from mlp.experiments.config import MODELS, OURS, Comparison, OurConfig, PeerConfig
from mlp.experiments.hyperparameters import HYPERPARAMETERS, in_page_order
from mlp.experiments.sweep.plan import SEED, Axis, Sweep
from mlp.limits import MOST_AXES, MOST_DRAWN, MOST_SEEDS
from mlp.view.sweep.values import first_values, needed, parse_values
from pages.common.controls import choice_field, choices_field, explain_unknown, text_field, whole_number_field
from pages.common.messages import plain

SETTINGS, WHOSE, HOW, DRAWN, SEEDS = "sweep", "sweep_models", "sweep_how", "sweep_drawn", "sweep_seeds"
EVERY, SOME = "All combinations", "Drawn at random"
NAMES = tuple(name for name in in_page_order() if name != SEED)
FIRST = ("learning_rate_init",)
# Of the training part, where the fields above hold none out
SHARE = 0.2
HELD_OUT = (
    f"A sweep chooses, so it goes by validation: {SHARE:g} of the training part is held out for it, as the share above "
    "is 0. The test set stays shut."
)


def values_key(name: str) -> str:
    """Return the name of a swept setting's values in the address."""
    return f"sweep_{name}"


# All that the section reads from the page's address
ADDRESS = (SETTINGS, WHOSE, HOW, DRAWN, SEEDS, *map(values_key, NAMES))


def sweep_controls(comparison: Comparison) -> Sweep:
    """Draw the fields of a sweep around a comparison's settings and return it, with a validation share."""
    names = settings_field()
    with st.grid(2, min_column_width=260):
        axes = tuple(axis_field(name) for name in names)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        models = (OURS,) if isinstance(comparison.peer, OurConfig) else whose_field()
        how = choice_field("Which", HOW, (EVERY, SOME), help="All combinations of the values, or some of them.")
        drawn = drawn_field() if how == SOME else 0
        seeds = whole_number_field("Seeds", SEEDS, 3, low=1, high=MOST_SEEDS, width=110,
                                   help="Each combination is trained with the seeds 1, 2, 3 and so on.")  # fmt: skip
    if not comparison.data.validation_size:
        st.caption(HELD_OUT)
    return Sweep(held_out(comparison), axes, tuple(range(1, seeds + 1)), models, drawn)


def whose_field() -> tuple[str, ...]:
    """Draw the choice of the models that are swept and return it."""
    return choices_field("Models", WHOSE, MODELS, (OURS,), help="Whose settings are swept.")


def settings_field() -> tuple[str, ...]:
    """Draw the choice of the settings and return them, the first one by default."""
    explain_unknown("Settings", SETTINGS, NAMES)
    chosen = st.multiselect("Settings to sweep", NAMES, FIRST, key=SETTINGS, max_selections=MOST_AXES,
                            bind="query-params",
                            help="One gives a curve, two a heat map, more of them lines from setting to setting. "
                            "What is not swept is as in the fields above.")  # fmt: skip
    if chosen:
        return tuple(chosen)
    st.error(plain(f"Settings to sweep: choose at least one. Going on with {FIRST[0]}."))
    return FIRST


def axis_field(name: str) -> Axis:
    """Draw the field of a setting's values and return them."""
    about = HYPERPARAMETERS[name]
    values = text_field(f"{about.label}: values", values_key(name), first_values(about), partial(parse_values, about),
                        help=f"{about.help} Needed is {needed(about)}.")  # fmt: skip
    return Axis(name, values)


def drawn_field() -> int:
    """Draw the number of combinations and return it."""
    return whole_number_field("Combinations", DRAWN, 20, low=1, high=MOST_DRAWN, width=130,
                              help="So many are drawn, none of them twice; the same fields draw the same.")  # fmt: skip


def held_out(comparison: Comparison) -> Comparison:
    """Return a comparison with a validation share, by default the usual one, and without a second model of ours."""
    data = comparison.data
    if isinstance(comparison.peer, OurConfig):
        comparison = replace(comparison, peer=PeerConfig())
    return comparison if data.validation_size else replace(comparison, data=replace(data, validation_size=SHARE))

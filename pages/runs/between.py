"""From two runs to the ladder between them on question 3: which of their differences does what."""

from dataclasses import fields

import streamlit as st

from mlp.experiments.config import Comparison, Config, OurConfig
from mlp.experiments.runs.comparing import data_of
from mlp.experiments.runs.heads import KeptRun
from pages.training.address import EXPERIMENT
from pages.training.against import config_of
from pages.training.settings import set_controls

LADDER = "The ladder"
ABOUT = (
    "Sets the fields of question 3 to both runs' settings: the ladder leads from the second to the first, one change "
    "at a time. From a run of scikit-learn's a model of ours with its settings climbs, which ends on its weights."
)


def ladder_between(one: KeptRun, other: KeptRun) -> None:
    """Draw the way to the ladder from the second of two runs to the first, where both are about the same data."""
    if one.data != other.data or settings_alike(one, other):
        return
    if st.button("Climb the ladder between them", icon=":material/stairs:", help=ABOUT):
        set_controls(Comparison(as_ours(config_of(other)), config_of(one), data_of(one)))
        st.session_state[EXPERIMENT] = LADDER
        st.switch_page("pages/q3.py")


def settings_alike(one: KeptRun, other: KeptRun) -> bool:
    """Return whether two runs have the same settings, their seeds apart."""
    return {**one.settings, "random_state": 0} == {**other.settings, "random_state": 0}


def as_ours(config: Config) -> OurConfig:
    """Return the model of ours with these settings."""
    if isinstance(config, OurConfig):
        return config
    return OurConfig(**{each.name: getattr(config, each.name) for each in fields(OurConfig)})

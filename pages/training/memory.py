"""What trainings came to, remembered: for all visitors on the data that come with the app, for one on her own table."""

import streamlit as st

from mlp.datasets import is_own
from mlp.experiments.config import DataConfig
from mlp.experiments.training.learner import Learner
from mlp.experiments.training.memory import Memory
from mlp.experiments.training.results import Trained
from mlp.limits import LEARNERS, OWN_LEARNERS, OWN_RESULT_BYTES, RESULT_BYTES
from pages.data.own_data import own_memory


def learners_memory(data: DataConfig) -> Memory[Learner]:
    """Return the models trained to their end on this data not long ago, by their settings; nobody may advance them."""
    return own_memory("learners", OWN_LEARNERS) if is_own(data.dataset) else finished_learners()


def results_memory(data: DataConfig) -> Memory[Trained]:
    """Return what single trainings on this data came to, by their job, within a bound of memory."""
    return own_memory("results", OWN_RESULT_BYTES) if is_own(data.dataset) else finished_results()


@st.cache_resource(max_entries=1, show_spinner=False)
def finished_learners() -> Memory[Learner]:
    """Return the models of all visitors, trained on the data that come with the app."""
    return Memory(LEARNERS)


@st.cache_resource(max_entries=1, show_spinner=False)
def finished_results() -> Memory[Trained]:
    """Return the results of all visitors on the data that come with the app."""
    return Memory(RESULT_BYTES)

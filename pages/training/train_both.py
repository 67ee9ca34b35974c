"""The buttons that train both models once, and what a click on Train begins; they stand before anything is drawn."""

import streamlit as st

from mlp.experiments.config import Comparison, names_of
from mlp.experiments.training.run import Run, start
from mlp.view.training.report import remembered_words
from pages.common.controls import explain_unknown
from pages.common.live import BOTH
from pages.data.cached import material_of, split_of
from pages.training.address import LOG
from pages.training.memory import learners_memory


def training_buttons(comparison: Comparison, *, ready: bool) -> None:
    """Draw Train, which needs a comparison that is ready, Stop, Resume and the choice of the axis."""
    explain_unknown("Log scale", LOG, ("true", "false"))
    row = BOTH.buttons(lambda: run_of(comparison), ready=ready)
    row.toggle("Log scale", value=True, key=LOG, bind="query-params")


def run_of(comparison: Comparison) -> Run:
    """Return a run of these settings: each model at epoch 0, or at its end if it was trained so not long ago."""
    data, memory = comparison.data, learners_memory(comparison.data)
    remembered = {
        name: memory.get((config, data))
        for name, config in zip(names_of(comparison), (comparison.ours, comparison.peer), strict=True)
    }
    if known := [name for name, learner in remembered.items() if learner]:
        st.toast(remembered_words(known), icon=":material/history:")
    ours, peer = remembered.values()
    return start(comparison, split_of(data), material=material_of(data), ours=ours, peer=peer)

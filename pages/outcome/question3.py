"""The experiments of question 3: one is shown at a time, and the address says which."""

import streamlit as st

from mlp.experiments.config import Comparison
from pages.common.controls import choice_field
from pages.common.kept_runs import kept_note
from pages.outcome.other_questions import EXPERIMENT, OVER_SEEDS, OVER_SPLITS
from pages.outcome.sides import outcome, stale_mark
from pages.training.both import BOTH, live_view, training_buttons
from pages.training.ladder import ladder_section
from pages.training.seeds import seeds_section
from pages.training.splits import splits_section


def experiment(comparison: Comparison, *, ready: bool) -> None:
    """Draw the choice of an experiment and the one that is chosen, for a comparison that may not be ready yet."""
    chosen = choice_field("Experiment", EXPERIMENT, tuple(EXPERIMENTS), help=HELP)
    EXPERIMENTS[chosen](comparison, ready=ready)


def one_training(comparison: Comparison, *, ready: bool) -> None:
    """Draw both models trained once, and what came out."""
    training_buttons(comparison, ready=ready)
    run = BOTH.current
    if run is None:
        st.caption("Nothing is trained yet.")
        return
    stale_mark(run, comparison)
    live_view()
    if not BOTH.running:
        kept_note(run)
        outcome(run)


EXPERIMENTS = {
    "One training": one_training,
    "The ladder": ladder_section,
    OVER_SEEDS: seeds_section,
    OVER_SPLITS: splits_section,
}
HELP = (
    "One training: both models, once. The ladder: which difference of their settings does what. Over seeds: the same "
    "recipes with other first weights. Over splits: the same recipes on other parts of the data."
)

"""Question 3: a network of ours and scikit-learn's learn the same data side by side."""

from pages.common.navigation import frame

frame()

import streamlit as st

from mlp.datasets import OWN
from mlp.experiments.config import Comparison
from pages.common.address import address_words, mend_address
from pages.common.controls import choice_field
from pages.common.live import BOTH
from pages.data.cached import dataset_of
from pages.data.controls import DATASET, SCALING, SPLIT_KEYS, data_controls, dataset_choice
from pages.data.section import dataset_section, description
from pages.sweep import controls as sweep_controls
from pages.training import address
from pages.training.against import against_field
from pages.training.readiness import trainable
from pages.training.seeds_field import SEEDS
from pages.training.settings import addressed, comparison_controls
from pages.training.train_both import training_buttons


def one_training(comparison: Comparison, *, ready: bool) -> None:
    """Draw both models trained once, and what came out."""
    training_buttons(comparison, ready=ready)
    from pages.common.kept_runs import kept_note  # what draws takes a second to import: the button stands by then
    from pages.outcome.sides import outcome, stale_mark
    from pages.training.both import live_view

    run = BOTH.current
    if run is not None:
        stale_mark(run, comparison)
    live_view(comparison)
    if run is not None and not BOTH.running:
        kept_note(run)
        outcome(run)


def repeated(comparison: Comparison, *, ready: bool, experiment: str) -> None:
    """Draw the experiments of many trainings."""
    from pages.sweep.section import sweep_section  # as above
    from pages.training.ladder import ladder_section
    from pages.training.seeds import seeds_section
    from pages.training.splits import splits_section

    sections = {
        address.LADDER: ladder_section,
        address.OVER_SEEDS: seeds_section,
        address.OVER_SPLITS: splits_section,
        address.SWEEP: sweep_section,
    }
    sections[experiment](comparison, ready=ready)


HELP = (
    "One training: both models, once. The ladder: which difference of their settings does what. Over seeds: the same "
    "recipes with other first weights. Over splits: the same recipes on other parts of the data. A sweep: a setting or "
    "more over many values, and which of them are best."
)

# All that the page reads from its address, whatever of it is shown
ADDRESS = (
    *(DATASET, SCALING, *SPLIT_KEYS, *addressed(), address.EXPERIMENT, SEEDS),
    *sweep_controls.ADDRESS,
    *address.VIEWS,
)

mend_address(ADDRESS)
st.title("Question 3: train and compare", anchor=False)
address_words()
st.markdown(
    "Train a network of yours and scikit-learn's `MLPClassifier`, or a second one of yours, on the same data, watch "
    "both learn, and compare. "
    "The fields start at the sheet's settings: handwritten digits, as they are."
)
name = dataset_choice()
dataset = None if name == OWN else dataset_of(name)
examples, split = st.columns([5, 4], gap="medium")
with examples:
    dataset_section(dataset)
    description(dataset)
with split:
    data = data_controls(name)
with st.container(horizontal=True, gap="medium"):
    against = against_field()
    chosen = choice_field("Experiment", address.EXPERIMENT, address.EXPERIMENTS, help=HELP)
comparison, ready = trainable(comparison_controls(data, against))
if chosen == address.ONE_TRAINING:
    one_training(comparison, ready=ready)
else:
    repeated(comparison, ready=ready, experiment=chosen)

"""Whether a comparison can be trained here, and what was cut of it so that one visitor can't take the machine."""

from collections.abc import Sequence

import streamlit as st

from mlp.datasets import OWN
from mlp.datasets.holding_out import hold_out
from mlp.experiments.config import Comparison, Config, DataConfig, as_scikit_learn_takes
from mlp.experiments.training.limits import limited
from pages.common.messages import plain
from pages.data.cached import split_of


def trainable(comparison: Comparison) -> tuple[Comparison, bool]:
    """Return a comparison as it can be trained here, and whether it can; say what was cut, or what is in the way."""
    problem = data_problem(comparison.data)
    if problem:
        st.warning(plain(problem), icon=":material/table:")
        return comparison, False
    if problem := hold_out_problem(comparison):
        st.warning(plain(problem), icon=":material/content_cut:")
        return comparison, False
    classes = len(set(split_of(comparison.data).y_train.tolist()))
    return cut_to_fit(as_scikit_learn_takes(comparison, classes)), True


def hold_out_problem(comparison: Comparison) -> str | None:
    """Return why early stopping of a model can't hold out its share of these data, None if it can."""
    y = split_of(comparison.data).y_train
    for config in (comparison.ours, comparison.peer):
        try:
            if config.early_stopping:
                hold_out(y, config.validation_fraction, config.random_state)
        except ValueError as error:
            return str(error)
    return None


def cut_to_fit(comparison: Comparison, *, repeats: int = 1, between: Sequence[Config] = ()) -> Comparison:
    """Return a comparison with as many epochs as so many trainings of each model may have; say what was cut.

    What is trained `between` the two with their epochs has to fit as well.
    """
    comparison, cuts = limited(comparison, split_of(comparison.data), repeats=repeats, between=between)
    for sentence in cuts:
        st.warning(plain(sentence), icon=":material/content_cut:")
    return comparison


def data_problem(data: DataConfig) -> str | None:
    """Return why there is nothing to train on, None if there is."""
    if data.dataset == OWN:
        return "There is nothing to train on yet: choose a CSV file of your own above, or another data set."
    try:
        split_of(data)
    except ValueError as error:
        return str(error)
    return None

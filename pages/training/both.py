"""Both models trained once: their progress, learning curves and results while they grow."""

import math
from collections.abc import Callable
from functools import partial

import streamlit as st

from mlp.experiments.config import Comparison, PeerConfig, names_of
from mlp.experiments.training.learner import Learner
from mlp.experiments.training.run import Run
from mlp.view.charts import HELD_OUT, SHUT, USUAL, curve_frame, empty_curves, learning_curves, prepared
from mlp.view.judging import judging_set
from mlp.view.training.report import (
    curves_under_way,
    curves_words,
    frequent_words,
    progress_share,
    progress_words,
    result_rows,
)
from pages.common.live import BOTH
from pages.training.address import LOG
from pages.training.boundary import boundaries
from pages.training.memory import learners_memory

SECONDS = (
    "Seconds are the processor's, in training alone, without measuring and drawing, whatever else it does meanwhile."
)
EPOCH_BY_EPOCH = (
    " scikit-learn is called epoch by epoch here: with large batches that takes about a sixth longer than its `fit` in "
    "one go, for the same weights."
)


def live_view(comparison: Comparison) -> None:
    """Draw the run's progress, curves and results, and train while it is under way; before, where all that will be."""
    BOTH.view(draw, accuracy_words, lambda: draw_empty(comparison))


def accuracy_words(run: Run) -> str:
    """Return what both models came to, in a sentence to be heard."""
    name = f"{judging_set(run.comparison.data.validation_size)} accuracy"
    row = next(row for row in result_rows(run, running=False) if row[0] == name)
    one, other = names_of(run.comparison)
    return f"{name}: {one} {row[1]}, {other} {row[2]}."


def draw_empty(comparison: Comparison) -> None:
    """Draw the place of both models' progress and curves; the browser is ready to draw by the time training begins."""
    names = names_of(comparison)
    progress({name: (0.0, f"{name}: not trained yet") for name in names})
    panels({}, math.nan, sets_shown(comparison), names, curves_under_way)


def draw(run: Run) -> None:
    """Draw how far both models are, their learning curves and their results so far."""
    names = names_of(run.comparison)
    learners = dict(zip(names, run.learners, strict=True))
    progress({name: (progress_share(each), progress_words(name, each)) for name, each in learners.items()})
    # A new text makes the browser build the chart anew, which flickers: while training there is only one
    words = curves_under_way if BOTH.running else partial(curves_words, run)
    panels(learners, run.most_frequent, sets_shown(run.comparison), names, words)
    boundaries(run, running=BOTH.running)
    rows = result_rows(run, running=BOTH.running)
    columns = zip(("Result", *names), zip(*rows, strict=True), strict=True)
    st.table({name: list(column) for name, column in columns}, border="horizontal", hide_index=True,
             alt="Results of both models")  # fmt: skip
    slower = EPOCH_BY_EPOCH if isinstance(run.comparison.peer, PeerConfig) else ""
    st.caption(f"{SECONDS}{slower} {frequent_words(run)}")
    for learner in run.learners:
        if learner.ended:
            learners_memory(run.comparison.data).keep((learner.config, run.comparison.data), learner, 1)


def progress(by_name: dict[str, tuple[float, str]]) -> None:
    """Draw how far each model is, a share and words."""
    with st.grid(2, min_column_width=280):
        for share, words in by_name.values():
            st.progress(share, text=words)


def panels(
    learners: dict[str, Learner],
    most_frequent: float,
    sets: str,
    names: tuple[str, str],
    words: Callable[[str], str],
) -> None:
    """Draw both panels of learning curves, with what they show in words."""
    frame = curve_frame(learners, most_frequent)
    with st.grid(2, min_column_width=320):
        for quantity in ("loss", "accuracy"):
            spec = curve_spec(quantity, quantity == "loss" and st.session_state[LOG], sets, names)
            st.vega_lite_chart(frame, spec, alt=words(quantity))


def sets_shown(comparison: Comparison) -> str:
    """Return which sets have curves: the test set has none while it stays shut."""
    if comparison.data.validation_size:
        return SHUT
    return HELD_OUT if comparison.ours.early_stopping or comparison.peer.early_stopping else USUAL


@st.cache_data(max_entries=12, show_spinner=False)
def curve_spec(quantity: str, log: bool, sets: str, models: tuple[str, str]) -> dict:
    """Return the prepared chart of a panel."""
    return prepared(learning_curves(empty_curves(), quantity, log=log, sets=sets, models=models))

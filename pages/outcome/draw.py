"""Draw a digit, and what both models take it for while it is drawn."""

from dataclasses import replace

import numpy as np
import streamlit as st

from mlp.datasets.drawing import DRAWING_SHAPE, reduce_drawing
from mlp.experiments.config import names_of
from mlp.experiments.outcome.drawn import Outputs, drawn_outputs
from mlp.experiments.training.run import Run
from mlp.view.charts import prepared
from mlp.view.outcome.drawn import (
    CHART_WORDS,
    FAIRNESS,
    answer_words,
    empty_outputs,
    improbable_words,
    outputs_chart,
    outputs_frame,
    seen_html,
)
from pages.data.cached import dataset_of, split_of
from pages.outcome.digit_pad import digit_pad

PAD, FITTED = "q3: pad", "q3: fitted"
FITTED_HELP = (
    "The data set's digits were fitted into a box, their lines thickened or thinned, and slanting ones set upright, "
    "before they were reduced to 8 by 8. Off: your drawing is reduced as it is."
)


def draw_section(run: Run) -> None:
    """Draw the pad and both models' answers to it, for digits alone; drawing runs nothing but this section anew."""
    if run.comparison.data.dataset != "digits":
        return
    st.header("Draw a digit", anchor="draw")
    st.fragment(pad_and_answers)(run)


def pad_and_answers(run: Run) -> None:
    """Draw the pad, and beside it the answers."""
    left, right = st.columns([2, 3], gap="medium")
    with left:
        strokes = digit_pad(PAD)
    # Below the answers: on a phone these should be in sight while one draws
    fitted = st.toggle("Centre and size it as the data set's digits are", True, key=FITTED, help=FITTED_HELP,
                       persist_state="session")  # fmt: skip
    with right:
        if strokes:
            answers(run, reduce_drawing(strokes, fitted=fitted))
        else:
            st.markdown("Both models answer while you draw a digit from 0 to 9.")
    st.caption(FAIRNESS)


def answers(run: Run, drawing: np.ndarray) -> None:
    """Draw what the models see, and what each takes it for."""
    data = run.comparison.data
    dataset, raw = dataset_of(data.dataset), split_of(replace(data, scaling="none"))
    outputs = dict(zip(names_of(run.comparison), drawn_outputs(run, drawing, raw.X_train), strict=True))
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.html(seen_html(drawing, DRAWING_SHAPE), width="content")
        st.markdown("  \n".join(answer_words(name, each, dataset.classes) for name, each in outputs.items()))
    if any(outputs.values()):
        bars(outputs, dataset.classes)


def bars(outputs: dict[str, Outputs | None], classes: tuple[str, ...]) -> None:
    """Draw every output of both models as a bar."""
    note = improbable_words(outputs)
    # One text for all drawings: with a new one the browser would build the chart anew, which flickers
    st.vega_lite_chart(outputs_frame(outputs, classes), outputs_spec(note is None, tuple(outputs)), alt=CHART_WORDS)
    if note:
        st.caption(note)


@st.cache_data(max_entries=4, show_spinner=False)
def outputs_spec(probable: bool, models: tuple[str, ...]) -> dict:
    """Return the prepared chart of outputs."""
    return prepared(outputs_chart(empty_outputs(), probable=probable, models=models))

"""Where in the plane both models say which class, while they learn and after: for data of two features."""

from collections.abc import Mapping

import streamlit as st

from mlp.datasets import Dataset, Split
from mlp.experiments.config import names_of
from mlp.experiments.outcome.plane import Frame, frame_of, in_the_plane, stretches
from mlp.experiments.training.learner import Learner
from mlp.experiments.training.run import Run
from mlp.view.charts import prepared
from mlp.view.outcome.plane import LEGEND, plane_chart, plane_frame, plane_words
from pages.common.messages import plain
from pages.data.cached import dataset_of, split_of

UNNAMED, SPEC = ("x₁", "x₂"), "q3: plane"


def boundaries(run: Run, *, running: bool) -> None:
    """Draw both models' planes side by side, where the data have two features and the models a network yet."""
    split = split_of(run.comparison.data)
    if not in_the_plane(split):
        return
    st.markdown("**What they say of every point**")
    frame, dataset = frame_of(split), dataset_of(run.comparison.data.dataset)
    with st.grid(2, min_column_width=320):
        for name, learner in learners(run).items():
            with st.container():
                plane(name, learner, split, dataset, frame, running=running)
    st.caption(LEGEND)


def learners(run: Run) -> Mapping[str, Learner]:
    """Return both models by name that have begun."""
    pairs = zip(names_of(run.comparison), run.learners, strict=True)
    return {name: learner for name, learner in pairs if learner.history}


def plane(name: str, learner: Learner, split: Split, dataset: Dataset, frame: Frame, *, running: bool) -> None:
    """Draw what one model says."""
    st.caption(f"{name}, epoch {learner.record.epoch:,}")
    found = stretches(learner.record.network, frame)
    spec = plane_spec(dataset.classes, dataset.feature_names or UNNAMED, frame)
    # A new text makes the browser build the chart anew, which flickers: while training there is only one
    words = f"What {name} says of every point in the plane" if running else plane_words(name, found, dataset.classes)
    st.vega_lite_chart(plane_frame(found, split, dataset.classes), spec, alt=plain(words))


def plane_spec(classes: tuple[str, ...], names: tuple[str, ...], frame: Frame) -> dict:
    """Return the prepared chart, made once for the data on the page: a visitor's own table is in no shared cache."""
    about = classes, names, frame
    kept, spec = st.session_state.get(SPEC, (None, {}))
    if kept != about:
        spec = prepared(plane_chart(*about))
        st.session_state[SPEC] = about, spec
    return spec

"""What a run has brought: whose settings it belongs to, who takes what for what, and why the two differ."""

from dataclasses import replace

import streamlit as st

from mlp.datasets import Dataset, Split, noun_of
from mlp.experiments.config import Comparison
from mlp.experiments.judgement import Answers
from mlp.experiments.run import Run
from mlp.view.charts import prepared
from mlp.view.confusion import (
    MOST_WITH_FIGURES,
    confusion_counts,
    confusion_frame,
    confusion_matrix,
    confusion_words,
    empty_confusion,
)
from mlp.view.palette import OURS, PEER
from mlp.view.report import difference_rows, equal_words, reasons, troubles
from mlp.view.settings import as_call, changes
from pages.common.cached import dataset_of, split_of
from pages.common.comparison_controls import set_controls
from pages.common.gallery import gallery
from pages.common.messages import plain
from pages.common.verdict_card import judgement_of, verdict_card

CHANGES_SHOWN = 4


def stale_mark(run: Run, comparison: Comparison) -> None:
    """Say so, where what is shown below belongs to other settings than the fields above."""
    changed = changes(run.comparison, comparison)
    if not changed:
        return
    more = len(changed) - CHANGES_SHOWN
    listed = "; ".join(changed[:CHANGES_SHOWN]) + (f"; and {more} more" if more > 0 else "")
    with st.container(key="stale"):
        st.warning(plain(f"What is below was trained with other settings than those above: {listed}."),
                   title="From other settings", icon=":material/history:")  # fmt: skip
        st.button("Set the fields back to these results", on_click=set_controls, args=(run.comparison,),
                  icon=":material/undo:")  # fmt: skip


def outcome(run: Run) -> None:
    """Draw what training has brought so far."""
    split = split_of(run.comparison.data)
    for sentence in troubles(run):
        st.error(plain(sentence), icon=":material/trending_up:")
    dataset, judgement = dataset_of(run.comparison.data.dataset), judgement_of(run)
    verdict_card(judgement.verdict, run.comparison)
    st.subheader("What is taken for what", anchor="confusion")
    with st.grid(2, min_column_width=320):
        for name, answers in ((OURS, judgement.ours), (PEER, judgement.peer)):
            confusion(name, answers, split, dataset)
    gallery(judgement, split_of(replace(run.comparison.data, scaling="none")), dataset)
    if told := reasons(run):
        st.subheader("What separates them", anchor="differences")
        st.markdown("\n".join(f"- {reason}" for reason in told))
    settings(run.comparison)


def confusion(name: str, answers: Answers | None, split: Split, dataset: Dataset) -> None:
    """Draw one model's confusion matrix on the test set."""
    with st.container():
        if answers is None:
            st.markdown(f"**{name}**: no predictions, the numbers overflowed.")
            return
        classes, noun = dataset.classes, noun_of(dataset.name)
        counts = confusion_counts(split.y_test, answers.said, len(classes))
        words, frame = confusion_words(counts, classes, noun), confusion_frame(counts, classes, noun)
        st.markdown(f"**{name}.** {plain(words)}")
        st.vega_lite_chart(
            frame, confusion_spec(len(classes) <= MOST_WITH_FIGURES), alt=f"Confusion matrix of {name}. {words}"
        )


@st.cache_data(max_entries=2, show_spinner=False)
def confusion_spec(figures: bool) -> dict:
    """Return the prepared chart of a confusion matrix, with or without figures in its cells."""
    return prepared(confusion_matrix(empty_confusion(), figures=figures))


def settings(comparison: Comparison) -> None:
    """Draw the hyperparameters in which the two differ side by side, and all of them as calls."""
    rows = difference_rows(comparison)
    st.subheader("The settings of these results", anchor="settings")
    if rows:
        names, codes, ours, peer = (list(column) for column in zip(*rows, strict=True))
        st.table({"They differ in": names, "Name": codes, OURS: ours, PEER: peer}, border="horizontal",
                 hide_index=True, alt="Hyperparameters in which the two models differ")  # fmt: skip
    st.caption(plain(equal_words(comparison)))
    with st.expander("As Python", icon=":material/code:"), st.grid(2, min_column_width=300):
        st.code(as_call(comparison.ours), language="python")
        st.code(as_call(comparison.peer), language="python")

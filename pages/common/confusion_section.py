"""What is taken for what: both models' confusion matrices side by side."""

import streamlit as st

from mlp.datasets import Dataset, Split, noun_of
from mlp.experiments.judgement import Answers, Judgement
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
from pages.common.messages import plain


def confusion_section(judgement: Judgement, split: Split, dataset: Dataset) -> None:
    """Draw both models' confusion matrices on the test set."""
    st.subheader("What is taken for what", anchor="confusion")
    with st.grid(2, min_column_width=320):
        for name, answers in ((OURS, judgement.ours), (PEER, judgement.peer)):
            confusion(name, answers, split, dataset)


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

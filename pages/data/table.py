"""A data set of numbers: its sizes, its first rows, and its points where it has two features."""

import streamlit as st

from mlp.datasets import Dataset
from mlp.view.charts import prepared
from mlp.view.dataset_words import class_words, sample_words, scatter_words, size_words
from mlp.view.datasets import empty_points, point_frame, sample_frame, scatter
from pages.common.messages import plain


def numbers(dataset: Dataset) -> None:
    """Draw the sizes and the first rows of a table, and its points where it has two features."""
    st.markdown(f"**{size_words(dataset)}**, {plain(class_words(dataset))}.")
    if len(dataset.feature_names) == 2:
        words = scatter_words(dataset)
        st.vega_lite_chart(point_frame(dataset), scatter_spec(dataset.feature_names), alt=words)
        st.caption(plain(words))
    st.dataframe(sample_frame(dataset), hide_index=True, alt="The first rows of the data set")
    st.caption(sample_words(dataset))


@st.cache_data(max_entries=8, show_spinner=False)
def scatter_spec(names: tuple[str, str]) -> dict:
    """Return the prepared chart of points in the plane of two features."""
    return prepared(scatter(empty_points(), names))

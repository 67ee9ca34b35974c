"""The data set: what it is, in its authors' words, and what its examples look like."""

import streamlit as st

from mlp.datasets import Dataset
from mlp.view.images import picture

SAMPLES = 10
SAMPLE_WIDTH = 52


def dataset_section(dataset: Dataset | None) -> None:
    """Draw what a data set holds and its first examples; without one, how to get it."""
    if dataset is None:
        st.markdown("**No data yet.** Choose a CSV file above; what was read of it appears here.")
    elif dataset.image_shape:
        pictures(dataset, dataset.image_shape)
    else:
        from pages.data.table import numbers  # here, because the digits stand before what draws tables is imported

        numbers(dataset)


def pictures(dataset: Dataset, shape: tuple[int, int]) -> None:
    """Draw the first images of the digits, as on the sheet."""
    height, width = shape
    st.markdown(
        f"**{len(dataset.X):,} images of handwritten digits**, {height} by {width} pixels from 0, paper, to 16, ink. "
        f"The first {SAMPLES}:"
    )
    with st.container(horizontal=True, gap="xsmall"):
        for pixels, label in zip(dataset.X[:SAMPLES], dataset.y[:SAMPLES], strict=True):
            name, image = dataset.classes[label], picture(pixels, shape)
            st.image(image, caption=name, width=SAMPLE_WIDTH, output_format="PNG", alt=f"A handwritten {name}")


def description(dataset: Dataset | None) -> None:
    """Draw the authors' description as the plain text it is; a visitor's own file has none."""
    if dataset is None or not dataset.description:
        return
    with st.expander("The data set's own description", icon=":material/description:"):
        st.code(dataset.description.strip(), language=None, wrap_lines=True, height=320)

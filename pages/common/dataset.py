"""The data set: what it is, in its authors' words, and what its images look like."""

import streamlit as st

from mlp.datasets import Dataset
from mlp.view.images import picture

SAMPLES = 10
SAMPLE_WIDTH = 56


def dataset_section(dataset: Dataset) -> None:
    """Draw what a data set holds and its first images, as on the sheet."""
    height, width = dataset.image_shape
    st.markdown(
        f"**{len(dataset.X)} images of handwritten digits**, {height} by {width} pixels from 0, paper, to 16, ink. "
        f"The first {SAMPLES}:"
    )
    with st.container(horizontal=True, gap="xsmall"):
        for pixels, label in zip(dataset.X[:SAMPLES], dataset.y[:SAMPLES], strict=True):
            name, image = dataset.classes[label], picture(pixels, dataset.image_shape)
            st.image(image, caption=name, width=SAMPLE_WIDTH, output_format="PNG", alt=f"A handwritten {name}")


def description(dataset: Dataset) -> None:
    """Draw the authors' description as the plain text it is."""
    with st.expander("The data set's own description", icon=":material/description:"):
        st.code(dataset.description.strip(), language=None, wrap_lines=True, height=320)

"""What a network answers to one image that it was not trained on: every hidden unit's h, and the outputs."""

from dataclasses import replace

import streamlit as st

from mlp.activations import ACTIVATIONS
from mlp.datasets import Dataset, Split, noun_of
from mlp.experiments.config import DataConfig
from mlp.experiments.outcome.insight import activations
from mlp.losses import LOSSES
from mlp.network import Network
from mlp.view.charts import prepared
from mlp.view.dataset_words import feature_words
from mlp.view.images import picture
from mlp.view.judging import judging_set
from mlp.view.outcome.bars import answer_bars, answer_words, bar_chart, signed_bars
from pages.common.controls import counter
from pages.common.messages import plain
from pages.data.cached import split_of
from pages.training.address import IMAGE

PICTURE_WIDTH = 128


def answers(network: Network, name: str, data: DataConfig, split: Split, dataset: Dataset) -> None:
    """Draw the choice of an image and what every layer answers to it; of the test set only where it is not shut."""
    left, right = st.columns([1, 4], gap="large")
    one = noun_of(dataset.name).removesuffix("s")
    shows = "the image shows" if dataset.image_shape else f"the {one} is"
    (X, y), judging = split.judging, judging_set(data.validation_size)
    with left:
        index = counter(f"{judging} {one}", IMAGE, len(y), help=f"From 1, in the order of the {judging.lower()} set.")
        h, true = activations(network, X[index]), int(y[index])
        shown(index, data, dataset, true)
    with right:
        st.markdown(plain(f"{name}: {answer_words(shows, dataset.classes, h[-1], true)}"))
        for l, answer in enumerate(h[:-1], start=1):
            hidden_bars(l, answer, network.hidden)
        probable = LOSSES[network.loss].probabilities
        up = "Probability" if probable else "Output"
        frame = answer_bars(dataset.classes, h[-1], true)
        domain = (0.0, 1.0) if probable else None
        st.vega_lite_chart(frame, answers_spec("Class", up, domain), alt=f"{up} of each class")


def shown(index: int, data: DataConfig, dataset: Dataset, true: int) -> None:
    """Draw the image as it was before scaling, or an example's first features."""
    values = split_of(replace(data, scaling="none")).judging[0][index]
    if dataset.image_shape is None:
        st.caption(plain(feature_words(dataset, values)))
        return
    st.image(picture(values, dataset.image_shape), width=PICTURE_WIDTH, output_format="PNG",
             alt=f"{judging_set(data.validation_size)} image {index + 1}, a {dataset.classes[true]}")  # fmt: skip


def hidden_bars(l: int, answer, hidden: str) -> None:
    """Draw what the units of a hidden layer answer."""
    names = [str(unit + 1) for unit in range(len(answer))]
    spec = answers_spec(f"Unit of layer {l}", f"h ({hidden})", ACTIVATIONS[hidden].bounds)
    st.vega_lite_chart(signed_bars(names, answer), spec, alt=f"What each unit of layer {l} answers")


@st.cache_data(max_entries=32, show_spinner=False)
def answers_spec(across: str, up: str, domain: tuple[float, float] | None) -> dict:
    """Return the prepared chart of a layer's answers."""
    return prepared(bar_chart(across, up, domain))

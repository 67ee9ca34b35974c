"""The weights of the first layer: all units as pictures, and a chosen one in large."""

import numpy as np
import streamlit as st

from mlp.datasets import Dataset
from mlp.experiments.outcome.insight import first_weights
from mlp.network import Network
from mlp.view.charts import prepared
from mlp.view.numbers import format_number
from mlp.view.outcome.bars import bar_chart, signed_bars
from mlp.view.outcome.weights import full_colour, heatmap, input_names, layer_frame, scale_html, unit_frame, units_html
from pages.common.controls import choice_field, counter
from pages.training.address import SHOW, UNIT

WEIGHTS, CHANGE = "weights", "change"
HELP = "The weights as they are, or how far training has moved them from where they were in epoch 0."
ABOUT = {
    WEIGHTS: "Each picture is a unit of the first layer: every weight stands where its pixel is. Pixels that are blank "
    "in almost every image keep their random first weights.",
    CHANGE: "Each picture is a unit of the first layer: how far every weight is from its random first value, where its "
    "pixel is.",
}
PICTURE_WIDTH, MOST_CELLS = 256, 3000


def weights(networks: dict[int, Network], epoch: int, dataset: Dataset) -> None:
    """Draw the first layer's weights at an epoch; the colours mean the same at all epochs."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        show = choice_field("Pictures of", SHOW, (WEIGHTS, CHANGE), help=HELP)
    with right:
        unit = counter("Unit", UNIT, networks[epoch].sizes[1], help="Of the first layer, from 1.")
    shown = first_weights(networks, since_start=show == CHANGE)
    scale = full_colour(shown.values())
    with left:
        all_units(shown[epoch], unit, scale, show, dataset)
    with right:
        one_unit(shown[epoch][unit], unit, scale, dataset)
        if len(networks[epoch].layers) > 1:
            outgoing(networks[epoch], unit, dataset)


def all_units(W: np.ndarray, unit: int, scale: float, show: str, dataset: Dataset) -> None:
    """Draw every unit's weights in small, as pictures where the data are."""
    if dataset.image_shape is None:
        matrix(W, scale, dataset)
    else:
        st.caption(ABOUT[show])
        st.html(units_html(W, dataset.image_shape, scale, unit))
        st.html(scale_html(scale))


def matrix(W: np.ndarray, scale: float, dataset: Dataset) -> None:
    """Draw every unit's weights as one matrix, a row a unit."""
    if W.size > MOST_CELLS:
        st.caption(f"{W.shape[0]} units of {W.shape[1]} inputs each are too many for one picture. Choose a unit.")
        return
    frame = layer_frame(W, input_names(W.shape[1], dataset.feature_names), scale)
    st.vega_lite_chart(frame, heatmap_spec("Input", "Unit"), alt="Weights of all units")
    st.html(scale_html(scale))


def one_unit(w: np.ndarray, unit: int, scale: float, dataset: Dataset) -> None:
    """Draw one unit's weights in large."""
    alt = f"Weights of unit {unit + 1}"
    if dataset.image_shape is None:
        bars = signed_bars(input_names(len(w), dataset.feature_names), w)
        st.vega_lite_chart(bars, bars_spec("Input"), alt=alt)
    else:
        frame = unit_frame(w, dataset.image_shape, scale)
        spec = heatmap_spec("Column", "Row", PICTURE_WIDTH // max(dataset.image_shape))
        st.vega_lite_chart(frame, spec, width="content", alt=alt)


def outgoing(network: Network, unit: int, dataset: Dataset) -> None:
    """Draw a unit's bias and its weights to the next layer."""
    last, to = len(network.layers) == 2, network.layers[1].W[:, unit]
    names = dataset.classes if last else [str(at + 1) for at in range(len(to))]
    bias = format_number(float(network.layers[0].b[unit]))
    st.caption(f"Unit {unit + 1} has the bias {bias}. Its weights on the way to the next layer:")
    st.vega_lite_chart(signed_bars(names, to), bars_spec("Class" if last else "Unit of layer 2"),
                       alt=f"Outgoing weights of unit {unit + 1}")  # fmt: skip


@st.cache_data(max_entries=4, show_spinner=False)
def heatmap_spec(across: str, down: str, side: int | None = None) -> dict:
    """Return the prepared chart of a matrix of weights."""
    return prepared(heatmap(across, down, side))


@st.cache_data(max_entries=4, show_spinner=False)
def bars_spec(across: str) -> dict:
    """Return the prepared chart of weights as bars."""
    return prepared(bar_chart(across, "Weight"))

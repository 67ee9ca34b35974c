"""Inside the network: what its units look for, what they answer to an image, and how they fare over the epochs."""

import streamlit as st

from mlp.datasets import Dataset, Split
from mlp.experiments.config import names_of
from mlp.experiments.outcome.insight import insights
from mlp.experiments.training.learner import Learner
from mlp.experiments.training.run import Run
from mlp.network import Network
from mlp.view.charts import prepared
from mlp.view.outcome.layer_words import (
    GRADIENT,
    READ,
    SATURATION,
    Insights,
    curves_alt,
    gradient_words,
    rule_words,
    saturation_words,
)
from mlp.view.outcome.layers import layer_curves, layer_curves_frame
from pages.common.controls import choice_field
from pages.outcome.inside_answers import answers
from pages.outcome.inside_weights import weights
from pages.training.address import MODEL

INSIDE = "q3: inside"
EPOCH = "q3: inside epoch"


def inside_section(run: Run, split: Split, dataset: Dataset) -> None:
    """Draw the hidden units of either model at any epoch, and both models' curves of saturation and gradients."""
    st.header("Inside the network", anchor="inside")
    found = insights_of(run, split)
    # Of its own: what follows must not move while the fragment is drawn anew
    with st.container(key="inside"):
        st.fragment(at_an_epoch)(run, split, dataset, found)
    over_the_epochs(found)


def insights_of(run: Run, split: Split) -> dict[str, Insights]:
    """Return what is seen inside both models at each kept epoch; made anew only when they were trained further."""
    records = [learner.record for learner in run.learners]
    kept, found = st.session_state.get(INSIDE, (None, None))
    if kept is None or any(one is not other for one, other in zip(kept, records, strict=True)):
        found = {
            name: insights(networks_of(learner), split.X_train, split.y_train)
            for name, learner in zip(names_of(run.comparison), run.learners, strict=True)
        }
        st.session_state[INSIDE] = (records, found)
    return found


def networks_of(learner: Learner) -> dict[int, Network]:
    """Return a model's networks by epoch."""
    return learner.snapshots.networks(learner.record.epoch, learner.record.network)


def at_an_epoch(run: Run, split: Split, dataset: Dataset, found: dict[str, Insights]) -> None:
    """Draw the choice of a model and an epoch, its units' weights, its answers to an image, and how it is doing."""
    chosen, slider = st.columns([1, 3], gap="medium")
    with chosen:
        model = choice_field("Model", MODEL, names_of(run.comparison), help="Whose weights and answers are shown.")
    learner = dict(zip(names_of(run.comparison), run.learners, strict=True))[model]
    networks = networks_of(learner)
    with slider:
        epoch = epoch_field(list(networks))
    weights(networks, epoch, dataset)
    layers = found[model][epoch]
    st.markdown(f"{saturation_words(layers)} {gradient_words(layers)}")
    st.caption(rule_words(learner.config.activation, len(split.y_train)))
    answers(networks[epoch], f"{model} after {epoch} epochs", run.comparison.data, split, dataset)


def epoch_field(epochs: list[int]) -> int:
    """Draw the choice of an epoch and return it, at first the latest."""
    if len(epochs) == 1:
        return epochs[0]
    if st.session_state.get(EPOCH) not in epochs:
        st.session_state[EPOCH] = epochs[-1]
    return st.select_slider("Epoch", epochs, key=EPOCH,
                            help="The more epochs there are, the fewer of them are kept, evenly spaced.")  # fmt: skip


def over_the_epochs(found: dict[str, Insights]) -> None:
    """Draw both models' curves of saturation and of gradients."""
    frame = layer_curves_frame(found)
    depth = max(len(layers) for by_epoch in found.values() for layers in by_epoch.values())
    with st.grid(2, min_column_width=320):
        for quantity, layers in ((SATURATION, depth - 1), (GRADIENT, depth)):
            with st.container():
                st.vega_lite_chart(frame, curves_spec(quantity, layers, tuple(found)), alt=curves_alt(quantity, found))
                st.caption(READ[quantity])


@st.cache_data(max_entries=16, show_spinner=False)
def curves_spec(quantity: str, layers: int, models: tuple[str, ...]) -> dict:
    """Return the prepared chart of a quantity over the epochs."""
    return prepared(layer_curves(quantity, layers, models))

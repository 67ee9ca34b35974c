"""Question 3: a network of ours and scikit-learn's learn the same data side by side."""

from pages.common.navigation import frame

frame()

import streamlit as st

from mlp.datasets import OWN
from pages.data.cached import dataset_of
from pages.data.controls import data_controls, dataset_choice
from pages.data.section import dataset_section, description
from pages.outcome.question3 import experiment
from pages.training.readiness import trainable
from pages.training.settings import comparison_controls

st.title("Question 3: train and compare", anchor=False)
st.markdown(
    "Train a network of yours and scikit-learn's `MLPClassifier` on the same data, watch both learn, and compare. "
    "The fields start at the sheet's settings: handwritten digits, as they are."
)
name = dataset_choice()
dataset = None if name == OWN else dataset_of(name)
examples, split = st.columns([5, 3], gap="medium")
with examples:
    dataset_section(dataset)
with split:
    data = data_controls(name)
    description(dataset)
comparison, ready = trainable(comparison_controls(data))
experiment(comparison, ready=ready)

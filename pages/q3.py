"""Question 3: a network of ours and scikit-learn's learn handwritten digits side by side."""

from pages.common.navigation import frame

frame()

import streamlit as st

from pages.common.cached import dataset_of
from pages.common.comparison_controls import comparison_controls, data_controls
from pages.common.dataset import dataset_section, description
from pages.common.question3 import experiment

st.title("Question 3: handwritten digits", anchor=False)
st.markdown(
    "Train a network of yours and scikit-learn's `MLPClassifier` on the same images, watch both learn, and compare. "
    "The fields start at the sheet's settings."
)
images, split = st.columns([5, 3], gap="large")
with images:
    dataset_section(dataset_of("digits"))
with split:
    data = data_controls()
    description(dataset_of(data.dataset))
experiment(comparison_controls(data))

"""The two questions that a verdict on two fitted models leaves open: their answers, or the way to them."""

import streamlit as st

from mlp.experiments.config import Comparison
from pages.training import seeds as seeds_section
from pages.training import splits as splits_section
from pages.training.address import EXPERIMENT, OVER_SEEDS, OVER_SPLITS

# The experiment that answers, and its question
QUESTIONS = (
    (OVER_SEEDS, "Do these two recipes differ, whatever the seed?", seeds_section.SEEDS, seeds_section.sentence),
    (OVER_SPLITS, "Do they differ on other splits of the data?", splits_section.SPLITS, splits_section.sentence),
)


def other_questions(comparison: Comparison) -> None:
    """Draw both questions: the answer if it was computed for these settings, else a button that leads there."""
    with st.grid(2, min_column_width=300):
        for name, question, live, sentence in QUESTIONS:
            with st.container(border=True):
                st.markdown(f"**{question}**")
                current = live.current
                if current and current.ended and current.asked.comparison == comparison:
                    st.markdown(sentence(current))
                else:
                    st.button(f"{name}: find out", key=f"ask {name}", icon=":material/arrow_upward:",
                              on_click=show, args=(name,), type="tertiary")  # fmt: skip


def show(name: str) -> None:
    """Show another experiment."""
    st.session_state[EXPERIMENT] = name

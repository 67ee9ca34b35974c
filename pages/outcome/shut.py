"""The test set that stays shut: opened for a verdict when the visitor asks for it, and every look at it counted."""

import streamlit as st

from mlp.experiments.config import DataConfig
from mlp.experiments.runs.notes import OPENINGS
from mlp.experiments.runs.openings import (
    Openings,
    from_text,
    look_of,
    of_models,
    opened,
    recipes_tried,
    set_name,
    to_text,
)
from mlp.experiments.runs.store import NotKept
from mlp.experiments.training.run import Run
from mlp.view.outcome.shut import ABOUT, advice_words, opened_words
from pages.common.messages import plain
from pages.common.runs_store import notes, store

OPENED, SHARE = "q3: opened", "validation_size"


def is_open(run: Run) -> bool:
    """Return whether the test set may be looked at; where it is shut, draw what opens it."""
    data = run.comparison.data
    return not data.validation_size or gate(data, look_of(*of_models(run)))


def gate(data: DataConfig, look: str) -> bool:
    """Return whether this look at a shut test set was asked for, and draw its count and what opens it."""
    told = opened_words(openings(data).count, recipes_tried(store().heads(), data))
    if look in st.session_state.get(OPENED, ()):
        st.caption(told)
        return True
    with st.container(border=True, key="shut"):
        st.markdown("**The test set is shut.** " + ABOUT)
        st.caption(told)
        st.button("Open the test set", icon=":material/lock_open:", on_click=open_it, args=(data, look))
    return False


def open_it(data: DataConfig, look: str) -> None:
    """Note that two models were looked at on the test set."""
    st.session_state[OPENED] = {*st.session_state.get(OPENED, ()), look}
    try:
        notes().put(OPENINGS, set_name(data), to_text(opened(openings(data), look)))
    except NotKept as error:
        st.toast(plain(str(error)))


def openings(data: DataConfig) -> Openings:
    """Return the looks so far at the test set of these data."""
    return from_text(notes().get(OPENINGS, set_name(data)))


def advice(data: DataConfig) -> None:
    """Recommend a validation share once several recipes were tried by the test set."""
    if not data.validation_size and (words := advice_words(recipes_tried(store().heads(), data))):
        with st.container(horizontal=True, vertical_alignment="center", key="validation_advice"):
            st.caption(words, width="stretch")
            st.button("Hold out 0.2", on_click=hold_out, icon=":material/lock:",
                      help="Sets the share for validation; train again to choose by it.")  # fmt: skip


def hold_out() -> None:
    """Set the field of the validation share; before it is drawn."""
    st.session_state[SHARE] = "0.2"

"""Experiments: the runs that are kept in a table, and their curves and settings side by side."""

from pages.common.navigation import frame

frame()

import streamlit as st

from pages.common.address import address_words, mend_address
from pages.runs.overlay import ADDRESS
from pages.runs.page import runs_section

mend_address(ADDRESS)
st.title("Experiments", anchor=False)
address_words()
st.markdown(
    "Every training of yours, with its settings and its curve. Tick runs to overlay them, and pin one as the "
    "baseline that the others are compared with."
)
st.fragment(runs_section)()
st.page_link("pages/q3.py", label="Sweep settings on Question 3", icon=":material/grid_on:",
             query_params={"experiment": "A sweep"})  # fmt: skip

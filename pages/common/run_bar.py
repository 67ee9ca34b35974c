"""The row of the button that trains: it stays in view, and what it starts is brought into view."""

from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

JS = Path(__file__).with_suffix(".js").read_text("utf-8")
RUN_BAR = st.components.v2.component("run_bar", html="<i></i>", js=JS)


def run_bar(name: str, starts: int) -> DeltaGenerator:
    """Draw the row of a training under its name and return it; each further start brings it to the window's top."""
    bar = f"{name.replace(' ', '-')}_bar"
    row = st.container(horizontal=True, vertical_alignment="center", key=bar)
    RUN_BAR(key=f"{name}: said_bar", data={"bar": bar, "starts": starts}, height=0)
    return row

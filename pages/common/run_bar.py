"""Rows that stay in view: the button that trains, above what it starts, and the score of a sheet that is worked."""

from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.common.no_room import no_room

JS = Path(__file__).with_suffix(".js").read_text("utf-8")
RUN_BAR = st.components.v2.component("run_bar", html="<i></i>", js=JS)


def run_bar(name: str, starts: int) -> DeltaGenerator:
    """Draw the row of a training under its name and return it; each further start brings it to the window's top."""
    return row_in_view(f"{name.replace(' ', '-')}_bar", "bottom", starts)


def row_in_view(key: str, edge: Literal["top", "bottom"], starts: int = 0) -> DeltaGenerator:
    """Draw a row and return it; where its place is out of view it stays at that edge of the window."""
    row = st.container(horizontal=True, vertical_alignment="center", key=key)
    RUN_BAR(key=no_room(key), data={"bar": key, "edge": edge, "starts": starts}, height=0)
    return row

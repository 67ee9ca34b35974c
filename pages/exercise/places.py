"""The empty places above the sheet, known before anything is drawn: what comes late must not push what is read."""

from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

LINE_HEIGHT = 76
# Of one row and of two; page.css lets the place grow, but it comes after the first picture
CHOICES_HEIGHT, CHOICES_HEIGHT_PHONE = 74, 122


class Places(NamedTuple):
    """Containers of the page above the sheet, in which more is drawn once it is known."""

    line: DeltaGenerator
    examples: DeltaGenerator
    view: DeltaGenerator
    history: DeltaGenerator
    presets: DeltaGenerator
    settings: DeltaGenerator
    steps: DeltaGenerator
    words: DeltaGenerator


def page_places(*, hidden: bool) -> Places:
    """Draw the empty containers; the line stays in view, where there is a solution to speak of."""
    line = (
        st.container()
        if hidden
        else st.container(horizontal=True, vertical_alignment="center", key="line", height=LINE_HEIGHT, border=False)
    )
    height = CHOICES_HEIGHT_PHONE if "Mobi" in st.context.headers.get("User-Agent", "") else CHOICES_HEIGHT
    with st.container(horizontal=True, vertical_alignment="bottom", key="choices", height=height, border=False):
        examples, view = st.container(width="content"), st.container(width="content")
        with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", width="content", key="actions"):
            history = st.container(horizontal=True, vertical_alignment="center", gap="xsmall", width="content")
            presets = st.container(width="content")
            settings = st.container(width="content")
            steps = st.container(width="content")
    return Places(line, examples, view, history, presets, settings, steps, words=st.container())

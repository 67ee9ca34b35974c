"""A sentence for those who can't see what has changed on the page: spoken when there is time, never shown."""

from pathlib import Path

import streamlit as st

from pages.common.no_room import no_room

CSS, JS = (Path(__file__).with_name(name).read_text("utf-8") for name in ("said.css", "said.js"))
SAID = st.components.v2.component("said", html='<p role="status" aria-live="polite"></p>', css=CSS, js=JS)


def say(words: str, key: str) -> None:
    """Have words spoken once they differ from those that were spoken last under this key."""
    # As high as its text is: a box of no height could be scrolled, and would have to be reached by keyboard
    SAID(key=no_room(key), data={"words": words}, height=1)

"""The app's pages and their order, and the guard that keeps every page inside this navigation."""

from pathlib import Path

import streamlit as st

from pages.common.attendance import look_at_this_page

FOLDER = Path(__file__).parents[1]
# Of our own: for one of Streamlit's named icons the browser asks Google
ICON = Path(__file__).with_name("icon.svg")
FRAMED = "framed"

# The file's stem, which is also the page's address; its title; its icon. The first page is the default.
PAGES = (
    ("home", "Home", ":material/home:"),
    ("q1", "Question 1", ":material/edit_note:"),
    ("q2", "Question 2", ":material/percent:"),
    ("practice", "Practice", ":material/draw:"),
    ("q3", "Question 3", ":material/model_training:"),
    ("experiments", "Experiments", ":material/compare_arrows:"),
)


def navigation() -> st.Page:
    """Build the navigation, note that this session has it, and return the page the visitor asked for."""
    # Before the navigation: else the browser first asks for the page's own icon
    st.set_page_config(page_icon=ICON)
    # Without an explicit url_path equal to the stem, a deep link on a fresh process flashes "Page not found".
    pages = [
        st.Page(FOLDER / f"{stem}.py", title=title, icon=icon, url_path=stem, default=stem == PAGES[0][0])
        for stem, title, icon in PAGES
    ]
    st.session_state[FRAMED] = True
    return st.navigation(pages, position="top")


def page_style() -> None:
    """Give every page what the theme can't say: letters that can be read, and no motion for those who want none."""
    st.html(Path(__file__).with_name("page.css"))


def frame() -> None:
    """Start over through app.py if this page was run without it, and stop what another page trains.

    Every page calls this first.

    Streamlit treats a folder named ``pages`` as its older, automatic kind of multipage app until ``st.navigation`` has
    been called once in the process. On a fresh process a deep link such as /q1 would therefore run the page alone,
    under a navigation made of file names. Calling ``st.navigation`` here ends that mode for good.
    """
    if FRAMED not in st.session_state:
        navigation()
        st.rerun()
    look_at_this_page()

"""A curve that the visitor types, and points above and below it as a table of her own."""

import hashlib
from collections.abc import Callable

import streamlit as st

from mlp.datasets.above_below import above_below_csv
from mlp.limits import LONGEST_FORMULA
from pages.common.controls import download
from pages.data.own_data import Upload

CURVE, TITLE = "q3: curve", "curve.csv"
ABOUT = "400 points with x1 and x2 from −3 to 3, each above or below the curve; the same curve gives the same points."


def curve_field(read: Callable[[Upload], None], problem: str) -> None:
    """Draw the field for a curve and the button that reads its points as a file; `problem` is where a sentence goes."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Or points above and below a curve: y =", key=CURVE, placeholder="sin(2 x) + x / 2", help=ABOUT,
                      max_chars=LONGEST_FORMULA, width=320)  # fmt: skip
        st.button("Take points", icon=":material/scatter_plot:", on_click=take_points, args=(read, problem))


def take_points(read: Callable[[Upload], None], problem: str) -> None:
    """Read the points of the curve that was typed, or note in a sentence why there are none."""
    try:
        content = above_below_csv(st.session_state.get(CURVE, ""))
    except ValueError as error:
        st.session_state[problem] = f"No points were drawn. {error}"
        return
    read(Upload(f"curve {hashlib.sha256(content).hexdigest()[:16]}", TITLE, content))


def points_download(upload: Upload) -> None:
    """Draw the download of points that were drawn: a script of a run on them reads it."""
    if upload.title == TITLE:
        download("These points, CSV", lambda: upload.content.decode(), TITLE)

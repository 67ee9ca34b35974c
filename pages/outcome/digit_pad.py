"""A pad to draw a digit on, with a mouse, a finger, a pen or the keyboard: a component of the files beside this one.

The strokes arrive while they are drawn. They are kept and sent back, which counts only for a pad that has just
appeared: training anew, or a visit to another page, loses no drawing.
"""

from pathlib import Path

import streamlit as st

from mlp.datasets.drawing import Strokes, read_strokes
from mlp.limits import MOST_STROKE_POINTS, MOST_STROKES

NAMES = ("digit_pad.html", "digit_pad.css", "digit_pad.js", "digit_pad_paint.js")
HTML, CSS, JS, PAINT_JS = (Path(__file__).with_name(name).read_text("utf-8") for name in NAMES)
PAD = st.components.v2.component("digit_pad", html=HTML, css=CSS, js=JS + PAINT_JS)


def digit_pad(key: str) -> Strokes:
    """Draw the pad and return what is drawn on it; nothing, if the browser sent anything but a drawing."""
    memory, sent = f"{key}: kept", st.session_state.get(key, {}).get("strokes")
    if sent is not None:
        st.session_state[memory] = read_strokes(sent)
    strokes = st.session_state.get(memory, ())
    most = {"strokes": MOST_STROKES, "points": MOST_STROKE_POINTS}
    PAD(key=key, data={"strokes": [points.tolist() for points in strokes], "most": most}, on_strokes_change=heard)
    return strokes


def heard() -> None:
    """Do nothing: Streamlit has a component's state declared by a callback."""

"""Curves of several runs in one chart, and the settings in which the runs differ."""

from collections.abc import Mapping, Sequence

import streamlit as st

from mlp.experiments.runs.heads import KeptRun
from mlp.experiments.runs.stored_run import StoredRun
from mlp.limits import LARGEST_SMOOTHING
from mlp.untrusted.numbers import parse_number
from mlp.view.charts import prepared
from mlp.view.runs.looks import legend_html
from mlp.view.runs.overlay import QUANTITIES, X_TITLES, Drawing, empty_overlay, overlay_frame, overlay_words
from mlp.view.runs.overlay_chart import overlay_chart
from mlp.view.runs.settings import ALONE, OTHER_DATA, SAME, on_other_data, setting_rows, settings_html
from mlp.view.runs.table import marked_name
from pages.common.controls import choice_field, explain_unknown, select_field
from pages.common.messages import plain

SMOOTHING = "smoothing"
TOGGLES = {"log_y": "Logarithmic vertical axis", "log_x": "Logarithmic horizontal axis"}
QUANTITY, AGAINST = "quantity", "against"
# All that the page of the runs reads from its address
ADDRESS = (QUANTITY, AGAINST, SMOOTHING, *TOGGLES)


def overlay_section(drawn: Sequence[StoredRun], slots: Mapping[str, int], baseline: KeptRun | None) -> None:
    """Draw the chart with its controls, and the settings below it."""
    drawing = drawing_controls()
    names, looks = [marked_name(run, baseline) for run in drawn], [slots[run.id] for run in drawn]
    spec = overlay_spec(drawing.quantity, drawing.x, drawing.smoothing > 0, drawing.log_x, drawing.log_y)
    st.html(legend_html(names, looks))
    st.vega_lite_chart(overlay_frame(drawn, slots, baseline, drawing), spec, alt=overlay_words(drawn, drawing))
    if on_other_data(drawn):
        st.caption(OTHER_DATA)
    st.header("Settings", anchor="settings")
    differing = not st.toggle("Show all settings", key="runs_all_settings", persist_state="session")
    if rows := setting_rows(drawn, differing=differing):
        st.html(settings_html(rows, names, looks))
    else:
        st.caption(SAME if len(drawn) > 1 else ALONE)


def drawing_controls() -> Drawing:
    """Draw what can be chosen about the chart and return it; all of it is in the page's address."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        quantity = select_field("Curve", QUANTITY, tuple(QUANTITIES), width=220,
                                help="Of the whole set, after each epoch.")  # fmt: skip
        x = choice_field("Against", AGAINST, tuple(X_TITLES), help="Seconds are spent in training alone.")
        smoothing = smoothing_field()
    with st.container(horizontal=True):
        log = {name: log_toggle(name, label) for name, label in TOGGLES.items()}
        part = st.slider("Part of the axis", 0, 100, (0, 100), 5, format="%d%%", key="runs_part", width=220,
                         help="Zooms in: the vertical axis fits what is left.")  # fmt: skip
    return Drawing(quantity, x, smoothing, **log, part=part if part[0] < part[1] else (0, 100))


def smoothing_field() -> float:
    """Draw the choice of smoothing and return it; what the address asks in vain is explained."""
    for asked in st.query_params.get_all(SMOOTHING):
        try:
            parse_number(asked, low=0.0, high=LARGEST_SMOOTHING)
        except ValueError as error:
            st.warning(plain(f"Smoothing: needed is {error} It was left out."))
    return st.slider("Smoothing", 0.0, LARGEST_SMOOTHING, 0.0, 0.01, key=SMOOTHING, bind="query-params", width=220,
                     help="A running mean: with every further epoch a value weighs this many times as much. "
                     "The raw curve stays, faint.")  # fmt: skip


def log_toggle(name: str, label: str) -> bool:
    """Draw the choice of a logarithmic axis and return it."""
    explain_unknown(label, name, ("true", "false"))
    return st.toggle(label, key=name, bind="query-params", help="0 has no place on such an axis and is left out.")


@st.cache_data(max_entries=32, show_spinner=False)
def overlay_spec(quantity: str, x: str, smooth: bool, log_x: bool, log_y: bool) -> dict:
    """Return the prepared chart; there is nothing of a visitor's in it."""
    return prepared(overlay_chart(empty_overlay(), quantity, x, smooth=smooth, log_x=log_x, log_y=log_y))

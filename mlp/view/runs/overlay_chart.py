"""The chart of several runs: a colour and a dash a run, raw values faint behind smoothed ones."""

import altair as alt
import pandas as pd

from mlp.view.palette import RUN_LOOKS
from mlp.view.runs.overlay import X_TITLES

HEIGHT = 420
SLOTS = [str(slot) for slot in range(len(RUN_LOOKS))]


def overlay_chart(
    frame: pd.DataFrame, quantity: str, x: str, *, smooth: bool = False, log_x: bool = False, log_y: bool = False
) -> alt.LayerChart | alt.FacetChart:
    """Return the curves of several runs, the baseline's thicker.

    Parameters
    ----------
    frame : DataFrame with OVERLAY_COLUMNS
    quantity : str
        One of `QUANTITIES`.
    x : {"epoch", "updates", "seconds"}
    smooth : bool
        Whether the raw values stand faint behind the smoothed ones.
    log_x, log_y : bool
        Logarithmic axes; values of 0 have no place on them and are left out.
    """
    base = alt.Chart(frame).encode(
        x=alt.X("x:Q", title=X_TITLES[x], axis=axis(log_x), scale=scale(log_x)),
        y=alt.Y("value:Q", title=quantity.capitalize(), axis=axis(log_y), scale=scale(log_y)),
        color=alt.Color("slot:N", legend=None, scale=look(0)),
        strokeDash=alt.StrokeDash("slot:N", legend=None, scale=look(1)),
    )
    for wanted, test in ((log_x, "datum.x > 0"), (log_y, "datum.value > 0 && datum.raw > 0")):
        base = base.transform_filter(test) if wanted else base
    hover = alt.selection_point(name="hover", on="pointerover", nearest=True, empty=False)
    solid = alt.value([1, 0])
    width = alt.StrokeWidth("baseline:N", legend=None, scale=alt.Scale(domain=[False, True], range=[2, 4]))
    lines = base.mark_line().encode(strokeWidth=width)
    latest = base.transform_filter("datum.latest").mark_point(filled=True, size=45, opacity=1).encode(strokeDash=solid)
    # Thousands of unseen marks would be read out one by one
    nearest = base.mark_point(filled=True, size=70, aria=False).encode(
        strokeDash=solid, opacity=alt.condition(hover, alt.value(1), alt.value(0)), tooltip=tooltip(quantity, smooth)
    )
    raw = [base.mark_line(strokeWidth=1, opacity=0.4, aria=False).encode(y=alt.Y("raw:Q"))] if smooth else []
    return alt.layer(*raw, lines, latest, nearest.add_params(hover)).properties(height=HEIGHT)


def look(part: int) -> alt.Scale:
    """Return the scale on which each slot has its colour (part 0) or its dash (part 1)."""
    return alt.Scale(domain=SLOTS, range=[list(v) if isinstance(v := each[part], tuple) else v for each in RUN_LOOKS])


def axis(log: bool) -> alt.Axis:
    """Return a quiet axis with few labels."""
    return alt.Axis(tickCount=6, format="~g" if log else alt.Undefined)


def scale(log: bool) -> alt.Scale:
    """Return a scale that shows the differences between curves as large as they fit."""
    return alt.Scale(type="log", nice=False) if log else alt.Scale(zero=False)


def tooltip(quantity: str, smooth: bool) -> list[alt.Tooltip]:
    """Return what a point tells, with exact values."""
    return [
        alt.Tooltip("run:N", title="Run"),
        alt.Tooltip("epoch:Q", title="Epoch", format=",d"),
        alt.Tooltip("updates:Q", title="Updates", format=",d"),
        alt.Tooltip("seconds:Q", title="Seconds", format=".3f"),
        alt.Tooltip("raw:Q", title=quantity.capitalize(), format=".6~g"),
        *([alt.Tooltip("value:Q", title="Smoothed", format=".6~g")] if smooth else []),
    ]

"""Learning curves: data in, `alt.Chart` out. `prepared` makes of any chart a dict that takes new data cheaply."""

import copy
import math
from collections.abc import Sequence
from typing import Any, Literal

import altair as alt
import numpy as np
import pandas as pd

from mlp.experiments.config import MODELS
from mlp.experiments.training.learner import Learner
from mlp.view.palette import (
    HELD_OUT_DASHES,
    NEUTRAL,
    SET_DASHES,
    SHUT_DASHES,
    TEST,
    TRAINING,
    VALIDATION,
    colours_of,
)

CURVE_COLUMNS = ("epoch", "model", "set", "loss", "accuracy", "latest", "frequent")
CURVE_POINTS = 300
PANEL_HEIGHT = 420
TITLES = {"loss": "Loss (mean of an example)", "accuracy": "Accuracy (share of examples)"}
FORMATS = {"loss": ".5f", "accuracy": ".5f"}


def thinned(n: int, limit: int = CURVE_POINTS) -> list[int]:
    """Return at most `limit` of the indices 0 to n - 1, evenly spaced, with the first and the last.

    The step is a power of two, so that a growing curve keeps the points it has shown.
    """
    step = 1
    while -(-n // step) >= limit:
        step *= 2
    return sorted({*range(0, n, step), n - 1}) if n else []


def curve_frame(learners: dict[str, Learner], most_frequent: float = math.nan) -> pd.DataFrame:
    """Return learning curves in long form, a row for each model, set and epoch; what overflowed is left out.

    Parameters
    ----------
    learners : dict of Learner
        By the model's name in the palette.
    most_frequent : float
        The accuracy of always the most frequent class, which gets a row of its own; nan where it is unknown.
    """
    line = [(None, None, None, None, None, False, most_frequent)] if math.isfinite(most_frequent) else []
    rows = [
        (point.epoch, model, name, loss, accuracy, index == len(learner.history) - 1, None)
        for model, learner in learners.items()
        for index in thinned(len(learner.history))
        for point, held in zip(learner.history[index : index + 1], learner.validation[index:], strict=False)
        for name, loss, accuracy in (
            (TRAINING, point.train_loss, point.train_accuracy), (TEST, point.test_loss, point.test_accuracy),
            (VALIDATION, held.loss, held.accuracy),
        )
        if np.isfinite(loss)
    ]  # fmt: skip
    return pd.DataFrame([*rows, *line], columns=CURVE_COLUMNS)


def empty_curves() -> pd.DataFrame:
    """Return learning curves without a point, for a chart that gets its data later."""
    return pd.DataFrame(columns=CURVE_COLUMNS)


# The sets whose curves a panel has: as a rule, where early stopping holds examples out, and with the test set shut
USUAL, HELD_OUT, SHUT = "usual", "held out", "shut"
DASHES = {USUAL: SET_DASHES, HELD_OUT: SET_DASHES | HELD_OUT_DASHES, SHUT: SHUT_DASHES}


def learning_curves(
    frame: pd.DataFrame, quantity: str, *, log: bool = False, sets: str = USUAL, models: Sequence[str] = MODELS
) -> alt.LayerChart | alt.FacetChart:
    """Return one panel of learning curves: colour is the model, a dashed line is the training set.

    Parameters
    ----------
    frame : DataFrame with CURVE_COLUMNS
    quantity : {"loss", "accuracy"}
    log : bool
        A logarithmic axis; values of 0 have no place on it and are left out.
    sets : str
        Which sets have a curve, one of `DASHES`.
    models : two str
        What the models are called.
    """
    dashes = DASHES[sets]
    base = alt.Chart(frame).encode(
        x=alt.X("epoch:Q", title="Epoch", axis=alt.Axis(tickMinStep=1, format=",d"), scale=alt.Scale(nice=False)),
        y=alt.Y(f"{quantity}:Q", title=TITLES[quantity], axis=y_axis(log), scale=y_scale(quantity, log)),
        color=alt.Color("model:N", title=None, scale=scale_of(colours_of(models)), legend=legend("top")),
        strokeDash=alt.StrokeDash("set:N", title=None, scale=scale_of(dashes), legend=legend("bottom")),
    )
    base = base.transform_filter(f"datum.{quantity} > 0") if log else base
    hover = alt.selection_point(name="hover", on="pointerover", nearest=True, empty=False)
    solid = alt.value([1, 0])
    # What these would say one by one, and without data say nothing at all, the chart's text and the table say together
    points = base.transform_filter("datum.latest").mark_point(filled=True, size=45, opacity=1, aria=False)
    latest = points.encode(strokeDash=solid)
    nearest = base.mark_point(filled=True, size=70, aria=False).encode(
        strokeDash=solid, opacity=alt.condition(hover, alt.value(1), alt.value(0)), tooltip=curve_tooltip()
    )
    layers = [base.mark_line(strokeWidth=2), latest, nearest.add_params(hover)]
    if quantity == "accuracy":
        layers.append(frequent_line(frame))
    return alt.layer(*layers).properties(height=PANEL_HEIGHT)


def frequent_line(frame: pd.DataFrame) -> alt.Chart:
    """Return a dotted line at what always the most frequent class gets, under which nothing is learnt."""
    line = alt.Chart(frame).transform_filter("isValid(datum.frequent)")
    tooltip = alt.Tooltip("frequent:Q", title="Always the most frequent class", format=".5f")
    return line.mark_rule(color=NEUTRAL, strokeDash=[1, 4], strokeWidth=2, aria=False).encode(
        y="frequent:Q", tooltip=tooltip
    )


def y_axis(log: bool) -> alt.Axis:
    """Return a quiet axis with few labels."""
    return alt.Axis(tickCount=5, format="~g" if log else alt.Undefined)


def y_scale(quantity: str, log: bool) -> alt.Scale:
    """Return the vertical scale of a quantity."""
    if log:
        return alt.Scale(type="log", nice=False)
    return alt.Scale(domain=[0, 1]) if quantity == "accuracy" else alt.Scale(zero=True)


def scale_of(table: dict[str, Any]) -> alt.Scale:
    """Return the scale on which each name looks as the palette says."""
    return alt.Scale(domain=list(table), range=[list(v) if isinstance(v, tuple) else v for v in table.values()])


def legend(orient: Literal["top", "bottom"], *, stacked: bool = False) -> alt.Legend:
    """Return a legend above or below the chart, where it takes no width from a phone; stacked for long names."""
    return alt.Legend(
        orient=orient, symbolType="stroke", symbolStrokeWidth=2, symbolSize=300, symbolOpacity=1, columnPadding=12,
        direction="vertical" if stacked else "horizontal", labelLimit=320 if stacked else alt.Undefined,
    )  # fmt: skip


def curve_tooltip() -> list[alt.Tooltip]:
    """Return what a point of a curve tells, with exact values."""
    return [
        alt.Tooltip("model:N", title="Model"),
        alt.Tooltip("set:N", title="Set"),
        alt.Tooltip("epoch:Q", title="Epoch", format=",d"),
        *(alt.Tooltip(f"{name}:Q", title=name.capitalize(), format=FORMATS[name]) for name in FORMATS),
    ]


def prepared(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """Return a chart's Vega-Lite dict without its data: converting a chart anew takes ten times as long as new data."""
    spec = copy.deepcopy(chart.to_dict(format="vega-lite"))
    for name in ("data", "datasets", "config", "$schema"):
        spec.pop(name, None)
    return spec

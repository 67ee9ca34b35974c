"""The ladder as a chart: a row a rung, with the mean accuracies, their intervals and every seed."""

import math
from collections.abc import Sequence

import altair as alt
import pandas as pd

from mlp.experiments.evidence.ladder import RungResult
from mlp.experiments.evidence.seed_statistics import Summary, possible
from mlp.view.palette import MODEL_COLOURS, NEUTRAL, OURS, TEST, TRAINING
from mlp.view.training.ladder_words import accuracy, rung_name
from mlp.view.training.summaries import interval

CLIMB_COLUMNS = ("rung", "position", "set", "mean", "low", "high", "interval", "words")
SEED_COLUMNS = ("rung", "set", "value")
RUNG_HEIGHT = 64


def climb_frame(results: Sequence[RungResult], judging: str = TEST) -> pd.DataFrame:
    """Return the rungs' mean accuracies with intervals, a row for each rung and set."""
    rows = [
        (rung_name(position, each.rung), position, name, summary.mean, *ends(summary), interval(summary),
         words_of(name, position, each, summary))
        for position, each in enumerate(results)
        for name, summary in ((judging, each.judged), (TRAINING, each.train))
        if summary
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=CLIMB_COLUMNS)


def ends(summary: Summary) -> tuple[float, float]:
    """Return both ends of the interval of a mean, nan where one value or equal ones have none."""
    return possible(summary.interval) if summary.sd > 0 else (math.nan, math.nan)


def words_of(name: str, position: int, result: RungResult, summary: Summary) -> str:
    """Return what a mark of the chart says to those who can't see it."""
    return f"{rung_name(position, result.rung)}, {name.lower()} accuracy {accuracy(summary)}"


def seed_frame(results: Sequence[RungResult], judging: str = TEST) -> pd.DataFrame:
    """Return the judged accuracy of every seed, a row each, without those that overflowed."""
    rows = [
        (rung_name(position, each.rung), judging, value)
        for position, each in enumerate(results)
        for value in each.each
        if math.isfinite(value)
    ]
    return pd.DataFrame(rows, columns=SEED_COLUMNS)


def ladder_frame(results: Sequence[RungResult], judging: str = TEST) -> pd.DataFrame:
    """Return means and single seeds in one table, as the chart takes them, of the set that one chooses by."""
    return pd.concat([climb_frame(results, judging), seed_frame(results, judging)], ignore_index=True)


def empty_ladder() -> pd.DataFrame:
    """Return no rung, for a chart that gets its data later."""
    return pd.DataFrame(columns=(*CLIMB_COLUMNS, "value"))


def ladder_chart(frame: pd.DataFrame, rungs: int, judging: str = TEST) -> alt.LayerChart | alt.FacetChart:
    """Return the ladder as a chart: a row a rung, the mean accuracies on bars that span their intervals.

    Parameters
    ----------
    frame : DataFrame as `ladder_frame` makes it
    rungs : int
        How many rungs there are.
    judging : str
        The set that one chooses by.
    """
    blue = MODEL_COLOURS[OURS]
    y = alt.Y("rung:N", title=None, sort=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=150))
    scale = alt.Scale(zero=False, padding=12)
    x = alt.X("mean:Q", title="Accuracy (share of examples)", scale=scale, axis=alt.Axis(tickCount=5))
    base = alt.Chart(frame).encode(y=y)
    test, training = (
        base.transform_filter(f"datum.set == '{name}' && isValid(datum.mean)") for name in (judging, TRAINING)
    )
    tooltip = [
        alt.Tooltip("rung:N", title="Rung"),
        alt.Tooltip("set:N", title="Set"),
        alt.Tooltip("mean:Q", format=".5f", title="Mean"),
        alt.Tooltip("interval:N", title="95% interval"),
    ]
    shape = alt.Shape(
        "set:N", title=None, scale=alt.Scale(domain=[judging, TRAINING], range=["circle", "diamond"]),
        legend=alt.Legend(orient="top", symbolFillColor=NEUTRAL, symbolStrokeColor=NEUTRAL),
    )  # fmt: skip
    seeds = base.transform_filter("isValid(datum.value)").mark_tick(thickness=1.5, size=16, color=NEUTRAL, aria=False)
    path = test.mark_line(color=blue, strokeWidth=1.5, strokeDash=[2, 3], aria=False)
    return alt.layer(
        seeds.encode(x=alt.X("value:Q", scale=scale)),
        path.encode(x=x, order=alt.Order("position:Q")),
        test.transform_filter("isValid(datum.low)")
        .mark_bar(height=10, cornerRadius=4, opacity=0.5, color=blue, aria=False)
        .encode(x=alt.X("low:Q"), x2="high:Q"),
        training.mark_point(filled=True, size=70, opacity=0.9, color=NEUTRAL).encode(
            x=x, shape=shape, tooltip=tooltip, description="words:N"
        ),
        test.mark_point(filled=True, size=110, opacity=1, color=blue).encode(
            x=x, shape=shape, tooltip=tooltip, description="words:N"
        ),
    ).properties(height=RUNG_HEIGHT * rungs)

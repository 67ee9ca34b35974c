"""One swept setting as a curve: the mean validation accuracy by its value, with the band of the mean and every seed."""

import math
from collections.abc import Sequence

import altair as alt
import pandas as pd

from mlp.experiments.evidence.seed_statistics import possible
from mlp.experiments.sweep.outcomes import CellResult
from mlp.experiments.sweep.plan import Sweep
from mlp.view.charts import scale_of
from mlp.view.palette import colours_of
from mlp.view.settings import as_text
from mlp.view.sweep.looks import lines_legend
from mlp.view.sweep.values import numeric, wide
from mlp.view.sweep.words import accuracy_words, cell_words, label
from mlp.view.training.summaries import interval

COLUMNS = ("value", "text", "place", "model", "kind", "mean", "low", "high", "each", "interval", "words")
MEAN, SEED = "mean", "seed"
HEIGHT = 380
# How values lie on the axis
EVEN, LOG, NAMED = "even", "logarithmic", "named"


def spacing(sweep: Sweep) -> str:
    """Return how the values of the first setting lie on an axis."""
    values = sweep.axes[0].values
    return NAMED if not numeric(values) else LOG if wide(values) else EVEN


def curve_frame(sweep: Sweep, results: Sequence[CellResult]) -> pd.DataFrame:
    """Return a row for each mean and one for each seed, of what is trained."""
    rows = [row for result in results for row in rows_of(sweep, result)]
    return pd.DataFrame(rows, columns=COLUMNS)


def rows_of(sweep: Sweep, result: CellResult) -> list[tuple[object, ...]]:
    """Return one value's mean with its interval, and its seeds one by one."""
    found, value = result.summary, result.cell[0]
    if found is None:
        return []
    low, high = possible(found.interval) if found.sd > 0 else (math.nan, math.nan)
    number = float(value) if spacing(sweep) != NAMED else math.nan
    about = (number, as_text(value), sweep.axes[0].values.index(value), result.model)
    words = f"{cell_words(sweep, result)}: {accuracy_words(result)}, interval {interval(found)}"
    each = [(*about, SEED, None, None, None, seed, "", "") for seed in result.each if math.isfinite(seed)]
    return [(*about, MEAN, found.mean, low, high, None, interval(found), words), *each]


def curve_chart(name: str, lie: str, models: tuple[str, ...]) -> alt.LayerChart | alt.FacetChart:
    """Return the chart of one setting.

    Parameters
    ----------
    name : str
        The setting.
    lie : str
        How its values lie on the axis: EVEN, LOG or NAMED.
    models : tuple of str
        Whose it is.
    """
    scale = alt.Scale(type="log" if lie == LOG else "linear", nice=False, padding=12)
    x = (
        alt.X("text:N", title=label(name), sort=alt.SortField("place"), axis=alt.Axis(labelAngle=0))
        if lie == NAMED
        else alt.X("value:Q", title=label(name), scale=scale, axis=alt.Axis(format="~g", tickCount=5))
    )
    base = alt.Chart(pd.DataFrame(columns=COLUMNS)).encode(
        x=x, color=alt.Color("model:N", title=None, scale=scale_of(colours_of(models)), legend=lines_legend("top"))
    )
    # Names have room beside each other, where numbers share a place
    base = base.encode(xOffset=alt.XOffset("model:N", sort=list(models))) if lie == NAMED else base
    up = alt.Scale(zero=False, padding=12)
    y = alt.Y("mean:Q", title="Validation accuracy", scale=up, axis=alt.Axis(tickCount=5))
    means = base.transform_filter(f"datum.kind == '{MEAN}'")
    ranges = means.transform_filter("isValid(datum.low)")
    span = {"y": alt.Y("low:Q", scale=up), "y2": "high:Q"}
    band = ranges.mark_rule(strokeWidth=6, opacity=0.3, aria=False) if lie == NAMED else ranges.mark_area(
        opacity=0.2, aria=False
    )  # fmt: skip
    seeds = base.transform_filter(f"datum.kind == '{SEED}'").mark_point(size=18, opacity=0.5, aria=False)
    lines = [] if lie == NAMED else [means.mark_line(strokeWidth=2.5, aria=False).encode(y=y)]
    points = means.mark_point(filled=True, size=80, opacity=1).encode(
        y=y, description="words:N",
        tooltip=[alt.Tooltip("model:N", title="Model"), alt.Tooltip("text:N", title=label(name)),
                 alt.Tooltip("mean:Q", title="Mean", format=".5f"), alt.Tooltip("interval:N", title="95% interval")],
    )  # fmt: skip
    layers = [band.encode(**span), seeds.encode(y=alt.Y("each:Q", scale=up)), *lines, points]
    return alt.layer(*layers).properties(height=HEIGHT)

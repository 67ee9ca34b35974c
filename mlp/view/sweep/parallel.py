"""More than two swept settings as parallel coordinates: a line for each combination, from setting to setting."""

import math
from collections.abc import Sequence

import altair as alt
import pandas as pd

from mlp.experiments.sweep.outcomes import CellResult
from mlp.experiments.sweep.plan import Sweep
from mlp.view.charts import scale_of
from mlp.view.palette import NEUTRAL, colours_of
from mlp.view.settings import as_text
from mlp.view.shares import share
from mlp.view.sweep.looks import lines_legend
from mlp.view.sweep.words import accuracy_words, cell_words, label

COLUMNS = ("axis", "place", "line", "model", "strength", "text", "words", "kind")
LINE, TICK = "line", "tick"
ACCURACY = "Accuracy"
HEIGHT = 420
FAINTEST = 0.06


def parallel_frame(sweep: Sweep, results: Sequence[CellResult]) -> pd.DataFrame:
    """Return a point for each combination on each axis, the accuracy being the last, and the ticks of all axes.

    A place is from 0 at the bottom to 1 at the top of an axis.
    """
    made = [each for each in results if math.isfinite(each.mean)]
    low, high = min((each.mean for each in made), default=0.0), max((each.mean for each in made), default=1.0)
    ticks = [tick for axis in sweep.axes for tick in axis_ticks(label(axis.name), tuple(map(as_text, axis.values)))]
    ticks += axis_ticks(ACCURACY, tuple(dict.fromkeys((share(low), share(high)))))
    rows = [row for number, each in enumerate(made) for row in line_of(sweep, each, number, low, high)]
    return pd.DataFrame([*ticks, *rows], columns=COLUMNS)


def axis_ticks(name: str, texts: tuple[str, ...]) -> list[tuple[object, ...]]:
    """Return the ticks of one axis."""
    return [(name, height(index, len(texts)), None, None, None, text, "", TICK) for index, text in enumerate(texts)]


def height(index: int, count: int) -> float:
    """Return where one of so many values stands on its axis; a lone one in the middle."""
    return index / (count - 1) if count > 1 else 0.5


def line_of(sweep: Sweep, result: CellResult, number: int, low: float, high: float) -> list[tuple[object, ...]]:
    """Return a combination's point on each axis; the better it is the stronger is its line."""
    end = (result.mean - low) / (high - low) if high > low else 0.5
    strength, words = FAINTEST + (1 - FAINTEST) * end**3, f"{cell_words(sweep, result)}: {accuracy_words(result)}"
    points = [(label(axis.name), height(axis.values.index(value), len(axis.values)))
              for axis, value in zip(sweep.axes, result.cell, strict=True)]  # fmt: skip
    return [(name, place, number, result.model, strength, None, words, LINE)
            for name, place in (*points, (ACCURACY, end))]  # fmt: skip


def parallel_chart(names: tuple[str, ...], models: tuple[str, ...]) -> alt.LayerChart | alt.FacetChart:
    """Return the chart of these settings, in this order, of these models."""
    order = [*map(label, names), ACCURACY]
    base = alt.Chart(pd.DataFrame(columns=COLUMNS)).encode(
        x=alt.X("axis:N", title=None, scale=alt.Scale(domain=order, type="point", padding=0.3),
                axis=alt.Axis(labelAngle=0, orient="top", grid=True, ticks=False, domain=False, labelLimit=110)),
        y=alt.Y("place:Q", title=None, axis=None, scale=alt.Scale(domain=[-0.04, 1.04])),
    )  # fmt: skip
    lines = base.transform_filter(f"datum.kind == '{LINE}'").mark_line(strokeWidth=1.8).encode(
        detail="line:N", opacity=alt.Opacity("strength:Q", scale=alt.Scale(domain=[0, 1], range=[0, 1]), legend=None),
        color=alt.Color("model:N", title=None, scale=scale_of(colours_of(models)), legend=lines_legend("bottom")),
        tooltip=alt.Tooltip("words:N", title=" "),
    )  # fmt: skip
    ticks = base.transform_filter(f"datum.kind == '{TICK}'").mark_text(
        align="left", dx=5, dy=10, fontSize=11, color=NEUTRAL, aria=False
    )
    return alt.layer(lines, ticks.encode(text="text:N")).properties(height=HEIGHT)

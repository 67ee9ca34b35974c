"""Two swept settings as a heat map: a cell for each combination, the stronger its colour the higher its accuracy."""

import math
from collections.abc import Sequence

import altair as alt
import pandas as pd

from mlp.experiments.sweep.outcomes import CellResult
from mlp.experiments.sweep.plan import Sweep
from mlp.view.palette import CHOSEN, INK, MODEL_COLOURS, SHEET
from mlp.view.settings import as_text
from mlp.view.shares import share
from mlp.view.sweep.words import accuracy_words, cell_words, label

COLUMNS = ("across", "up", "mean", "shade", "figure", "seeds", "best", "words")
CELL = "cell"
HEIGHT = 360
# With more cells than this figures would not fit into them
MOST_WITH_FIGURES = 64
FAINTEST, STRONGEST = 0.08, 0.75


def heat_frame(sweep: Sweep, results: Sequence[CellResult], best: CellResult | None = None) -> pd.DataFrame:
    """Return a row for each combination of one model that is trained, in the order of the values.

    Parameters
    ----------
    sweep : Sweep
        Of two settings.
    results : sequence of CellResult
        Of one model.
    best : CellResult, optional
        The combination that gets a frame.
    """
    made = [each for each in results if each.each]
    means = [each.mean for each in made if math.isfinite(each.mean)]
    low, high = min(means, default=0.0), max(means, default=1.0)
    rows = [
        (*map(as_text, each.cell), each.mean if math.isfinite(each.mean) else None, shade(each.mean, low, high),
         share(each.mean) if math.isfinite(each.mean) else "×", ", ".join(map(seed_words, each.each)), each is best,
         f"{cell_words(sweep, each)}: {accuracy_words(each)}")
        for each in made
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS)


def seed_words(accuracy: float) -> str:
    """Return one seed's accuracy, or that it overflowed."""
    return share(accuracy) if math.isfinite(accuracy) else "overflowed"


def shade(mean: float, low: float, high: float) -> float:
    """Return how strong the colour of a mean is between the lowest and the highest."""
    if not math.isfinite(mean):
        return 0.0
    return FAINTEST + (STRONGEST - FAINTEST) * ((mean - low) / (high - low) if high > low else 1.0)


def heat_map(
    names: tuple[str, str], texts: tuple[tuple[str, ...], tuple[str, ...]], model: str
) -> alt.LayerChart | alt.FacetChart:
    """Return the heat map of one model; a click chooses a cell in the selection "cell", by its two values.

    Parameters
    ----------
    names : tuple of two str
        The settings, across and up.
    texts : two tuples of str
        Their values in order.
    model : str
    """
    across, up = texts
    base = alt.Chart(pd.DataFrame(columns=COLUMNS)).encode(
        x=alt.X("across:N", title=label(names[0]), scale=alt.Scale(domain=list(across)),
                axis=alt.Axis(labelAngle=0, labelLimit=70, labelOverlap="greedy", labelFlush=False)),
        y=alt.Y("up:N", title=label(names[1]), scale=alt.Scale(domain=list(reversed(up))),
                axis=alt.Axis(labelLimit=90, labelOverlap="greedy", labelFlush=False)),
        tooltip=[alt.Tooltip("across:N", title=label(names[0])), alt.Tooltip("up:N", title=label(names[1])),
                 alt.Tooltip("mean:Q", title="Mean", format=".5f"), alt.Tooltip("seeds:N", title="Seeds one by one")],
    )  # fmt: skip
    strength = alt.Opacity("shade:Q", scale=alt.Scale(domain=[0, 1], range=[0, 1]), legend=None)
    # Tiles of paper under the colours, so that dark figures can be read in the dark theme too
    paper = base.mark_rect(cornerRadius=3, color=SHEET, aria=False)
    cells = base.mark_rect(cornerRadius=3, color=MODEL_COLOURS[model], aria=False).encode(opacity=strength)
    figures = base.mark_text(fontSize=12, color=INK, aria=False).encode(text="figure:N")
    best = base.transform_filter("datum.best").mark_rect(
        cornerRadius=3, filled=False, stroke=CHOSEN, strokeWidth=3, aria=False
    )
    hits = base.mark_rect(opacity=0, cursor="pointer").encode(description="words:N")
    hits = hits.add_params(alt.selection_point(name=CELL, fields=["across", "up"]))
    shown = [figures] if len(across) * len(up) <= MOST_WITH_FIGURES else []
    return alt.layer(paper, cells, *shown, best, hits).properties(height=HEIGHT)

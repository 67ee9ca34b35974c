"""Confusion matrices: how often which class was taken for which, as a chart whose cells can be chosen, and in words."""

from operator import itemgetter
from typing import Literal

import altair as alt
import numpy as np
import pandas as pd

from mlp.datasets.dataset import IMAGES
from mlp.view.numbers import times
from mlp.view.outcome.cells import count_words
from mlp.view.palette import CHOSEN, INK, RIGHT, SHEET, WRONG

CONFUSION_COLUMNS = ("shown", "said", "count", "kind", "shade", "words", "chosen")
CELL = "cell"
NAMED_MISTAKES = 4
MATRIX_HEIGHT = 340
MOST_WITH_FIGURES = 15


def confusion_counts(y: np.ndarray, predicted: np.ndarray, n_classes: int) -> np.ndarray:
    """Return how often class i was taken for class j, int (n_classes, n_classes)."""
    counts = np.zeros((n_classes, n_classes), dtype=int)
    np.add.at(counts, (y, predicted), 1)
    return counts


def confusion_frame(
    counts: np.ndarray, classes: tuple[str, ...], noun: str = IMAGES, chosen: tuple[int, int] | None = None
) -> pd.DataFrame:
    """Return a confusion matrix in long form, a row a cell.

    What is right is shaded by its share of the row, a mistake by its share of the most frequent one.

    Parameters
    ----------
    counts : int array of shape (n_classes, n_classes)
    classes : tuple of str
    noun : str
        What the examples are called.
    chosen : tuple of two int, optional
        The cell that gets a frame.
    """
    worst = max(int((counts - np.diag(np.diag(counts))).max()), 1)
    rows = []
    for (i, j), count in np.ndenumerate(counts):
        kind, share = ("right", count / max(counts[i].sum(), 1)) if i == j else ("wrong", count / worst)
        shade = bool(count) * (0.2 + 0.5 * share)
        words = f"{classes[i]} taken for {classes[j]}: {count_words(int(count), noun)}"
        rows.append((classes[i], classes[j], int(count), kind, shade, words, (i, j) == chosen))
    return pd.DataFrame(rows, columns=CONFUSION_COLUMNS)


def empty_confusion() -> pd.DataFrame:
    """Return a confusion matrix without a cell, for a chart that gets its data later."""
    return pd.DataFrame(columns=CONFUSION_COLUMNS)


def confusion_matrix(frame: pd.DataFrame, *, figures: bool = True) -> alt.LayerChart | alt.FacetChart:
    """Return a confusion matrix: a row for what an example is, a column for what the model said.

    A click chooses a cell in the selection "cell", by its fields "shown" and "said"; an empty one has nothing to click.

    Parameters
    ----------
    frame : DataFrame with CONFUSION_COLUMNS
    figures : bool
        Whether the counts stand in the cells; with many classes there is no room for them.
    """
    base = alt.Chart(frame).encode(
        x=alt.X("said:N", title="The model says", sort=None, axis=axis("top")),
        y=alt.Y("shown:N", title="It is", sort=None, axis=axis("left")),
        tooltip=[
            alt.Tooltip("shown:N", title="It is"),
            alt.Tooltip("said:N", title="The model says"),
            alt.Tooltip("count:Q", title="How often"),
        ],
    )
    colour = alt.Color("kind:N", scale=alt.Scale(domain=["right", "wrong"], range=[RIGHT, WRONG]), legend=None)
    shade = alt.Opacity("shade:Q", scale=alt.Scale(domain=[0, 1], range=[0, 1]), legend=None)
    unless_empty = alt.condition("datum.count > 0", alt.value(1), alt.value(0))
    radius = 3 if figures else 0
    # Tiles of paper under the colours, so that dark figures can be read in the dark theme too
    paper = base.mark_rect(cornerRadius=radius, color=SHEET, aria=False).encode(opacity=unless_empty)
    cells = base.mark_rect(cornerRadius=radius, aria=False).encode(color=colour, opacity=shade)
    counts = base.mark_text(fontSize=13, color=INK, aria=False).encode(text="count:Q", opacity=unless_empty)
    chosen = base.transform_filter("datum.chosen").mark_rect(
        cornerRadius=3, filled=False, stroke=CHOSEN, strokeWidth=3, aria=False
    )
    # Unseen and on top: figures would keep clicks from their cells
    hits = base.transform_filter("datum.count > 0").mark_rect(opacity=0, cursor="pointer")
    hits = hits.encode(description="words:N").add_params(alt.selection_point(name=CELL, fields=["shown", "said"]))
    return alt.layer(paper, cells, *([counts] if figures else []), chosen, hits).properties(height=MATRIX_HEIGHT)


def axis(orient: Literal["top", "bottom", "left", "right"]) -> alt.Axis:
    """Return an axis of class names; where they would overlap some are left out."""
    return alt.Axis(labelAngle=0, orient=orient, labelLimit=70, labelOverlap="greedy")


def confusion_words(counts: np.ndarray, classes: tuple[str, ...], noun: str = IMAGES) -> str:
    """Return what a confusion matrix shows: how many are wrong, and the most frequent mistakes."""
    mistakes = [(n, classes[i], classes[j]) for (i, j), n in np.ndenumerate(counts) if n and i != j]
    total, wrong = int(counts.sum()), sum(n for n, _, _ in mistakes)
    if not mistakes:
        return f"All {total} test {noun} are right."
    mistakes.sort(key=itemgetter(0), reverse=True)
    named = ", ".join(f"{shown} as {said} ({times(n)})" for n, shown, said in mistakes[:NAMED_MISTAKES])

    which = "Most often taken" if mistakes[0][0] > 1 else "Taken" if len(mistakes) <= NAMED_MISTAKES else "Among others"
    return f"{wrong} of {total} test {noun} are wrong. {which}: {named}."

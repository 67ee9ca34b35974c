"""Data sets as a small table, and as points in the plane."""

import altair as alt
import numpy as np
import pandas as pd

from mlp.datasets import Dataset
from mlp.datasets.own_cells import distinct
from mlp.view.dataset_words import COLUMNS_SHOWN, MOST_POINTS, ROWS_SHOWN
from mlp.view.palette import CLASS_COLOURS

POINT_COLUMNS = ("first", "second", "class")
SCATTER_HEIGHT = 320
SHAPES = ("circle", "triangle-up", "square", "diamond", "cross", "triangle-down", "triangle-right")


def sample_frame(dataset: Dataset) -> pd.DataFrame:
    """Return the first rows of a data set with its first features, and the class in front."""
    rows, names = slice(ROWS_SHOWN), dataset.feature_names[:COLUMNS_SHOWN]
    columns = [np.array(dataset.classes, dtype=object)[dataset.y[rows]], *dataset.X[rows, : len(names)].T]
    return pd.DataFrame(dict(zip(distinct(["Class", *names]), columns, strict=True)))


def point_frame(dataset: Dataset) -> pd.DataFrame:
    """Return the examples of a data set with two features as points, evenly thinned to at most `MOST_POINTS`."""
    step = -(-len(dataset.X) // MOST_POINTS)
    classes = np.array(dataset.classes, dtype=object)[dataset.y[::step]]
    first, second = dataset.X[::step].T
    return pd.DataFrame(dict(zip(POINT_COLUMNS, (first, second, classes), strict=True)))


def empty_points() -> pd.DataFrame:
    """Return no points, for a chart that gets its data later."""
    return pd.DataFrame(columns=POINT_COLUMNS)


def scatter(frame: pd.DataFrame, names: tuple[str, str]) -> alt.Chart:
    """Return points in the plane, their class by colour and by shape.

    Parameters
    ----------
    frame : DataFrame with POINT_COLUMNS
    names : tuple of str
        Of the two features.
    """
    first, second = names
    colour, shape = alt.Scale(range=list(CLASS_COLOURS)), alt.Scale(range=list(SHAPES))
    legend = alt.Legend(orient="top", columnPadding=12, columns=2)
    return (
        alt.Chart(frame)
        .mark_point(filled=True, size=36, opacity=0.75, aria=False)
        .encode(
            x=alt.X("first:Q", title=first, scale=alt.Scale(zero=False)),
            y=alt.Y("second:Q", title=second, scale=alt.Scale(zero=False)),
            color=alt.Color("class:N", title=None, sort=None, scale=colour, legend=legend),
            shape=alt.Shape("class:N", title=None, sort=None, scale=shape, legend=legend),
            tooltip=[
                alt.Tooltip("class:N", title="Class"),
                alt.Tooltip("first:Q", title=first),
                alt.Tooltip("second:Q", title=second),
            ],
        )
        .properties(height=SCATTER_HEIGHT)
    )

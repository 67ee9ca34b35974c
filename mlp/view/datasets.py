"""Data sets in words, as a small table, and as points in the plane."""

import altair as alt
import numpy as np
import pandas as pd

from mlp.datasets import OWN, Dataset, is_own
from mlp.datasets.own_cells import distinct
from mlp.view.numbers import format_number
from mlp.view.palette import CLASS_COLOURS

DATASET_LABELS = {
    "digits": "Digits",
    "iris": "Iris",
    "wine": "Wine",
    "breast_cancer": "Breast cancer",
    "two_moons": "Two moons",
    OWN: "Your own CSV",
}
CLASSES_NAMED, COLUMNS_SHOWN, ROWS_SHOWN, MOST_POINTS = 12, 5, 5, 1000
POINT_COLUMNS = ("first", "second", "class")
SCATTER_HEIGHT = 320
SHAPES = ("circle", "triangle-up", "square", "diamond", "cross", "triangle-down", "triangle-right")


def dataset_label(name: str) -> str:
    """Return what a data set is called on the page; own ones are told apart by the first letters of their names."""
    if name not in DATASET_LABELS and is_own(name):
        return f"{DATASET_LABELS[OWN]} {name.removeprefix(OWN)[1:7]}"
    return DATASET_LABELS.get(name, name)


def size_words(dataset: Dataset) -> str:
    """Return how many examples and features a data set has."""
    n, n_features = dataset.X.shape
    return f"{n:,} examples with {n_features:,} {'feature' if n_features == 1 else 'features'}"


def class_words(dataset: Dataset) -> str:
    """Return the classes of a data set with how many examples each has: "2 classes: a (3), b (4)"."""
    named = [f"{name} ({n:,})" for name, n in zip(dataset.classes, dataset.class_counts, strict=True)]
    more = len(named) - CLASSES_NAMED
    listed = ", ".join(named[:CLASSES_NAMED]) + (f", and {more} more" if more > 0 else "")
    return f"{len(named)} classes: {listed}"


def sample_frame(dataset: Dataset) -> pd.DataFrame:
    """Return the first rows of a data set with its first features, and the class in front."""
    rows, names = slice(ROWS_SHOWN), dataset.feature_names[:COLUMNS_SHOWN]
    columns = [np.array(dataset.classes, dtype=object)[dataset.y[rows]], *dataset.X[rows, : len(names)].T]
    return pd.DataFrame(dict(zip(distinct(["Class", *names]), columns, strict=True)))


def sample_words(dataset: Dataset) -> str:
    """Return what of a data set the table shows."""
    n, n_features = dataset.X.shape
    of_features = f", {COLUMNS_SHOWN} of the {n_features} features" if n_features > COLUMNS_SHOWN else ""
    return f"The first {min(n, ROWS_SHOWN)} rows{of_features}."


def feature_words(dataset: Dataset, values: np.ndarray) -> str:
    """Return an example's first features with their values."""
    pairs = zip(dataset.feature_names[:COLUMNS_SHOWN], values[:COLUMNS_SHOWN], strict=True)
    listed = "; ".join(f"{name} {format_number(float(value), 3)}" for name, value in pairs)
    more = len(values) - COLUMNS_SHOWN
    return listed + (f"; and {more} more" if more > 0 else "")


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


def scatter_words(dataset: Dataset) -> str:
    """Return what the points show."""
    first, second = dataset.feature_names
    shown = len(range(0, len(dataset.X), -(-len(dataset.X) // MOST_POINTS)))
    of = "" if shown == len(dataset.X) else f" of the {len(dataset.X):,}"
    return f"{shown:,}{of} examples as points: {first} to the right, {second} upwards."

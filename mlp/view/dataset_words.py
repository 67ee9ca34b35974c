"""Data sets in words; nothing that draws is needed for them."""

import numpy as np

from mlp.datasets import OWN, Dataset, is_own
from mlp.view.numbers import format_number

DATASET_LABELS = {
    "digits": "Digits",
    "iris": "Iris",
    "wine": "Wine",
    "breast_cancer": "Breast cancer",
    "two_moons": "Two moons",
    OWN: "Your own CSV",
}
CLASSES_NAMED, COLUMNS_SHOWN, ROWS_SHOWN, MOST_POINTS = 12, 5, 5, 1000


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


def scatter_words(dataset: Dataset) -> str:
    """Return what the points show."""
    first, second = dataset.feature_names
    shown = len(range(0, len(dataset.X), -(-len(dataset.X) // MOST_POINTS)))
    of = "" if shown == len(dataset.X) else f" of the {len(dataset.X):,}"
    return f"{shown:,}{of} examples as points: {first} to the right, {second} upwards."

"""The data of question 3, split as on the sheet, and scaled if asked for."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

Array = np.ndarray
FULL_INK = 16.0


@dataclass(frozen=True, eq=False)
class Dataset:
    """A classification data set.

    Attributes
    ----------
    name : str
    X : array of shape (n, n_features)
    y : int array of shape (n,)
        Class indices.
    classes : tuple of str
        What the indices stand for.
    description : str
        Plain text.
    image_shape : tuple of two int, or None
        The shape in which a row of X is a picture.
    """

    name: str
    X: Array
    y: Array
    classes: tuple[str, ...]
    description: str
    image_shape: tuple[int, int] | None = None


@dataclass(frozen=True, eq=False)
class Split:
    """A data set's two parts, in `train_test_split`'s names."""

    X_train: Array
    X_test: Array
    y_train: Array
    y_test: Array


def digits() -> Dataset:
    """Return the UCI handwritten digits that come with scikit-learn: 1797 pictures of 8 by 8, values 0 to 16."""
    data = load_digits()
    classes = tuple(str(name) for name in data.target_names)
    return Dataset("digits", data.data, data.target.astype(np.int64), classes, data.DESCR, (8, 8))


def unscaled(X_train: Array, X_test: Array) -> tuple[Array, Array]:
    """Return both as they are."""
    return X_train, X_test


def by_16(X_train: Array, X_test: Array) -> tuple[Array, Array]:
    """Return both divided by 16, the digits' full ink."""
    return X_train / FULL_INK, X_test / FULL_INK


def standardised(X_train: Array, X_test: Array) -> tuple[Array, Array]:
    """Return both with the training set's mean 0 and standard deviation 1 a column; a constant column becomes 0."""
    scaler = StandardScaler().fit(X_train)
    return scaler.transform(X_train), scaler.transform(X_test)


SCALINGS: dict[str, Callable[[Array, Array], tuple[Array, Array]]] = {
    "none": unscaled,
    "by 16": by_16,
    "standardised": standardised,
}


def split(
    dataset: Dataset,
    *,
    test_size: float = 0.2,
    random_state: int = 42,
    scaling: str = "none",
    swapped: bool = False,
) -> Split:
    """Return a random split, by default the sheet's: 80% to train, 20% to test, seed 42.

    Parameters
    ----------
    dataset : Dataset
    test_size : float above 0 and below 1
        Fraction of the examples held back for testing.
    random_state : int
        Seed of the split.
    scaling : str
        One of `SCALINGS`; what it needs to know of the data it learns from the training set.
    swapped : bool
        Whether the two parts change places.
    """
    X_train, X_test, y_train, y_test = train_test_split(
        dataset.X, dataset.y, test_size=test_size, random_state=random_state
    )
    if swapped:
        X_train, X_test, y_train, y_test = X_test, X_train, y_test, y_train
    return Split(*SCALINGS[scaling](X_train, X_test), y_train, y_test)

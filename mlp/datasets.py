"""The data of question 3, split as on the sheet."""

from dataclasses import dataclass

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

Array = np.ndarray


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


def split(dataset: Dataset, *, test_size: float = 0.2, random_state: int = 42) -> Split:
    """Return the random split of the sheet: 80% to train, 20% to test, seed 42."""
    return Split(*train_test_split(dataset.X, dataset.y, test_size=test_size, random_state=random_state))

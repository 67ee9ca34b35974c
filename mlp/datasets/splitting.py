"""A data set's two parts, split as on the sheet, and scaled if asked for."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from mlp.arrays import Array
from mlp.datasets.dataset import DIGITS, Dataset

FULL_INK = 16.0


def no_rows() -> Array:
    """Return features of no example."""
    return np.empty((0, 0))


def no_labels() -> Array:
    """Return classes of no example."""
    return np.empty(0, dtype=int)


@dataclass(frozen=True, eq=False)
class Split:
    """A data set's two parts, in `train_test_split`'s names, and what of the training part is held out.

    Attributes
    ----------
    X_train, X_test : arrays of shape (n_train, n_features), (n_test, n_features)
    y_train, y_test : int arrays of shape (n_train,), (n_test,)
        Class indices.
    X_validation, y_validation : arrays of shape (n_validation, n_features), (n_validation,)
        The examples that choices are made by while the test set stays shut; none without a validation share.

    Examples
    --------
    >>> from mlp.datasets import digits, split
    >>> parts = split(digits())
    >>> parts.X_train.shape, parts.y_test.shape
    ((1437, 64), (360,))
    """

    X_train: Array
    X_test: Array
    y_train: Array
    y_test: Array
    X_validation: Array = field(default_factory=no_rows)
    y_validation: Array = field(default_factory=no_labels)

    @property
    def shut(self) -> bool:
        """Whether the test set stays shut while one chooses: there are validation examples to choose by."""
        return len(self.y_validation) > 0

    @property
    def judging(self) -> tuple[Array, Array]:
        """The examples by which one chooses, X and y: those held out for validation, else the test set."""
        return (self.X_validation, self.y_validation) if self.shut else (self.X_test, self.y_test)


def unscaled(X_train: Array, X_test: Array) -> tuple[Array, Array]:
    """Return both as they are."""
    return X_train, X_test


def by_16(X_train: Array, X_test: Array) -> tuple[Array, Array]:
    """Return both divided by 16, the digits' full ink."""
    return X_train / FULL_INK, X_test / FULL_INK


def standardised(X_train: Array, X_test: Array) -> tuple[Array, Array]:
    """Return both with the training set's mean 0 and standard deviation 1 a column; a constant column becomes 0."""
    from sklearn.preprocessing import StandardScaler

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
    validation_size: float = 0.0,
) -> Split:
    """Return a random split, by default the sheet's: 80% to train, 20% to test, seed 42.

    The digits are split as the sheet does it, without regard to the classes. Every other data set is stratified: each
    class has the same share in both parts, so that a small one is not missing from the training part.

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
    validation_size : float from 0 to below 1
        The share of the training part that is held out to choose by, drawn with the same seed; 0 for none. The test
        set is the same whatever it is.

    Returns
    -------
    Split

    Raises
    ------
    ValueError
        If a class is too small to be in both parts; with a sentence for the user.

    Examples
    --------
    >>> from mlp.datasets import DATASETS, split
    >>> parts = split(DATASETS["iris"](), test_size=0.5, scaling="standardised")
    >>> parts.X_train.mean(axis=0).round(12).tolist()
    [0.0, 0.0, 0.0, 0.0]
    """
    X, y = dataset.X, dataset.y
    stratify = None if dataset.name == DIGITS else y
    try:
        trained, tested = parted(len(y), test_size, random_state, stratify)
    except ValueError:  # so few examples that not every class finds a place
        raise ValueError(too_few(dataset, test_size)) from None
    X_train, X_test, y_train, y_test = X[trained], X[tested], y[trained], y[tested]
    if swapped:
        X_train, X_test, y_train, y_test = X_test, X_train, y_test, y_train
    if len(np.unique(y_train)) < len(dataset.classes):
        raise ValueError(too_few(dataset, test_size))
    if not validation_size:
        return Split(*SCALINGS[scaling](X_train, X_test), y_train, y_test)
    trained, held = validation_part(dataset, y_train, validation_size, random_state)
    X, X_rest = SCALINGS[scaling](X_train[trained], np.vstack([X_test, X_train[held]]))
    n_test = len(y_test)
    return Split(X, X_rest[:n_test], y_train[trained], y_test, X_rest[n_test:], y_train[held])


def parted(n: int, share: float, random_state: int, stratify: Array | None) -> tuple[Array, Array]:
    """Return the places of n examples that train, and those of a share held back, as `train_test_split` draws them.

    Without classes to stratify by that is a permutation, of which the first are held back; scikit-learn, which takes a
    second to import, is needed with them alone.
    """
    if stratify is not None:
        from sklearn.model_selection import train_test_split

        return tuple(train_test_split(np.arange(n), test_size=share, random_state=random_state, stratify=stratify))
    held = math.ceil(share * n)
    if held >= n:
        raise ValueError(f"A share for training needs an example; {share:g} of {n} leave none.")
    places = np.random.RandomState(random_state).permutation(n)
    return places[held:], places[:held]


def validation_part(dataset: Dataset, y_train: Array, share: float, random_state: int) -> tuple[Array, Array]:
    """Return the places in the training part that train and those held out; a ValueError if a class finds no place."""
    stratify = None if dataset.name == DIGITS else y_train
    try:
        trained, held = parted(len(y_train), share, random_state, stratify)
    except ValueError:
        trained = held = np.arange(0)
    if len(np.unique(y_train[trained])) < len(dataset.classes):
        raise ValueError(
            f"A validation share needs an example of each of the {len(dataset.classes)} classes on both sides; "
            f"{share:g} of {len(y_train):,} training examples leave one out. Take another share, or 0 for none."
        )
    return trained, held


def too_few(dataset: Dataset, test_size: float) -> str:
    """Return the sentence on a split that leaves a class out of a part."""
    return (
        f"A split needs an example of each of the {len(dataset.classes)} classes in both parts; with "
        f"{len(dataset.X):,} examples, {min(dataset.class_counts)} of the smallest class, and {test_size:g} of them "
        "for testing, one is left out. Take another share, or more examples."
    )

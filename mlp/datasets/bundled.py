"""The data sets that need no file and no internet: scikit-learn brings them, or makes them."""

from collections.abc import Callable

import numpy as np
from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine, make_moons
from sklearn.utils import Bunch

from mlp.datasets.dataset import DIGITS, Dataset

MOONS, MOONS_NOISE, MOONS_SEED = 1000, 0.2, 0
ABOUT_MOONS = (
    f"Two interleaved half circles in the plane, {MOONS} points, made by scikit-learn's "
    f"make_moons(n_samples={MOONS}, noise={MOONS_NOISE}, random_state={MOONS_SEED}).\n\n"
    "The noise is the standard deviation of what is added to both coordinates of a point. No straight line parts the "
    "two classes; a network with a few hidden units does."
)


def digits() -> Dataset:
    """Return the UCI handwritten digits that come with scikit-learn: 1797 pictures of 8 by 8, values 0 to 16.

    Returns
    -------
    Dataset

    Examples
    --------
    >>> from mlp.datasets import digits
    >>> data = digits()
    >>> data.X.shape, data.image_shape, len(data.classes)
    ((1797, 64), (8, 8), 10)
    """
    data = load_digits()
    classes = tuple(str(name) for name in data.target_names)
    return Dataset(DIGITS, data.data, data.target.astype(np.int64), classes, data.DESCR, (8, 8))


def iris() -> Dataset:
    """Return Fisher's iris: 150 flowers of three species, four lengths in centimetres."""
    return table("iris", load_iris())


def wine() -> Dataset:
    """Return the UCI wines: 178 wines of three growers, 13 chemical measurements."""
    return table("wine", load_wine())


def breast_cancer() -> Dataset:
    """Return the UCI breast cancer data of Wisconsin: 569 tumours, malignant or benign, 30 measurements."""
    return table("breast_cancer", load_breast_cancer())


def table(name: str, data: Bunch) -> Dataset:
    """Return a table of scikit-learn's as a data set."""
    classes, features = (tuple(map(str, names)) for names in (data.target_names, data.feature_names))
    return Dataset(name, data.data, data.target.astype(np.int64), classes, data.DESCR, feature_names=features)


def two_moons() -> Dataset:
    """Return two interleaved half circles in the plane with noise, always the same points."""
    X, y = make_moons(MOONS, noise=MOONS_NOISE, random_state=MOONS_SEED)
    return Dataset("two_moons", X, y.astype(np.int64), ("upper moon", "lower moon"), ABOUT_MOONS, None, ("x₁", "x₂"))


DATASETS: dict[str, Callable[[], Dataset]] = {
    loader.__name__: loader for loader in (digits, iris, wine, breast_cancer, two_moons)
}

"""The data sets that need no file and no internet: scikit-learn brings them, or makes them.

It is imported where it is needed, which takes a second: the digits, which question 3 opens with, do without.
"""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

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
    table = np.loadtxt(brought("data", "digits.csv.gz"), delimiter=",")
    about = brought("descr", "digits.rst").read_text(encoding="utf-8")
    return Dataset(DIGITS, table[:, :-1], table[:, -1].astype(np.int64), tuple("0123456789"), about, (8, 8))


def brought(*parts: str) -> Path:
    """Return where a file of scikit-learn's data sets is, without importing it."""
    package = find_spec("sklearn")
    if package is None or package.origin is None:
        raise ImportError("The digits come with scikit-learn: pip install scikit-learn.")
    return Path(package.origin).parent.joinpath("datasets", *parts)


def iris() -> Dataset:
    """Return Fisher's iris: 150 flowers of three species, four lengths in centimetres."""
    from sklearn.datasets import load_iris

    return table("iris", load_iris())


def wine() -> Dataset:
    """Return the UCI wines: 178 wines of three growers, 13 chemical measurements."""
    from sklearn.datasets import load_wine

    return table("wine", load_wine())


def breast_cancer() -> Dataset:
    """Return the UCI breast cancer data of Wisconsin: 569 tumours, malignant or benign, 30 measurements."""
    from sklearn.datasets import load_breast_cancer

    return table("breast_cancer", load_breast_cancer())


def table(name: str, data: Any) -> Dataset:
    """Return a table of scikit-learn's, a `Bunch`, as a data set."""
    classes, features = (tuple(map(str, names)) for names in (data.target_names, data.feature_names))
    return Dataset(name, data.data, data.target.astype(np.int64), classes, data.DESCR, feature_names=features)


def two_moons() -> Dataset:
    """Return two interleaved half circles in the plane with noise, always the same points."""
    from sklearn.datasets import make_moons

    X, y = make_moons(MOONS, noise=MOONS_NOISE, random_state=MOONS_SEED)
    return Dataset("two_moons", X, y.astype(np.int64), ("upper moon", "lower moon"), ABOUT_MOONS, None, ("x₁", "x₂"))


DATASETS: dict[str, Callable[[], Dataset]] = {
    loader.__name__: loader for loader in (digits, iris, wine, breast_cancer, two_moons)
}

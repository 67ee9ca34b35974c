"""What a classification data set is."""

from dataclasses import dataclass

import numpy as np

from mlp.arrays import Array

IMAGES, EXAMPLES = "images", "examples"
DIGITS = "digits"


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
    feature_names : tuple of n_features str
        Empty where the columns have no names.
    notes : tuple of str
        Sentences on what was decided while it was read.

    Examples
    --------
    >>> from mlp.datasets import DATASETS
    >>> iris = DATASETS["iris"]()
    >>> iris.X.shape, iris.classes, iris.class_counts
    ((150, 4), ('setosa', 'versicolor', 'virginica'), (50, 50, 50))
    """

    name: str
    X: Array
    y: Array
    classes: tuple[str, ...]
    description: str
    image_shape: tuple[int, int] | None = None
    feature_names: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def class_counts(self) -> tuple[int, ...]:
        """How many examples each class has."""
        return tuple(np.bincount(self.y, minlength=len(self.classes)).tolist())


def noun_of(name: str) -> str:
    """Return what the rows of the data set of that name are called: images, or examples.

    Returns
    -------
    str

    Examples
    --------
    >>> from mlp.datasets import noun_of
    >>> noun_of("digits"), noun_of("iris")
    ('images', 'examples')
    """
    return IMAGES if name == DIGITS else EXAMPLES

"""The validation share of early stopping: which training examples are held out, as scikit-learn chooses them."""

import numpy as np

from mlp.arrays import Array
from mlp.network import Rng


def hold_out(y: Array, fraction: float, rng: Rng | int) -> tuple[Array, Array]:
    """Return the indices of the examples that train and of those held out, as `MLPClassifier.fit` takes them.

    Two classes keep their proportions; more than two are split without regard to them. (scikit-learn's documentation
    promises a stratified split for both; its code, which decides the weights, looks at the number of its outputs.)

    Parameters
    ----------
    y : int array of shape (n,)
        The classes of the training examples.
    fraction : float above 0 and below 1
        The share that is held out.
    rng : RandomState or int
        The one that has drawn the first weights; or a seed, where only the sizes are asked for.

    Raises
    ------
    ValueError
        If fewer than two examples would be held out, or a class is too small to be in both parts.
    """
    from sklearn.model_selection import train_test_split  # here: only who stops early waits for it

    try:
        two = y.max() == 1
        trained, held = train_test_split(
            np.arange(len(y)), test_size=fraction, random_state=rng, stratify=y if two else None
        )
    except ValueError:
        trained = held = np.arange(0)
    if len(held) < 2 or len(np.unique(y[trained])) < len(np.unique(y)):
        raise ValueError(
            f"Early stopping needs at least two examples to hold out and every class among the rest; {fraction:g} of "
            f"{len(y):,} training examples leave that undone. Take another validation share, or more examples."
        )
    return trained, held

"""Where training starts from: tables of ways to draw a layer's first weights and biases."""

from collections.abc import Callable

import numpy as np

from mlp.arrays import Array

Rng = np.random.Generator | np.random.RandomState
NORMAL_SD = 0.1


def glorot_uniform(n_in: int, n_out: int, factor: float, rng: Rng) -> tuple[Array, Array]:
    """Return W (n_out, n_in) and b (n_out,), uniform in +-sqrt(factor / (n_in + n_out)), as scikit-learn draws them.

    W is drawn before b and input by input (Glorot and Bengio, 2010; the biases are scikit-learn's addition).
    """
    bound = np.sqrt(factor / (n_in + n_out))
    W = rng.uniform(-bound, bound, (n_in, n_out)).T
    return W, rng.uniform(-bound, bound, n_out)


def normal(n_in: int, n_out: int, factor: float, rng: Rng) -> tuple[Array, Array]:
    """Return W (n_out, n_in), normal with standard deviation 0.1, and b (n_out,) of zeros: the textbook's way."""
    return rng.normal(0.0, NORMAL_SD, (n_out, n_in)), np.zeros(n_out)


INITS: dict[str, Callable[[int, int, float, Rng], tuple[Array, Array]]] = {
    "glorot_uniform": glorot_uniform,
    "normal": normal,
}

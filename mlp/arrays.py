"""The array of every module: NumPy's, of float64 unless a docstring says otherwise."""

import numpy as np

Array = np.ndarray


def frozen_array(values: object) -> Array:
    """Return a read-only float64 copy in C order: what a page shares with a cache must not change under either.

    The order in memory belongs to the value: sums over rows in another order can round otherwise.
    """
    copy = np.array(values, dtype=np.float64, order="C")
    copy.flags.writeable = False
    return copy

"""The array of every module: NumPy's, of float64 unless a docstring says otherwise."""

import numpy as np

Array = np.ndarray


def frozen_array(values: object) -> Array:
    """Return a read-only float64 copy: what is shared between a page and a cache must not change under either."""
    copy = np.array(values, dtype=np.float64)
    copy.flags.writeable = False
    return copy

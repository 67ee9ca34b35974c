"""Digits as pictures."""

import numpy as np

PIXEL = 8
FULL_INK = 16.0


def picture(values: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Return a row of the data set as a picture, dark ink on white paper, uint8 (8 height, 8 width).

    Parameters
    ----------
    values : array of shape (height * width,)
        0 for paper to 16 for ink; what lies outside is taken as the nearest.
    shape : tuple of height and width
    """
    ink = np.clip(np.asarray(values).reshape(shape) / FULL_INK, 0.0, 1.0)
    return np.kron(np.round(255 * (1.0 - ink)).astype(np.uint8), np.ones((PIXEL, PIXEL), dtype=np.uint8))

"""Smoothing of learning curves, as experiment trackers do it."""

import math

import numpy as np


def smoothed(values: np.ndarray, epochs: np.ndarray, smoothing: float) -> np.ndarray:
    """Return the mean of a curve up to each point, in which a value weighs `smoothing` times as much an epoch later.

    With a point an epoch this is the exponential moving average without the bias towards its start, as TensorBoard
    draws it. Points further apart, as those of a thinned curve, forget as much as the epochs between them.

    Parameters
    ----------
    values : array of shape (k,)
        nan counts for nothing and stays nan.
    epochs : array of shape (k,)
        Growing.
    smoothing : float in [0, 1)
    """
    result, total, weight = np.full(len(values), np.nan), 0.0, 0.0
    kept = smoothing ** np.diff(epochs, prepend=epochs[:1])
    for i, (value, share) in enumerate(zip(values.tolist(), kept.tolist(), strict=True)):
        total, weight = total * share, weight * share
        if math.isfinite(value):
            total, weight = total + value, weight + 1.0
            result[i] = total / weight
    return result

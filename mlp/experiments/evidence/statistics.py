"""Intervals and a test for two fitted models that answer to the same test images."""

import math
from collections.abc import Callable, Sequence
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from mlp.train_config import is_count, require

CONFIDENCE = 0.95


class Interval(NamedTuple):
    """Both ends of an interval."""

    low: float
    high: float


class Pairs(NamedTuple):
    """How many test images both models get right, only one of them, and neither."""

    both: int
    only_ours: int
    only_peer: int
    neither: int


def pair_counts(right_ours: Sequence[bool], right_peer: Sequence[bool]) -> Pairs:
    """Return how many images both get right, only ours, only the other, and neither."""
    ours, peer = np.asarray(right_ours), np.asarray(right_peer)
    fit = ours.dtype == peer.dtype == bool and ours.ndim == 1 and ours.shape == peer.shape and ours.size
    if not fit:
        raise ValueError(
            "A comparison needs two arrays (n,) of truth values for the same images, at least one; "
            f"got {ours.dtype} {ours.shape} and {peer.dtype} {peer.shape}."
        )
    counts = (ours & peer, ours & ~peer, ~ours & peer, ~ours & ~peer)
    return Pairs(*(int(np.count_nonzero(each)) for each in counts))


def wilson_interval(right: int, images: int, *, confidence: float = CONFIDENCE) -> Interval:
    """Return Wilson's score interval of an accuracy, which stays between 0 and 1 even where all or none are right.

    Parameters
    ----------
    right, images : int
        So many of so many.
    confidence : float above 0 and below 1

    Raises
    ------
    ValueError
        If a number is outside its range.
    """
    require(is_count(images), "images", "a whole number from 1", images)
    require(is_whole(right) and right <= images, "right", f"a whole number from 0 to {images}", right)
    require_confidence(confidence)
    z, share = quantile(confidence), right / images
    middle, half = share + z**2 / (2 * images), z * math.sqrt(share * (1 - share) / images + z**2 / (4 * images**2))
    low, high = (middle - half) / (1 + z**2 / images), (middle + half) / (1 + z**2 / images)
    return Interval(low if right else 0.0, high if right < images else 1.0)


def paired_difference_interval(
    only_first: int, only_second: int, n: int, *, confidence: float = CONFIDENCE
) -> Interval:
    """Return Tango's score interval of the first model's accuracy minus the second's, on the same n examples.

    It holds every difference that the score test of paired proportions does not reject. Where the models never
    disagree, or only ever one way, it keeps a width, as a resampling of what was seen does not.

    Parameters
    ----------
    only_first, only_second : int
        How many examples only the first gets right, and only the second.
    n : int
        How many examples there are.
    confidence : float above 0 and below 1

    Returns
    -------
    Interval
        Its ends `low` and `high`, each from -1 to 1.

    Raises
    ------
    ValueError
        If a number is outside its range.

    Examples
    --------
    Of 360 images 3 are right with the first model alone, and 2 with the second alone:

    >>> low, high = paired_difference_interval(3, 2, 360)
    >>> f"{low:.3f} to {high:.3f}"
    '-0.013 to 0.019'

    Notes
    -----
    T. Tango, Equivalence test and confidence interval for the difference in proportions for the paired-sample design,
    Statistics in Medicine 17 (1998), 891-908.
    """
    require(is_count(n), "n", "a whole number from 1", n)
    for name, count in (("only_first", only_first), ("only_second", only_second)):
        require(is_whole(count), name, "a whole number from 0", count)
    only_first, only_second, n = int(only_first), int(only_second), int(n)
    together = f"at most the {n} examples there are"
    require(only_first + only_second <= n, "only_first + only_second", together, only_first + only_second)
    z = quantile(confidence)
    # Turned around, the lower end of one model's lead is the upper end of the other's
    return Interval(-upper_end(only_second, only_first, n, z), upper_end(only_first, only_second, n, z))


def upper_end(first: int, second: int, n: int, z: float) -> float:
    """Return the largest difference whose score is not below -z."""
    if first == n:
        return 1.0
    # Two cases whose estimate has no variance: the search would stay there, and the root is known
    if first == second == 0:
        return z**2 / (n + z**2)
    if second == n:
        return (z**2 - n) / (z**2 + n)

    def above(difference: float) -> float:
        return first - second - n * difference + z * math.sqrt(n * variance(difference, first, second, n))

    return last_above(above, (first - second) / n, 1.0)


def last_above(f: Callable[[float], float], low: float, high: float) -> float:
    """Return where a function that falls from 0 or more to below 0 is 0, to the last bit, by halving the interval."""
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if f(middle) >= 0 else (low, middle)
    return low


def variance(difference: float, first: int, second: int, n: int) -> float:
    """Return n times the variance of the observed difference if this is the true one.

    It is 2 q + d (1 - d), with q the most likely probability that only the second is right once the probability that
    only the first is must be q + d (Tango, 1998).
    """
    if difference < 0:
        return variance(-difference, second, first, n)
    linear = (2 * n - first + second) * difference - first - second
    free = second * difference * (1 - difference)
    root = math.sqrt(linear**2 + 8 * n * free)
    # Of two forms of the same root the one that subtracts nothing
    q = (root - linear) / (4 * n) if linear < 0 else 2 * free / (root + linear) if root + linear else 0.0
    return 2 * q + difference * (1 - difference)


def quantile(confidence: float) -> float:
    """Return how many standard deviations either side of the mean hold so much of a normal distribution."""
    require_confidence(confidence)
    return NormalDist().inv_cdf((1 + confidence) / 2)


def require_confidence(confidence: float) -> None:
    """Raise a ValueError unless it is a confidence."""
    fit = isinstance(confidence, float) and 0 < confidence < 1
    require(fit, "confidence", "a number above 0 and below 1", confidence)


def is_whole(value: object) -> bool:
    """Return whether value is a whole number from 0."""
    return is_count(value) or (value == 0 and isinstance(value, int | np.integer) and not isinstance(value, bool))


def mcnemar(only_ours: int, only_peer: int) -> float:
    """Return the p-value of McNemar's exact test, two-sided.

    Images that both get right, or neither, don't tell two models apart. If neither is better, each of the others falls
    to either side as a fair coin does.

    Raises
    ------
    ValueError
        If a count is not a whole number from 0.
    """
    for name, count in (("only_ours", only_ours), ("only_peer", only_peer)):
        require(is_whole(count), name, "a whole number from 0", count)
    one_right, fewer = int(only_ours + only_peer), int(min(only_ours, only_peer))
    ways = outcomes = 1  # of that many coins: none of them heads, and then one more head each time
    for heads in range(1, fewer + 1):
        ways = ways * (one_right - heads + 1) // heads
        outcomes += ways
    return min(1.0, 2 * outcomes / 2**one_right)

"""Intervals and a test for two fitted models that answer to the same test images."""

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from scipy.stats import binomtest

from mlp.train_config import is_count, require

CONFIDENCE = 0.95
RESAMPLES, SEED = 10_000, 0


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
    whole = right == 0 or is_count(right)
    require(whole and right <= images, "right", f"a whole number from 0 to {images}", right)
    z, share = quantile(confidence), right / images
    scale = 1 + z**2 / images
    centre = (share + z**2 / (2 * images)) / scale
    half = z / scale * math.sqrt(share * (1 - share) / images + z**2 / (4 * images**2))
    return Interval(0.0 if right == 0 else centre - half, 1.0 if right == images else centre + half)


def quantile(confidence: float) -> float:
    """Return how many standard deviations either side of the mean hold so much of a normal distribution."""
    require(0 < confidence < 1, "confidence", "a number above 0 and below 1", confidence)
    return NormalDist().inv_cdf((1 + confidence) / 2)


def bootstrap_difference(
    pairs: Pairs, *, confidence: float = CONFIDENCE, resamples: int = RESAMPLES, random_state: int = SEED
) -> Interval:
    """Return the paired bootstrap's percentile interval of our accuracy minus the other's.

    An image drawn brings the answers of both models along. It is one of four kinds, so that how often each kind occurs
    among n images drawn with replacement is a multinomial number: all resamples are one call.

    Parameters
    ----------
    pairs : Pairs
    confidence : float above 0 and below 1
    resamples : int
    random_state : int
        The same seed gives the same interval.

    Raises
    ------
    ValueError
        If a number is outside its range.
    """
    images = sum(pairs)
    require(min(pairs) >= 0 and images > 0, "pairs", "counts from 0, at least one image", tuple(pairs))
    require(is_count(resamples), "resamples", "a whole number from 1", resamples)
    require(0 < confidence < 1, "confidence", "a number above 0 and below 1", confidence)
    drawn = np.random.default_rng(random_state).multinomial(images, np.divide(pairs, images), size=resamples)
    ends = np.quantile((drawn[:, 1] - drawn[:, 2]) / images, [(1 - confidence) / 2, (1 + confidence) / 2])
    return Interval(*map(float, ends))


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
        require(count == 0 or is_count(count), name, "a whole number from 0", count)
    one_right = only_ours + only_peer
    return float(binomtest(int(only_ours), int(one_right), 0.5).pvalue) if one_right else 1.0

"""Means over seeds, whether two recipes differ in theirs, and the 5x2cv test over other splits."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.stats import f as f_distribution
from scipy.stats import t as t_distribution

from mlp.arrays import Array
from mlp.experiments.evidence.statistics import CONFIDENCE, Interval
from mlp.train_config import require

UNKNOWN = Interval(-math.inf, math.inf)
# Five times two halves: the F statistic's degrees of freedom (Alpaydin, 1999)
REPEATS, FREEDOM = 5, (10, 5)
# A standard error below this is rounding: accuracies are whole numbers of examples
ROUNDING = 1e-12


class Summary(NamedTuple):
    """A sample: how many values, their mean, their standard deviation and the interval of the mean.

    With one value nothing is known of the spread: `sd` is nan and the interval endless.
    """

    n: int
    mean: float
    sd: float
    interval: Interval


class Contrast(NamedTuple):
    """Whether two recipes differ: the mean difference, its interval and the p-value.

    `interval` is None where the test has none.
    """

    gap: float
    interval: Interval | None
    p_value: float


def summary(values: Sequence[float], *, confidence: float = CONFIDENCE) -> Summary:
    """Return the mean of values, their standard deviation, and Student's interval of the mean.

    Raises
    ------
    ValueError
        If there is no value, or one is not finite.
    """
    sample = finite("values", values)
    n, mean = len(sample), float(sample.mean())
    if n == 1:
        return Summary(1, mean, math.nan, UNKNOWN)
    sd = float(sample.std(ddof=1))
    return Summary(n, mean, sd, around(mean, sd / math.sqrt(n), n - 1, confidence))


def possible(interval: Interval) -> Interval:
    """Return the part of an interval of a mean accuracy that lies between 0 and 1, where every accuracy is."""
    return Interval(max(interval.low, 0.0), min(interval.high, 1.0))


def paired_test(one: Sequence[float], other: Sequence[float], *, confidence: float = CONFIDENCE) -> Contrast:
    """Return Student's test of the differences of pairs: what one change did, seed by seed.

    Where all differences are equal, as those of few seeds on a small test set often are, they have no spread to be
    judged by. Then p is that of the sign test: how often n coins all fall to the same side.

    Raises
    ------
    ValueError
        If they are not pairs, at least one, of finite values.
    """
    one, other = finite("one", one), finite("other", other)
    require(len(one) == len(other), "paired_test", "as many values on either side", (len(one), len(other)))
    n, mean, sd, interval = summary(one - other, confidence=confidence)
    return Contrast(mean, interval, 1.0 if n == 1 else two_sided(mean, sd / math.sqrt(n), n - 1, 0.5 ** (n - 1)))


def welch_test(one: Sequence[float], other: Sequence[float], *, confidence: float = CONFIDENCE) -> Contrast:
    """Return Welch's test of two means whose spreads may differ: two recipes, each over its own seeds.

    Where neither side varies, p is that of the permutation test: in how many ways of dealing out the values anew the
    sides would be as far apart.

    Raises
    ------
    ValueError
        If a side has no value, or one is not finite. With a single value on a side nothing can be told: p is 1.
    """
    a, b = summary(one), summary(other)
    gap = a.mean - b.mean
    if min(a.n, b.n) == 1:
        return Contrast(gap, UNKNOWN, 1.0)
    parts = a.sd**2 / a.n, b.sd**2 / b.n
    error = math.sqrt(sum(parts))
    squares = parts[0] ** 2 / (a.n - 1) + parts[1] ** 2 / (b.n - 1)
    freedom = sum(parts) ** 2 / squares if squares else a.n + b.n - 2
    as_far = (2 if a.n == b.n else 1) / math.comb(a.n + b.n, a.n)
    return Contrast(gap, around(gap, error, freedom, confidence), two_sided(gap, error, freedom, as_far))


def five_by_two_test(differences: Sequence[Sequence[float]]) -> Contrast:
    """Return the combined 5x2cv F test of differences in accuracy, a row for each split and a column for each half.

    The ten differences share training sets, so that an ordinary t test would find too much. F is the sum of their
    squares over twice the sum of the rows' variances, with 10 and 5 degrees of freedom (Alpaydin, Neural Computation
    11, 1999, after Dietterich's 5x2cv test).

    Raises
    ------
    ValueError
        If they are not five rows of two finite numbers.
    """
    table = np.asarray(differences, dtype=float)
    require(table.shape == (REPEATS, 2), "five_by_two_test", "five rows of two differences", table.shape)
    finite("differences", table.ravel())
    variances = ((table - table.mean(axis=1, keepdims=True)) ** 2).sum(axis=1)
    squares, spread, gap = float((table**2).sum()), 2 * float(variances.sum()), float(table.mean())
    if not spread:
        return Contrast(gap, None, 0.0 if squares else 1.0)
    return Contrast(gap, None, float(f_distribution.sf(squares / spread, *FREEDOM)))


def finite(name: str, values: Sequence[float]) -> Array:
    """Return values as an array; a ValueError if there is none or one is not finite."""
    sample = np.asarray(values, dtype=float)
    require(sample.ndim == 1 and sample.size > 0 and bool(np.isfinite(sample).all()), name,
            "finite numbers, at least one", values)  # fmt: skip
    return sample


def around(centre: float, error: float, freedom: float, confidence: float) -> Interval:
    """Return Student's interval around a mean with this standard error."""
    half = float(t_distribution.ppf((1 + confidence) / 2, freedom)) * error
    return Interval(centre - half, centre + half)


def student_half_width(sd: Array, n: int, *, confidence: float = CONFIDENCE) -> Array:
    """Return half the width of Student's interval of the mean of n values with these standard deviations."""
    return t_distribution.ppf((1 + confidence) / 2, n - 1) * sd / math.sqrt(n)


def two_sided(gap: float, error: float, freedom: float, without_spread: float) -> float:
    """Return Student's two-sided p-value; where nothing varies, 1 for no gap and `without_spread` for any other."""
    if error < ROUNDING:
        return without_spread if abs(gap) > ROUNDING else 1.0
    return float(2 * t_distribution.sf(abs(gap) / error, freedom))

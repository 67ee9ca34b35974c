"""The standard normal distribution, which NumPy lacks: its density, and its share below z to double precision."""

from math import pi, sqrt

import numpy as np

from mlp.arrays import Array

# Coefficients of numerators and denominators, highest power first: W. J. Cody, Rational Chebyshev approximations for
# the error function, Mathematics of Computation 23 (1969), 631-637. They are in x^2, in x and in 1 / x^2.
NEAR = (
    (1.85777706184603153e-1, 3.16112374387056560, 1.13864154151050156e2, 3.77485237685302021e2, 3.20937758913846947e3),
    (1.0, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3),
)
MIDDLE = (
    (
        2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1,
        2.98635138197400131e2, 8.81952221241769090e2, 1.71204761263407058e3, 2.05107837782607147e3,
        1.23033935479799725e3,
    ),
    (
        1.0, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3,
        3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3,
    ),
)  # fmt: skip
FAR = (
    (
        1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1,
        1.60837851487422766e-2, 6.58749161529837803e-4,
    ),
    (
        1.0, 2.56852019228982242, 1.87295284992346725, 5.27905102951428412e-1, 6.05183413124413191e-2,
        2.33520497626869185e-3,
    ),
)  # fmt: skip
BEYOND = 40.0  # standard deviations: the density there is 0 in double precision


def quotient(coefficients: tuple[tuple[float, ...], tuple[float, ...]], x: Array) -> Array:
    """Return one polynomial over another."""
    above, below = (np.polyval(np.array(each), x) for each in coefficients)
    return above / below


def exp_of_minus_square(x: Array) -> Array:
    """Return e^(-x^2) of x from 0 on: the square of x's first bits is exact, so that only the rest is rounded."""
    first = np.trunc(16.0 * x) / 16.0
    return np.exp(-first * first) * np.exp(-(x - first) * (x + first))


def near(x: Array) -> Array:
    """Return erfc(x) of x from 0 to 0.46875."""
    return 1.0 - x * quotient(NEAR, x * x)


def middle(x: Array) -> Array:
    """Return erfc(x) of x from 0.46875 to 4."""
    return exp_of_minus_square(x) * quotient(MIDDLE, x)


def far(x: Array) -> Array:
    """Return erfc(x) of x from 4 on, and nan of nan."""
    x = np.minimum(x, BEYOND)
    inverse = 1.0 / (x * x)
    return exp_of_minus_square(x) * (1.0 / sqrt(pi) - inverse * quotient(FAR, inverse)) / x


def erfc(x: Array) -> Array:
    """Return 1 - erf(x), the complementary error function, to a few units in the last place, of x's shape."""
    a = np.abs(x)
    tail = np.piecewise(a, [a <= 0.46875, (a > 0.46875) & (a <= 4.0)], [near, middle, far])
    return np.where(x < 0.0, 2.0 - tail, tail)


def normal_share(z: Array) -> Array:
    """Return Phi(z) = (1 + erf(z / sqrt 2)) / 2, the share of the standard normal distribution below z.

    It is written erfc(-z / sqrt 2) / 2, which keeps its digits where erf is close to -1.
    """
    return 0.5 * erfc(z * -sqrt(0.5))


def normal_density(z: Array) -> Array:
    """Return phi(z) = e^(-z^2 / 2) / sqrt(2 pi), the slope of Phi."""
    return np.exp(-0.5 * np.clip(z, -BEYOND, BEYOND) ** 2) / sqrt(2.0 * pi)

"""The compiled epoch in numba: `engines.numpy_epoch` in machine code, equal to it to 1e-12 in every weight.

What makes it fast: all parameters lie in one flat vector and every inner loop runs over a slice of it, so that it
becomes vector instructions; a row of weights is read and moved in the same pass; tanh and exp are polynomials without
a branch, which the compiler can vectorise too. A batch of one is a matrix-vector product; a larger one goes to BLAS.

Every kernel is in this file because numba's cache on disk notices changes in the file of the outermost one only.
"""

from functools import partial
from math import erfc, factorial, log, pi, sqrt
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numba import njit, typeof, types
from numpy.polynomial import chebyshev

from mlp.arrays import Array

# Sums may be reordered and products fused, which vectors need; nothing may assume that numbers are finite, because
# training that diverges must end in inf or nan as it does in NumPy.
REORDER, KEEP_ORDER = {"reassoc", "contract", "nsz"}, {"contract"}
COMMON = {"error_model": "numpy", "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
# Without numba's runtime a kernel can't allocate, and a slice doesn't cost the two atomic operations of a counted
# reference: a factor of two in speed. Only np.dot needs the runtime.
NO_RUNTIME = {"_nrt": False, **COMMON}
inlined = partial(njit, fastmath=REORDER, forceinline=True, **NO_RUNTIME)
# Range reduction subtracts what it has just added: there the order of the operations is the algorithm.
inlined_in_order = partial(njit, fastmath=KEEP_ORDER, forceinline=True, **NO_RUNTIME)
# What is made of those becomes part of the outermost kernel before anything is compiled: compiled apart, each would be
# compiled again in every one that calls it.
part = partial(njit, inline="always")

# Compiled code branches on a number: a table of functions would be a call through a pointer, which is not inlined.
TANH, LOGISTIC, RELU, IDENTITY, LEAKY_RELU, ELU, SOFTPLUS, GELU = range(8)
LEAK = 0.01  # as in `mlp.activations`
HIDDEN = {
    "tanh": TANH,
    "logistic": LOGISTIC,
    "relu": RELU,
    "identity": IDENTITY,
    "leaky_relu": LEAKY_RELU,
    "elu": ELU,
    "softplus": SOFTPLUS,
    "gelu": GELU,
}
KEEPS_SLOPE = ("gelu",)  # those whose g'(z) is no function of h
SQUARED_ERROR, CROSS_ENTROPY, LOGISTIC_SQUARED_ERROR, BINARY_CROSS_ENTROPY, TANH_SQUARED_ERROR = range(5)
SUMMED_SQUARED_ERROR, LOGISTIC_SUMMED_SQUARED_ERROR, TANH_SUMMED_SQUARED_ERROR = range(5, 8)
MEAN_SQUARED_ERROR, LOGISTIC_MEAN_SQUARED_ERROR, TANH_MEAN_SQUARED_ERROR = range(8, 11)
LOGISTIC_SQUARES = (LOGISTIC_SQUARED_ERROR, LOGISTIC_SUMMED_SQUARED_ERROR, LOGISTIC_MEAN_SQUARED_ERROR)
TANH_SQUARES = (TANH_SQUARED_ERROR, TANH_SUMMED_SQUARED_ERROR, TANH_MEAN_SQUARED_ERROR)
LOSS = {
    "squared_error": SQUARED_ERROR,
    "cross_entropy": CROSS_ENTROPY,
    "logistic_squared_error": LOGISTIC_SQUARED_ERROR,
    "binary_cross_entropy": BINARY_CROSS_ENTROPY,
    "tanh_squared_error": TANH_SQUARED_ERROR,
    "summed_squared_error": SUMMED_SQUARED_ERROR,
    "logistic_summed_squared_error": LOGISTIC_SUMMED_SQUARED_ERROR,
    "tanh_summed_squared_error": TANH_SUMMED_SQUARED_ERROR,
    "mean_squared_error": MEAN_SQUARED_ERROR,
    "logistic_mean_squared_error": LOGISTIC_MEAN_SQUARED_ERROR,
    "tanh_mean_squared_error": TANH_MEAN_SQUARED_ERROR,
}
SGD, ADAM = range(2)
SOLVER = {"sgd": SGD, "adam": ADAM}


class Plan(NamedTuple):
    """Where layers 0 to L lie in the flat vectors: int64 arrays of shape (L + 2,), `sizes` of shape (L + 1,).

    Layer l owns W, row by row, at `theta[W[l] : b[l]]`, its biases at `theta[b[l] : W[l + 1]]`, and its units of the
    current batch, example by example, from `h[l]` on in the vectors of h and of delta.
    """

    sizes: Array
    W: Array
    b: Array
    h: Array


class Work(NamedTuple):
    """The flat float64 vectors of an epoch.

    The parameters, what `optimizers.Memory` has of them (`squares` is empty but for Adam), their gradient; the units'
    h (first z) and delta. `slope` has g'(z) of every unit where h can't tell it, and is empty elsewhere.
    """

    theta: Array
    velocity: Array
    squares: Array
    gradient: Array
    h: Array
    delta: Array
    slope: Array


class Rule(NamedTuple):
    """The update: numbers of `TrainConfig` and `Memory`, nesterovs_momentum 0 or 1, solver as in `kernels.SOLVER`."""

    solver: int
    learning_rate: float
    momentum: float
    nesterovs_momentum: float
    alpha: float
    beta_1: float
    beta_2: float
    epsilon: float
    updates: float


SQRT_HALF, DENSITY_AT_0 = sqrt(0.5), 1.0 / sqrt(2.0 * pi)
BEYOND = 40.0  # as in `mlp.special.normal`
MOST = -log(2.0**-52)  # as in `mlp.losses`
LOG2_E = 1.4426950408889634
LN2_HIGH, LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10  # k * LN2_HIGH is exact (fdlibm)
ROUND_TO_INTEGER = 1.5 * 2.0**52  # added to a number, it leaves no room for a fraction
EXPONENT_OF_ONE, EXPONENT_BITS = np.int64(1023), np.int64(52)


def economised(degree, bound):
    """Return coefficients, highest first, of a polynomial near (exp(r) - 1 - r) / r^2 for r from -bound to bound.

    The Taylor series, cut off where it is written in Chebyshev polynomials: two terms fewer are as exact.
    """
    taylor = [bound**k / factorial(k + 2) for k in range(20)]  # in r / bound
    cut = chebyshev.cheb2poly(chebyshev.poly2cheb(taylor)[: degree + 1])
    return tuple(float(c / bound**k) for k, c in enumerate(cut))[::-1]


EXPONENTIAL = economised(9, log(2.0) / 2.0)


@inlined_in_order
def exp_parts(y):
    """Return (2^k, p) with exp(y) = 2^k (1 + p), |p| < 0.42, for y in -708 to 708; nan for nan.

    y = k ln 2 + r with |r| <= ln 2 / 2, and p is a polynomial of degree 11 for exp(r) - 1, good to 1e-16.
    """
    shifted = y * LOG2_E + ROUND_TO_INTEGER
    k = shifted - ROUND_TO_INTEGER
    r = (y - k * LN2_HIGH) - k * LN2_LOW
    p = EXPONENTIAL[0]
    for coefficient in EXPONENTIAL[1:]:
        p = p * r + coefficient
    # The last bits of `shifted` are the integer k; moved into the exponent of 1.0 they make 2^k.
    exponent = (np.float64(shifted).view(np.int64) + EXPONENT_OF_ONE) << EXPONENT_BITS
    return np.int64(exponent).view(np.float64), r + r * r * p


@inlined_in_order
def exp(y):
    """Return exp(y) for y <= 0, to two units in the last place; below -708, where numbers become subnormal, 0."""
    power, p = exp_parts(y)
    return 0.0 if y < -708.0 else power + power * p


@inlined_in_order
def expm1(y):
    """Return exp(y) - 1 for y <= 0, to a few units in the last place, near 0 too."""
    power, p = exp_parts(-708.0 if y < -708.0 else y)
    return power * p + (power - 1.0)


@inlined_in_order
def tanh(z):
    """Return tanh z = m / (m + 2) with m = exp(2 |z|) - 1, to a few units in the last place, near 0 too."""
    a = abs(z)
    power, p = exp_parts(2.0 * (20.0 if a > 20.0 else a))
    m = power * p + (power - 1.0)
    return np.copysign(m / (m + 2.0), z)


@inlined_in_order
def logistic(z):
    """Return 1 / (1 + exp(-z)) without overflow."""
    e = exp(-abs(z))
    return (e if z < 0.0 else 1.0) / (1.0 + e)


@inlined_in_order
def within(z, low, high):
    """Return z, or the bound that it is beyond; nan for nan."""
    return low if z < low else (high if z > high else z)


@inlined_in_order
def normal_share(z):
    """Return Phi(z), the share of the standard normal distribution below z."""
    return 0.5 * erfc(z * -SQRT_HALF)


@inlined_in_order
def activate(hidden, h):
    """Replace z by h = g(z)."""
    if hidden == TANH:
        for i in range(len(h)):
            h[i] = tanh(h[i])
    elif hidden == LOGISTIC:
        for i in range(len(h)):
            h[i] = logistic(h[i])
    elif hidden == RELU:
        for i in range(len(h)):
            h[i] = 0.0 if h[i] < 0.0 else h[i]
    elif hidden == LEAKY_RELU:
        for i in range(len(h)):
            h[i] = h[i] if h[i] > 0.0 else LEAK * h[i]
    elif hidden == ELU:
        for i in range(len(h)):
            h[i] = h[i] if h[i] > 0.0 else expm1(h[i])
    elif hidden == SOFTPLUS:
        for i in range(len(h)):
            h[i] = (h[i] if h[i] > 0.0 else 0.0) + np.log1p(exp(-abs(h[i])))
    elif hidden == GELU:
        for i in range(len(h)):
            h[i] = within(h[i], -BEYOND, np.inf) * normal_share(h[i])


@inlined_in_order
def keep_slope(z, slope):
    """Set slope = Phi(z) + z phi(z), which GELU's h can't tell; the room for it is empty with other activations."""
    for i in range(len(slope)):
        near = within(z[i], -BEYOND, BEYOND)
        slope[i] = normal_share(z[i]) + near * (DENSITY_AT_0 * exp(-0.5 * near * near))


@inlined
def times_derivative(hidden, h, slope, delta):
    """Replace dL/dh by dL/dz = dL/dh * g'(z), where g' is a function of h, or kept as slope."""
    if hidden == TANH:
        for i in range(len(delta)):
            delta[i] *= 1.0 - h[i] * h[i]
    elif hidden == LOGISTIC:
        for i in range(len(delta)):
            delta[i] *= h[i] * (1.0 - h[i])
    elif hidden == RELU:
        for i in range(len(delta)):
            delta[i] *= 1.0 if h[i] > 0.0 else 0.0
    elif hidden == LEAKY_RELU:
        for i in range(len(delta)):
            delta[i] *= 1.0 if h[i] > 0.0 else LEAK
    elif hidden == ELU:
        for i in range(len(delta)):
            delta[i] *= 1.0 if h[i] > 0.0 else h[i] + 1.0
    elif hidden == SOFTPLUS:
        for i in range(len(delta)):
            delta[i] *= -expm1(-h[i])
    elif hidden == GELU:
        for i in range(len(delta)):
            delta[i] *= slope[i]


@inlined_in_order
def exponentials(z, n_out, delta):
    """Subtract from the z of each example the largest of its n_out, which changes no softmax; set delta = exp(z)."""
    for start in range(0, len(z), n_out):
        top = z[start]
        for j in range(start, start + n_out):
            top = z[j] if z[j] > top else top
        for j in range(start, start + n_out):
            z[j] -= top
    for j in range(len(z)):  # of all examples together: a row alone is shorter than a vector of the processor
        delta[j] = exp(z[j])


@inlined
def cross_entropy(z, y, delta):
    """Return the loss (sum y) log sum exp(z) - y.z of one example, exact and capped; make its delta of exp(z)."""
    total, sum_y, value, capped = 0.0, 0.0, 0.0, 0.0
    for j in range(len(z)):
        total += delta[j]
        sum_y += y[j]
    log_total, share = np.log(total), sum_y / total
    for j in range(len(z)):
        surprise = log_total - z[j]
        value += y[j] * surprise
        capped += y[j] * (MOST if surprise > MOST else surprise)
        delta[j] = share * delta[j] - y[j]
    return value, capped


@inlined_in_order
def binary_cross_entropy(z, y, delta):
    """Return the loss softplus(z) - y z of one example, exact and capped; set delta = sigma(z) - y."""
    value, capped = 0.0, 0.0
    for j in range(len(z)):
        e = exp(-abs(z[j]))
        rest = np.log1p(e)
        if_0, if_1 = (z[j] if z[j] > 0.0 else 0.0) + rest, (-z[j] if z[j] < 0.0 else 0.0) + rest
        value += (1.0 - y[j]) * if_0 + y[j] * if_1
        capped += (1.0 - y[j]) * (MOST if if_0 > MOST else if_0) + y[j] * (MOST if if_1 > MOST else if_1)
        delta[j] = (e if z[j] < 0.0 else 1.0) / (1.0 + e) - y[j]
    return value, capped


@inlined_in_order
def output_of(loss, z):
    """Return what an output of its own makes of z: all but the softmax's."""
    if loss in LOGISTIC_SQUARES or loss == BINARY_CROSS_ENTROPY:
        return logistic(z)
    return tanh(z) if loss in TANH_SQUARES else z


@inlined_in_order
def squared_error(loss, z, y, delta):
    """Return the weighted sum of squares of one example, of outputs of any kind, twice; set delta = dL/dz."""
    weight = 0.5 if loss < SUMMED_SQUARED_ERROR else 1.0 if loss < MEAN_SQUARED_ERROR else 1.0 / len(z)
    value = 0.0
    for j in range(len(z)):
        p = output_of(loss, z[j])
        error = p - y[j]
        value += weight * error * error
        slope = p * (1.0 - p) if loss in LOGISTIC_SQUARES else 1.0 - p * p if loss in TANH_SQUARES else 1.0
        delta[j] = 2.0 * weight * error * slope
    return value, value


@part
def output_delta(loss, z, y, delta):
    """Return the loss of one example, exact and as the stopping rule sees it; set delta = dL/dz of the last layer.

    Cross-entropy needs the `exponentials` of z, and of all examples at once they are quicker.
    """
    if loss == CROSS_ENTROPY:
        return cross_entropy(z, y, delta)
    if loss == BINARY_CROSS_ENTROPY:
        return binary_cross_entropy(z, y, delta)
    return squared_error(loss, z, y, delta)


@inlined
def dot(x, y):
    """Return x . y."""
    total = 0.0
    for i in range(len(x)):
        total += x[i] * y[i]
    return total


@inlined
def times(W, h, z):
    """Set z = W h, four rows of W at a time: their sums are independent, and h is read once."""
    n, m = len(h), len(z)
    whole = m - m % 4
    for j in range(0, whole, 4):
        w_0, w_1 = W[j * n : (j + 1) * n], W[(j + 1) * n : (j + 2) * n]
        w_2, w_3 = W[(j + 2) * n : (j + 3) * n], W[(j + 3) * n : (j + 4) * n]
        z_0 = z_1 = z_2 = z_3 = 0.0
        for i in range(n):
            z_0 += w_0[i] * h[i]
            z_1 += w_1[i] * h[i]
            z_2 += w_2[i] * h[i]
            z_3 += w_3[i] * h[i]
        z[j], z[j + 1], z[j + 2], z[j + 3] = z_0, z_1, z_2, z_3
    for j in range(whole, m):
        z[j] = dot(W[j * n : (j + 1) * n], h)


@inlined
def copy(x, out):
    """Set out = x."""
    for i in range(len(out)):
        out[i] = x[i]


@inlined
def add(scale, x, out):
    """Add scale * x to out."""
    for i in range(len(out)):
        out[i] += scale * x[i]


@inlined
def transpose(W, n_in, out):
    """Set out = W^T, both matrices row by row."""
    n_out = len(W) // n_in
    for i in range(n_in):
        row = out[i * n_out : (i + 1) * n_out]
        for j in range(n_out):
            row[j] = W[j * n_in + i]


@inlined
def clear(out):
    """Set out = 0."""
    for i in range(len(out)):
        out[i] = 0.0


@inlined
def descend(w, velocity, squares, scale, x, rule, eta, decay):
    """Move w down the gradient scale * x + decay * w, as `mlp.optimizers` does."""
    momentum = rule.momentum
    if rule.solver == ADAM:
        beta_1, beta_2, epsilon = rule.beta_1, rule.beta_2, rule.epsilon
        for i in range(len(w)):
            gradient = scale * x[i] + decay * w[i]
            velocity[i] = beta_1 * velocity[i] + (1.0 - beta_1) * gradient
            squares[i] = beta_2 * squares[i] + (1.0 - beta_2) * (gradient * gradient)
            w[i] -= eta * velocity[i] / (np.sqrt(squares[i]) + epsilon)
    elif momentum == 0.0:
        keep, step = 1.0 - eta * decay, eta * scale
        for i in range(len(w)):
            w[i] = keep * w[i] - step * x[i]
    elif rule.nesterovs_momentum == 1.0:
        for i in range(len(w)):
            fall = eta * (scale * x[i] + decay * w[i])
            velocity[i] = momentum * velocity[i] - fall
            w[i] += momentum * velocity[i] - fall
    else:
        for i in range(len(w)):
            velocity[i] = momentum * velocity[i] - eta * (scale * x[i] + decay * w[i])
            w[i] += velocity[i]


@inlined
def step_size(rule, updates):
    """Return the learning rate of the next update: with Adam it makes up for the zeros that both means began with."""
    if rule.solver != ADAM:
        return rule.learning_rate
    t = updates + 1.0
    return rule.learning_rate * np.sqrt(1.0 - rule.beta_2**t) / (1.0 - rule.beta_1**t)


@part
def squared_weights(plan, theta):
    """Return ||W||^2 over all layers, biases free."""
    total = 0.0
    for l in range(1, len(plan.sizes)):
        W = theta[plan.W[l] : plan.b[l]]
        total += dot(W, W)
    return total


@part
def units(plan, h, l, n):
    """Return layer l's part of h (or delta, or slope) for n examples; an empty vector has empty parts."""
    return h[plan.h[l] : plan.h[l] + n * plan.sizes[l]]


@part
def forward_one(plan, hidden, theta, h, slope):
    """Fill h (and slope) of layers 1 to L from layer 0, for one example; the last layer keeps its z."""
    last = len(plan.sizes) - 1
    for l in range(1, last + 1):
        h_in, z = units(plan, h, l - 1, 1), units(plan, h, l, 1)
        W, b = theta[plan.W[l] : plan.b[l]], theta[plan.b[l] : plan.W[l + 1]]
        times(W, h_in, z)
        add(1.0, b, z)
        if l < last:
            keep_slope(z, units(plan, slope, l, 1))
            activate(hidden, z)


@part
def backward_one(plan, hidden, work, rule, eta, decay):
    """Move every parameter, last layer first, down the gradient of one example, starting from the output's delta.

    A row of W is read for dL/dh = W^T delta and moved down delta h^T while it is in the processor's cache.
    """
    for l in range(len(plan.sizes) - 1, 0, -1):
        delta, h_in = units(plan, work.delta, l, 1), units(plan, work.h, l - 1, 1)
        delta_in = units(plan, work.delta, l - 1, 1 if l > 1 else 0)
        n_in, start = plan.sizes[l - 1], plan.W[l]
        clear(delta_in)
        for j in range(len(delta)):
            row, end = start + j * n_in, start + (j + 1) * n_in
            w = work.theta[row:end]
            add(delta[j], w, delta_in)
            descend(w, work.velocity[row:end], work.squares[row:end], delta[j], h_in, rule, eta, decay)
        start, end = plan.b[l], plan.W[l + 1]
        w, velocity, squares = work.theta[start:end], work.velocity[start:end], work.squares[start:end]
        descend(w, velocity, squares, 1.0, delta, rule, eta, 0.0)
        times_derivative(hidden, h_in, units(plan, work.slope, l - 1, 1), delta_in)


@part
def train_one(plan, hidden, loss, work, rule, eta, decay, x, y):
    """Make the update of a batch of one example in place and return its losses before, without the penalty."""
    last = len(plan.sizes) - 1
    copy(x, units(plan, work.h, 0, 1))
    forward_one(plan, hidden, work.theta, work.h, work.slope)
    z, delta = units(plan, work.h, last, 1), units(plan, work.delta, last, 1)
    if loss == CROSS_ENTROPY:
        exponentials(z, len(z), delta)
    values = output_delta(loss, z, y, delta)
    backward_one(plan, hidden, work, rule, eta, decay)
    return values


@part
def transpose_weights(plan, theta, transposed):
    """Set each layer's part of transposed to W^T, which BLAS multiplies by quicker as it lies than turned by itself."""
    for l in range(1, len(plan.sizes)):
        transpose(theta[plan.W[l] : plan.b[l]], plan.sizes[l - 1], transposed[plan.W[l] : plan.b[l]])


@part
def forward_batch(plan, hidden, theta, transposed, h, slope, n):
    """Fill h (and slope) of layers 1 to L from layer 0, for n examples; the last layer keeps its z."""
    last = len(plan.sizes) - 1
    for l in range(1, last + 1):
        n_in, n_out = plan.sizes[l - 1], plan.sizes[l]
        h_in, z = units(plan, h, l - 1, n), units(plan, h, l, n)
        W_transposed, b = transposed[plan.W[l] : plan.b[l]], theta[plan.b[l] : plan.W[l + 1]]
        np.dot(h_in.reshape(n, n_in), W_transposed.reshape(n_in, n_out), z.reshape(n, n_out))
        for i in range(n):
            add(1.0, b, z[i * n_out : (i + 1) * n_out])
        if l < last:
            keep_slope(z, units(plan, slope, l, n))
            activate(hidden, z)


@part
def backward_batch(plan, hidden, work, rule, eta, n, share):
    """Move every parameter, last layer first, down share times the gradient of n examples' summed loss."""
    for l in range(len(plan.sizes) - 1, 0, -1):
        n_in, n_out = plan.sizes[l - 1], plan.sizes[l]
        at_W, at_b = slice(plan.W[l], plan.b[l]), slice(plan.b[l], plan.W[l + 1])
        delta, h_in = units(plan, work.delta, l, n).reshape(n, n_out), units(plan, work.h, l - 1, n)
        gradient_W, gradient_b = work.gradient[at_W], work.gradient[at_b]
        np.dot(delta.T, h_in.reshape(n, n_in), gradient_W.reshape(n_out, n_in))
        clear(gradient_b)
        for i in range(n):
            add(1.0, delta[i], gradient_b)
        if l > 1:
            delta_in = units(plan, work.delta, l - 1, n)
            np.dot(delta, work.theta[at_W].reshape(n_out, n_in), delta_in.reshape(n, n_in))
            times_derivative(hidden, h_in, units(plan, work.slope, l - 1, n), delta_in)
        for part, decay in ((at_W, rule.alpha * share), (at_b, 0.0)):
            w, velocity, squares = work.theta[part], work.velocity[part], work.squares[part]
            descend(w, velocity, squares, share, work.gradient[part], rule, eta, decay)


@part
def train_batch(plan, hidden, loss, work, rule, eta, X, Y, weights, batch, weight_of_all):
    """Make the update of a batch in place and return the sums of its losses before, without the penalty."""
    n, last, value, capped = len(batch), len(plan.sizes) - 1, 0.0, 0.0
    n_in, n_out = plan.sizes[0], plan.sizes[last]
    for i in range(n):
        copy(X[batch[i]], work.h[i * n_in : (i + 1) * n_in])
    transpose_weights(plan, work.theta, work.gradient)  # which nobody needs until the way back
    forward_batch(plan, hidden, work.theta, work.gradient, work.h, work.slope, n)
    z, delta = units(plan, work.h, last, n), units(plan, work.delta, last, n)
    if loss == CROSS_ENTROPY:
        exponentials(z, n_out, delta)
    for i in range(n):
        row, weight = delta[i * n_out : (i + 1) * n_out], weights[batch[i]]
        exact, seen = output_delta(loss, z[i * n_out : (i + 1) * n_out], Y[batch[i]], row)
        value, capped = value + weight * exact, capped + weight * seen
        if weight != 1.0:
            for j in range(n_out):
                row[j] *= weight
    backward_batch(plan, hidden, work, rule, eta, n, 1.0 / weight_of_all)
    return value, capped


def train_singles(plan, hidden, loss, work, rule, X, Y, weights, order):
    """Train one epoch in place, an update an example; return its running loss, exact and as the stopping rule sees it.

    An example that weighs nothing is left out; the third number is that of the updates.
    """
    exact, seen, updates = 0.0, 0.0, 0
    for start in range(len(order)):
        i = order[start]
        if weights[i] == 0.0:
            continue
        eta, penalty = step_size(rule, rule.updates + updates), 0.0
        if rule.alpha > 0.0:
            penalty = 0.5 * rule.alpha * squared_weights(plan, work.theta) / weights[i]
        value, capped = train_one(plan, hidden, loss, work, rule, eta, rule.alpha / weights[i], X[i], Y[i])
        exact, seen, updates = exact + value + penalty, seen + capped + penalty, updates + 1
    return exact / len(order), seen / len(order), updates


def train_batches(plan, hidden, loss, work, rule, X, Y, weights, order, batch_size):
    """Train one epoch in place, an update a batch; return what `train_singles` returns."""
    exact, seen, updates = 0.0, 0.0, 0
    for start in range(0, len(order), batch_size):
        batch = order[start : start + batch_size]
        weight = 0.0
        for i in range(len(batch)):
            weight += weights[batch[i]]
        if weight == 0.0:
            continue
        eta, penalty = step_size(rule, rule.updates + updates), 0.0
        if rule.alpha > 0.0:
            penalty = 0.5 * rule.alpha * squared_weights(plan, work.theta)
        value, capped = train_batch(plan, hidden, loss, work, rule, eta, X, Y, weights, batch, weight)
        share = len(batch) / weight
        exact, seen, updates = exact + share * (value + penalty), seen + share * (capped + penalty), updates + 1
    return exact / len(order), seen / len(order), updates


@part
def is_hit(loss, z, y):
    """Return whether the outputs stand for the class of the targets, as `metrics.class_of` has it.

    Logistic and tanh outputs are compared as they are, not by their z: outputs of 1.0 tie, as in NumPy.
    """
    if len(z) == 1:
        p = 1.0 if loss == CROSS_ENTROPY else output_of(loss, z[0])
        return (p > 0.5) == (y[0] > 0.5)
    guess = target = 0
    for j in range(1, len(z)):
        more = output_of(loss, z[j]) > output_of(loss, z[guess])
        guess = j if more else guess
        target = j if y[j] > y[target] else target
    return guess == target


def measure_in_blocks(plan, hidden, loss, work, X, Y, block):
    """Return the mean loss and the share of hits on all examples, a block at a time so that h stays in the cache."""
    last, total, hits = len(plan.sizes) - 1, 0.0, 0
    n_in, n_out = plan.sizes[0], plan.sizes[last]
    transpose_weights(plan, work.theta, work.gradient)
    for start in range(0, len(X), block):
        n = min(block, len(X) - start)
        for i in range(n):
            copy(X[start + i], work.h[i * n_in : (i + 1) * n_in])
        forward_batch(plan, hidden, work.theta, work.gradient, work.h, work.slope, n)
        z, delta = units(plan, work.h, last, n), units(plan, work.delta, last, n)
        if loss == CROSS_ENTROPY:
            exponentials(z, n_out, delta)
        for i in range(n):
            row = slice(i * n_out, (i + 1) * n_out)
            total += output_delta(loss, z[row], Y[start + i], delta[row])[0]
            hits += is_hit(loss, z[row], Y[start + i])
    return total / len(X), hits / len(X)


def compiled_for(function, *arguments):
    """Return `train_singles`, `train_batches` or `measure_in_blocks` compiled for such arguments, without the GIL.

    It is loaded from numba's cache on disk if it is there (`__pycache__` beside this file, a directory of the user's if
    that can't be written, or NUMBA_CACHE_DIR), and compiled without one if the disk refuses.
    """
    signature = tuple(either_way(typeof(argument)) for argument in arguments)
    try:
        return _compile(function, signature, cache=True)
    except Exception:  # no directory to write to, a full disk, a damaged file: the cache is a convenience
        return _compile(function, signature, cache=False)


def is_missing_on_disk(function):
    """Return whether numba would keep machine code of a function on disk, and has none newer than this file."""
    try:
        folder = Path(njit(cache=True)(function).stats.cache_path)
        written = Path(__file__).stat().st_mtime
        return all(index.stat().st_mtime < written for index in folder.glob(f"*.{function.__name__}-*.nbi"))
    except (RuntimeError, OSError):  # numba finds nowhere to write
        return False


def _compile(function, signature, cache):
    runtime = {} if function in NEEDS_RUNTIME else {"_nrt": False}
    dispatcher = njit(fastmath=REORDER, error_model="numpy", nogil=True, cache=cache, **runtime)(function)
    dispatcher.compile(signature)
    dispatcher.disable_compile()  # another type of argument is a mistake, not a reason to compile for seconds
    return dispatcher


NEEDS_RUNTIME = (train_batches, measure_in_blocks)


def either_way(numba_type):
    """Return the type of an array, read-only, which a writable one fits too; any other type as it is."""
    return numba_type.copy(readonly=True) if isinstance(numba_type, types.Array) else numba_type

"""A second implementation to compare with: every sum spelled out in einsum, every formula in another form.

It shares no code with `mlp` and takes plain arrays: `layers` is a list of (W, b).
"""

import numpy as np
from scipy import special

Array = np.ndarray
Layers = list[tuple[Array, Array]]

ACTIVATIONS = {
    "tanh": (lambda z: (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z)), lambda z: 1 / np.cosh(z) ** 2),
    "logistic": (lambda z: 0.5 + 0.5 * np.tanh(z / 2), lambda z: 0.25 / np.cosh(z / 2) ** 2),
    "relu": (lambda z: np.where(z > 0, z, 0), lambda z: np.where(z > 0, 1, 0)),
    "identity": (lambda z: 1 * z, lambda z: 1 + 0 * z),
    "leaky_relu": (lambda z: np.maximum(z, z / 100), lambda z: np.where(z > 0, 1, 1 / 100)),
    "elu": (lambda z: np.where(z > 0, z, np.exp(z) - 1), lambda z: np.exp(np.minimum(z, 0))),
    "gelu": (
        lambda z: z * (1 + special.erf(z / np.sqrt(2))) / 2,
        lambda z: special.ndtr(z) + z / (np.sqrt(2 * np.pi) * np.exp(z * z / 2)),
    ),
    "softplus": (lambda z: np.log(1 + np.exp(z)), lambda z: 1 / (1 + np.exp(-z))),
}


def softmax(z: Array) -> Array:
    return np.exp(z) / np.einsum("nk->n", np.exp(z))[:, None]


# Of every loss but softmax's cross-entropy: the output activation, and of squares the weight for k outputs
OUTPUT_OF = {
    "squared_error": ("identity", lambda k: 1 / 2),
    "logistic_squared_error": ("logistic", lambda k: 1 / 2),
    "tanh_squared_error": ("tanh", lambda k: 1 / 2),
    "summed_squared_error": ("identity", lambda k: 1),
    "logistic_summed_squared_error": ("logistic", lambda k: 1),
    "tanh_summed_squared_error": ("tanh", lambda k: 1),
    "mean_squared_error": ("identity", lambda k: 1 / k),
    "logistic_mean_squared_error": ("logistic", lambda k: 1 / k),
    "tanh_mean_squared_error": ("tanh", lambda k: 1 / k),
    "binary_cross_entropy": ("logistic", None),
}
OUTPUTS = {"cross_entropy": softmax} | {loss: ACTIVATIONS[name][0] for loss, (name, _) in OUTPUT_OF.items()}


def forward(layers: Layers, hidden: str, loss: str, X: Array) -> tuple[list[Array], list[Array]]:
    """Return [z1, ..., zL] and [h0, ..., hL]."""
    z, h = [], [X]
    for W, b in layers:
        z.append(np.einsum("kj,nj->nk", W, h[-1]) + b)
        h.append((OUTPUTS[loss] if len(z) == len(layers) else ACTIVATIONS[hidden][0])(z[-1]))
    return z, h


def output_loss(loss: str, output: Array, Y: Array) -> float:
    """Return the sum over the batch, from the outputs."""
    if loss == "cross_entropy":
        return -np.einsum("nk,nk->", Y, np.log(output))
    if loss == "binary_cross_entropy":
        return -np.einsum("nk,nk->", Y, np.log(output)) - np.einsum("nk,nk->", 1 - Y, np.log(1 - output))
    return np.einsum("nk,nk->", output - Y, output - Y) * OUTPUT_OF[loss][1](Y.shape[1])


def by_output(loss: str, output: Array, Y: Array) -> Array:
    """Return the derivative of the sum by the outputs, (n, k)."""
    if loss == "cross_entropy":
        return -Y / output
    if loss == "binary_cross_entropy":
        return (output - Y) / (output * (1 - output))
    return 2 * OUTPUT_OF[loss][1](Y.shape[1]) * (output - Y)


def loss_value(layers: Layers, loss: str, output: Array, Y: Array, alpha: float) -> float:
    """Return the sum over the batch, the penalty included."""
    data = output_loss(loss, output, Y)
    return data + alpha / 2 * sum(np.einsum("kj,kj->", W, W) for W, _ in layers)


def output_jacobian(loss: str, z: Array, output: Array) -> Array:
    """Return d output_i / d z_k of every example, (n, k, k)."""
    eye = np.eye(z.shape[1])
    if loss == "cross_entropy":
        return np.einsum("ni,ik->nik", output, eye) - np.einsum("ni,nk->nik", output, output)
    slope = ACTIVATIONS[OUTPUT_OF[loss][0]][1](z)
    return np.einsum("ni,ik->nik", slope, eye)


def backward(
    layers: Layers, hidden: str, loss: str, X: Array, Y: Array, alpha: float
) -> tuple[list[Array], list[Array], list[Array], list[Array]]:
    """Return the derivatives of the sum by z, h, W and b, each a list from layer 1 to L."""
    z, h = forward(layers, hidden, loss, X)
    by_h = by_output(loss, h[-1], Y)
    by_z = np.einsum("ni,nik->nk", by_h, output_jacobian(loss, z[-1], h[-1]))
    dz, dh, dW, db = [], [], [], []
    for l in reversed(range(len(layers))):
        dz.insert(0, by_z)
        dh.insert(0, by_h)
        dW.insert(0, np.einsum("nk,nj->kj", by_z, h[l]) + alpha * layers[l][0])
        db.insert(0, np.einsum("nk->k", by_z))
        if l:
            by_h = np.einsum("nk,kj->nj", by_z, layers[l][0])
            by_z = np.einsum("nj,nj->nj", by_h, ACTIVATIONS[hidden][1](z[l - 1]))
    return dz, dh, dW, db


def numeric_derivative(f, x: Array, step: float = 1e-3) -> Array:
    """Return df/dx_i by the five-point central difference for every entry of x; f takes an array like x."""
    result = np.empty(x.shape + np.shape(f(x)))
    for index in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[index] = step
        result[index] = (8 * (f(x + e) - f(x - e)) - (f(x + 2 * e) - f(x - 2 * e))) / (12 * step)
    return result

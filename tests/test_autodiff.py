"""Every gradient beside that of automatic differentiation, on random networks of every activation and loss.

autograd is for developers only: without it these tests are left out.
"""

import numpy as np
import pytest

from mlp import Layer, Network, backward, forward, loss_value
from mlp.activations import ACTIVATIONS
from mlp.losses import LOSSES
from mlp.outputs import OUTPUTS

autograd, anp, special = map(pytest.importorskip, ("autograd", "autograd.numpy", "autograd.scipy.special"))
expit = special.expit

# Written out once more, in another form than the library's where there is one
G = {
    "tanh": lambda z: 2.0 * expit(2.0 * z) - 1.0,
    "logistic": lambda z: 0.5 + 0.5 * anp.tanh(z / 2.0),
    "relu": lambda z: anp.where(z > 0.0, z, 0.0),
    "identity": lambda z: z,
    "leaky_relu": lambda z: anp.where(z > 0.0, z, 0.01 * z),
    "elu": lambda z: anp.where(z > 0.0, z, anp.exp(anp.minimum(z, 0.0)) - 1.0),
    "softplus": lambda z: anp.logaddexp(0.0, z),
    "gelu": lambda z: 0.5 * z * (1.0 + special.erf(z / np.sqrt(2.0))),
}
OUTPUT = {
    "linear": lambda z: z,
    "logistic": expit,
    "tanh": anp.tanh,
    "softmax": lambda z: anp.exp(z - special.logsumexp(z, axis=1, keepdims=True)),
}
PARTS = {"mean_": lambda n: 1.0 / n, "summed_": lambda n: 1.0}  # of the sum of squares; half of it without a name


def written_out(loss, p, Y, weights):
    """Return the weighted sum of a loss over a batch, from the outputs."""
    if loss == "cross_entropy":
        each = -anp.sum(Y * anp.log(p), axis=1)
    elif loss == "binary_cross_entropy":
        each = -anp.sum(Y * anp.log(p) + (1.0 - Y) * anp.log(1.0 - p), axis=1)
    else:
        factor = next((of(Y.shape[1]) for name, of in PARTS.items() if name in loss), 0.5)
        each = factor * anp.sum((p - Y) ** 2, axis=1)
    return anp.sum(weights * each)


def by_autograd(network, X, Y, weights, alpha, n):
    """Return loss and gradients of the mean: W and b of each layer."""

    def loss(parameters):
        h = X
        for W, b in parameters[:-1]:
            h = G[network.hidden](anp.dot(h, W.T) + b)
        W, b = parameters[-1]
        p = OUTPUT[LOSSES[network.loss].outputs](anp.dot(h, W.T) + b)
        penalty = 0.5 * alpha * sum(anp.sum(W**2) for W, _ in parameters)
        return (written_out(network.loss, p, Y, weights) + penalty) / n

    parameters = [(layer.W, layer.b) for layer in network.layers]
    return loss(parameters), autograd.grad(loss)(parameters)


def random_problem(seed, hidden, loss):
    """Return a network with biases, inputs, targets and weights, of sizes drawn at random."""
    rng = np.random.default_rng(seed)
    sizes = [int(size) for size in rng.integers(1, 7, size=rng.integers(2, 6))]
    layers = [Layer(0.6 * rng.normal(size=(m, k)), rng.normal(size=m)) for k, m in zip(sizes, sizes[1:], strict=False)]
    n = int(rng.integers(1, 9))
    return Network(tuple(layers), hidden, loss), rng.normal(size=(n, sizes[0])), rng.random((n, sizes[-1])), rng


def largest_gap(network, X, Y, weights, alpha):
    """Return the largest difference of loss and gradients, relative to the largest of each."""
    value, gradients = by_autograd(network, X, Y, weights, alpha, weights.sum())
    how = {"reduction": "mean", "alpha": alpha, "weights": weights}
    forward_pass = forward(network, X)
    ours = backward(network, forward_pass, Y, **how)
    gaps = [abs(loss_value(network, forward_pass, Y, **how) - value) / max(1.0, abs(value))]
    for (W, b), own_W, own_b in zip(gradients, ours.W, ours.b, strict=True):
        gaps += [np.abs(a - own).max() / max(1.0, np.abs(a).max()) for a, own in ((W, own_W), (b, own_b))]
    return max(gaps)


CHOICES = [(hidden, loss) for hidden in sorted(ACTIVATIONS) for loss in sorted(LOSSES)]
REPEATS = -(-200 // len(CHOICES))  # 200 networks at the least


@pytest.mark.parametrize(("hidden", "loss"), CHOICES)
def test_every_gradient_is_that_of_automatic_differentiation(hidden, loss):
    assert hidden in G
    assert LOSSES[loss].outputs in OUTPUT
    for seed in range(REPEATS):
        network, X, Y, rng = random_problem(seed, hidden, loss)
        assert largest_gap(network, X, Y, rng.random(len(X)) + 0.1, float(rng.choice([0.0, 0.3]))) < 1e-11, seed


def test_every_choice_is_written_out():
    assert set(ACTIVATIONS) <= set(G)
    assert set(OUTPUTS) <= set(OUTPUT)
    assert REPEATS * len(CHOICES) >= 200


def test_the_comparison_says_no_to_another_slope(monkeypatch):
    monkeypatch.setitem(G, "tanh", lambda z: anp.tanh(1.000001 * z))
    network, X, Y, _ = random_problem(3, "tanh", "squared_error")
    assert largest_gap(network, X, Y, np.ones(len(X)), 0.0) > 1e-9

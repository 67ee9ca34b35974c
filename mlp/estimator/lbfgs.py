"""L-BFGS: SciPy's minimiser on the loss and the gradient that every other solver has."""

from collections.abc import Callable, Sequence

import numpy as np
import scipy.optimize

from mlp.arrays import Array
from mlp.network import Layer, Network, backward, forward, loss_value


def minimise(
    network: Network,
    X: Array,
    Y: Array,
    weights: Array | None,
    *,
    alpha: float,
    tol: float,
    max_iter: int,
    max_fun: int,
    after_iteration: Callable[[int, float, Network], object],
) -> str | None:
    """Minimise the mean loss on all examples, penalty included; return why it gave up, None if it did not.

    Parameters
    ----------
    network : Network
        Where to start.
    X, Y : arrays of shape (n, n_0), (n, n_L)
    weights : array of shape (n,) or None
        How often each example counts.
    alpha : float
        The penalty's.
    tol : float
        It ends where no entry of the gradient is above it.
    max_iter, max_fun : int
        Iterations and evaluations of the loss at the most.
    after_iteration : callable
        Given the number of iterations, the loss and the network after each one; the last one is the result.
    """
    made = [0]

    def loss_and_gradient(theta: Array) -> tuple[float, Array]:
        at = unpacked(theta, network)
        with np.errstate(all="ignore"):
            forward_pass = forward(at, X)
            gradients = backward(at, forward_pass, Y, reduction="mean", alpha=alpha, weights=weights)
            loss = loss_value(at, forward_pass, Y, reduction="mean", alpha=alpha, weights=weights)
        return loss, packed(gradients.W, gradients.b)

    def after(intermediate_result) -> None:
        made[0] += 1
        loss, theta = float(intermediate_result.fun), intermediate_result.x
        after_iteration(made[0], loss, unpacked(theta, network))

    start = packed([layer.W for layer in network.layers], [layer.b for layer in network.layers])
    options = {"maxiter": max_iter, "maxfun": max_fun, "gtol": tol}
    found = scipy.optimize.minimize(
        loss_and_gradient, start, method="L-BFGS-B", jac=True, options=options, callback=after
    )
    if made[0] == 0:  # the start is a minimum, or one evaluation was all
        after_iteration(0, float(found.fun), unpacked(found.x, network))
    return None if found.status == 0 else str(found.message)


def packed(W: Sequence[Array], b: Sequence[Array]) -> Array:
    """Return all parameters as one vector, in scikit-learn's order: every W transposed, then every b."""
    return np.concatenate([part.T.ravel() for part in W] + list(b))


def unpacked(theta: Array, like: Network) -> Network:
    """Return the network whose parameters `packed` made this vector of."""
    sizes = list(zip(like.sizes, like.sizes[1:], strict=False))
    ends = np.cumsum([n_in * n_out for n_in, n_out in sizes] + [n_out for _, n_out in sizes])
    parts = np.split(theta, ends[:-1])
    layers = (
        Layer(W.reshape(size).T, b) for W, b, size in zip(parts[: len(sizes)], parts[len(sizes) :], sizes, strict=True)
    )
    return Network(tuple(layers), like.hidden, like.loss)

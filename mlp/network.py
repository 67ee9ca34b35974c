"""The network and its two passes: forward keeps every z and h, backward returns every derivative of the loss."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import SupportsIndex, overload

import numpy as np

from mlp.activations import ACTIVATIONS
from mlp.arrays import Array, frozen_array
from mlp.initialisation import INITS, Rng
from mlp.losses import LOSSES

REDUCTIONS = ("sum", "mean")


class ByLayer(tuple[Array, ...]):
    """One array a layer, numbered as on the sheet: `q[1]` is layer 1's, `q[-1]` the last one's.

    A slice goes by the same numbers, `q[2:]` is layer 2 and those above it, and comes out as a plain tuple. Iterating
    goes from layer 1 to layer L, so it zips with `network.layers`.
    """

    @overload
    def __getitem__(self, layer: SupportsIndex, /) -> Array: ...

    @overload
    def __getitem__(self, layer: slice, /) -> tuple[Array, ...]: ...

    def __getitem__(self, layer: SupportsIndex | slice, /) -> Array | tuple[Array, ...]:
        if layer == 0 or (isinstance(layer, slice) and layer.start == 0):
            raise IndexError(f"Layers are numbered 1 to {len(self)} as on the sheet; got 0 (the inputs are h[0]).")
        if isinstance(layer, slice):
            return tuple(self[l] for l in range(len(self) + 1)[layer] if l > 0)
        number = layer.__index__()
        return super().__getitem__(number - 1 if number > 0 else number)

    def __reversed__(self) -> Iterator[Array]:
        # Python would go by the numbers L-1 to 0, which are not ours
        return (self[l] for l in range(len(self), 0, -1))


@dataclass(frozen=True, eq=False)
class Layer:
    """A layer's parameters: z = W h + b.

    Parameters
    ----------
    W : array of shape (n_out, n_in)
        Weights, a row per unit of this layer.
    b : array of shape (n_out,)
        Biases.

    Raises
    ------
    ValueError
        If the shapes do not belong together.

    Examples
    --------
    >>> from mlp import Layer
    >>> layer = Layer(W=[[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]], b=[0.0, 0.1])
    >>> layer.W.shape
    (2, 3)
    >>> Layer(W=[[0.1, 0.2, 0.3]], b=[0.0, 0.1])
    Traceback (most recent call last):
        ...
    ValueError: Layer needs W (n_out, n_in) and b (n_out,); got W (1, 3), b (2,).
    """

    W: Array
    b: Array

    def __post_init__(self) -> None:
        object.__setattr__(self, "W", frozen_array(self.W))
        object.__setattr__(self, "b", frozen_array(self.b))
        if self.W.ndim != 2 or self.b.shape != (self.W.shape[0],) or 0 in self.W.shape:
            raise ValueError(f"Layer needs W (n_out, n_in) and b (n_out,); got W {self.W.shape}, b {self.b.shape}.")

    def __reduce__(self) -> tuple[type["Layer"], tuple[Array, Array]]:
        # Made anew, a copy is read-only too: NumPy's own way of pickling forgets that an array was
        return Layer, (self.W, self.b)


@dataclass(frozen=True, eq=False)
class Network:
    """A multilayer perceptron.

    Parameters
    ----------
    layers : sequence of Layer
        Layer 1 to layer L; layer l's `n_in` is layer l-1's `n_out`.
    hidden : str
        The activation of every hidden layer, one of `mlp.activations.ACTIVATIONS`: "tanh", "logistic", "relu", ...
    loss : str
        One of `mlp.losses.LOSSES`: "squared_error", "cross_entropy", ... It owns the output activation.

    Raises
    ------
    ValueError
        If there is no layer, neighbours do not fit, or a name is unknown.

    Examples
    --------
    >>> from mlp import Layer, Network
    >>> hidden, output = Layer([[0.1, 0.2], [0.3, 0.4]], [0.0, 0.0]), Layer([[0.5, 0.6]], [0.1])
    >>> Network([hidden, output], hidden="tanh", loss="squared_error").sizes
    (2, 2, 1)
    """

    layers: tuple[Layer, ...]
    hidden: str = "tanh"
    loss: str = "cross_entropy"

    def __post_init__(self) -> None:
        object.__setattr__(self, "layers", tuple(self.layers))
        if not self.layers:
            raise ValueError("Network needs at least one layer; got none.")
        for l, (below, above) in enumerate(zip(self.layers, self.layers[1:], strict=False), start=1):
            if above.W.shape[1] != below.W.shape[0]:
                raise ValueError(
                    f"Network needs layer {l + 1} to take the {below.W.shape[0]} outputs of layer {l}; "
                    f"its W is {above.W.shape}."
                )
        require_choice("hidden", self.hidden, ACTIVATIONS)
        require_choice("loss", self.loss, LOSSES)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Units of each layer, the inputs first: (4, 4, 3, 3) on the sheet."""
        return (self.layers[0].W.shape[1], *(layer.W.shape[0] for layer in self.layers))


@dataclass(frozen=True, eq=False)
class ForwardPass:
    """Every quantity of a forward pass over a batch of n examples.

    Attributes
    ----------
    z : ByLayer of arrays (n, n_l)
        `z[l]`, l = 1 to L.
    h : tuple of arrays (n, n_l)
        `h[l]`, l = 0 to L; `h[0]` is X.

    Examples
    --------
    >>> from mlp import forward
    >>> from mlp.exercises import sheet_exercise
    >>> exercise = sheet_exercise("q1")
    >>> forward_pass = forward(exercise.network, exercise.X)
    >>> forward_pass.z[1].shape, forward_pass.h[1].shape, forward_pass.output.shape
    ((2, 4), (2, 4), (2, 3))
    """

    z: ByLayer
    h: tuple[Array, ...]

    @property
    def output(self) -> Array:
        """The network's output, y-hat or p, (n, n_L)."""
        return self.h[-1]


@dataclass(frozen=True, eq=False)
class Gradients:
    """Every derivative of the batch's loss, numbered by layer from 1 to L.

    Attributes
    ----------
    z : ByLayer of arrays (n, n_l)
        dL/dz[l], the deltas.
    h : ByLayer of arrays (n, n_l)
        dL/dh[l].
    W : ByLayer of arrays (n_l, n_{l-1})
        dL/dW[l].
    b : ByLayer of arrays (n_l,)
        dL/db[l].

    Examples
    --------
    >>> from mlp import backward, forward
    >>> from mlp.exercises import sheet_exercise
    >>> exercise = sheet_exercise("q1")
    >>> gradients = backward(exercise.network, forward(exercise.network, exercise.X), exercise.Y)
    >>> gradients.z[3].shape, gradients.W[3].shape, gradients.b[3].shape
    ((2, 3), (3, 3), (3,))
    """

    z: ByLayer
    h: ByLayer
    W: ByLayer
    b: ByLayer


def init_network(
    sizes: Sequence[int],
    *,
    hidden: str = "tanh",
    loss: str = "cross_entropy",
    init: str = "glorot_uniform",
    rng: Rng,
) -> Network:
    """Return a network with random parameters, by default drawn as scikit-learn's `MLPClassifier` draws them.

    Weights and biases are uniform in +-sqrt(6 / (n_in + n_out)), with 2 instead of 6 for logistic units
    (Glorot and Bengio, 2010). With `rng = numpy.random.RandomState(seed)` they are the very numbers
    of `MLPClassifier(random_state=seed)`.

    Parameters
    ----------
    sizes : sequence of at least two positive int
        Units of each layer, inputs first.
    hidden, loss : str
        As in `Network`.
    init : {"glorot_uniform", "normal"}
        One of `INITS`; "normal" has weights of standard deviation 0.1 and biases of zero.
    rng : numpy Generator or RandomState
        The source of randomness; it is advanced.

    Returns
    -------
    Network

    Raises
    ------
    ValueError
        If there are fewer than two sizes, one is no whole number from 1, or a name is unknown.

    Examples
    --------
    >>> import numpy as np
    >>> from mlp import init_network
    >>> network = init_network((64, 50, 10), rng=np.random.RandomState(1))
    >>> network.sizes, network.hidden, network.loss
    ((64, 50, 10), 'tanh', 'cross_entropy')
    """
    if len(sizes) < 2 or not all(isinstance(size, int | np.integer) and size >= 1 for size in sizes):
        raise ValueError(f"init_network needs two or more sizes of at least 1 unit, such as (64, 50, 10); got {sizes}.")
    require_choice("hidden", hidden, ACTIVATIONS)
    require_choice("init", init, INITS)
    draw, factor = INITS[init], ACTIVATIONS[hidden].init_factor
    pairs = zip(sizes, sizes[1:], strict=False)
    return Network(tuple(Layer(*draw(n_in, n_out, factor, rng)) for n_in, n_out in pairs), hidden=hidden, loss=loss)


def forward(network: Network, X: Array) -> ForwardPass:
    """Return every z and h of the network for a batch.

    Parameters
    ----------
    network : Network
    X : array of shape (n, n_0), or (n_0,) for one example

    Returns
    -------
    ForwardPass

    Raises
    ------
    ValueError
        If X does not have n_0 columns.

    Examples
    --------
    >>> from mlp import forward
    >>> from mlp.exercises import sheet_exercise
    >>> network = sheet_exercise("q1").network
    >>> forward_pass = forward(network, [1.0, 0.0, 1.0, 0.0])
    >>> forward_pass.z[1].round(3), forward_pass.h[1].round(3)
    (array([[0.3, 0.3, 0.3, 0.3]]), array([[0.291, 0.291, 0.291, 0.291]]))
    """
    g = ACTIVATIONS[network.hidden].f
    z, h = [], [batch_of("X", X, network.sizes[0])]
    for layer in network.layers:
        z.append(h[-1] @ layer.W.T + layer.b)
        h.append(g(z[-1]))
    h[-1] = LOSSES[network.loss].output(z[-1])
    return ForwardPass(z=ByLayer(z), h=tuple(h))


def loss_value(
    network: Network,
    forward_pass: ForwardPass,
    Y: Array,
    *,
    reduction: str = "sum",
    alpha: float = 0.0,
    weights: Array | None = None,
) -> float:
    """Return the batch's loss, summed over its examples as on the sheet or averaged as in training.

    Parameters
    ----------
    network : Network
    forward_pass : ForwardPass
        Of the n examples that `Y` belongs to.
    Y : array of shape (n, n_L), or (n_L,) for one example
        Targets.
    reduction : {"sum", "mean"}
        The mean is the sum divided by n, the penalty included.
    alpha : float
        Adds alpha / 2 * ||W||^2 to the sum, which is scikit-learn's alpha / 2n * ||W||^2 in the mean; biases are free.
    weights : array of shape (n,), optional
        How often each example counts, once by default; the mean is then the sum divided by their sum.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If Y does not have a row for each example, or `reduction` is unknown.

    Examples
    --------
    >>> from mlp import forward, loss_value
    >>> from mlp.exercises import sheet_exercise
    >>> exercise = sheet_exercise("q1")
    >>> forward_pass = forward(exercise.network, exercise.X)
    >>> round(loss_value(exercise.network, forward_pass, exercise.Y), 6)
    0.729261
    >>> round(loss_value(exercise.network, forward_pass, exercise.Y, reduction="mean"), 6)
    0.36463
    """
    Y = targets_of(Y, forward_pass)
    weights = np.ones(len(Y)) if weights is None else weights
    total = weights @ LOSSES[network.loss].value(forward_pass.z[-1], Y) + penalty(network, alpha)
    return float(total * batch_scale(reduction, weights.sum()))


def penalty(network: Network, alpha: float) -> float:
    """Return alpha / 2 * ||W||^2 over all layers, biases free."""
    return 0.5 * alpha * sum(np.vdot(layer.W, layer.W) for layer in network.layers) if alpha else 0.0


def backward(
    network: Network,
    forward_pass: ForwardPass,
    Y: Array,
    *,
    reduction: str = "sum",
    alpha: float = 0.0,
    weights: Array | None = None,
) -> Gradients:
    """Return the derivatives of `loss_value` by every z, h, W and b.

    The recursion is the sheet's: dL/dW[l] = dL/dz[l] h[l-1]^T, dL/db[l] = dL/dz[l], dL/dh[l] = W[l+1]^T dL/dz[l+1] and
    dL/dz[l] = dL/dh[l] * g'(z[l]), with a row an example.

    Parameters
    ----------
    network, forward_pass, Y, reduction, alpha, weights
        As in `loss_value`.

    Returns
    -------
    Gradients

    Raises
    ------
    ValueError
        If Y does not have a row for each example, or `reduction` is unknown.

    Examples
    --------
    >>> from mlp import backward, forward
    >>> from mlp.exercises import sheet_exercise
    >>> exercise = sheet_exercise("q2")
    >>> gradients = backward(exercise.network, forward(exercise.network, exercise.X[0]), exercise.Y[0])
    >>> gradients.z[3].round(4)
    array([[ 0.3333, -0.6667,  0.3333]])
    """
    Y = targets_of(Y, forward_pass)
    weights = np.ones(len(Y)) if weights is None else weights
    scale = batch_scale(reduction, weights.sum())
    share = scale * weights[:, np.newaxis]
    loss, g_prime = LOSSES[network.loss], ACTIVATIONS[network.hidden].derivative
    dh = [share * loss.output_gradient(forward_pass.output, Y)]
    dz = [share * loss.delta(forward_pass.z[-1], Y)]
    W = ByLayer(layer.W for layer in network.layers)
    for l in range(len(network.layers) - 1, 0, -1):
        dh.append(dz[-1] @ W[l + 1])
        dz.append(dh[-1] * g_prime(forward_pass.z[l], forward_pass.h[l]))
    dz.reverse()
    dh.reverse()
    dW = [delta.T @ h for delta, h in zip(dz, forward_pass.h, strict=False)]
    if alpha:
        dW = [grad + scale * alpha * layer.W for grad, layer in zip(dW, network.layers, strict=True)]
    return Gradients(z=ByLayer(dz), h=ByLayer(dh), W=ByLayer(dW), b=ByLayer(delta.sum(axis=0) for delta in dz))


def predict(network: Network, X: Array) -> Array:
    """Return the index of the largest output of each example, (n,) int.

    Returns
    -------
    int array of shape (n,)

    Raises
    ------
    ValueError
        If X does not have n_0 columns.

    Examples
    --------
    >>> from mlp import Layer, Network, predict
    >>> network = Network([Layer([[1.0, 0.0], [0.0, 1.0]], [0.0, 0.0])])
    >>> predict(network, [[3.0, 1.0], [0.0, 2.0]])
    array([0, 1])
    """
    return np.argmax(forward(network, X).output, axis=1)


def batch_of(name: str, values: Array, columns: int) -> Array:
    """Return values as a float64 batch (n, columns); one example (columns,) becomes a batch of one."""
    batch = np.asarray(values, dtype=np.float64)
    batch = batch[np.newaxis] if batch.ndim == 1 else batch
    if batch.ndim != 2 or batch.shape[1] != columns or len(batch) == 0:
        raise ValueError(f"{name} needs shape (n, {columns}), a row an example, at least one; got {np.shape(values)}.")
    return batch


def targets_of(Y: Array, forward_pass: ForwardPass) -> Array:
    """Return Y as a batch (n, n_L) that has a row for each example of the forward pass."""
    n, columns = forward_pass.output.shape
    Y = batch_of("Y", Y, columns)
    if len(Y) != n:
        raise ValueError(f"Y needs a row for each of the {n} examples of the forward pass; got {len(Y)}.")
    return Y


def batch_scale(reduction: str, n: float) -> float:
    """Return the factor of the batch's sum: 1 for "sum", 1/n for "mean"."""
    require_choice("reduction", reduction, REDUCTIONS)
    return 1.0 if reduction == "sum" else 1.0 / n


def require_choice(name: str, value: str, choices: Collection[str]) -> None:
    """Raise a ValueError that lists the choices if value is none of them."""
    if value not in choices:
        raise ValueError(f"{name} needs one of {', '.join(choices)}; got {value!r}.")

"""One update of all parameters: plain gradient descent, and momentum and Adam as scikit-learn defines them."""

from dataclasses import dataclass, replace

import numpy as np

from mlp.arrays import Array
from mlp.network import Gradients, Layer, Network

Velocity = tuple[Layer, ...]


@dataclass(frozen=True, eq=False)
class Memory:
    """What an update remembers of those before.

    Attributes
    ----------
    velocity : tuple of Layer
        Momentum's v; with Adam the running mean of the gradients, m.
    squares : tuple of Layer
        Adam's running mean of their squares, v; empty with another solver.
    updates : int
        Made so far, Adam's t.
    slowdown : float
        What the schedule has divided eta by.
    """

    velocity: Velocity
    squares: Velocity = ()
    updates: int = 0
    slowdown: float = 1.0


def no_memory(network: Network, solver: str = "sgd") -> Memory:
    """Return the memory before the first update."""
    zero = zero_velocity(network)
    return Memory(zero, zero if solver == "adam" else ())


def sgd_step(network: Network, gradients: Gradients, learning_rate: float) -> Network:
    """Return a new network after W <- W - eta dL/dW, b <- b - eta dL/db in every layer.

    Parameters
    ----------
    network : Network
    gradients : Gradients
        Of a loss of this network.
    learning_rate : float
        eta.

    Returns
    -------
    Network

    Examples
    --------
    >>> from mlp import backward, forward, sgd_step
    >>> from mlp.exercises import sheet_exercise
    >>> exercise = sheet_exercise("q1")
    >>> X, Y = exercise.X[:1], exercise.Y[:1]
    >>> gradients = backward(exercise.network, forward(exercise.network, X), Y)
    >>> sgd_step(exercise.network, gradients, 0.1).layers[0].W[0].round(8)
    array([0.10133158, 0.1       , 0.10133158, 0.1       ])
    """
    layers = (
        Layer(layer.W - learning_rate * dW, layer.b - learning_rate * db)
        for layer, dW, db in zip(network.layers, gradients.W, gradients.b, strict=True)
    )
    return Network(tuple(layers), network.hidden, network.loss)


def zero_velocity(network: Network) -> Velocity:
    """Return a velocity of 0 for every parameter: one Layer a layer."""
    return tuple(Layer(np.zeros_like(layer.W), np.zeros_like(layer.b)) for layer in network.layers)


def momentum_step(
    network: Network,
    velocity: Velocity,
    gradients: Gradients,
    learning_rate: float,
    *,
    momentum: float,
    nesterovs_momentum: bool = False,
) -> tuple[Network, Velocity]:
    """Return the network and the velocity after one step with momentum.

    v <- momentum v - eta dL/dW and W <- W + v; with Nesterov's momentum W <- W + momentum v - eta dL/dW with the new v
    (Sutskever et al., 2013, as in scikit-learn's `SGDOptimizer`).

    Parameters
    ----------
    network : Network
    velocity : Velocity
        Of the step before; `zero_velocity` to begin with.
    gradients : Gradients
        Of a loss of this network.
    learning_rate : float
        eta.
    momentum : float
        From 0, which is plain descent, to below 1.
    nesterovs_momentum : bool
        Whether the step looks ahead.

    Returns
    -------
    network : Network
    velocity : Velocity

    Examples
    --------
    >>> from mlp import backward, forward, momentum_step
    >>> from mlp.exercises import sheet_exercise
    >>> from mlp.optimizers import zero_velocity
    >>> exercise = sheet_exercise("q1")
    >>> network, velocity = exercise.network, zero_velocity(exercise.network)
    >>> for step in range(2):
    ...     gradients = backward(network, forward(network, exercise.X), exercise.Y)
    ...     network, velocity = momentum_step(network, velocity, gradients, 0.1, momentum=0.9)
    >>> velocity[2].b.round(4)
    array([-0.0638,  0.102 ,  0.0985])
    """
    new_velocity = _fall(velocity, gradients, learning_rate, momentum)
    step = _fall(new_velocity, gradients, learning_rate, momentum) if nesterovs_momentum else new_velocity
    layers = (Layer(layer.W + v.W, layer.b + v.b) for layer, v in zip(network.layers, step, strict=True))
    return Network(tuple(layers), network.hidden, network.loss), new_velocity


def _fall(velocity: Velocity, gradients: Gradients, learning_rate: float, momentum: float) -> Velocity:
    """Return momentum v - eta g for every parameter."""
    return tuple(
        Layer(momentum * v.W - learning_rate * dW, momentum * v.b - learning_rate * db)
        for v, dW, db in zip(velocity, gradients.W, gradients.b, strict=True)
    )


def adam_step(
    network: Network,
    memory: Memory,
    gradients: Gradients,
    learning_rate: float,
    *,
    beta_1: float = 0.9,
    beta_2: float = 0.999,
    epsilon: float = 1e-8,
) -> tuple[Network, Memory]:
    """Return the network and the memory after one step of Adam.

    m <- beta_1 m + (1 - beta_1) g, v <- beta_2 v + (1 - beta_2) g^2 and W <- W - eta_t m / (sqrt v + epsilon) with
    eta_t = eta sqrt(1 - beta_2^t) / (1 - beta_1^t) (Kingma and Ba, 2015, end of section 2).
    """
    pairs = tuple(zip(gradients.W, gradients.b, strict=True))
    mean = _blend(memory.velocity, pairs, beta_1)
    squares = _blend(memory.squares, tuple((dW**2, db**2) for dW, db in pairs), beta_2)
    eta = adam_rate(learning_rate, memory.updates + 1, beta_1, beta_2)
    layers = (
        Layer(layer.W - eta * m.W / (np.sqrt(v.W) + epsilon), layer.b - eta * m.b / (np.sqrt(v.b) + epsilon))
        for layer, m, v in zip(network.layers, mean, squares, strict=True)
    )
    after = replace(memory, velocity=mean, squares=squares, updates=memory.updates + 1)
    return Network(tuple(layers), network.hidden, network.loss), after


def adam_rate(learning_rate: float, t: int, beta_1: float, beta_2: float) -> float:
    """Return eta_t, which makes up for the zeros that both means began with."""
    return learning_rate * np.sqrt(1.0 - beta_2**t) / (1.0 - beta_1**t)


def _blend(old: Velocity, new: tuple[tuple[Array, Array], ...], beta: float) -> Velocity:
    """Return beta old + (1 - beta) new for every parameter."""
    return tuple(
        Layer(beta * a.W + (1.0 - beta) * W, beta * a.b + (1.0 - beta) * b) for a, (W, b) in zip(old, new, strict=True)
    )

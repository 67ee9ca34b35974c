"""Many steps from the exercise's start: the same batch again and again, or one example after the other."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mlp.arrays import Array
from mlp.exercises.exercise import Exercise
from mlp.exercises.solve import Worked, step_of, worked
from mlp.network import Gradients, Network
from mlp.optimizers import Velocity


@dataclass(frozen=True, eq=False)
class Descent:
    """A path of gradient descent with P parameters and k steps that were possible.

    Attributes
    ----------
    names : tuple of P str
        Each parameter's name: "W[1] row 1, column 2", "b[1] entry 3".
    losses : array of shape (k + 1,)
        The loss of all examples that take part, before the first step and after each.
    parameters : array of shape (k + 1, P)
    predicted : array of shape (k,)
        -eta |g|^2, with momentum g v: how the loss would change in each step if it were as straight as its slope.
    network : Network
        After the last step.
    velocity : tuple of Layer
        After the last step.
    stopped : str
        Why there are fewer steps than were asked for, as a sentence; empty where there are not.
    """

    names: tuple[str, ...]
    losses: Array
    parameters: Array
    predicted: Array
    network: Network
    velocity: Velocity
    stopped: str = ""

    @property
    def real(self) -> Array:
        """How the loss changed in each step, (k,)."""
        return np.diff(self.losses)


def descend(exercise: Exercise, steps: int) -> Descent:
    """Return the path of so many steps of the exercise, each from where the one before it ended.

    Parameters
    ----------
    exercise : Exercise
    steps : int
        0 or more. Where a number overflows, the path ends at the last step before that.
    """
    return followed(exercise, [exercise.selected] * steps)


def one_by_one(exercise: Exercise) -> Descent:
    """Return the path of one SGD step with each example, in turn; its losses are those of the whole batch."""
    return followed(exercise, [(example,) for example in exercise.selected])


def followed(exercise: Exercise, turns: list[tuple[int, ...]]) -> Descent:
    """Return the path of a step with each turn's examples, with the losses of the exercise's batch."""
    whole = exercise.selected
    now = passes_of(exercise, exercise.network, whole)
    networks, losses, predicted, stopped = [exercise.network], [now.loss], [], ""
    velocity = exercise.velocity_before
    for count, selected in enumerate(turns, start=1):
        down = now if selected == whole else passes_of(exercise, networks[-1], selected)
        network, falling = step_of(exercise, networks[-1], down, velocity)
        now = passes_of(exercise, network, whole)
        if not (math.isfinite(losses[-1]) and math.isfinite(now.loss) and np.isfinite(vector(network)).all()):
            stopped = f"Step {count} overflows: a number gets too large. Take a smaller learning rate or weights."
            break
        networks.append(network)
        velocity = falling
        losses.append(now.loss)
        predicted.append(straight_change(exercise, down.gradients, velocity))
    parameters = np.array([vector(network) for network in networks])
    names = parameter_names(exercise.network)
    return Descent(names, np.array(losses), parameters, np.array(predicted), networks[-1], velocity, stopped)


def passes_of(exercise: Exercise, network: Network, selected: tuple[int, ...]) -> Worked:
    """Return both passes of another network over some of the exercise's examples."""
    rows = list(selected)
    return worked(exercise, network, exercise.X[rows], exercise.Y[rows])


def straight_change(exercise: Exercise, gradients: Gradients, velocity: Velocity) -> float:
    """Return how a step would change the loss if it were as straight as its slope: -eta |g|^2, with momentum g v."""
    if not exercise.momentum:
        return -exercise.learning_rate * squared_slope(exercise, gradients)
    weights = ((dW, v.W) for dW, v in zip(gradients.W, velocity, strict=True))
    biases = () if exercise.biases_fixed else ((db, v.b) for db, v in zip(gradients.b, velocity, strict=True))
    with np.errstate(over="ignore", invalid="ignore"):
        return float(sum(np.vdot(gradient, step) for gradient, step in (*weights, *biases)))


def squared_slope(exercise: Exercise, gradients: Gradients) -> float:
    """Return |g|^2, the sum of the squares of all derivatives by parameters that move."""
    moving = (*gradients.W,) if exercise.biases_fixed else (*gradients.W, *gradients.b)
    with np.errstate(over="ignore"):
        return float(sum(np.vdot(gradient, gradient) for gradient in moving))


def vector(network: Network) -> Array:
    """Return all parameters as one vector (P,): W[1] row by row, b[1], W[2], ..."""
    return np.concatenate([values.ravel() for layer in network.layers for values in (layer.W, layer.b)])


def parameter_names(network: Network) -> tuple[str, ...]:
    """Return the name of each parameter, in the order of `vector`."""
    return tuple(name for l, layer in enumerate(network.layers, start=1) for name in layer_names(l, *layer.W.shape))


def layer_names(l: int, rows: int, columns: int) -> Iterator[str]:
    """Yield the names of a layer's weights, row by row, and of its biases."""
    for i, j in np.ndindex(rows, columns):
        yield f"W[{l}] row {i + 1}, column {j + 1}"
    for i in range(rows):
        yield f"b[{l}] entry {i + 1}"

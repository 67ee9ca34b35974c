"""The solution of an exercise: both passes, the step, and the loss before and after."""

from dataclasses import dataclass, replace

import numpy as np

from mlp.activations import ACTIVATIONS
from mlp.arrays import Array
from mlp.exercises.exercise import Exercise
from mlp.losses import LOSSES
from mlp.network import ForwardPass, Gradients, Layer, Network, backward, forward, loss_value
from mlp.optimizers import sgd_step

NOISE = 1e-15


@dataclass(frozen=True, eq=False)
class Solution:
    """An exercise worked out, for the n examples that take part.

    Attributes
    ----------
    exercise : Exercise
    X, Y : arrays of shape (n, n_0), (n, n_L)
        The examples that take part.
    forward_pass : ForwardPass
        Every z and h before the step.
    gradients : Gradients
        Of the batch's loss: summed over the examples, or averaged, as the exercise says.
    losses : array of shape (n,)
        Each example's own loss before the step.
    loss : float
        The batch's loss before the step.
    network : Network
        The parameters after the step.
    forward_pass_after : ForwardPass
        Every z and h after the step.
    loss_after : float
        The batch's loss after the step.

    Examples
    --------
    >>> from mlp.exercises import sheet_exercise, solve
    >>> solution = solve(sheet_exercise("q1"))
    >>> round(solution.loss, 6), round(solution.loss_after, 6)
    (0.376364, 0.294343)
    >>> solution.network.layers[2].b.round(4)
    array([0.0836, 0.1836, 0.0836])
    """

    exercise: Exercise
    X: Array
    Y: Array
    forward_pass: ForwardPass
    gradients: Gradients
    losses: Array
    loss: float
    network: Network
    forward_pass_after: ForwardPass
    loss_after: float


def solve(exercise: Exercise) -> Solution:
    """Return the exercise worked out; where its numbers overflow, the solution holds inf or nan, without a warning.

    Parameters
    ----------
    exercise : Exercise

    Returns
    -------
    Solution

    Examples
    --------
    >>> from dataclasses import replace
    >>> from mlp.exercises import sheet_exercise, solve
    >>> batch = replace(sheet_exercise("q1"), selected=(0, 1))
    >>> solve(batch).losses.round(4), round(solve(batch).loss, 4)
    (array([0.3764, 0.3529]), 0.7293)
    """
    before, rows, reduction = exercise.network, list(exercise.selected), exercise.reduction
    X, Y = exercise.X[rows], exercise.Y[rows]
    with np.errstate(all="ignore"):
        forward_pass = forward(before, X)
        gradients = backward(before, forward_pass, Y, reduction=reduction)
        after = step_of(exercise, before, gradients)
        forward_pass_after = forward(after, X)
        return Solution(
            exercise=exercise,
            X=X,
            Y=Y,
            forward_pass=forward_pass,
            gradients=gradients,
            losses=LOSSES[before.loss].value(forward_pass.z[-1], Y),
            loss=loss_value(before, forward_pass, Y, reduction=reduction),
            network=after,
            forward_pass_after=forward_pass_after,
            loss_after=loss_value(after, forward_pass_after, Y, reduction=reduction),
        )


def step_of(exercise: Exercise, network: Network, gradients: Gradients) -> Network:
    """Return a network after the exercise's step down these gradients of it."""
    after = sgd_step(network, gradients, exercise.learning_rate)
    if not exercise.biases_fixed:
        return after
    pairs = zip(after.layers, network.layers, strict=True)
    return replace(after, layers=tuple(Layer(new.W, old.b) for new, old in pairs))


def only_last_layer_moves(solution: Solution) -> bool:
    """Return whether no gradient reaches the layers below the last one, as where question 2's weights are equal.

    Returns
    -------
    bool

    Examples
    --------
    >>> from mlp.exercises import only_last_layer_moves, sheet_exercise, solve
    >>> only_last_layer_moves(solve(sheet_exercise("q1"))), only_last_layer_moves(solve(sheet_exercise("q2")))
    (False, True)
    """
    below = tuple(solution.gradients.z)[:-1]
    moves = np.abs(solution.gradients.z[-1]).max() > NOISE
    return bool(below) and moves and all(np.abs(delta).max() < NOISE for delta in below)


def stands_on_kink(solution: Solution) -> bool:
    """Return whether a hidden unit's z is exactly at a kink of its activation, where that has no derivative.

    Returns
    -------
    bool

    Examples
    --------
    >>> from mlp.exercises import random_exercise, solve, stands_on_kink
    >>> stands_on_kink(solve(random_exercise(1, hidden="tanh")))
    False
    """
    hidden, kinks = tuple(solution.forward_pass.z)[:-1], ACTIVATIONS[solution.exercise.network.hidden].kinks
    return any(np.any(z == kink) for z in hidden for kink in kinks)

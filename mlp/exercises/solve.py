"""The solution of an exercise: both passes, the step, and the loss before and after."""

from dataclasses import dataclass, replace

import numpy as np

from mlp.activations import at_kinks
from mlp.arrays import Array
from mlp.exercises.exercise import Exercise
from mlp.exercises.zero import (
    UNIT,
    backward_on_paper,
    forward_on_paper,
    losses_on_paper,
    settled,
    step_on_paper,
    velocity_on_paper,
)
from mlp.gradcheck import ParameterCheck, check_gradients
from mlp.network import ForwardPass, Gradients, Layer, Network, batch_scale
from mlp.optimizers import Velocity, momentum_step


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
    velocity : tuple of Layer
        The velocity after the step; without momentum it is the step itself, -eta times the derivatives. A bias that is
        held fixed keeps the velocity it had.

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
    velocity: Velocity

    @property
    def change(self) -> float:
        """How the step changed the loss; 0 within the rounding of the two."""
        sizes = np.array(abs(self.loss) + abs(self.loss_after))
        return float(settled(np.array(self.loss_after - self.loss), 4 * UNIT * sizes))


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
    before, rows = exercise.network, list(exercise.selected)
    X, Y = exercise.X[rows], exercise.Y[rows]
    with np.errstate(all="ignore"):
        now = worked(exercise, before, X, Y)
        after, velocity = step_of(exercise, before, now, exercise.velocity_before)
        then = worked(exercise, after, X, Y)
    return Solution(
        exercise=exercise,
        X=X,
        Y=Y,
        forward_pass=now.forward_pass,
        gradients=now.gradients,
        losses=now.losses,
        loss=now.loss,
        network=after,
        forward_pass_after=then.forward_pass,
        loss_after=then.loss,
        velocity=velocity,
    )


@dataclass(frozen=True, eq=False)
class Worked:
    """Both passes of a network over some examples, with zero as it is on paper.

    Attributes
    ----------
    forward_pass : ForwardPass
    losses : array of shape (n,)
    loss : float
        Their sum or mean, as the exercise says.
    gradients : Gradients
        Of that loss.
    doubts : tuple of Layer
        How far dL/dW and dL/db may be off by rounding.
    """

    forward_pass: ForwardPass
    losses: Array
    loss: float
    gradients: Gradients
    doubts: tuple[Layer, ...]


def worked(exercise: Exercise, network: Network, X: Array, Y: Array) -> Worked:
    """Return both passes of any network over any examples, with the exercise's way to take a batch."""
    with np.errstate(all="ignore"):
        forward_pass, z_doubts = forward_on_paper(network, X)
        losses = losses_on_paper(network, forward_pass, z_doubts, Y)
        gradients, doubts = backward_on_paper(network, forward_pass, z_doubts, Y, reduction=exercise.reduction)
        loss = float(losses.sum() * batch_scale(exercise.reduction, len(Y)))
    return Worked(forward_pass=forward_pass, losses=losses, loss=loss, gradients=gradients, doubts=doubts)


def step_of(exercise: Exercise, network: Network, now: Worked, velocity: Velocity) -> tuple[Network, Velocity]:
    """Return a network and the velocity after the exercise's step down the gradients of its passes.

    Parameters
    ----------
    exercise : Exercise
    network : Network
    now : Worked
        Both passes of that network.
    velocity : Velocity
        Before the step.
    """
    eta, mu = exercise.learning_rate, exercise.momentum
    with np.errstate(all="ignore"):
        doubts = tuple(Layer(eta * off.W, eta * off.b) for off in now.doubts)
        moved, falling = momentum_step(network, velocity, now.gradients, eta, momentum=mu)
        falling, doubts = velocity_on_paper(velocity, falling, mu, doubts)
        after = step_on_paper(network, moved, doubts)
    if not exercise.biases_fixed:
        return after, falling
    layers = weights_only(after.layers, network.layers)
    return replace(after, layers=layers), weights_only(falling, velocity)


def weights_only(new: tuple[Layer, ...], old: tuple[Layer, ...]) -> tuple[Layer, ...]:
    """Return layers with the new weights and the old biases."""
    return tuple(Layer(after.W, before.b) for after, before in zip(new, old, strict=True))


def check_solution(solution: Solution) -> tuple[ParameterCheck, ...]:
    """Return the comparison of every derivative of a solution with central differences.

    Returns
    -------
    tuple of ParameterCheck

    Examples
    --------
    >>> from mlp.exercises import check_solution, sheet_exercise, solve
    >>> [check.passed for check in check_solution(solve(sheet_exercise("q1")))]
    [True, True, True, True, True, True]
    """
    return check_gradients(
        solution.exercise.network,
        solution.X,
        solution.Y,
        reduction=solution.exercise.reduction,
        gradients=solution.gradients,
        forward_pass=solution.forward_pass,
    )


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
    return bool(below) and bool(np.any(solution.gradients.z[-1])) and not any(np.any(delta) for delta in below)


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
    hidden = solution.exercise.network.hidden
    return any(np.any(at_kinks(hidden, z)) for z in tuple(solution.forward_pass.z)[:-1])

"""An exercise as data: a network, its examples, and the one step of gradient descent asked for."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from mlp.arrays import Array, frozen_array
from mlp.network import REDUCTIONS, Layer, Network, batch_of, require_choice
from mlp.optimizers import Velocity, zero_velocity

START = 0.1


@dataclass(frozen=True, eq=False)
class Exercise:
    """One step of gradient descent to be worked out.

    Parameters
    ----------
    network : Network
        The parameters before the step.
    X : array of shape (n, n_0)
        Inputs of all examples at hand.
    Y : array of shape (n, n_L)
        Their targets.
    learning_rate : float
        eta, above 0.
    selected : tuple of int
        Which examples take part, as row numbers from 0: one makes an SGD step, several a batch step.
    reduction : {"sum", "mean"}
        Whether the batch's loss is the sum of the examples' losses, as on the sheet, or their mean.
    biases_fixed : bool
        Whether the step leaves the biases as they are, as some textbooks do.
    momentum : float
        mu, from 0, which is plain descent, to below 1: how much of the velocity stays.
    velocity : tuple of Layer, optional
        The velocity of every parameter before the step; all 0 without one. Without momentum it has no effect and is
        dropped.

    Raises
    ------
    ValueError
        If shapes do not fit the network, no example takes part, or a value is outside its range.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from mlp.exercises import sheet_exercise
    >>> exercise = sheet_exercise("q1")
    >>> exercise.network.sizes, exercise.X.shape, exercise.selected
    ((4, 4, 3, 3), (2, 4), (0,))
    >>> replace(exercise, learning_rate=0.0)
    Traceback (most recent call last):
        ...
    ValueError: Exercise needs a learning_rate above 0; got 0.0.
    """

    network: Network
    X: Array
    Y: Array
    learning_rate: float = 0.1
    selected: tuple[int, ...] = (0,)
    reduction: str = "sum"
    biases_fixed: bool = False
    momentum: float = 0.0
    velocity: Velocity | None = None

    def __post_init__(self) -> None:
        sizes = self.network.sizes
        object.__setattr__(self, "X", frozen_array(batch_of("X", self.X, sizes[0])))
        object.__setattr__(self, "Y", frozen_array(batch_of("Y", self.Y, sizes[-1])))
        object.__setattr__(self, "selected", tuple(self.selected))
        if len(self.X) != len(self.Y):
            raise ValueError(
                f"Exercise needs a target for each input; got {len(self.X)} inputs, {len(self.Y)} targets."
            )
        if not self.selected or not set(self.selected) <= set(range(len(self.X))):
            raise ValueError(f"Exercise needs one or more of the examples 0 to {len(self.X) - 1}; got {self.selected}.")
        if not 0 < self.learning_rate < math.inf:
            raise ValueError(f"Exercise needs a learning_rate above 0; got {self.learning_rate}.")
        require_choice("reduction", self.reduction, REDUCTIONS)
        if not 0 <= self.momentum < 1:
            raise ValueError(f"Exercise needs a momentum from 0 to below 1; got {self.momentum}.")
        object.__setattr__(self, "velocity", tuple(self.velocity) if self.velocity and self.momentum else None)
        shapes, needed = (layer_shapes(layers) for layers in (self.velocity, self.network.layers))
        if self.velocity and shapes != needed:
            raise ValueError(f"Exercise needs a velocity of the parameters' shapes {needed}; got {shapes}.")

    def __setstate__(self, state: dict[str, object]) -> None:
        # NumPy's way of copying and pickling forgets that an array was read-only
        self.__dict__.update(state)
        self.X.flags.writeable = self.Y.flags.writeable = False

    @property
    def key(self) -> tuple:
        """Everything the exercise says as plain values: two exercises are the same if their keys are equal."""
        network = self.network
        arrays = (*(a for layer in network.layers for a in (layer.W, layer.b)), self.X, self.Y)
        scalars = (network.hidden, network.loss, self.learning_rate, self.selected, self.reduction, self.biases_fixed)
        moving = (self.momentum, *(a.tobytes() for layer in self.velocity or () for a in (layer.W, layer.b)))
        return (network.sizes, len(self.X), *scalars, *(a.tobytes() for a in arrays), *moving)

    @property
    def velocity_before(self) -> Velocity:
        """The velocity before the step, zeros where none is given."""
        return self.velocity or zero_velocity(self.network)


def layer_shapes(layers: Velocity | None) -> list[tuple[int, ...]]:
    """Return the shape of each layer's weights."""
    return [layer.W.shape for layer in layers or ()]


def with_examples(exercise: Exercise, count: int) -> Exercise:
    """Return the exercise with its first `count` examples; new ones are 0 and don't take part yet.

    Parameters
    ----------
    exercise : Exercise
    count : int
        At least 1.

    Returns
    -------
    Exercise

    Examples
    --------
    >>> from mlp.exercises import sheet_exercise, with_examples
    >>> exercise = with_examples(sheet_exercise("q1"), 3)
    >>> exercise.X[2], exercise.selected
    (array([0., 0., 0., 0.]), (0,))
    """
    sizes = exercise.network.sizes
    return replace(
        exercise,
        X=fitted(exercise.X, (count, sizes[0]), 0.0),
        Y=fitted(exercise.Y, (count, sizes[-1]), 0.0),
        selected=tuple(j for j in exercise.selected if j < count) or (0,),
    )


def resized(exercise: Exercise, sizes: Sequence[int]) -> Exercise:
    """Return the exercise with other layer sizes: what fits is kept, new parameters are 0.1, new inputs and targets 0.

    Parameters
    ----------
    exercise : Exercise
    sizes : sequence of at least two positive int
        Units of each layer, inputs first. The last layer of the old network stays the last one's source.

    Returns
    -------
    Exercise

    Examples
    --------
    >>> from mlp.exercises import resized, sheet_exercise
    >>> exercise = resized(sheet_exercise("q1"), (4, 5, 3))
    >>> exercise.network.sizes, exercise.X.shape
    ((4, 5, 3), (2, 4))
    """
    old = exercise.network.layers
    sources = [*range(min(len(old), len(sizes) - 1) - 1), len(old) - 1]
    sources[-1:-1] = [None] * (len(sizes) - 1 - len(sources))
    layers = fitted_layers(old, sources, sizes, START)
    velocity = fitted_layers(exercise.velocity, sources, sizes, 0.0) if exercise.velocity else None
    n = len(exercise.X)
    return replace(
        exercise,
        network=replace(exercise.network, layers=layers),
        X=fitted(exercise.X, (n, sizes[0]), 0.0),
        Y=fitted(exercise.Y, (n, sizes[-1]), 0.0),
        velocity=velocity,
    )


def fitted_layers(
    old: Sequence[Layer], sources: Sequence[int | None], sizes: Sequence[int], fill: float
) -> tuple[Layer, ...]:
    """Return layers of these sizes with the values of their sources where they fit and `fill` elsewhere."""
    return tuple(
        Layer(fitted(old[k].W, (n_out, n_in), fill), fitted(old[k].b, (n_out,), fill))
        if k is not None
        else Layer(np.full((n_out, n_in), fill), np.full(n_out, fill))
        for k, n_in, n_out in zip(sources, sizes, sizes[1:], strict=False)
    )


def fitted(values: Array, shape: tuple[int, ...], fill: float) -> Array:
    """Return an array of the given shape with the values where they fit and `fill` elsewhere."""
    result = np.full(shape, fill)
    common = tuple(slice(0, min(old, new)) for old, new in zip(values.shape, shape, strict=True))
    result[common] = values[common]
    return result

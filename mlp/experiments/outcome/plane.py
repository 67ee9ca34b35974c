"""Where in the plane a network says which class: for data of two features."""

from dataclasses import dataclass

import numpy as np

from mlp.arrays import Array
from mlp.datasets import Split
from mlp.network import Network, forward

POINTS, MARGIN = 80, 0.08
# How sure a network is, in so many steps from all classes alike to one alone
STEPS = 4


@dataclass(frozen=True)
class Frame:
    """The part of the plane that holds the examples, with a margin: from x[0] to x[1], and y[0] to y[1]."""

    x: tuple[float, float]
    y: tuple[float, float]


@dataclass(frozen=True)
class Stretch:
    """A horizontal stretch of the plane in which a network says one class, about equally sure of it.

    Attributes
    ----------
    x, x2, y, y2 : float
        Its edges.
    said : int
        The class.
    sure : int
        From 0, hardly more than the others, to `STEPS` - 1.
    """

    x: float
    x2: float
    y: float
    y2: float
    said: int
    sure: int


def in_the_plane(split: Split) -> bool:
    """Return whether a split has two features."""
    return split.X_train.shape[1] == 2


def frame_of(split: Split) -> Frame:
    """Return the part of the plane that holds all examples of a split with two features."""
    X = np.vstack([split.X_train, split.X_test])
    low, high = X.min(axis=0), X.max(axis=0)
    room = np.where(high > low, high - low, 1.0) * MARGIN
    (x, y), (x2, y2) = (low - room).tolist(), (high + room).tolist()
    return Frame((x, x2), (y, y2))


def said_in(network: Network, frame: Frame, points: int = POINTS) -> tuple[Array, Array]:
    """Return the class that a network says and how sure it is, each of shape (points, points), a row for each y.

    Both are taken in the middle of a square. How sure is a step of the largest output's lead over all outputs alike: of
    the probabilities, or of the outputs cut at 0 and 1 where they are none.
    """
    xs, ys = (middles(*edges, points) for edges in (frame.x, frame.y))
    grid = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    with np.errstate(all="ignore"):  # a model can be just short of overflowing
        output = forward(network, grid).output
    least = 1.0 / output.shape[1]
    lead = (np.clip(output.max(axis=1), 0.0, 1.0) - least) / (1.0 - least)
    sure = np.clip((lead * STEPS).astype(int), 0, STEPS - 1)
    return output.argmax(axis=1).reshape(points, points), sure.reshape(points, points)


def middles(low: float, high: float, points: int) -> Array:
    """Return the middles of so many equal parts."""
    step = (high - low) / points
    return low + step * (np.arange(points) + 0.5)


def stretches(network: Network, frame: Frame, points: int = POINTS) -> list[Stretch]:
    """Return the plane in stretches, as few as there can be row by row; none if the network's numbers overflowed."""
    if not all(np.isfinite(part).all() for layer in network.layers for part in (layer.W, layer.b)):
        return []
    said, sure = said_in(network, frame, points)
    width, height = (np.diff(edges)[0] / points for edges in (frame.x, frame.y))
    found = []
    for row in range(points):
        both = said[row] * STEPS + sure[row]
        edges = [0, *(np.flatnonzero(np.diff(both)) + 1).tolist(), points]
        y = float(frame.y[0] + row * height)
        for left, right in zip(edges, edges[1:], strict=False):
            x, x2 = (float(frame.x[0] + edge * width) for edge in (left, right))
            found.append(Stretch(x, x2, y, float(y + height), int(said[row, left]), int(sure[row, left])))
    return found

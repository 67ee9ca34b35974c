"""A batch taken apart: each example's own loss and gradients, their sum and their mean."""

from dataclasses import dataclass

import numpy as np

from mlp.arrays import Array
from mlp.exercises.solve import Solution, worked
from mlp.exercises.zero import sum_on_paper


@dataclass(frozen=True, eq=False)
class Share:
    """One quantity of a batch, example by example.

    Attributes
    ----------
    name : str
        "L", "dz3", "dW3", "db3", ...
    symbol : str
        As text: "∂L/∂W[3]".
    each : tuple of arrays
        The quantity of each example on its own, as it looks on paper.

    Examples
    --------
    >>> import numpy as np
    >>> from mlp.exercises import Share
    >>> share = Share("db1", "∂L/∂b[1]", (np.array([1.0, 2.0]), np.array([3.0, 6.0])))
    >>> share.total, share.mean
    (array([4., 8.]), array([2., 4.]))
    """

    name: str
    symbol: str
    each: tuple[Array, ...]

    @property
    def total(self) -> Array:
        """The sum over the examples."""
        return sum_on_paper(np.array(self.each))

    @property
    def mean(self) -> Array:
        """The mean over the examples."""
        return self.total / len(self.each)


def shares(solution: Solution) -> tuple[Share, ...]:
    """Return the loss and the gradients of every example that takes part, worked out one example at a time.

    The losses first, then dL/dz, dL/dW and dL/db of each layer from the last to the first.

    Returns
    -------
    tuple of Share

    Examples
    --------
    >>> from dataclasses import replace
    >>> from mlp.exercises import shares, sheet_exercise, solve
    >>> batch = shares(solve(replace(sheet_exercise("q1"), selected=(0, 1))))
    >>> batch[0].name, [round(float(each[0, 0]), 4) for each in batch[0].each]
    ('L', [0.3764, 0.3529])
    """
    network = solution.exercise.network
    examples = zip(solution.X[:, np.newaxis], solution.Y[:, np.newaxis], strict=True)
    alone = [worked(solution.exercise, network, x, y).gradients for x, y in examples]
    rows = [Share("L", "L", tuple(np.array([[loss]]) for loss in solution.losses))]
    for l in range(len(network.layers), 0, -1):
        rows.append(Share(f"dz{l}", f"∂L/∂z[{l}]", tuple(each.z[l].T for each in alone)))
        rows.append(Share(f"dW{l}", f"∂L/∂W[{l}]", tuple(each.W[l] for each in alone)))
        rows.append(Share(f"db{l}", f"∂L/∂b[{l}]", tuple(each.b[l][:, np.newaxis] for each in alone)))
    return tuple(rows)

"""The charts of many steps in words, for those who can't see them."""

from collections.abc import Sequence

import numpy as np

from mlp.exercises.descent import Descent
from mlp.view.exercise.paths import PATHS
from mlp.view.numbers import format_number


def counted(descent: Descent) -> str:
    """Return how many steps there are, in words."""
    return f"{len(descent.real)} step{'' if len(descent.real) == 1 else 's'}"


def loss_alt(descent: Descent) -> str:
    """Return the loss chart in words."""
    first, last = (format_number(float(descent.losses[k])) for k in (0, -1))
    lowest = int(np.argmin(descent.losses))
    low = format_number(float(descent.losses[lowest]))
    return f"Loss over {counted(descent)}: {first} at the start, {last} at the end, lowest {low} after step {lowest}."


def change_alt(descent: Descent) -> str:
    """Return the chart of changes in words."""
    if not len(descent.real):
        return "No step, no change of the loss."
    real, predicted = (format_number(float(values[0])) for values in (descent.real, descent.predicted))
    rises = int((descent.real > 0).sum())
    return (
        f"Change of the loss in each step of {counted(descent)}: {real} in the first, {predicted} predicted; "
        f"the loss rises in {rises}."
    )


def parameter_alt(descent: Descent, names: Sequence[str]) -> str:
    """Return the chart of parameters in words."""
    ends = [[format_number(float(descent.parameters[k, descent.names.index(name)])) for k in (0, -1)] for name in names]
    moves = [f"{name} from {first} to {last}" for name, (first, last) in zip(names, ends, strict=True)]
    return f"Parameters over {counted(descent)}: {'; '.join(moves)}."


def plane_alt(batch: Descent, single: Descent, names: tuple[str, str]) -> str:
    """Return the chart of two parameters in words."""
    ends = [
        f"{path} ends at {', '.join(format_number(float(d.parameters[-1, d.names.index(name)])) for name in names)}"
        for path, d in zip(PATHS, (batch, single), strict=True)
    ]
    return f"The paths of {names[0]} and {names[1]} from one start: {'; '.join(ends)}."

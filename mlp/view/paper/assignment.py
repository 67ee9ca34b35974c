"""What an exercise on paper says and gives, and what is to be found: shared by Markdown and page."""

import math
from collections.abc import Iterator
from itertools import groupby

from mlp.activations import ACTIVATIONS
from mlp.arrays import Array
from mlp.exercises.exercise import Exercise
from mlp.exercises.explained.steps import Step, solution_steps
from mlp.exercises.explained.symbols import at, bold, column, velocity_at
from mlp.exercises.solve import Solution
from mlp.losses import LOSSES
from mlp.outputs import OUTPUTS
from mlp.untrusted.checks import plain_text
from mlp.view.numbers import format_number

TITLE = "One step of gradient descent"
HEADINGS = {
    "forward": "Forward pass",
    "loss": "Loss",
    "backward": "Backward pass",
    "update": "Update: the new parameters",
}
EXACT = 12


def heading(title: str) -> str:
    """Return the title on one line, or the usual one where there is none."""
    return " ".join(plain_text(title).split()) or TITLE


def assignment(solution: Solution, decimals: int) -> str:
    """Return what is asked for in plain sentences."""
    return " ".join((the_network(solution.exercise), the_step(solution), *the_provisos(solution, decimals)))


def the_network(exercise: Exercise) -> str:
    """Return the sentence that describes the network."""
    network = exercise.network
    loss, sizes = LOSSES[network.loss], "-".join(map(str, network.sizes))
    hidden = f"{ACTIVATIONS[network.hidden].words} hidden units and " if len(network.layers) > 1 else ""
    ends = f"{OUTPUTS[loss.outputs].name} outputs, and {loss.words} as its loss"
    return f"The network has layers of {sizes} units, {hidden}{ends}."


def the_step(solution: Solution) -> str:
    """Return the sentence that asks for the step."""
    exercise, n = solution.exercise, len(solution.X)
    rate = format_number(exercise.learning_rate, EXACT)
    if n == 1:
        return f"Do one stochastic gradient descent step with learning rate {rate} for the example below."
    return (
        f"Do one gradient descent step with learning rate {rate} for the batch of the {n} examples below, a column "
        f"each; the batch's loss is the {exercise.reduction} of theirs."
    )


def the_provisos(solution: Solution, decimals: int) -> Iterator[str]:
    """Yield what else is to be known."""
    if solution.exercise.biases_fixed:
        yield "The biases stay as they are."
    if momentum := solution.exercise.momentum:
        before = "the velocity before it is given" if solution.exercise.velocity else "the velocity before it is 0"
        rule = "each velocity becomes momentum times itself minus the learning rate times the derivative, and is added"
        yield f"The step has momentum {format_number(momentum, EXACT)}: {rule}; {before}."
    values = (float(value) for _, array in givens(solution) for value in array.flat)
    if not all(math.isclose(value, float(f"{value:.{decimals}f}"), rel_tol=1e-13) for value in values):
        yield f"Numbers are shown rounded to {decimals} decimals."


def givens(solution: Solution) -> Iterator[tuple[str, Array]]:
    """Yield the symbol (LaTeX) and the value, as it looks on paper, of all that is given."""
    for l, layer in enumerate(solution.exercise.network.layers, start=1):
        yield at("W", l), layer.W
        yield at("b", l), column(layer.b)
    for l, layer in enumerate(solution.exercise.velocity or (), start=1):
        yield velocity_at("W", l), layer.W
        yield velocity_at("b", l), column(layer.b)
    yield bold("x"), solution.X.T
    yield bold("y"), solution.Y.T


def phases(solution: Solution) -> Iterator[tuple[str, list[Step]]]:
    """Yield a heading and the steps below it, in the sheet's order; what is given is no step."""
    steps = (step for step in solution_steps(solution) if step.formula)
    for phase, found in groupby(steps, key=lambda step: step.phase):
        yield HEADINGS[phase], list(found)

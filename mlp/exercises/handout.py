"""What a link or a file carries: an exercise, how it is shown, and a teacher's words; as JSON values and back.

Nothing is trusted on the way in: `from_dict` builds a handout of values it has checked one by one, and whatever does
not fit ends in a ValueError with one sentence.
"""

from dataclasses import dataclass

import numpy as np

from mlp.activations import ACTIVATIONS
from mlp.arrays import Array
from mlp.exercises.exercise import Exercise
from mlp.limits import (
    EXERCISE_EXAMPLES,
    EXERCISE_LAYERS,
    EXERCISE_UNITS,
    LARGEST_ENTRY,
    LARGEST_MOMENTUM,
    LARGEST_RATE,
    LAST_STEP,
    LONGEST_TASK,
    LONGEST_TITLE,
    MOST_DECIMALS,
)
from mlp.losses import LOSSES
from mlp.network import REDUCTIONS, Layer, Network
from mlp.untrusted import checks

VERSION = 1
HIDEABLE = ("controls", "solution")
KEYS = ("version", "exercise", "decimals", "step", "title", "task", "hide")
EXERCISE_KEYS = ("hidden", "loss", "W", "b", "X", "Y", "learning_rate", "selected", "reduction", "biases_fixed")
# Only where there is momentum: without it a link is what it always was
MOMENTUM_KEYS = ("momentum", "velocity")


@dataclass(frozen=True, eq=False)
class Handout:
    """An exercise to be handed to somebody, and how it is to be shown. Compare two by `to_dict`.

    Parameters
    ----------
    exercise : Exercise
        Of 2 to 6 layers (inputs included) of 1 to 8 units, 1 to 16 examples, values within a million, a learning rate
        of at most 100 and a momentum of at most 0.999.
    decimals : int
        How many are shown, 1 to 12.
    step : int or None
        Where the stepper stands, counted from 0; None where the solution is read whole.
    title, task : str
        Plain text of at most 80 and 600 characters, never to be read as Markdown or HTML. Control characters are
        dropped; the task may have several lines.
    hide : collection of {"controls", "solution"}
        What is not to be shown.

    Raises
    ------
    ValueError
        If a value is outside its range.

    Examples
    --------
    >>> from mlp.exercises import Handout, sheet_exercise
    >>> handout = Handout(sheet_exercise("q1"), title="Before Tuesday", hide={"solution"})
    >>> handout.decimals, handout.title, handout.hide
    (5, 'Before Tuesday', frozenset({'solution'}))
    """

    exercise: Exercise
    decimals: int = 5
    step: int | None = None
    title: str = ""
    task: str = ""
    hide: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        check_exercise(self.exercise)
        checks.whole(self.decimals, "Decimals", 1, MOST_DECIMALS)
        if self.step is not None:
            checks.whole(self.step, "Step", 0, LAST_STEP)
        title = checks.text(self.title, "Title", LONGEST_TITLE)
        object.__setattr__(self, "title", " ".join(title.split("\n")))
        object.__setattr__(self, "task", checks.text(self.task, "Task", LONGEST_TASK))
        object.__setattr__(self, "hide", frozenset(checks.choice(part, "Hide", HIDEABLE) for part in self.hide))


def check_exercise(exercise: Exercise) -> None:
    """Raise a ValueError if the exercise is larger, or has larger numbers, than a handout carries."""
    sizes = exercise.network.sizes
    if not 2 <= len(sizes) <= EXERCISE_LAYERS or max(sizes) > EXERCISE_UNITS:
        shown = "-".join(map(str, sizes))
        raise ValueError(
            f"The network needs 2 to {EXERCISE_LAYERS} layers of 1 to {EXERCISE_UNITS} units each; got {shown}."
        )
    if len(exercise.X) > EXERCISE_EXAMPLES:
        raise ValueError(f"The exercise needs at most {EXERCISE_EXAMPLES} examples; got {len(exercise.X)}.")
    if len(set(exercise.selected)) < len(exercise.selected):
        raise ValueError("The exercise needs examples that take part once each; one is there twice.")
    layers = (*exercise.network.layers, *(exercise.velocity or ()))
    arrays = (*(layer.W for layer in layers), *(layer.b for layer in layers), exercise.X, exercise.Y)
    if not all(np.all(np.abs(values) <= LARGEST_ENTRY) for values in arrays):
        raise ValueError(
            f"The exercise needs numbers from {-LARGEST_ENTRY:,.0f} to {LARGEST_ENTRY:,.0f}; one is outside."
        )
    checks.positive(exercise.learning_rate, "The learning rate", LARGEST_RATE)
    checks.number(exercise.momentum, "The momentum", 0.0, LARGEST_MOMENTUM)


def to_dict(handout: Handout) -> dict:
    """Return the handout as JSON values: the same ones for equal handouts, every float exact.

    Returns
    -------
    dict

    Examples
    --------
    >>> from mlp.exercises import Handout, sheet_exercise, to_dict
    >>> to_dict(Handout(sheet_exercise("q1")))["exercise"]["b"]
    [[0.1, 0.1, 0.1, 0.1], [0.1, 0.1, 0.1], [0.1, 0.1, 0.1]]
    """
    exercise, network = handout.exercise, handout.exercise.network
    return {
        "version": VERSION,
        "exercise": {
            "hidden": network.hidden,
            "loss": network.loss,
            "W": [layer.W.tolist() for layer in network.layers],
            "b": [layer.b.tolist() for layer in network.layers],
            "X": exercise.X.tolist(),
            "Y": exercise.Y.tolist(),
            "learning_rate": float(exercise.learning_rate),
            "selected": [int(j) for j in exercise.selected],
            "reduction": exercise.reduction,
            "biases_fixed": bool(exercise.biases_fixed),
            **momentum_values(exercise),
        },
        "decimals": handout.decimals,
        "step": handout.step,
        "title": handout.title,
        "task": handout.task,
        "hide": sorted(handout.hide),
    }


def momentum_values(exercise: Exercise) -> dict:
    """Return the momentum and the velocity before the step as JSON values; nothing without momentum."""
    if not exercise.momentum:
        return {}
    velocity = exercise.velocity
    values = velocity and {"W": [layer.W.tolist() for layer in velocity], "b": [layer.b.tolist() for layer in velocity]}
    return {"momentum": float(exercise.momentum), "velocity": values}


def from_dict(data: object) -> Handout:
    """Return the handout that `to_dict` wrote; raise a ValueError with one sentence for anything else.

    Returns
    -------
    Handout

    Raises
    ------
    ValueError
        One sentence that says what was needed and what came; nothing else is ever raised.

    Examples
    --------
    >>> from mlp.exercises import Handout, from_dict, sheet_exercise, to_dict
    >>> written = to_dict(Handout(sheet_exercise("q1")))
    >>> from_dict(written).exercise.network.sizes
    (4, 4, 3, 3)
    >>> from_dict(written | {"decimals": 99})
    Traceback (most recent call last):
        ...
    ValueError: Decimals needs a whole number from 1 to 12; got 99.
    """
    found = checks.fields(data, "A handout", KEYS)
    checks.whole(found["version"], "The version", VERSION, VERSION)
    hidden = checks.listed(found["hide"], "Hide", 0, len(HIDEABLE))
    return Handout(
        exercise=exercise_of(found["exercise"]),
        decimals=found["decimals"],
        step=found["step"],
        title=found["title"],
        task=found["task"],
        hide=frozenset(checks.choice(part, "Hide", HIDEABLE) for part in hidden),
    )


def exercise_of(data: object) -> Exercise:
    """Return the exercise of `to_dict`'s values, its sizes those of W."""
    moving = isinstance(data, dict) and any(key in data for key in MOMENTUM_KEYS)
    found = checks.fields(data, "The exercise", (*EXERCISE_KEYS, *MOMENTUM_KEYS) if moving else EXERCISE_KEYS)
    network = Network(
        layers_of(found["W"], found["b"]),
        checks.choice(found["hidden"], "Hidden activation", tuple(ACTIVATIONS)),
        checks.choice(found["loss"], "Loss", tuple(LOSSES)),
    )
    sizes, n = network.sizes, len(checks.listed(found["X"], "X", 1, EXERCISE_EXAMPLES))
    selected = checks.listed(found["selected"], "Selected examples", 1, n)
    return Exercise(
        network,
        rows(found["X"], "X", n, sizes[0]),
        rows(found["Y"], "Y", n, sizes[-1]),
        checks.positive(found["learning_rate"], "The learning rate", LARGEST_RATE),
        tuple(checks.whole(j, "A selected example", 0, n - 1) for j in selected),
        checks.choice(found["reduction"], "Reduction", REDUCTIONS),
        checks.truth(found["biases_fixed"], "Biases fixed"),
        checks.number(found["momentum"], "The momentum", 0.0, LARGEST_MOMENTUM) if moving else 0.0,
        velocity_of(found["velocity"], network) if moving else None,
    )


def velocity_of(data: object, network: Network) -> tuple[Layer, ...] | None:
    """Return the velocity of a network's parameters, or None where there is none yet."""
    if data is None:
        return None
    found, depth = checks.fields(data, "The velocity", ("W", "b")), len(network.layers)
    matrices = checks.listed(found["W"], "The velocity of W", depth, depth)
    vectors = checks.listed(found["b"], "The velocity of b", depth, depth)
    return tuple(
        Layer(rows(W, f"the velocity of W[{l}]", *layer.W.shape), vector(b, f"the velocity of b[{l}]", len(layer.b)))
        for l, (W, b, layer) in enumerate(zip(matrices, vectors, network.layers, strict=True), start=1)
    )


def layers_of(W: object, b: object) -> tuple[Layer, ...]:
    """Return the layers whose weights and biases these are; the first row of the first W gives the number of inputs."""
    matrices = checks.listed(W, "W", 1, EXERCISE_LAYERS - 1)
    vectors = checks.listed(b, "b", len(matrices), len(matrices))
    first = checks.listed(matrices[0], "W[1]", 1, EXERCISE_UNITS)[0]
    units, layers = len(checks.listed(first, "A row of W[1]", 1, EXERCISE_UNITS)), []
    for l, (weights, biases) in enumerate(zip(matrices, vectors, strict=True), start=1):
        n_out = len(checks.listed(weights, f"W[{l}]", 1, EXERCISE_UNITS))
        layers.append(Layer(rows(weights, f"W[{l}]", n_out, units), vector(biases, f"b[{l}]", n_out)))
        units = n_out
    return tuple(layers)


def rows(value: object, name: str, n: int, columns: int) -> Array:
    """Return n rows of so many numbers each, as an array."""
    return np.array([vector(row, name, columns, each="A row of ") for row in checks.listed(value, name, n, n)])


def vector(value: object, name: str, count: int, *, each: str = "") -> Array:
    """Return an array of so many numbers."""
    entries = checks.listed(value, each + name, count, count)
    return np.array([checks.number(entry, f"An entry of {name}", -LARGEST_ENTRY, LARGEST_ENTRY) for entry in entries])

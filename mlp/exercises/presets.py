"""Exercises to begin with, as data: the sheet's four, a textbook's, and small networks that each show one thing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from mlp.activations import ACTIVATIONS, at_kinks
from mlp.arrays import Array
from mlp.exercises.exercise import Exercise
from mlp.exercises.sheet import LOSS_OF, SIZES, question_of, sheet_exercise
from mlp.exercises.zero import forward_on_paper
from mlp.network import Layer, Network

Rows = Sequence[Sequence[float]]
TENTHS = np.array([-5, -4, -3, -2, -1, 1, 2, 3, 4, 5]) / 10
INPUTS = (0.0, 0.5, 1.0)
MOST_DRAWS, NEAR_A_KINK = 1000, 1e-6


@dataclass(frozen=True, eq=False)
class Preset:
    """An exercise to begin with.

    Attributes
    ----------
    key : str
        Its name in addresses and code.
    title : str
    description : str
        One sentence for the student, plain text.
    exercise : Exercise

    Examples
    --------
    >>> from mlp.exercises import PRESETS
    >>> preset = PRESETS["q1-logistic"]
    >>> preset.title, preset.question, preset.exercise.network.sizes
    ('The 2-2-2 example with logistic units', 'q1', (2, 2, 2))
    """

    key: str
    title: str
    description: str
    exercise: Exercise

    @property
    def question(self) -> str:
        """The page it belongs to: "q1" for squared errors, "q2" for cross-entropy."""
        return question_of(self.exercise)


def presets_of(question: str) -> tuple[Preset, ...]:
    """Return the presets of a question's page, "q1" or "q2", the sheet's first.

    Returns
    -------
    tuple of Preset

    Examples
    --------
    >>> from mlp.exercises import presets_of
    >>> [preset.key for preset in presets_of("q2")][:3]
    ['q2-1', 'q2-2', 'q2-random']
    """
    return tuple(preset for preset in PRESETS.values() if preset.question == question)


def random_exercise(
    seed: int,
    sizes: Sequence[int] = SIZES,
    *,
    hidden: str = "tanh",
    loss: str = "squared_error",
    examples: int = 2,
) -> Exercise:
    """Return an exercise with tidy random numbers, the same ones for a seed anywhere and always.

    Weights and biases are tenths from -0.5 to 0.5 without 0, inputs 0, 0.5 or 1 (not all 0), targets one-hot, no class
    coming twice before each has come once (for a single output 1, 0, 1, ...). The first example takes part. Where an
    example would put a hidden unit at a kink of its activation, that unit gets other tenths.

    Parameters
    ----------
    seed : int
        0 to 2**32 - 1.
    sizes : sequence of at least two positive int
        Units of each layer, inputs first.
    hidden, loss : str
        As in `Network`.
    examples : int
        How many, at least 1.

    Returns
    -------
    Exercise

    Raises
    ------
    ValueError
        If a value is outside its range.

    Examples
    --------
    >>> from mlp.exercises import random_exercise
    >>> exercise = random_exercise(7, (2, 2, 1))
    >>> exercise.network.layers[0].W
    array([[-0.1,  0.5],
           [ 0.2, -0.2]])
    """
    if len(sizes) < 2 or min(sizes) < 1 or examples < 1:
        raise ValueError(
            f"random_exercise needs two or more sizes of at least 1 unit, and an example; "
            f"got sizes {tuple(sizes)} and {examples} examples."
        )
    # Not default_rng: a RandomState's stream is frozen across NumPy's releases
    rng = np.random.RandomState(seed)
    pairs = zip(sizes, sizes[1:], strict=False)
    layers = tuple(Layer(rng.choice(TENTHS, (n_out, n_in)), rng.choice(TENTHS, n_out)) for n_in, n_out in pairs)
    X = rng.choice(INPUTS, (examples, sizes[0]))
    X[~X.any(axis=1), 0] = 1.0
    order = np.arange(examples)
    Y = np.eye(sizes[-1])[rng.permutation(sizes[-1])[order % sizes[-1]]] if sizes[-1] > 1 else 1.0 - order[:, None] % 2
    network = away_from_kinks(Network(layers, hidden=hidden, loss=loss), X, rng)
    return Exercise(network, X, Y)


def away_from_kinks(network: Network, X: Array, rng: np.random.RandomState) -> Network:
    """Return the network with new tenths for each hidden unit that an example puts at a kink of the activation.

    There the pass would have no derivative to be checked against; all other units keep their numbers.
    """
    layers, h = [], X
    for layer in network.layers[:-1]:
        W, b = layer.W.copy(), layer.b.copy()
        for _ in range(MOST_DRAWS):
            z = forward_on_paper(Network((Layer(W, b),), hidden=network.hidden, loss=network.loss), h)[0].z[1]
            stuck = at_kinks(network.hidden, z, NEAR_A_KINK).any(axis=0)
            if not stuck.any():
                break
            W[stuck], b[stuck] = rng.choice(TENTHS, W[stuck].shape), rng.choice(TENTHS, b[stuck].shape)
        layers.append(Layer(W, b))
        h = ACTIVATIONS[network.hidden].f(z)
    return replace(network, layers=(*layers, network.layers[-1]))


def built(loss: str, weights: Sequence[Rows], biases: Rows, X: Rows, Y: Rows, *, rate: float) -> Exercise:
    """Return a tanh network's exercise in which every example takes part."""
    layers = tuple(Layer(np.array(W), np.array(b)) for W, b in zip(weights, biases, strict=True))
    return Exercise(Network(layers, "tanh", loss), np.array(X), np.array(Y), rate, tuple(range(len(X))))


def sheet_presets(question: str) -> tuple[Preset, ...]:
    """Return the two parts of a question of the sheet."""
    exercise, number = sheet_exercise(question), question[1:]
    outputs = {"q1": "linear outputs and the squared error", "q2": "softmax and cross-entropy"}[question]
    one = f"The sheet's question {number}, part 1: one stochastic gradient descent step with {outputs}."
    both = f"The sheet's question {number}, part 2: one gradient descent step for the batch of both examples."
    return (
        Preset(f"{question}-1", f"Question {number}.1: one example", one, exercise),
        Preset(f"{question}-2", f"Question {number}.2: both examples", both, replace(exercise, selected=(0, 1))),
    )


def textbook_preset() -> Preset:
    """Return the well-known 2-2-2 example with logistic units."""
    hidden = Layer(np.array([[0.15, 0.20], [0.25, 0.30]]), np.array([0.35, 0.35]))
    output = Layer(np.array([[0.40, 0.45], [0.50, 0.55]]), np.array([0.60, 0.60]))
    network = Network((hidden, output), "logistic", "logistic_squared_error")
    return Preset(
        "q1-logistic",
        "The 2-2-2 example with logistic units",
        "The example many tutorials work out, with logistic units everywhere and the biases left as they are: its loss "
        "falls from 0.298371 to 0.291028.",
        Exercise(network, np.array([[0.05, 0.10]]), np.array([[0.01, 0.99]]), 0.5, biases_fixed=True),
    )


def tanh_preset() -> Preset:
    """Return the example of a textbook that has tanh outputs and no half before its square."""
    hidden = Layer(np.array([[0.3], [0.4]]), np.array([0.1, 0.2])), Layer(np.array([[1.0, -3.0]]), np.array([0.2]))
    network = Network((*hidden, Layer(np.array([[2.0]]), np.array([1.0]))), "tanh", "tanh_summed_squared_error")
    return Preset(
        "q1-tanh",
        "A tanh output: Learning From Data, example 7.1",
        "A 1-2-1-1 network from the textbook by Abu-Mostafa, Magdon-Ismail and Lin, with tanh at the output too and "
        "the square of the error without a half: its derivative by the last z is -1.855.",
        Exercise(network, np.array([[2.0]]), np.array([[1.0]]), 0.1),
    )


def solved_xor_preset() -> Preset:
    """Return the textbook's network of ReLU units that solves XOR and stands on its kinks."""
    hidden = Layer(np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, -1.0]))
    network = Network((hidden, Layer(np.array([[1.0, -2.0]]), np.array([0.0]))), "relu", "squared_error")
    X, Y = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0], [1], [1], [0]])
    return Preset(
        "q1-xor-relu",
        "XOR solved by ReLU: Deep Learning, section 6.1",
        "The weights that Goodfellow, Bengio and Courville give: every output is its target, so the loss is 0 and "
        "nothing moves, although units stand at the kink of the ReLU.",
        Exercise(network, X, Y, 0.1, (0, 1, 2, 3)),
    )


def xnor_preset() -> Preset:
    """Return the network of logistic units with one output that says whether two inputs are equal."""
    hidden = Layer(np.array([[20.0, 20.0], [-20.0, -20.0]]), np.array([-30.0, 10.0]))
    network = Network((hidden, Layer(np.array([[20.0, 20.0]]), np.array([-10.0]))), "logistic", "binary_cross_entropy")
    X, Y = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[1], [0], [0], [1]])
    return Preset(
        "q2-xnor",
        "One logistic output: equal or not, from AND, NOR and OR",
        "The 2-2-1 network of Andrew Ng's machine learning course: one unit is AND, one is NOR, and the output is OR "
        "of both. With the binary cross-entropy its loss over the four inputs is 0.00018.",
        Exercise(network, X, Y, 1.0, (0, 1, 2, 3)),
    )


def xor_preset(question: str) -> Preset:
    """Return XOR from weights that learn it: one linear output, or two classes."""
    X, tail = ((0, 0), (0, 1), (1, 0), (1, 1)), "a network without a hidden layer never learns it, this one takes"
    weights: Sequence[Rows]
    biases: Rows
    if question == "q1":
        weights, biases = (((0.5, -0.8), (0.8, -0.6)), ((0.3, -0.6),)), ((0, 0), (0,))
        exercise = built("squared_error", weights, biases, X, ((0,), (1,), (1,), (0,)), rate=0.2)
    else:
        weights, biases = (((-0.5, 0.4), (-0.6, 0.5)), ((-0.4, 0.8), (0.6, -0.2))), ((0, 0), (0, 0))
        exercise = built("cross_entropy", weights, biases, X, ((1, 0), (0, 1), (0, 1), (1, 0)), rate=0.5)
    return Preset(
        f"{question}-xor",
        "XOR: either, but not both",
        f"Four examples that no straight line can separate: {tail} fewer than 100 steps.",
        exercise,
    )


def random_preset(question: str) -> Preset:
    """Return a random network of the sheet's sizes."""
    return Preset(
        f"{question}-random",
        "Random weights with one decimal",
        "The sheet's network with other numbers, all different enough that every gradient is worth computing.",
        random_exercise(1, loss=LOSS_OF[question]),
    )


def saturated_preset(question: str) -> Preset:
    """Return a network whose tanh units are all at their flat ends."""
    weights = (((4, 4), (-4, -4)), ((4, -2), (-2, 4)), ((0.5, -0.3), (0.2, 0.4)))
    return Preset(
        f"{question}-saturated",
        "Saturated tanh: the gradient vanishes",
        "Weights so large that every tanh is flat: the first layer's derivatives are not zero but below 0.000001, so "
        "it learns next to nothing, while the last layer does.",
        built(LOSS_OF[question], weights, ((0, 0),) * 3, ((1, 0.5),), ((0, 1),), rate=0.1),
    )


def equal_preset(question: str) -> Preset:
    """Return a network whose weights are all equal."""
    weights = (((0.2, 0.2),) * 3, ((0.2,) * 3,) * 2)
    return Preset(
        f"{question}-equal",
        "All weights equal",
        "Three hidden units that start alike get the same gradient and stay alike for ever, so they are worth one.",
        built(LOSS_OF[question], weights, ((0.1,) * 3, (0.1,) * 2), ((1, 0.5),), ((0, 1),), rate=0.5),
    )


def broken_preset(question: str) -> Preset:
    """Return the network of `equal_preset` with slightly different weights."""
    weights = (((0.1, 0.2), (0.2, 0.3), (0.3, 0.2)), ((0.2, 0.1, 0.3), (0.1, 0.3, 0.2)))
    return Preset(
        f"{question}-broken",
        "Slightly different weights",
        "The network with all weights equal, its symmetry broken: each hidden unit now gets a gradient of its own.",
        built(LOSS_OF[question], weights, ((0.1,) * 3, (0.1,) * 2), ((1, 0.5),), ((0, 1),), rate=0.5),
    )


def all_presets() -> tuple[Preset, ...]:
    """Return every preset, in the order of a menu."""
    makers = (random_preset, xor_preset, saturated_preset, equal_preset, broken_preset)
    return (
        *sheet_presets("q1"),
        textbook_preset(),
        tanh_preset(),
        *(make("q1") for make in makers),
        solved_xor_preset(),
        *sheet_presets("q2"),
        *(make("q2") for make in makers),
        xnor_preset(),
    )


PRESETS: dict[str, Preset] = {preset.key: preset for preset in all_presets()}

"""Every quantity of an exercise by the rule that gives it, from true numbers before it or from a student's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

import numpy as np

from mlp.activations import ACTIVATIONS
from mlp.arrays import Array
from mlp.exercises import Exercise, solution_steps, solve
from mlp.losses import LOSSES, Loss
from mlp.network import Layer, Network, batch_scale, forward, loss_value

GIVEN = "h0"
TRIVIAL = 1e-12


@dataclass(frozen=True)
class Place:
    """Where a quantity stands: its kind ("z", "dW", "W new", ...), and its layer, or for a loss its example from 1."""

    kind: str
    index: int


@dataclass(eq=False)
class Chain:
    """The quantities of an exercise, each as it looks on paper: a matrix with a column an example, or of W's shape.

    Parameters
    ----------
    exercise : Exercise
    given : mapping of str to array, optional
        A student's numbers by name, nan where she has none. They take the place of what the rule gives, and whatever
        comes after them is computed from them.
    true : Chain, optional
        The true numbers. What becomes all zeros only because of the given ones takes its true value back: an answer
        that makes the rest trivial carries nothing forward.
    """

    exercise: Exercise
    given: Mapping[str, Array] = field(default_factory=dict)
    true: "Chain | None" = None
    known: dict[str, Array] = field(default_factory=dict, init=False)
    known_bounds: dict[int, dict[str, Array]] = field(default_factory=dict, init=False)

    @property
    def network(self) -> Network:
        """The network before the step."""
        return self.exercise.network

    @property
    def depth(self) -> int:
        """The number of layers."""
        return len(self.network.layers)

    @property
    def loss(self) -> Loss:
        """The loss, with its output activation."""
        return LOSSES[self.network.loss]

    @cached_property
    def X(self) -> Array:
        """The inputs that take part, (n_0, n)."""
        return self.exercise.X[list(self.exercise.selected)].T

    @cached_property
    def Y(self) -> Array:
        """Their targets, (n_L, n)."""
        return self.exercise.Y[list(self.exercise.selected)].T

    @cached_property
    def places(self) -> dict[str, "Place"]:
        """Where each quantity stands, in the sheet's order."""
        return places(self.exercise)

    @property
    def scale(self) -> float:
        """The factor of the batch's sum: 1, or 1/n for a mean."""
        return batch_scale(self.exercise.reduction, self.X.shape[1])

    def layer(self, l: int) -> Layer:
        """Return layer l, from 1, as it is before the step."""
        return self.network.layers[l - 1]

    def __getitem__(self, name: str) -> Array:
        if name not in self.known:
            value, own = self.rule(name), self.given.get(name)
            value = value if own is None else np.where(np.isnan(own), value, own)
            self.known[name] = self.true[name] if self.true and is_trivial(value, self.true[name]) else value
        return self.known[name]

    def rule(self, name: str) -> Array:
        """Return what the right rule makes of the numbers before this quantity, whatever is given for itself."""
        place = self.places[name]
        with np.errstate(all="ignore"):
            return RULES[place.kind](self, place.index)

    def ways(self, name: str) -> tuple[Array, ...]:
        """Return what the right rule makes of the numbers before this quantity, in every way it can be worked out."""
        place, rule = self.places[name], self.rule(name)
        if place.kind != "dz" or place.index == self.depth:
            return (rule,)
        with np.errstate(all="ignore"):
            return rule, dz_by_z_alone(self, place.index)

    def h(self, l: int) -> Array:
        """Return h[l], (n_l, n): the inputs for 0, the outputs for the last layer."""
        if l == 0:
            return self.X
        if l == self.depth:
            return self["output"] if "output" in self.places else self[f"z{l}"]
        return self[f"h{l}"]

    def slope(self, l: int) -> Array:
        """Return g'(z[l]) of a hidden layer, (n_l, n)."""
        return ACTIVATIONS[self.network.hidden].derivative(self[f"z{l}"], self[f"h{l}"])


@lru_cache(maxsize=128)
def true_chain(exercise: Exercise) -> Chain:
    """Return the true numbers of an exercise: a class's answers to it, and each edit's, are compared with the same."""
    return Chain(exercise)


def is_trivial(value: Array, true: Array) -> bool:
    """Return whether a value is all zeros, or no number any more, where the true one is not."""
    return bool(np.any(true) and (not np.any(np.abs(value) > TRIVIAL) or not np.isfinite(value).all()))


def z_rule(chain: Chain, l: int) -> Array:
    """Return W[l] h[l-1] + b[l]."""
    layer = chain.layer(l)
    return layer.W @ chain.h(l - 1) + layer.b[:, np.newaxis]


def h_rule(chain: Chain, l: int) -> Array:
    """Return g(z[l])."""
    return ACTIVATIONS[chain.network.hidden].f(chain[f"z{l}"])


def output_rule(chain: Chain, l: int) -> Array:
    """Return the outputs from z[L]: p, or y-hat."""
    return chain.loss.output(chain[f"z{chain.depth}"].T).T


def example_loss_rule(chain: Chain, j: int) -> Array:
    """Return the loss of example j, from 1, as a matrix of one number."""
    outputs, Y = chain.h(chain.depth).T, chain.Y.T
    return chain.loss.output_value(outputs, Y)[[j - 1], np.newaxis]


def loss_rule(chain: Chain, j: int) -> Array:
    """Return the batch's loss: its only example's, or the sum or mean of all of them."""
    if chain.X.shape[1] == 1:
        return example_loss_rule(chain, 1)
    losses = [chain[f"L({j})"] for j in range(1, chain.X.shape[1] + 1)]
    return chain.scale * np.sum(losses, axis=0)


def dz_rule(chain: Chain, l: int) -> Array:
    """Return dL/dz[l]: for the last layer from the outputs and the targets, else dL/dh[l] times g'(z[l])."""
    if l == chain.depth:
        return chain.scale * chain.loss.output_delta(chain.h(l).T, chain.Y.T).T
    return chain[f"dh{l}"] * chain.slope(l)


def dz_by_z_alone(chain: Chain, l: int) -> Array:
    """Return dL/dh[l] times g'(z[l]) worked out from z alone, where the rule takes it from h, as 1 - h^2 is."""
    activation, z = ACTIVATIONS[chain.network.hidden], chain[f"z{l}"]
    return chain[f"dh{l}"] * activation.derivative(z, activation.f(z))


def dh_rule(chain: Chain, l: int) -> Array:
    """Return W[l+1] transposed times dL/dz[l+1]."""
    return chain.layer(l + 1).W.T @ chain[f"dz{l + 1}"]


def dW_rule(chain: Chain, l: int) -> Array:
    """Return dL/dz[l] h[l-1] transposed, summed over the examples."""
    return chain[f"dz{l}"] @ chain.h(l - 1).T


def db_rule(chain: Chain, l: int) -> Array:
    """Return dL/dz[l] summed over the examples, (n_l, 1)."""
    return chain[f"dz{l}"].sum(axis=1, keepdims=True)


def velocity_W_rule(chain: Chain, l: int) -> Array:
    """Return mu v - eta dL/dW[l], with the v of W[l] before the step."""
    exercise = chain.exercise
    return exercise.momentum * exercise.velocity_before[l - 1].W - exercise.learning_rate * chain[f"dW{l}"]


def velocity_b_rule(chain: Chain, l: int) -> Array:
    """Return mu v - eta dL/db[l], with the v of b[l] before the step, (n_l, 1)."""
    exercise = chain.exercise
    before = exercise.velocity_before[l - 1].b[:, np.newaxis]
    return exercise.momentum * before - exercise.learning_rate * chain[f"db{l}"]


def new_W_rule(chain: Chain, l: int) -> Array:
    """Return W[l] - eta dL/dW[l], with momentum W[l] + v."""
    if chain.exercise.momentum:
        return chain.layer(l).W + chain[f"vW{l}"]
    return chain.layer(l).W - chain.exercise.learning_rate * chain[f"dW{l}"]


def new_b_rule(chain: Chain, l: int) -> Array:
    """Return b[l] - eta dL/db[l], with momentum b[l] + v, (n_l, 1)."""
    if chain.exercise.momentum:
        return chain.layer(l).b[:, np.newaxis] + chain[f"vb{l}"]
    return chain.layer(l).b[:, np.newaxis] - chain.exercise.learning_rate * chain[f"db{l}"]


def loss_after_rule(chain: Chain, j: int) -> Array:
    """Return the loss of the same examples with the new parameters, as a matrix of one number."""
    after, Y = network_after(chain), chain.Y.T
    value = loss_value(after, forward(after, chain.X.T), Y, reduction=chain.exercise.reduction)
    return np.array([[value]])


def network_after(chain: Chain) -> Network:
    """Return the network of the new parameters; biases that the step leaves alone are the old ones."""
    named = places(chain.exercise)
    layers = (
        Layer(chain[f"W{l} new"], chain[f"b{l} new"][:, 0] if f"b{l} new" in named else layer.b)
        for l, layer in enumerate(chain.network.layers, start=1)
    )
    return replace(chain.network, layers=tuple(layers))


RULES: dict[str, Callable[[Chain, int], Array]] = {
    "z": z_rule,
    "h": h_rule,
    "output": output_rule,
    "L of": example_loss_rule,
    "L": loss_rule,
    "dz": dz_rule,
    "dh": dh_rule,
    "dW": dW_rule,
    "db": db_rule,
    "vW": velocity_W_rule,
    "vb": velocity_b_rule,
    "W new": new_W_rule,
    "b new": new_b_rule,
    "L after": loss_after_rule,
}


def place_of(name: str) -> Place:
    """Return where a step of a solution stands, by its name: "dW3", "L(2)", "b1 new"."""
    if name in RULES:
        return Place(name, 0)
    if name.startswith("L("):
        return Place("L of", int(name[2:-1]))
    first, *rest = name.split()
    symbol = first.rstrip("0123456789")
    return Place(" ".join((symbol, *rest)), int(first[len(symbol) :]))


def places(exercise: Exercise) -> dict[str, Place]:
    """Return where each quantity stands that a student can be asked for, in the sheet's order."""
    network = exercise.network
    return places_of(network.sizes, network.loss, len(exercise.selected), exercise.biases_fixed, exercise.momentum > 0)


@lru_cache(maxsize=256)
def places_of(sizes: tuple[int, ...], loss: str, n: int, biases_fixed: bool, moving: bool) -> dict[str, Place]:
    """Return the places of every exercise of this structure: the steps of its solution, without what is given."""
    pairs = zip(sizes, sizes[1:], strict=False)
    layers = tuple(Layer(np.zeros((n_out, n_in)), np.zeros(n_out)) for n_in, n_out in pairs)
    X, Y = np.zeros((n, sizes[0])), np.zeros((n, sizes[-1]))
    blank = Exercise(
        Network(layers, loss=loss), X, Y, selected=tuple(range(n)), biases_fixed=biases_fixed, momentum=moving / 2
    )
    names = (step.name for step in solution_steps(solve(blank)))
    return {name: place_of(name) for name in names if name != GIVEN}


def quantities(exercise: Exercise) -> tuple[str, ...]:
    """Return the names of the steps that a student can be asked for, in the sheet's order: "z1", "h1", ..., "L after".

    Parameters
    ----------
    exercise : Exercise

    Returns
    -------
    tuple of str
        The names of `solution_steps`, without the inputs, which are given.

    Examples
    --------
    >>> from mlp.exercises import sheet_exercise
    >>> from mlp.practice import quantities
    >>> quantities(sheet_exercise("q1"))[:7]
    ('z1', 'h1', 'z2', 'h2', 'z3', 'L', 'dz3')
    """
    return tuple(places(exercise))

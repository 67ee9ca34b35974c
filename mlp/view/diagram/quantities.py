"""Which of a solution's numbers the network diagram shows: by view, by step, by example, and what is still covered."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from mlp.arrays import Array
from mlp.exercises.solve import Solution
from mlp.exercises.zero import sum_on_paper
from mlp.losses import LOSSES
from mlp.network import require_choice

VIEWS = ("weights", "activations", "gradients", "update")
UNIT_QUANTITY = {"weights": "", "activations": "h", "gradients": "dz", "update": ""}
EDGE_STEP = {"weights": "", "activations": "", "gradients": "d{letter}{layer}", "update": "{letter}{layer} new"}
STEP = re.compile(r"(?P<mark>[dv]?)(?P<letter>[zhWb])(?P<layer>\d+)(?P<new> new)?")


@dataclass(frozen=True)
class Choice:
    """What of a solution a diagram shows.

    Parameters
    ----------
    show : {"weights", "activations", "gradients", "update"}
    marked : str, optional
        The name of the step whose quantity is marked: "z1", "dW3", "b2 new".
    example : int, optional
        Which of the n examples that take part, from 0; None for the derivatives of the whole batch.
    decimals : int
        Of the numbers written into the diagram.
    covered : collection of str
        The names of the steps whose values are not to be seen yet: a question mark stands in their place.
    """

    show: str = "weights"
    marked: str | None = None
    example: int | None = 0
    decimals: int = 5
    covered: Collection[str] = ()

    def __post_init__(self) -> None:
        require_choice("show", self.show, VIEWS)


@dataclass(frozen=True, eq=False)
class EdgeGroup:
    """The weights of a layer, or its biases as the edges of a bias unit.

    Attributes
    ----------
    layer : int
    letter : {"W", "b"}
    before, after, gradient, share : arrays of shape (n_l, n_{l-1}), or (n_l, 1) for biases
        The parameters before and after the step, the derivatives, and the chosen example's share in these.
    """

    layer: int
    letter: str
    before: Array
    after: Array
    gradient: Array
    share: Array


def step_view(name: str) -> str:
    """Return the view in which a step's quantity is seen: "activations" for "z1", "update" for "W1 new"."""
    if name.endswith(("new", "after")) or name.startswith("v"):
        return "update"
    return "gradients" if name.startswith("d") else "activations"


def marked_place(name: str | None, depth: int) -> tuple[str, int]:
    """Return what a step marks, "unit", "W" or "b", and of which layer; the output and the loss mark the last units."""
    found = STEP.fullmatch(name or "")
    if not found:
        return ("unit", depth) if name else ("", -1)
    return {"W": "W", "b": "b"}.get(found["letter"], "unit"), int(found["layer"])


def unit_quantity(choice: Choice, layer: int) -> str:
    """Return which quantity stands at a layer's units: z, h, dz, dh, or none; the marked step's own at its layer."""
    quantity = UNIT_QUANTITY[choice.show]
    marked = choice.marked or ""
    found = STEP.fullmatch(marked)
    if found and found["letter"] in "zh" and int(found["layer"]) == layer and step_view(marked) == choice.show:
        quantity = found["mark"] + found["letter"]
    return "" if layer == 0 and quantity.startswith("d") else quantity


def unit_values(solution: Solution, quantity: str, layer: int, example: int | None) -> Array:
    """Return z, h, dz or dh of a layer's units, (n_l,): of one example, or the derivatives summed over the batch.

    Of the batch's z and h the first example's are returned.
    """
    forward_pass, gradients = solution.forward_pass, solution.gradients
    source = {"z": forward_pass.z, "h": forward_pass.h, "dz": gradients.z, "dh": gradients.h}[quantity]
    if example is None and quantity.startswith("d"):
        return sum_on_paper(source[layer])
    return source[layer][example or 0]


def revealing_step(solution: Solution, quantity: str, layer: int) -> str:
    """Return the step that reveals a quantity of a layer's units.

    Of the last layer, h is the step "output", or z where the outputs are linear, and dh comes with dz.
    """
    depth = len(solution.exercise.network.layers)
    if layer == depth and quantity == "h":
        return "output" if LOSSES[solution.exercise.network.loss].transforms else f"z{depth}"
    return f"dz{depth}" if layer == depth and quantity == "dh" else f"{quantity}{layer}"


def edge_groups(solution: Solution, example: int | None) -> Iterator[EdgeGroup]:
    """Yield the weights and the biases of every layer."""
    gradients, h = solution.gradients, solution.forward_pass.h
    pairs = zip(solution.exercise.network.layers, solution.network.layers, strict=True)
    for l, (before, after) in enumerate(pairs, start=1):
        dW, db = gradients.W[l], gradients.b[l]
        with np.errstate(all="ignore"):
            shares = (dW, db) if example is None else share_of(gradients.z[l][example], h[l - 1][example])
        yield EdgeGroup(l, "W", before.W, after.W, dW, shares[0])
        yield EdgeGroup(l, "b", *(b[:, np.newaxis] for b in (before.b, after.b, db, shares[1])))


def share_of(delta: Array, below: Array) -> tuple[Array, Array]:
    """Return one example's share in dL/dW[l] and in dL/db[l]."""
    return np.outer(delta, below), delta


def edges_covered(choice: Choice, group: EdgeGroup) -> bool:
    """Return whether what the edges show belongs to a step that is still covered; what is given never does."""
    step = EDGE_STEP[choice.show].format(letter=group.letter, layer=group.layer)
    return bool(step) and step in choice.covered


def edge_values(choice: Choice, group: EdgeGroup) -> Array:
    """Return what the edges show: the parameters, their derivatives, or their change."""
    if choice.show == "gradients":
        return group.share
    with np.errstate(all="ignore"):
        return group.after - group.before if choice.show == "update" else group.before

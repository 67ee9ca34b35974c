"""A solution told step by step, in the sheet's order: symbol = formula = numbers put in = value."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mlp.activations import ACTIVATIONS
from mlp.arrays import Array
from mlp.exercises.explained.losses import loss_told
from mlp.exercises.explained.outputs import Term, output_told
from mlp.exercises.explained.symbols import at, bold, column, d_at, velocity_at
from mlp.exercises.solve import Solution
from mlp.losses import LOSSES

PHASES = ("forward", "loss", "backward", "update")


@dataclass(frozen=True, eq=False)
class Step:
    """One quantity of a worked solution.

    Attributes
    ----------
    name : str
        "z1", "h1", "L", "dz3", "dW3", "vW1", "b3 new", ...
    phase : {"forward", "loss", "backward", "update"}
    layer : int
        The layer it belongs to; 0 for the inputs.
    symbol, formula : str
        LaTeX of the two sides of the equation; the formula is empty for what is given.
    terms : tuple of arrays, numbers and str
        The numbers put in, in reading order: matrices as they look on paper (a column an example), operators as text.
    value : array, or float
        What comes out, as it looks on paper.
    parts : tuple of arrays
        Each example's own share of the value, where the batch has several examples.

    Examples
    --------
    >>> from mlp.exercises import sheet_exercise, solution_steps, solve
    >>> first_sum = solution_steps(solve(sheet_exercise("q1")))[1]
    >>> first_sum.name, first_sum.phase, first_sum.layer
    ('z1', 'forward', 1)
    >>> [term if isinstance(term, str) else term.shape for term in first_sum.terms]
    [(4, 4), (4, 1), '+', (4, 1)]
    """

    name: str
    phase: str
    layer: int
    symbol: str
    formula: str
    terms: tuple[Term, ...]
    value: Term
    parts: tuple[Array, ...] = ()

    @property
    def asked_symbol(self) -> str:
        """The symbol where it is asked for: without its formula a new W or v looks like the given one."""
        is_new = self.name.endswith(" new") or self.name.startswith("v")
        return f"\\text{{new\u00a0}}{self.symbol}" if is_new else self.symbol


def solution_steps(solution: Solution) -> tuple[Step, ...]:
    """Return every step of the solution: forward pass, loss, backward pass, update, and the loss after it.

    Returns
    -------
    tuple of Step
        In the sheet's order.

    Examples
    --------
    >>> from mlp.exercises import sheet_exercise, solution_steps, solve
    >>> [step.name for step in solution_steps(solve(sheet_exercise("q1")))][:8]
    ['h0', 'z1', 'h1', 'z2', 'h2', 'z3', 'L', 'dz3']
    """
    return (
        *forward_steps(solution),
        *loss_steps(solution),
        *backward_steps(solution),
        *update_steps(solution),
        loss_after_step(solution),
    )


def forward_steps(solution: Solution) -> Iterator[Step]:
    """Yield x, then z[l] and h[l] of every layer."""
    network, passed = solution.exercise.network, solution.forward_pass
    g, loss, depth = ACTIVATIONS[network.hidden], LOSSES[network.loss], len(network.layers)
    yield Step("h0", "forward", 0, f"{bold('x')} = {at('h', 0)}", "", (), solution.X.T)
    for l, layer in enumerate(network.layers, start=1):
        is_output = l == depth and not loss.transforms
        symbol = (rf"{loss.output_latex} = " if is_output else "") + at("z", l)
        terms: tuple[Term, ...] = (layer.W, passed.h[l - 1].T, "+", column(layer.b))
        formula = rf"{at('W', l)}\,{at('h', l - 1)} + {at('b', l)}"
        yield Step(f"z{l}", "forward", l, symbol, formula, terms, passed.z[l].T)
        if l < depth:
            formula, terms = rf"{g.latex}\left({at('z', l)}\right)", (g.symbol, passed.z[l].T)
            yield Step(f"h{l}", "forward", l, at("h", l), formula, terms, passed.h[l].T)
    if loss.transforms:
        yield output_step(solution)


def output_step(solution: Solution) -> Step:
    """Return what the output activation makes of z[L]: p = softmax(z[L]), y-hat = sigma(z[L])."""
    network, passed = solution.exercise.network, solution.forward_pass
    loss, depth = LOSSES[network.loss], len(network.layers)
    formula, terms = output_told(loss.outputs).vector(passed.z[depth].T, depth)
    return Step("output", "forward", depth, loss.output_latex, formula, terms, passed.output.T)


def loss_steps(solution: Solution) -> Iterator[Step]:
    """Yield each example's loss, and the batch's where it has several examples."""
    n, told = len(solution.X), loss_told(solution.exercise.network.loss)
    for j in range(n):
        formula, terms = told.value(solution.forward_pass.z[-1][j], solution.forward_pass.output[j], solution.Y[j])
        symbol, name = ("L", "L") if n == 1 else (f"L^{{({j + 1})}}", f"L({j + 1})")
        yield Step(name, "loss", 0, symbol, formula, terms, solution.losses[j])
    if n > 1:
        yield Step("L", "loss", 0, "L", total_formula(solution), batch_terms(solution, solution.losses), solution.loss)


def total_formula(solution: Solution) -> str:
    """Return the batch's loss in LaTeX: the sum of its examples' losses, or their mean."""
    n = len(solution.X)
    return r"\sum_j L^{(j)}" if solution.exercise.reduction == "sum" else rf"\frac{{1}}{{{n}}} \sum_j L^{{(j)}}"


def batch_terms(solution: Solution, values: Array) -> tuple[Term, ...]:
    """Return value + value + ..., in front of it 1/n where the batch is averaged."""
    added: list[Term] = []
    for value in values:
        added += ["+", float(value)]
    return tuple(added[1:]) if solution.exercise.reduction == "sum" else (f"1/{len(values)} · (", *added[1:], ")")


def backward_steps(solution: Solution) -> Iterator[Step]:
    """Yield dL/dz[l], dL/dW[l], dL/db[l] and dL/dh[l-1], from the last layer to the first."""
    network, passed, grads = solution.exercise.network, solution.forward_pass, solution.gradients
    depth = len(network.layers)
    yield output_delta_step(solution)
    for l in range(depth, 0, -1):
        delta = grads.z[l].T
        below = passed.h[l - 1]
        parts = tuple(np.outer(d, h) for d, h in zip(grads.z[l], below, strict=True)) if len(below) > 1 else ()
        formula = rf"{d_at('z', l)}\,{at('h', l - 1, transposed=True)}"
        yield Step(f"dW{l}", "backward", l, d_at("W", l), formula, (delta, below), grads.W[l], parts)
        parts = tuple(column(d) for d in grads.z[l]) if len(below) > 1 else ()
        formula = d_at("z", l) if not parts else rf"\sum_j {d_at('z', l, example='j')}"
        yield Step(f"db{l}", "backward", l, d_at("b", l), formula, (), column(grads.b[l]), parts)
        if l > 1:
            terms = (network.layers[l - 1].W.T, delta)
            formula = rf"{at('W', l, transposed=True)}\,{d_at('z', l)}"
            yield Step(f"dh{l - 1}", "backward", l - 1, d_at("h", l - 1), formula, terms, grads.h[l - 1].T)
            yield hidden_delta_step(solution, l - 1)


def output_delta_step(solution: Solution) -> Step:
    """Return dL/dz[L] from output and target, times 1/n where the batch is averaged."""
    network, n = solution.exercise.network, len(solution.X)
    depth = len(network.layers)
    formula, terms = loss_told(network.loss).delta(solution.forward_pass.output.T, solution.Y.T)
    if solution.exercise.reduction == "mean" and n > 1:
        formula, terms = rf"\tfrac{{1}}{{{n}}} \left({formula}\right)", (f"1/{n} · (", *terms, ")")
    return Step(f"dz{depth}", "backward", depth, d_at("z", depth), formula, terms, solution.gradients.z[depth].T)


def hidden_delta_step(solution: Solution, l: int) -> Step:
    """Return dL/dz[l] = dL/dh[l] * g'(z[l])."""
    activation, passed = ACTIVATIONS[solution.exercise.network.hidden], solution.forward_pass
    slope = activation.derivative(passed.z[l], passed.h[l]).T
    formula = rf"{d_at('h', l)} \odot {activation.derivative_latex.format(l=l)}"
    terms = (solution.gradients.h[l].T, "⊙", slope)
    return Step(f"dz{l}", "backward", l, d_at("z", l), formula, terms, solution.gradients.z[l].T)


def update_steps(solution: Solution) -> Iterator[Step]:
    """Yield the new W[l] and b[l] of every layer, with momentum each after its new velocity."""
    if solution.exercise.momentum:
        yield from momentum_steps(solution)
        return
    eta, grads = solution.exercise.learning_rate, solution.gradients
    pairs = zip(solution.exercise.network.layers, solution.network.layers, strict=True)
    for l, (old, new) in enumerate(pairs, start=1):
        terms = (old.W, "−", eta, "·", grads.W[l])
        yield Step(f"W{l} new", "update", l, at("W", l), rf"{at('W', l)} - \eta\,{d_at('W', l)}", terms, new.W)
        if solution.exercise.biases_fixed:
            continue
        terms = (column(old.b), "−", eta, "·", column(grads.b[l]))
        yield Step(f"b{l} new", "update", l, at("b", l), rf"{at('b', l)} - \eta\,{d_at('b', l)}", terms, column(new.b))


def momentum_steps(solution: Solution) -> Iterator[Step]:
    """Yield v of W[l], the new W[l], v of b[l] and the new b[l] of every layer."""
    exercise, grads = solution.exercise, solution.gradients
    for l, (old, new) in enumerate(zip(exercise.network.layers, solution.network.layers, strict=True), start=1):
        before, after = exercise.velocity_before[l - 1], solution.velocity[l - 1]
        yield velocity_step(solution, "W", l, before.W, grads.W[l], after.W)
        yield moved_step("W", l, old.W, after.W, new.W)
        if not exercise.biases_fixed:
            yield velocity_step(solution, "b", l, column(before.b), column(grads.b[l]), column(after.b))
            yield moved_step("b", l, column(old.b), column(after.b), column(new.b))


def velocity_step(solution: Solution, letter: str, l: int, before: Array, gradient: Array, after: Array) -> Step:
    """Return v = mu v - eta dL/dW of a layer's weights or biases."""
    symbol, exercise = velocity_at(letter, l), solution.exercise
    terms = (exercise.momentum, "·", before, "−", exercise.learning_rate, "·", gradient)
    return Step(f"v{letter}{l}", "update", l, symbol, rf"\mu\,{symbol} - \eta\,{d_at(letter, l)}", terms, after)


def moved_step(letter: str, l: int, old: Array, velocity: Array, new: Array) -> Step:
    """Return the new weights or biases: the old ones and their velocity."""
    formula = f"{at(letter, l)} + {velocity_at(letter, l)}"
    return Step(f"{letter}{l} new", "update", l, at(letter, l), formula, (old, "+", velocity), new)


def loss_after_step(solution: Solution) -> Step:
    """Return the loss of the same examples with the new parameters."""
    formula = r"L \text{ with the new parameters}"
    return Step("L after", "update", 0, r"L_{\text{after}}", formula, (), solution.loss_after)

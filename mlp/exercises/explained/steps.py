"""A solution told step by step, in the sheet's order: symbol = formula = numbers put in = value."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mlp.activations import ACTIVATIONS
from mlp.exercises.explained.symbols import at, bold, column, d_at
from mlp.exercises.solve import Solution
from mlp.losses import LOSSES

Array = np.ndarray
Term = Array | float | str
PHASES = ("forward", "loss", "backward", "update")
LARGEST_PLAIN_LOGIT = 30.0


@dataclass(frozen=True, eq=False)
class Step:
    """One quantity of a worked solution.

    Attributes
    ----------
    name : str
        "z1", "h1", "L", "dz3", "dW3", "b3 new", ...
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
    """

    name: str
    phase: str
    layer: int
    symbol: str
    formula: str
    terms: tuple[Term, ...]
    value: Term
    parts: tuple[Array, ...] = ()


def solution_steps(solution: Solution) -> tuple[Step, ...]:
    """Return every step of the solution: forward pass, loss, backward pass, update, and the loss after it."""
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
    g, depth = ACTIVATIONS[network.hidden].latex, len(network.layers)
    yield Step("h0", "forward", 0, f"{bold('x')} = {at('h', 0)}", "", (), solution.X.T)
    for l, layer in enumerate(network.layers, start=1):
        linear_output = l == depth and not LOSSES[network.loss].activation_latex
        symbol = (rf"{LOSSES[network.loss].output_latex} = " if linear_output else "") + at("z", l)
        terms = (layer.W, passed.h[l - 1].T, "+", column(layer.b))
        formula = rf"{at('W', l)}\,{at('h', l - 1)} + {at('b', l)}"
        yield Step(f"z{l}", "forward", l, symbol, formula, terms, passed.z[l].T)
        if l < depth:
            terms = (NAMES[network.hidden], passed.z[l].T)
            yield Step(f"h{l}", "forward", l, at("h", l), rf"{g}\left({at('z', l)}\right)", terms, passed.h[l].T)
    if LOSSES[network.loss].activation_latex:
        yield output_step(solution)


NAMES = {"tanh": "tanh", "logistic": "σ", "relu": "relu", "identity": "id"}


def output_step(solution: Solution) -> Step:
    """Return p = softmax(z[L]) with its exponentials and their sum, or y-hat = sigma(z[L])."""
    network, passed = solution.exercise.network, solution.forward_pass
    loss, depth = LOSSES[network.loss], len(network.layers)
    z = passed.z[depth].T
    if network.loss != "cross_entropy":
        formula = rf"{loss.activation_latex}\left({at('z', depth)}\right)"
        return Step("output", "forward", depth, loss.output_latex, formula, ("σ", z), passed.output.T)
    shift = z.max(axis=0, keepdims=True) if np.abs(z).max() > LARGEST_PLAIN_LOGIT else np.zeros((1, z.shape[1]))
    shown = r"z_i - \max_j z_j" if shift.any() else "z_i"
    exponentials = np.exp(z - shift)
    quotient = rf"\frac{{e^{{{shown}}}}}{{\sum_k e^{{{shown.replace('_i', '_k')}}}}}"
    formula = rf"\operatorname{{softmax}}\left({at('z', depth)}\right),\; p_i = {quotient}"
    terms = (exponentials, "÷", exponentials.sum(axis=0, keepdims=True))
    return Step("output", "forward", depth, loss.output_latex, formula, terms, passed.output.T)


def loss_steps(solution: Solution) -> Iterator[Step]:
    """Yield each example's loss, and the batch's where it has several examples."""
    n = len(solution.X)
    for j in range(n):
        terms = (squares if solution.exercise.network.loss != "cross_entropy" else logarithms)(solution, j)
        symbol = "L" if n == 1 else f"L^{{({j + 1})}}"
        yield Step(
            symbol if n == 1 else f"L({j + 1})", "loss", 0, symbol, loss_formula(solution), terms, solution.losses[j]
        )
    if n > 1:
        yield Step("L", "loss", 0, "L", total_formula(solution), batch_terms(solution, solution.losses), solution.loss)


def loss_formula(solution: Solution) -> str:
    """Return the loss of one example in LaTeX."""
    if solution.exercise.network.loss == "cross_entropy":
        return r"-\sum_k y_k \log p_k"
    return r"\tfrac12 \sum_k (\hat y_k - y_k)^2"


def squares(solution: Solution, j: int) -> tuple[Term, ...]:
    """Return the numbers of 1/2 sum_k (y-hat_k - y_k)^2 for example j."""
    terms: list[Term] = ["½ ("]
    for k, (output, target) in enumerate(zip(solution.forward_pass.output[j], solution.Y[j], strict=True)):
        terms += ["+ (" if k else "(", float(output), "−", signed(target), ")²"]
    return (*terms, ")")


def logarithms(solution: Solution, j: int) -> tuple[Term, ...]:
    """Return the numbers of -sum_k y_k log p_k for example j, without the terms whose y_k is 0."""
    terms: list[Term] = ["−("]
    shown = np.flatnonzero(solution.Y[j])
    for count, k in enumerate(shown):
        terms += ["+" if count else "", signed(solution.Y[j, k]), "· log", float(solution.forward_pass.output[j, k])]
    return (*terms, ")" if len(shown) else "0)")


def signed(value: float) -> Term:
    """Return a number as a term; a negative one in brackets."""
    return np.array([[value]]) if value < 0 else float(value)


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
    """Return dL/dz[L]: y-hat - y, p - y, or (y-hat - y) y-hat (1 - y-hat), times 1/n where the batch is averaged."""
    network, n = solution.exercise.network, len(solution.X)
    output, target = solution.forward_pass.output.T, solution.Y.T
    depth, symbol = len(network.layers), LOSSES[network.loss].output_latex
    formula, terms = rf"{symbol} - {bold('y')}", (output, "−", target)
    if network.loss == "logistic_squared_error":
        formula = rf"({formula}) \odot {symbol} \odot (1 - {symbol})"
        terms = ("(", *terms, ")", "⊙", output, "⊙", 1.0 - output)
    elif network.loss == "cross_entropy" and not np.allclose(target.sum(axis=0), 1.0, rtol=0.0, atol=1e-12):
        formula, terms = (
            rf"\left(\textstyle\sum_k y_k\right) {formula}",
            (target.sum(axis=0, keepdims=True), "·", *terms),
        )
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
    """Yield the new W[l] and b[l] of every layer."""
    eta, grads = solution.exercise.learning_rate, solution.gradients
    pairs = zip(solution.exercise.network.layers, solution.network.layers, strict=True)
    for l, (old, new) in enumerate(pairs, start=1):
        terms = (old.W, "−", eta, "·", grads.W[l])
        yield Step(f"W{l} new", "update", l, at("W", l), rf"{at('W', l)} - \eta\,{d_at('W', l)}", terms, new.W)
        if solution.exercise.biases_fixed:
            continue
        terms = (column(old.b), "−", eta, "·", column(grads.b[l]))
        yield Step(f"b{l} new", "update", l, at("b", l), rf"{at('b', l)} - \eta\,{d_at('b', l)}", terms, column(new.b))


def loss_after_step(solution: Solution) -> Step:
    """Return the loss of the same examples with the new parameters."""
    formula = r"L \text{ with the new parameters}"
    return Step("L after", "update", 0, r"L_{\text{after}}", formula, (), solution.loss_after)

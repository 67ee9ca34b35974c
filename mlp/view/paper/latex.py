"""Numbers, matrices and steps in LaTeX that KaTeX, MathJax and pandoc all read."""

import re

import numpy as np

from mlp.activations import ACTIVATIONS
from mlp.exercises.explained.steps import Step, Term
from mlp.outputs import OUTPUTS
from mlp.view.exercise.tables import LARGEST_PARTS
from mlp.view.numbers import format_number

BLANK_CELL, BLANK_NUMBER = r"\underline{\hspace{3em}}", r"\underline{\hspace{6em}}"
OPERATORS = {
    "−": "-",
    "·": r"\cdot ",
    "⊙": r"\odot ",
    "÷": r"\div ",
    "½": r"\tfrac{1}{2} ",
    "²": "^2",
    "log": r"\log ",
    "(": r"\left(",
    ")": r"\right)",
}


def number_latex(value: float, decimals: int) -> str:
    """Return a number in LaTeX, as `format_number` rounds it."""
    shown = format_number(float(value), decimals).replace("−", "-")
    if not np.isfinite(value):
        return rf"\text{{{shown}}}"
    mantissa, _, exponent = shown.partition("e")
    return rf"{mantissa} \cdot 10^{{{exponent}}}" if exponent else mantissa


def array_latex(cells: list[list[str]]) -> str:
    """Return cells in brackets, right-aligned; a single one needs no array."""
    body = r" \\ ".join(" & ".join(row) for row in cells)
    if len(cells) == len(cells[0]) == 1:
        return rf"\left({body}\right)"
    return rf"\left(\begin{{array}}{{{'r' * len(cells[0])}}} {body} \end{{array}}\right)"


def term_latex(term: Term, decimals: int) -> str:
    """Return a matrix, a number or an operator in LaTeX."""
    if isinstance(term, str):
        return operator_latex(term)
    if isinstance(term, np.ndarray):
        return array_latex([[number_latex(value, decimals) for value in row] for row in np.atleast_2d(term)])
    return number_latex(term, decimals)


def operator_latex(text: str) -> str:
    """Return an operator of a step in LaTeX."""
    if name := function_latex(text):
        return name
    text = re.sub(r"(\d+)/(\d+)", r"\\tfrac{\1}{\2}", text)
    for shown, latex in OPERATORS.items():
        text = text.replace(shown, latex)
    return " ".join(text.split())


def function_latex(text: str) -> str:
    """Return an activation's or an output's name in LaTeX, by its plain text; empty for any other text."""
    named = [(function.symbol, function.latex) for function in ACTIVATIONS.values()]
    named += [(output.symbol, output.latex) for output in OUTPUTS.values()]
    return next((latex for symbol, latex in named if symbol == text), "")


def blank_latex(value: Term) -> str:
    """Return brackets with a line for each number to be found, or a single line."""
    if isinstance(value, np.ndarray):
        return array_latex([[BLANK_CELL] * value.shape[1] for _ in range(value.shape[0])])
    return BLANK_NUMBER


def worked_latex(step: Step, decimals: int) -> str:
    """Return symbol = formula = numbers put in = value, a line each; the examples' shares where there are a few."""
    shares = step.parts if len(step.parts) <= LARGEST_PARTS else ()
    added = [term for part in shares for term in ("+", part)][1:]
    sides = [side for side in (step.terms, tuple(added), (step.value,)) if side]
    lines = [step.formula, *(" ".join(term_latex(term, decimals) for term in side) for side in sides)]
    return aligned(step.symbol, lines)


def aligned(symbol: str, lines: list[str]) -> str:
    """Return a displayed formula in which each line begins with the equals sign."""
    body = " \\\\\n".join(f"&= {line}" for line in lines)
    return f"$$\n\\begin{{aligned}}\n{symbol} {body}\n\\end{{aligned}}\n$$"

"""Where each formula comes from, at the end of a worked solution."""

from collections.abc import Iterator
from html import escape

from mlp.exercises.explained.origins import Origin, origins
from mlp.exercises.explained.steps import solution_steps
from mlp.exercises.solve import Solution
from mlp.view.numbers import format_number
from mlp.view.paper.latex import aligned, number_latex
from mlp.view.paper.mathml import mathml

HEADING = "Where each formula comes from"
ABOUT = (
    "Each rule of the backward pass from its definition, line by line, with the numbers of the first unit "
    "(i = 1, k = 1): all lines of a derivation give the same value, and that is the check."
)


def derived(solution: Solution) -> Iterator[Origin]:
    """Yield the derivations of a solution in the order of its steps."""
    for step in solution_steps(solution):
        yield from origins(solution, step.name)


def appendix_markdown(solution: Solution, decimals: int) -> Iterator[str]:
    """Yield the blocks of the appendix as Markdown: the definition, the lines with their values, what was done."""
    yield f"## {HEADING}"
    yield ABOUT
    for told in derived(solution):
        yield f"$$\n{told.start}\n$$"
        yield told.words
        lines = [f"{line.latex} = {number_latex(line.values[0], decimals)}" for line in told.lines]
        yield aligned(told.symbol, lines)
        yield "\n".join(f"{k}. {line.words}" for k, line in enumerate(told.lines, start=1))


def appendix_html(solution: Solution, decimals: int) -> str:
    """Return the appendix as HTML."""
    body = "".join(origin_html(told, decimals) for told in derived(solution))
    return f'<section class="derivations"><h2>{HEADING}</h2><p>{escape(ABOUT)}</p>{body}</section>'


def origin_html(told: Origin, decimals: int) -> str:
    """Return a derivation: the definition, and a list of lines with what was done and what it gives."""
    signs = (told.symbol, *[""] * len(told.lines))
    lines = "".join(
        f"<li><div>{mathml(f'{sign} = {line.latex}')} = <b>{escape(format_number(line.values[0], decimals))}</b></div>"
        f"{escape(line.words)}</li>"
        for sign, line in zip(signs, told.lines, strict=False)
    )
    words = f"<p>{escape(told.words)}</p>" if told.words else ""
    return f'<div class="step"><div>{mathml(told.start)}</div>{words}<ol>{lines}</ol></div>'

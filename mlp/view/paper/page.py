"""The worked solution and the blank sheet as a page to print: one file, nothing loaded, nothing run."""

from collections.abc import Callable, Iterable
from html import escape

import numpy as np

from mlp.exercises.explained.steps import Step, Term
from mlp.exercises.solve import Solution
from mlp.untrusted.checks import plain_text
from mlp.view.exercise.tables import STYLE, equation_html, matrix_html
from mlp.view.numbers import format_number
from mlp.view.palette import PRINTED, RULED, SHEET
from mlp.view.paper.appendix import appendix_html
from mlp.view.paper.assignment import assignment, givens, heading, phases
from mlp.view.paper.mathml import mathml

# No source is allowed: even if a text got through as HTML, the browser would load and run nothing
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
PRINT = (
    """<style>
:root {color-scheme: light}
body {font: 16px/1.45 system-ui, sans-serif; color: INK; background: SHEET; max-width: 60rem; margin: 2rem auto;
  padding: 0 1rem}
h1 {font-size: 1.6rem} h2 {font-size: 1.2rem; margin: 1.6rem 0 .6rem}
.task {white-space: pre-line}
.given {display: flex; flex-wrap: wrap; align-items: center; gap: .8rem 1.6rem}
.given > div, .line {display: flex; flex-wrap: wrap; align-items: center; gap: .4rem}
.step {break-inside: avoid; margin: .5rem 0}
.blanks {orphans: 1; widows: 1}
.blanks > div {display: inline-flex; vertical-align: middle; margin: .2rem 1.2rem .2rem 0}
h2 {break-after: avoid}
math .strong {font-weight: bold} math .strong mi {font-style: normal; text-transform: none}
.blank td {min-width: 3rem; height: 1.45rem; padding: 0 .15rem}
.blank td::after {content: ""; display: block; border-bottom: 1px solid RULE; margin-top: 1.15rem}
.answer {display: inline-block; min-width: 9rem; height: 1.6rem; border-bottom: 1px solid RULE}
.key {break-before: page}
.derivations {break-before: page} .derivations li {margin: .4rem 0} .derivations div {overflow-x: auto}
@page {margin: 14mm}
@media print {body {margin: 0; padding: 0; max-width: none; font-size: 11pt} .bbh-eq {overflow: visible}
  h1 {margin: 0 0 .4rem; font-size: 1.3rem} h2 {margin: .8rem 0 .3rem} .given {gap: .3rem 1.2rem}
  .key {font-size: 9pt} .key .blanks > div {margin-block: .1rem} .key td {line-height: 1.15}
  .bbh-value {outline: 1px solid RULE}}
</style>""".replace("INK", PRINTED)
    .replace("SHEET", SHEET)
    .replace("RULE", RULED)
)


def worked_page(solution: Solution, *, decimals: int = 5, title: str = "", task: str = "") -> str:
    """Return the exercise worked out as an HTML document, with where each formula comes from at its end.

    Parameters
    ----------
    solution : Solution
    decimals : int
        As in `format_number`.
    title, task : str
        Plain text of a teacher's; it is escaped.
    """

    def worked(step: Step) -> str:
        return f"<div>{mathml(f'{step.symbol} = {step.formula}')}</div>{equation_html(step, decimals)}"

    return document(solution, decimals, title, task, worked, "worked", after=appendix_html(solution, decimals))


def blank_page(solution: Solution, *, decimals: int = 5, title: str = "", task: str = "") -> str:
    """Return the exercise as an HTML document with empty brackets for all that is to be found; as `worked_page`."""
    return document(solution, decimals, title, task, blank_html, "blanks")


def blank_page_with_key(solution: Solution, *, decimals: int = 5, title: str = "", task: str = "") -> str:
    """Return the blank sheet with its results on a page of their own; as `worked_page`."""
    rows = (f'<div class="line">{mathml(f"{step.asked_symbol} =")}{result_html(step, decimals)}</div>'
            for _, steps in phases(solution) for step in steps)  # fmt: skip
    key = f'<section class="key"><h2>Key</h2><div class="blanks">{"".join(rows)}</div></section>'
    return document(solution, decimals, title, task, blank_html, "blanks", after=key)


def result_html(step: Step, decimals: int) -> str:
    """Return what comes out of a step: a matrix or a number."""
    if isinstance(step.value, np.ndarray):
        return matrix_html(np.atleast_2d(step.value), decimals)
    return escape(format_number(float(step.value), decimals))


def blank_html(step: Step) -> str:
    """Return a step's symbol and room for its value."""
    return f'<div class="line">{mathml(f"{step.asked_symbol} =")}{room(step.value)}</div>'


def room(value: Term) -> str:
    """Return empty brackets of a matrix's shape, or a line for a number."""
    if not isinstance(value, np.ndarray):
        return '<span class="answer"></span>'
    row = f"<tr>{'<td></td>' * value.shape[1]}</tr>"
    return f'<table class="bbh-m blank">{row * value.shape[0]}</table>'


def document(
    solution: Solution,
    decimals: int,
    title: str,
    task: str,
    shown: Callable[[Step], str],
    kind: str,
    *,
    after: str = "",
) -> str:
    """Return a whole page: the assignment, what is given, each step as `shown` draws it, and HTML after them."""
    name, words = escape(heading(title)), escape(plain_text(task))
    given = "".join(
        f"<div>{mathml(f'{symbol} =')}{matrix_html(values, decimals)}</div>" for symbol, values in givens(solution)
    )
    return joined(
        (
            "<!doctype html>",
            '<html lang="en"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{name}</title>{STYLE}{PRINT}</head><body><h1>{name}</h1>",
            f'<p class="task">{words}</p>' if words else "",
            f"<p>{escape(assignment(solution, decimals))}</p>",
            f'<h2>Given</h2><div class="given">{given}</div>',
            *(section(phase, steps, shown, kind) for phase, steps in phases(solution)),
            after,
            "</body></html>",
        )
    )


def section(name: str, steps: Iterable[Step], shown: Callable[[Step], str], kind: str) -> str:
    """Return a phase of the solution."""
    body = "".join(f'<div class="step">{shown(step)}</div>' for step in steps)
    return f'<h2>{escape(name)}</h2><div class="{kind}">{body}</div>'


def joined(lines: Iterable[str]) -> str:
    """Return the lines that hold something."""
    return "\n".join(line for line in lines if line) + "\n"

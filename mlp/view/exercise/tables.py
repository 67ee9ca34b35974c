"""Matrices and equations as light HTML, made of numbers only: never of a text that came from outside."""

from collections.abc import Sequence
from html import escape

import numpy as np

from mlp.arrays import Array
from mlp.exercises.explained.batch import Share
from mlp.exercises.explained.steps import Step, Term
from mlp.view.numbers import format_number
from mlp.view.palette import BLUE, CHOSEN

LARGEST_PARTS = 4

STYLE = """<style>
.bbh-eq {display: flex; flex-wrap: wrap; align-items: center; gap: .35rem .4rem; margin: .1rem 0 .7rem 0;
  font-variant-numeric: tabular-nums; font-size: .84rem; overflow-x: auto; padding: .1rem}
.bbh-m {border-collapse: separate; border-spacing: 0; border-left: 1.5px solid currentColor;
  border-right: 1.5px solid currentColor; border-radius: .45rem; padding: 0 .12rem}
.bbh-m td {text-align: right; padding: .02rem .28rem; line-height: 1.3; white-space: nowrap; border: 0}
.bbh-value {background: color-mix(in srgb, BLUE 13%, transparent); font-weight: 600}
.bbh-number.bbh-value {padding: .1rem .45rem; border-radius: .35rem}
.bbh-op {opacity: .85; white-space: nowrap}
.bbh-top {font-size: .7em; vertical-align: super; margin-left: -.25rem}
.bbh-eq[aria-current] {outline: 2px solid CHOSEN; outline-offset: .2rem; border-radius: .35rem}
.bbh-covered {padding: .1rem .9rem; border-radius: .35rem; border: 1px dashed currentColor; opacity: .7}
.bbh-scroll {overflow-x: auto}
.bbh-batch {border-collapse: collapse; font-size: .8rem; font-variant-numeric: tabular-nums}
.bbh-batch > thead th, .bbh-batch > tbody > tr > * {padding: .3rem .55rem; text-align: left; vertical-align: middle;
  border: 0; border-bottom: 1px solid color-mix(in srgb, currentColor 15%, transparent); white-space: nowrap}
@media (max-width: 640px) {
  .bbh-batch :is(tbody, tr, th, td) {display: block}
  .bbh-batch thead {position: absolute; clip-path: inset(50%); white-space: nowrap}
  .bbh-batch > tbody > tr {padding: .4rem 0 .6rem 0;
    border-bottom: 1px solid color-mix(in srgb, currentColor 15%, transparent)}
  .bbh-batch > tbody > tr > :is(th, td) {border: 0; padding: .15rem 0}
  .bbh-batch > tbody > tr > td {display: flex; align-items: center; gap: .5rem}
  .bbh-batch > tbody > tr > td::before {content: attr(data-title); flex: 0 0 5.2rem}
  .bbh-batch .bbh-m {display: table}
  .bbh-batch .bbh-m tbody {display: table-row-group}
  .bbh-batch .bbh-m tr {display: table-row}
  .bbh-batch .bbh-m td {display: table-cell}
}
</style>""".replace("BLUE", BLUE).replace("CHOSEN", CHOSEN)


def matrix_html(values: Array, decimals: int, *, result: bool = False) -> str:
    """Return a matrix as an HTML table with brackets; in a result each cell's tooltip is the exact value.

    Parameters
    ----------
    values : array of shape (rows, columns)
    decimals : int
        As in `format_number`.
    result : bool
        Whether it is what comes out, and marked as such.
    """
    rows = "".join(f"<tr>{''.join(_cell(v, decimals, result) for v in row)}</tr>" for row in np.atleast_2d(values))
    return f'<table class="bbh-m{" bbh-value" if result else ""}">{rows}</table>'


def _cell(value: float, decimals: int, result: bool) -> str:
    exact = f' title="{float(value)!r}"' if result else ""
    return f"<td{exact}>{format_number(float(value), decimals)}</td>"


def term_html(term: Term, decimals: int, *, result: bool = False) -> str:
    """Return a matrix, a number or an operator as HTML."""
    if isinstance(term, str):
        return f'<span class="bbh-op">{escape(term)}</span>'
    if isinstance(term, np.ndarray):
        return matrix_html(term, decimals, result=result)
    exact = f' title="{float(term)!r}"' if result else ""
    return (
        f'<span class="bbh-number{" bbh-value" if result else ""}"{exact}>{format_number(float(term), decimals)}</span>'
    )


COVERED = '<span class="bbh-op">=</span><span class="bbh-covered">?</span>'


def equation_html(step: Step, decimals: int, *, current: bool = False, covered: bool = False) -> str:
    """Return '= numbers put in = value' of a step; each example's own share in between where there are a few.

    Parameters
    ----------
    step : Step
    decimals : int
        As in `format_number`.
    current : bool
        Whether it is the step a reader is at, and marked as such.
    covered : bool
        Whether the numbers are covered with a question mark.
    """
    inner = COVERED if covered else _sides_html(step, decimals)
    mark = ' aria-current="step"' if current else ""
    return f'<div class="bbh-eq" role="group" data-step="{escape(step.name)}"{mark}>{inner}</div>'


def product_html(terms: Sequence[Term], value: Term, decimals: int) -> str:
    """Return 'numbers put in = value' as HTML, as in `equation_html` but for terms that are no step of a solution."""
    inner = "".join(term_html(term, decimals) for term in terms)
    return f'<div class="bbh-eq">{inner}<span class="bbh-op">=</span>{term_html(value, decimals, result=True)}</div>'


def _sides_html(step: Step, decimals: int) -> str:
    shares = step.parts if len(step.parts) <= LARGEST_PARTS else ()
    added = [term for part in shares for term in ("+", part)][1:]
    sides = [side for side in (step.terms, tuple(added)) if side]
    inner = "".join('<span class="bbh-op">=</span>' + "".join(term_html(t, decimals) for t in side) for side in sides)
    value = '<span class="bbh-op">=</span>' + term_html(step.value, decimals, result=True)
    return inner + value


def batch_html(rows: Sequence[Share], labels: Sequence[str], decimals: int, reduction: str) -> str:
    """Return a batch as an HTML table: a row for each quantity, a column for each example, then their sum and mean.

    Parameters
    ----------
    rows : sequence of Share
    labels : sequence of str
        The examples' names.
    decimals : int
        As in `format_number`.
    reduction : {"sum", "mean"}
        Which of the two the exercise takes; it is marked.
    """
    titles = (*labels, *(f"{name} (taken)" if name == reduction else name for name in ("sum", "mean")))
    head = "".join(f'<th role="columnheader" scope="col">{escape(title)}</th>' for title in ("Quantity", *titles))
    body = "".join(_batch_row(row, titles, decimals, reduction) for row in rows)
    # On a phone the rows are no longer laid out as a table's, and would lose their meaning without the roles
    table = (
        f'<table class="bbh-batch" role="table"><thead><tr role="row">{head}</tr></thead><tbody>{body}</tbody></table>'
    )
    return f'<div class="bbh-scroll" role="region" aria-label="Example by example" tabindex="0">{table}</div>'


def _batch_row(row: Share, titles: Sequence[str], decimals: int, reduction: str) -> str:
    cells = [matrix_html(values, decimals) for values in row.each]
    cells += [matrix_html(row.total, decimals, result=reduction == "sum")]
    cells += [matrix_html(row.mean, decimals, result=reduction == "mean")]
    named = zip(titles, cells, strict=True)
    columns = "".join(f'<td role="cell" data-title="{escape(title)}">{cell}</td>' for title, cell in named)
    return f'<tr role="row"><th role="rowheader" scope="row">{escape(row.symbol)}</th>{columns}</tr>'

"""The worked solution and the blank sheet as Markdown with LaTeX."""

import re
from collections.abc import Iterable

from mlp.exercises.solve import Solution
from mlp.untrusted.checks import plain_text
from mlp.view.paper.appendix import appendix_markdown
from mlp.view.paper.assignment import assignment, givens, heading, phases
from mlp.view.paper.latex import aligned, blank_latex, term_latex, worked_latex

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#$|~&!^@])")
BEGINNING = re.compile(r"^([-+=:]|\d+(?=[.)]))")


def worked_markdown(solution: Solution, *, decimals: int = 5, title: str = "", task: str = "") -> str:
    """Return the exercise worked out, each step as symbol = formula = numbers put in = value, and the derivations.

    Parameters
    ----------
    solution : Solution
    decimals : int
        As in `format_number`.
    title, task : str
        Plain text of a teacher's; Markdown's own signs in it are escaped.
    """
    blocks = (
        block
        for name, steps in phases(solution)
        for block in (f"## {name}", *(worked_latex(step, decimals) for step in steps))
    )
    return joined((*opening(solution, decimals, title, task), *blocks, *appendix_markdown(solution, decimals)))


def blank_markdown(solution: Solution, *, decimals: int = 5, title: str = "", task: str = "") -> str:
    """Return the exercise with all that is given, and empty brackets for all that is to be found.

    Parameters
    ----------
    solution : Solution
        Of which only the shapes are used.
    decimals, title, task
        As in `worked_markdown`.
    """
    blocks = (
        block
        for name, steps in phases(solution)
        for block in (f"## {name}", *(aligned(step.symbol, [blank_latex(step.value)]) for step in steps))
    )
    return joined((*opening(solution, decimals, title, task), *blocks))


def opening(solution: Solution, decimals: int, title: str, task: str) -> tuple[str, ...]:
    """Return title, task, what is asked for, and what is given."""
    words = "  \n".join(escaped(line) for line in plain_text(task).split("\n"))
    given = (aligned(symbol, [term_latex(value, decimals)]) for symbol, value in givens(solution))
    return (f"# {escaped(heading(title))}", words, assignment(solution, decimals), "## Given", *given)


def joined(blocks: Iterable[str]) -> str:
    """Return the blocks that hold something, with a blank line between them."""
    return "\n\n".join(block for block in blocks if block) + "\n"


def escaped(line: str) -> str:
    """Return a line in which nothing means anything in Markdown, HTML or LaTeX."""
    return BEGINNING.sub(beginning_escaped, SPECIAL.sub(r"\\\1", line.strip()))


def beginning_escaped(found: re.Match[str]) -> str:
    """Return the beginning of what would be a list or a rule, escaped."""
    return f"{found[1]}\\" if found[1].isdigit() else f"\\{found[1]}"

"""An exercise on paper: the worked solution and the blank sheet, as Markdown with LaTeX and as a page to print."""

from mlp.view.paper.assignment import assignment, givens, the_network
from mlp.view.paper.markdown import blank_markdown, worked_markdown
from mlp.view.paper.page import blank_page, worked_page

__all__ = [
    "assignment",
    "blank_markdown",
    "blank_page",
    "givens",
    "the_network",
    "worked_markdown",
    "worked_page",
]

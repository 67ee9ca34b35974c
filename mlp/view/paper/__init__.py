"""An exercise on paper: the worked solution and the blank sheet, as Markdown with LaTeX and as a page to print."""

from mlp.view.paper.assignment import assignment, givens, the_network
from mlp.view.paper.markdown import blank_markdown, worked_markdown
from mlp.view.paper.page import blank_page, blank_page_with_key, worked_page

__all__ = [
    "assignment",
    "blank_markdown",
    "blank_page",
    "blank_page_with_key",
    "givens",
    "the_network",
    "worked_markdown",
    "worked_page",
]

"""Taking an exercise away: on paper, as a table, and as scripts with its own numbers in them."""

from functools import partial

import streamlit as st

from mlp.exercises import Solution
from mlp.exercises.export import (
    numpy_script,
    pytorch_script,
    quantities_csv,
    scikit_learn_obstacle,
    scikit_learn_script,
)
from mlp.view.paper import blank_markdown, blank_page, worked_markdown, worked_page
from pages.common.controls import download
from pages.common.messages import plain
from pages.exercise.desk import Desk
from pages.exercise.draft import Lesson

BLANK = (("Blank sheet to print", blank_page, "blank.html"), ("Blank sheet, Markdown", blank_markdown, "blank.md"))
WORKED = (("Solution to print", worked_page, "solution.html"), ("Solution, Markdown", worked_markdown, "solution.md"))


def take_away_section(desk: Desk, solution: Solution, lesson: Lesson, decimals: int, *, solved: bool) -> None:
    """Draw the downloads, once the section is opened; without the solution where it is hidden."""
    section = st.expander("Take away: paper, table, code", icon=":material/download:", key=desk.key("take_open"),
                          on_change="rerun")  # fmt: skip
    if not section.open:
        return
    with section:
        st.caption("All with the numbers that stand on this page now.")
        for papers in (BLANK, WORKED) if solved else (BLANK,):
            with st.container(horizontal=True):
                for label, page, name in papers:
                    text = partial(page, solution, decimals=decimals, title=lesson.title, task=lesson.task)
                    download(label, text, f"{desk.question}-{name}")
                if papers is WORKED:
                    table = partial(quantities_csv, solution)
                    download("All quantities, CSV", table, f"{desk.question}-quantities.csv")
        if solved:
            scripts(desk.question, solution, lesson.title)


def scripts(question: str, solution: Solution, title: str) -> None:
    """Draw the downloads of the scripts; each asserts that it comes to the numbers of this page."""
    obstacle = scikit_learn_obstacle(solution)
    with st.container(horizontal=True):
        download("NumPy script", partial(numpy_script, solution, title=title), f"{question}_numpy.py")
        download("PyTorch script", partial(pytorch_script, solution, title=title), f"{question}_pytorch.py")
        if not obstacle:
            script = partial(scikit_learn_script, solution, title=title)
            download("scikit-learn script", script, f"{question}_sklearn.py")
    if obstacle:
        st.caption(plain(f"No scikit-learn script: {obstacle}"))

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
from pages.exercise.address import Lesson


def take_away_section(question: str, solution: Solution, lesson: Lesson, decimals: int, *, solved: bool) -> None:
    """Draw the downloads, once the section is opened; without the solution where it is hidden."""
    section = st.expander("Take away: paper, table, code", icon=":material/download:", key=f"{question}_take_open",
                          on_change="rerun")  # fmt: skip
    if not section.open:
        return
    words = {"decimals": decimals, "title": lesson.title, "task": lesson.task}
    with section:
        st.caption("All with the numbers that stand on this page now.")
        with st.container(horizontal=True):
            download("Blank sheet to print", partial(blank_page, solution, **words), f"{question}-blank.html")
            download("Blank sheet, Markdown", partial(blank_markdown, solution, **words), f"{question}-blank.md")
        if solved:
            with st.container(horizontal=True):
                download("Solution to print", partial(worked_page, solution, **words), f"{question}-solution.html")
                download("Solution, Markdown", partial(worked_markdown, solution, **words), f"{question}-solution.md")
                download("All quantities, CSV", partial(quantities_csv, solution), f"{question}-quantities.csv")
            scripts(question, solution, lesson)


def scripts(question: str, solution: Solution, lesson: Lesson) -> None:
    """Draw the downloads of the scripts; each asserts that it comes to the numbers of this page."""
    with st.container(horizontal=True):
        download("NumPy script", partial(numpy_script, solution, title=lesson.title), f"{question}_numpy.py")
        download("PyTorch script", partial(pytorch_script, solution, title=lesson.title), f"{question}_pytorch.py")
        obstacle = scikit_learn_obstacle(solution)
        if not obstacle:
            download(
                "scikit-learn script",
                partial(scikit_learn_script, solution, title=lesson.title),
                f"{question}_sklearn.py",
            )
    if obstacle:
        st.caption(plain(f"No scikit-learn script: {obstacle}"))

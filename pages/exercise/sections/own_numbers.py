"""Check my number: what stands on the reader's paper, marked against the exercise that stands on the page."""

from functools import partial

import streamlit as st

from mlp.exercises import Solution, solution_steps
from mlp.practice import quantities
from mlp.practice.words import quantity_words
from mlp.view.practice.answers import marks_of, refusals, rows_with
from mlp.view.practice.worksheet import Progress, asked_block
from mlp.view.sheet.document import Sheet
from pages.exercise.desk import Desk
from pages.exercise.sheet import mount_sheet
from pages.exercise.typed import read_typed

LABEL = "Check my number"
ABOUT = (
    "Choose what you have on paper and type it, one cell or all. What follows from another number that you typed here "
    "counts as right from there."
)
DECIMALS = 5


def own_numbers(desk: Desk, solution: Solution) -> None:
    """Draw the choice of a quantity and its empty cells, once the section is opened, and the verdict on each cell."""
    # The line above the sheet opens it by this key, from anywhere in the solution
    place = st.container(key="own_numbers")
    section = place.expander(LABEL, icon=":material/fact_check:", key=desk.note("numbers open"), on_change="rerun")
    if not section.open:
        return
    with section:
        st.caption(ABOUT)
        names = quantities(solution.exercise)
        chosen = st.selectbox("Quantity", names, key=desk.note("number"), persist_state="session", width=280,
                              format_func=partial(quantity_words, solution.exercise))  # fmt: skip
        draw_asked(desk, solution, chosen)


def draw_asked(desk: Desk, solution: Solution, chosen: str) -> None:
    """Draw the cells of a quantity with the verdicts on what is typed there."""
    name = "own numbers"
    sent = read_typed(desk.find(name, {}).get("entries"))
    answers = rows_with(solution.exercise, desk.find("own answers", {}), sent.cells)
    desk.put("own answers", answers)
    step = next(step for step in solution_steps(solution) if step.name == chosen)
    progress = Progress(
        asked=(chosen,),
        answers=answers,
        marks=marks_of(solution.exercise, answers, (chosen,)),
        refused=refusals(answers),
        checks=False,
        hints=False,
    )
    sheet = Sheet((), (step,), (asked_block(solution, step, progress, DECIMALS),), prefix="own ")
    mount_sheet(desk.note(name), sheet, 0, sent.count)

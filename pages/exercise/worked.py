"""What follows from the numbers on the sheet, and what is done with it: the part of the page an edit runs again."""

import streamlit as st

from mlp.exercises import Exercise, Solution, solution_steps, solve
from mlp.view.paper import assignment
from mlp.view.sheet.cells import Entries
from mlp.view.sheet.checks import checks_data
from pages.exercise.actions import history_buttons, overflow_words, step_buttons, steps_words
from pages.exercise.address import handout_of, keep_address
from pages.exercise.desk import Desk
from pages.exercise.diagram import diagram_section
from pages.exercise.places import Places
from pages.exercise.sections.batch import batch_section
from pages.exercise.sections.many_steps import many_steps_section
from pages.exercise.sections.own_numbers import own_numbers
from pages.exercise.sections.sharing import sharing_section, taught
from pages.exercise.sections.softmax import softmax_section
from pages.exercise.sections.take_away import take_away_section
from pages.exercise.settings import Settings
from pages.exercise.sheet import draw_line, draw_sheet, entries_of
from pages.exercise.solution import given_sheet, gradient_checks, worked_sheet
from pages.exercise.stepper import Position, stepper


def worked(question: str, settings: Settings | None, places: Places) -> None:
    """Draw the sheet with all that goes with it, from what stands in its cells now.

    Parameters
    ----------
    question : {"q1", "q2"}
    settings : Settings, optional
        None where the exercise can't be changed.
    places : Places
        Containers of the page above the sheet.
    """
    desk = Desk(question)
    lesson, fixed = desk.lesson, settings is None
    exercise, entries, decimals = on_the_desk(desk, settings)
    solution = solve(exercise)
    if "solution" in lesson.hide:
        position = Position()
        unsolved(desk, solution, entries, decimals, fixed=fixed)
    else:
        position = explained(desk, solution, entries, decimals, places, fixed=fixed)
    handout = handout_of(exercise, decimals, position.at, lesson)
    sharing_section(desk, handout)
    solved = "solution" not in lesson.hide and not position.covered
    take_away_section(desk, solution, taught(desk, lesson), decimals, solved=solved)
    keep_address(desk, handout)
    desk.forget_click()


def on_the_desk(desk: Desk, settings: Settings | None) -> tuple[Exercise, Entries, int]:
    """Return the exercise, what was typed into its cells, and the decimals; without settings it is as it was given."""
    if settings is None:
        return desk.draft.base, {}, desk.lesson.decimals
    exercise, refused = settings.exercise(desk)
    return exercise, entries_of(desk, refused, exercise), settings.decimals


def unsolved(desk: Desk, solution: Solution, entries: Entries, decimals: int, *, fixed: bool) -> None:
    """Draw the exercise alone."""
    st.info("The solution is hidden in this exercise.", icon=":material/visibility_off:")
    if fixed:
        st.markdown(assignment(solution, decimals))
    with st.container(key="given"):
        draw_sheet(desk, given_sheet(solution, entries, decimals, fixed=fixed))
    own_numbers(desk, solution)


def explained(
    desk: Desk, solution: Solution, entries: Entries, decimals: int, places: Places, *, fixed: bool
) -> Position:
    """Draw the sheet with its solution and what goes with it; return where the reader is in it."""
    steps, checks = solution_steps(solution), gradient_checks(desk, solution)
    position = stepper(desk, steps, places.view)
    sheet = worked_sheet(desk, solution, steps, entries, position, decimals, fixed=fixed)
    with places.line:
        draw_line(desk, solution, steps, checks, decimals, covered=position.covered)
        if not fixed:
            step_buttons(desk, solution)
    if not fixed:
        with places.history:
            history_buttons(desk)
        with places.steps:
            steps_words(desk)
    overflow_words(solution)
    with st.container(key="sheet"):
        draw_sheet(desk, sheet, checks_data(solution, checks, covered=position.covered))
    own_numbers(desk, solution)
    diagram_section(desk, solution, steps, position, decimals)
    if not position.covered:
        softmax_section(desk, solution, decimals)
        batch_section(desk, solution, decimals)
        many_steps_section(desk, solution.exercise, decimals, fixed=fixed)
    return position

"""Questions 1 and 2: an exercise that can be edited beside its solution, in the sheet's order and notation."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mlp.exercises import Exercise, Solution, solution_steps, solve
from mlp.view.exercise.tables import STYLE
from mlp.view.paper import the_network
from pages.common.address import address_words, mend_address
from pages.exercise.actions import outcome
from pages.exercise.address import PARAMETER, handout_of, keep_address, link_problem, open_address
from pages.exercise.batch import batch_section
from pages.exercise.controls import exercise_controls, show_settings
from pages.exercise.desk import ADDRESS, Desk
from pages.exercise.diagram import diagram_section
from pages.exercise.draft import Lesson
from pages.exercise.many_steps import many_steps_section
from pages.exercise.sharing import lesson_box, sharing_section, taught
from pages.exercise.softmax import softmax_section
from pages.exercise.solution import given, gradient_check_table, gradient_checks, worked_solution
from pages.exercise.stepper import Position, stepper
from pages.exercise.take_away import take_away_section


def worked_exercise(question: str, title: str, formula: str) -> None:
    """Draw the page of a question."""
    desk = Desk(question)
    mend_address((PARAMETER, *map(desk.key, ADDRESS)))
    open_draft(desk)
    lesson = desk.lesson
    st.html(STYLE)
    st.title(title, anchor=False)
    words = st.container()
    address_words()
    link_problem(desk)
    lesson_box(desk)
    summary = st.container()
    exercise, decimals, right = edit_beside(desk, lesson)
    solution = solve(exercise)
    words.markdown(caption(solution, formula, fixed="controls" in lesson.hide))
    with right:
        if "solution" in lesson.hide:
            st.info("The solution is hidden in this exercise.", icon=":material/visibility_off:")
            if "controls" in lesson.hide:
                given(solution, decimals)
            position = Position()
        else:
            position = explained(desk, solution, decimals, summary, fixed="controls" in lesson.hide)
        handout = handout_of(exercise, decimals, position.at, lesson)
        sharing_section(desk, handout)
        solved = "solution" not in lesson.hide and not position.covered
        take_away_section(desk, solution, taught(desk, lesson), decimals, solved=solved)
    keep_address(desk, handout)
    desk.forget_click()


def caption(solution: Solution, formula: str, *, fixed: bool) -> str:
    """Return what network it is, and unless fixed the invitation to change it."""
    invitation = "" if fixed else " Change any number: everything follows."
    return f"{the_network(solution).removesuffix('.')}, {formula}.{invitation}"


def open_draft(desk: Desk) -> None:
    """Take up what is to be worked on: a wish, the address, or what stood here before."""
    if wished := desk.wished():
        show_settings(desk, wished)
    open_address(desk)
    desk.reopen()


def edit_beside(desk: Desk, lesson: Lesson) -> tuple[Exercise, int, DeltaGenerator]:
    """Draw the controls on the left, unless hidden; return the exercise, its decimals and the place for the rest."""
    if "controls" in lesson.hide:
        return desk.draft.base, lesson.decimals, st.container(key="solution")
    left, right = st.columns([5, 7], gap="large")
    with left.container(key="exercise"):
        st.header("The exercise", anchor=False)
        exercise, decimals = exercise_controls(desk)
    return exercise, decimals, right.container(key="solution")


def explained(desk: Desk, solution: Solution, decimals: int, summary: DeltaGenerator, *, fixed: bool) -> Position:
    """Draw the solution and what comes out of it, unless fixed with ways to go on; return where the reader is in it."""
    steps, checks = solution_steps(solution), gradient_checks(desk, solution)
    position = stepper(desk, steps, decimals)
    diagram_section(desk, solution, steps, position, decimals)
    worked_solution(desk, solution, steps, position, decimals)
    gradient_check_table(solution, checks, covered=position.covered)
    if not position.covered:
        softmax_section(desk, solution, decimals)
        batch_section(desk, solution, decimals)
        many_steps_section(desk, solution.exercise, decimals, fixed=fixed)
    with summary:
        outcome(desk, solution, checks, decimals, covered=position.covered, fixed=fixed)
    return position

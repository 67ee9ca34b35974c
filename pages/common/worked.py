"""Questions 1 and 2: an exercise that can be edited beside its solution, in the sheet's order and notation."""

import streamlit as st

from mlp.exercises import solution_steps, solve
from mlp.view.tables import STYLE
from pages.common import draft
from pages.common.batch_section import batch_section
from pages.common.exercise_controls import exercise_controls, show_settings
from pages.common.outcome import outcome
from pages.common.solution_view import gradient_check_table, gradient_checks, worked_solution
from pages.common.stepper import stepper


def worked_exercise(question: str, title: str, caption: str) -> None:
    """Draw the page of a question."""
    if wished := draft.wished(question):
        show_settings(question, wished)
    draft.reopen(question)
    st.html(STYLE)
    st.title(title, anchor=False)
    st.markdown(caption)
    summary = st.container()
    left, right = st.columns([5, 7], gap="large")
    with left.container(key="exercise"):
        st.subheader("The exercise", anchor=False)
        exercise, decimals = exercise_controls(question)
    solution, checks = solve(exercise), gradient_checks(exercise)
    steps = solution_steps(solution)
    with right.container(key="solution"):
        position = stepper(question, steps, decimals)
        worked_solution(question, solution, steps, position, decimals)
        gradient_check_table(solution, checks)
        batch_section(question, solution, decimals)
    with summary:
        outcome(question, solution, checks, decimals, covered=position.covered)

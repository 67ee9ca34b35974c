"""What comes out of an exercise, and what can be done next: step, undo, redo."""

import math

import streamlit as st

from mlp.exercises import Solution
from pages.exercise.desk import Desk


def overflow_words(solution: Solution) -> None:
    """Say so where the step leads to numbers too large to be computed with."""
    if not math.isfinite(solution.loss_after):
        st.error("The step overflows: a number gets too large to be computed with. Take a smaller learning rate.")


def step_buttons(desk: Desk, solution: Solution) -> None:
    """Draw the button that applies the step."""
    overflows = not math.isfinite(solution.loss_after)
    if desk.clicked("Apply the step", spent=overflows, type="primary", icon=":material/stairs:",
                 help="The new parameters become the ones the next step starts from."):  # fmt: skip
        desk.wish_stepped(solution.exercise, solution.network, solution.velocity, 1)


def history_buttons(desk: Desk) -> None:
    """Draw undo and redo."""
    history = desk.history
    if desk.clicked("Undo", icon=":material/undo:", spent=history.at == 0,
                     help="Take back the last edit or step."):  # fmt: skip
        desk.wish_moment(history.at - 1)
    if desk.clicked("Redo", icon=":material/redo:", spent=history.at == len(history.moments) - 1):
        desk.wish_moment(history.at + 1)


def steps_words(desk: Desk) -> None:
    """Say how many steps have been applied."""
    if steps := desk.history.now.steps:
        st.caption(f"{steps} step{'s' if steps > 1 else ''} applied so far.")

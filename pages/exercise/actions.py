"""What comes out of an exercise, and what can be done next: step, undo, redo, back to the sheet."""

import math

import streamlit as st

from mlp import ParameterCheck
from mlp.exercises import Exercise, Solution
from mlp.view.exercise.check_words import checked_words
from mlp.view.numbers import format_number
from pages.exercise.desk import Desk
from pages.exercise.presets_menu import presets_menu


def outcome(
    desk: Desk, solution: Solution, checks: tuple[ParameterCheck, ...], decimals: int, *, covered: bool, fixed: bool
) -> None:
    """Draw the loss before and after the step, unless covered, the check's verdict and, unless fixed, the actions."""
    before, after, change = (
        format_number(value, decimals) for value in (solution.loss, solution.loss_after, solution.change)
    )
    with st.container(horizontal=True, key="outcome"):
        st.metric("Loss before the step", "?" if covered else before, width="content")
        delta = None if covered else change.replace("−", "-")
        st.metric("Loss after the step", "?" if covered else after, delta, "inverse", width="content")
        st.metric("Gradients checked", checked_words(checks), width="content",
                  help="Arrays of derivatives that agree with central differences: see the last table.")  # fmt: skip
    if not math.isfinite(solution.loss_after):
        st.error("The step overflows: a number gets too large to be computed with. Take a smaller learning rate.")
    if fixed:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        step_buttons(desk, solution)
        history_buttons(desk, solution.exercise)


def step_buttons(desk: Desk, solution: Solution) -> None:
    """Draw the button that applies the step."""
    overflows = not math.isfinite(solution.loss_after)
    if desk.clicked("Apply the step", disabled=overflows, type="primary", icon=":material/stairs:",
                 help="The new parameters become the ones the next step starts from."):  # fmt: skip
        desk.wish_stepped(solution.exercise, solution.network, 1)


def history_buttons(desk: Desk, exercise: Exercise) -> None:
    """Draw undo, redo and the way back to the sheet, and say how many steps have been applied."""
    history = desk.history
    if desk.clicked("Undo", icon=":material/undo:", disabled=history.at == 0,
                     help="Take back the last edit or step."):  # fmt: skip
        desk.wish_moment(history.at - 1)
    if desk.clicked("Redo", icon=":material/redo:", disabled=history.at == len(history.moments) - 1):
        desk.wish_moment(history.at + 1)
    if desk.clicked("Back to the sheet's numbers", icon=":material/restart_alt:"):
        desk.wish(desk.sheet)
    presets_menu(desk, exercise)
    if steps := history.now.steps:
        st.caption(f"{steps} step{'s' if steps > 1 else ''} applied so far.")

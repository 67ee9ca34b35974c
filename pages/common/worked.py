"""Questions 1 and 2: an exercise that can be edited beside its solution, in the sheet's order and notation."""

import math
from dataclasses import replace

import numpy as np
import streamlit as st

from mlp import ParameterCheck, check_gradients
from mlp.exercises import (
    SLIPS,
    Exercise,
    Solution,
    Step,
    only_last_layer_moves,
    sheet_exercise,
    solution_steps,
    solve,
    stands_on_kink,
)
from mlp.exercises.sheet import SIZES
from mlp.view.numbers import format_number
from mlp.view.tables import STYLE, checks_html, equation_html
from pages.common import draft
from pages.common.exercise_controls import exercise_controls, show_settings

PHASES = {
    "forward": ("Forward pass", "From the inputs to the output, layer by layer. A column is an example."),
    "loss": ("Loss", "How far the output is from the target."),
    "backward": ("Backward pass", "How the loss changes with every quantity, from the last layer to the first."),
    "update": ("Update", r"Every parameter moves against its derivative, $\eta$ times as far."),
}


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
    with summary:
        outcome(question, solution, checks, decimals)
    with right.container(key="solution"):
        worked_solution(question, solution, decimals)
        gradient_check_table(solution, checks)


def gradient_checks(exercise: Exercise) -> tuple[ParameterCheck, ...]:
    """Return the comparison of every derivative with central differences, for the examples that take part."""
    rows = list(exercise.selected)
    with np.errstate(all="ignore"):
        return check_gradients(exercise.network, exercise.X[rows], exercise.Y[rows], reduction=exercise.reduction)


def outcome(question: str, solution: Solution, checks: tuple[ParameterCheck, ...], decimals: int) -> None:
    """Draw the loss before and after the step, the verdict of the gradient check, and what can be done next."""
    change = format_number(solution.loss_after - solution.loss, decimals).replace("−", "-")
    with st.container(horizontal=True, key="outcome"):
        st.metric("Loss before the step", format_number(solution.loss, decimals), width="content")
        st.metric(
            "Loss after the step", format_number(solution.loss_after, decimals), change, "inverse", width="content"
        )
        st.metric("Gradients proved", f"{sum(check.passed for check in checks)} of {len(checks)}", width="content",
                  help="Arrays of derivatives that agree with central differences: see the last table.")  # fmt: skip
    if not math.isfinite(solution.loss_after):
        st.error("The step overflows: a number gets too large to be computed with. Take a smaller learning rate.")
    with st.container(horizontal=True, vertical_alignment="center"):
        step_buttons(question, solution)
        history_buttons(question)


def step_buttons(question: str, solution: Solution) -> None:
    """Draw the button that applies the step.

    Not a callback: those run before a setting typed just before the click has been read.
    """
    overflows = not math.isfinite(solution.loss_after)
    if st.button("Apply the step", disabled=overflows, type="primary", icon=":material/stairs:",
                 help="The new parameters become the ones the next step starts from."):  # fmt: skip
        after = replace(solution.exercise, network=solution.network)
        draft.wish_stepped(question, after, 1)


def history_buttons(question: str) -> None:
    """Draw undo, redo and the way back to the sheet, and say how many steps have been applied."""
    history = draft.history_of(question)
    if st.button("Undo", icon=":material/undo:", disabled=history.at == 0, help="Take back the last edit or step."):
        draft.wish_moment(question, history.at - 1)
    if st.button("Redo", icon=":material/redo:", disabled=history.at == len(history.moments) - 1):
        draft.wish_moment(question, history.at + 1)
    if st.button("Back to the sheet's numbers", icon=":material/restart_alt:"):
        draft.wish(question, sheet_exercise(question))
    if steps := history.now.steps:
        st.caption(f"{steps} step{'s' if steps > 1 else ''} applied so far.")


def worked_solution(question: str, solution: Solution, decimals: int) -> None:
    """Draw every step of the solution under the heading of its phase."""
    slips = SLIPS[question] if len(solution.exercise.network.sizes) == len(SIZES) else {}
    steps = solution_steps(solution)
    for phase, (title, words) in PHASES.items():
        st.subheader(title, anchor=phase)
        st.caption(words)
        if phase == "forward" and len(solution.X) > 1:
            st.caption("The sheet leaves the batch open: here it is worked out in full.")
        for step in steps:
            if step.phase == phase:
                worked_step(step, slips.get(step.name), decimals)
                if step.name == f"dh{len(solution.exercise.network.layers) - 1}":
                    only_last_layer_note(solution)


def worked_step(step: Step, slip: str | None, decimals: int) -> None:
    """Draw one quantity: symbol = formula, then the numbers put in and the value."""
    with st.container(gap="xxsmall"):
        st.markdown(f"${step.symbol}{' = ' + step.formula if step.formula else ''}$")
        st.html(equation_html(step, decimals))
        if slip:
            st.markdown(f":orange-badge[:material/report: Slip in the sheet] {slip}")


def only_last_layer_note(solution: Solution) -> None:
    """Say why nothing flows below the last layer, where that is so."""
    depth = len(solution.exercise.network.layers)
    if solution.exercise.network.loss == "cross_entropy" and only_last_layer_moves(solution):
        st.info(
            rf"**Only the last layer moves.** A hidden unit's weights to the outputs are equal, and the entries of "
            r"$\mathbf p - \mathbf y$ sum to zero, so "
            rf"$\mathbf W^{{[{depth}]\top}}(\mathbf p - \mathbf y) = \mathbf 0$: "
            "nothing flows further down. Change one weight of the last layer and see the layers below come alive.",
            icon=":material/lightbulb:",
        )


def gradient_check_table(solution: Solution, checks: tuple[ParameterCheck, ...]) -> None:
    """Draw the gradient check, a row for each parameter array."""
    st.subheader("Gradient check", anchor="check")
    st.caption(
        r"Each derivative beside the slope measured by moving that parameter a little both ways, "
        r"$\frac{L(\theta + h) - L(\theta - h)}{2h}$ with a correction of higher order. Computed anew after every edit."
    )
    st.html(checks_html(checks))
    if stands_on_kink(solution):
        st.info("A ReLU unit stands at exactly 0, where its slope from the left (0) and from the right (1) differ: "
                "there the measured slope lies between the two.")  # fmt: skip

"""The solution of an exercise on the page: every step under its phase, the sheet's slips, and the gradient check."""

import streamlit as st

from mlp import ParameterCheck
from mlp.exercises import SLIPS, Solution, Step, check_solution, only_last_layer_moves
from mlp.losses import LOSSES
from mlp.view.exercise.check_words import kink_words
from mlp.view.exercise.tables import checks_html, equation_html, matrix_html
from mlp.view.paper import assignment, givens
from pages.common.messages import plain
from pages.exercise.desk import Desk
from pages.exercise.stepper import Position, equation_latex

PHASES = {
    "forward": ("Forward pass", "From the inputs to the output, layer by layer. A column is an example."),
    "loss": ("Loss", "How far the output is from the target."),
    "backward": ("Backward pass", "How the loss changes with every quantity, from the last layer to the first."),
    "update": ("Update", r"Every parameter moves against its derivative, $\eta$ times as far."),
}


def worked_solution(desk: Desk, solution: Solution, steps: tuple[Step, ...], position: Position, decimals: int) -> None:
    """Draw every step of the solution under the heading of its phase."""
    network, sheet = solution.exercise.network, desk.sheet.network
    sheets = (network.hidden, network.loss, len(network.sizes)) == (sheet.hidden, sheet.loss, len(sheet.sizes))
    slips = SLIPS[desk.question] if sheets else {}
    for phase, (title, words) in PHASES.items():
        st.header(title, anchor=phase)
        st.caption(words)
        if phase == "forward" and len(solution.X) == 2 and network.sizes == sheet.sizes:
            st.caption("The sheet leaves the batch open: here it is worked out in full.")
        for index, step in enumerate(steps):
            if step.phase == phase:
                worked_step(step, slips.get(step.name), position, index, decimals)
                if step.name == f"dh{len(solution.exercise.network.layers) - 1}" and not position.covers(index):
                    only_last_layer_note(solution)


def worked_step(step: Step, slip: str | None, position: Position, index: int, decimals: int) -> None:
    """Draw one quantity: symbol = formula, then the numbers put in and the value."""
    current, covered = position.is_current(index), position.covers(index)
    with st.container(gap="xxsmall"):
        st.markdown(equation_latex(step))
        st.html(equation_html(step, decimals, current=current, covered=covered))
        if slip:
            st.markdown(f":orange-badge[:material/report: Slip in the sheet] {slip}")


def given(solution: Solution, decimals: int) -> None:
    """Draw the exercise alone: what is asked for, and the numbers it starts from."""
    st.markdown(assignment(solution, decimals))
    for symbol, values in givens(solution):
        st.markdown(f"${symbol}$")
        st.html(matrix_html(values, decimals))


def only_last_layer_note(solution: Solution) -> None:
    """Say why nothing flows below the last layer, where that is so."""
    depth = len(solution.exercise.network.layers)
    if LOSSES[solution.exercise.network.loss].distribution and only_last_layer_moves(solution):
        st.info(
            r"**Only the last layer moves.** A hidden unit's weights to the outputs are equal, and the entries of "
            r"$\mathbf p - \mathbf y$ sum to zero, so "
            rf"$\mathbf W^{{[{depth}]\top}}(\mathbf p - \mathbf y) = \mathbf 0$: "
            "nothing flows further down. Change one weight of the last layer and see the layers below come alive.",
            icon=":material/lightbulb:",
        )


def gradient_checks(desk: Desk, solution: Solution) -> tuple[ParameterCheck, ...]:
    """Return the comparison of every derivative with central differences, for the examples that take part.

    Kept until the exercise changes: for the largest network it takes most of a rerun.
    """
    key, checks = desk.find("checks", (None, ()))
    if key != solution.exercise.key:
        checks = check_solution(solution)
        desk.put("checks", (solution.exercise.key, checks))
    return checks


def gradient_check_table(solution: Solution, checks: tuple[ParameterCheck, ...], *, covered: bool) -> None:
    """Draw the gradient check, a row for each parameter array; its derivatives are covered with the steps."""
    st.header("Gradient check", anchor="check")
    st.caption(
        r"Each derivative beside the slope measured by moving that parameter a little both ways, "
        r"$\frac{L(\theta + h) - L(\theta - h)}{2h}$ with a correction of higher order. Computed anew after every edit."
    )
    st.html(checks_html(checks, covered=covered))
    if any(check.kink for check in checks):
        st.info(plain(kink_words(solution)))

"""The batch taken apart: each example's own gradients side by side, their sum and their mean."""

import streamlit as st

from mlp.exercises import Solution, shares
from mlp.view.exercise.tables import batch_html
from pages.exercise.desk import Desk

# How the table's numbers come back in the solution, for each way of taking a batch
RELATIONS = {
    "sum": "The solution has a column of ∂L/∂z for each example, the same as here, and ∂L/∂W and ∂L/∂b already summed: "
    "the column marked here. The step takes that sum.",
    "mean": "In the solution each example's ∂L/∂z is already divided by their number, and ∂L/∂W and ∂L/∂b are the mean "
    "of all: the column marked here. The step takes that mean.",
}


def batch_section(desk: Desk, solution: Solution, decimals: int) -> None:
    """Draw the examples side by side, once the section is opened."""
    section = st.expander("Example by example: a batch taken apart", icon=":material/view_column:",
                          key=desk.key("batch_open"), on_change="rerun")  # fmt: skip
    if not section.open:
        return
    reduction = solution.exercise.reduction
    with section:
        if len(solution.X) == 1:
            st.caption("One example takes part. Choose more above to see what each adds to the batch.")
        labels = [f"Example {j + 1}" for j in solution.exercise.selected]
        st.caption(f"Each example's own loss and gradients, then their sum and their mean. {RELATIONS[reduction]}")
        st.html(batch_html(shares(solution), labels, decimals, reduction))

"""The batch taken apart: each example's own gradients side by side, their sum and their mean."""

import streamlit as st

from mlp.exercises import Solution, shares
from mlp.view.exercise.tables import batch_html
from pages.exercise.desk import Desk


def batch_section(desk: Desk, solution: Solution, decimals: int) -> None:
    """Draw the examples side by side, once the section is opened."""
    section = st.expander("Example by example: a batch taken apart", icon=":material/view_column:",
                          key=desk.key("batch_open"), on_change="rerun")  # fmt: skip
    if not section.open:
        return
    with section:
        if len(solution.X) == 1:
            st.caption("One example takes part. Choose more above to see what each adds to the batch.")
        labels = [f"Example {j + 1}" for j in solution.exercise.selected]
        st.caption(
            "Each example's own loss and gradients, then their sum and their mean; the step takes the marked one."
        )
        st.html(batch_html(shares(solution), labels, decimals, solution.exercise.reduction))

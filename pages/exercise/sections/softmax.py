"""The softmax both ways: through its Jacobian and at once, and what the shift by the maximum is for."""

import numpy as np
import streamlit as st

from mlp.exercises import Solution
from mlp.exercises.explained.softmax import SoftmaxTwoWays, softmax_two_ways
from mlp.limits import LARGEST_SHIFT
from mlp.losses import LOSSES
from mlp.view.exercise.tables import product_html
from pages.common.controls import number_field
from pages.exercise.desk import Desk

ALWAYS_ONE = (
    "**A softmax of one output is always 1**, whatever the network says: nothing can be learnt. For a class that holds "
    "or doesn't, choose logistic outputs in the settings."
)


def softmax_section(desk: Desk, solution: Solution, decimals: int) -> None:
    """Draw both ways from the loss to dL/dz, once the section is opened; only for a network that ends in a softmax."""
    if not LOSSES[solution.exercise.network.loss].distribution:
        return
    section = st.expander("Softmax both ways, and why it is shifted", icon=":material/alt_route:",
                          key=desk.key("softmax_open"), on_change="rerun")  # fmt: skip
    if section.open:
        with section:
            both_ways(softmax_two_ways(solution.forward_pass.z[-1][0], solution.Y[0]), solution.Y[0], decimals)
            shifted(desk, solution, decimals)


def both_ways(ways: SoftmaxTwoWays, y: np.ndarray, decimals: int) -> None:
    """Draw the Jacobian times dL/dp beside p - y, for the first example that takes part."""
    st.markdown(
        r"By the chain rule, $\frac{\partial L}{\partial\mathbf z} = \frac{\partial\mathbf p}{\partial\mathbf z}\,"
        r"\frac{\partial L}{\partial\mathbf p}$ with $\frac{\partial p_i}{\partial z_j} = p_i(\delta_{ij} - p_j)$ and "
        r"$\frac{\partial L}{\partial p_k} = -\frac{y_k}{p_k}$. For the first example that takes part:"
    )
    by_jacobian = product_html((ways.jacobian, column(ways.output_gradient)), column(ways.by_jacobian), decimals)
    st.html(by_jacobian)
    one_hot = np.isclose(y.sum(), 1.0, rtol=0.0, atol=1e-12)
    total = "" if one_hot else r"(\textstyle\sum_k y_k)\,"
    st.markdown(rf"The same at once: ${total}\mathbf p - \mathbf y$")
    terms = (*(() if one_hot else (float(y.sum()), "·")), column(ways.p), "−", column(y))
    st.html(product_html(terms, column(ways.directly), decimals))
    if not np.isfinite(ways.by_jacobian).all():
        st.info("A probability the target asks for is 0 in floating point, so the long way divides by it; "
                "the short way is still right. That is why it is the one that is computed.")  # fmt: skip


def shifted(desk: Desk, solution: Solution, decimals: int) -> None:
    """Draw what the softmax becomes with and without the shift, for logits moved by a number of the visitor's."""
    st.markdown(
        r"Adding the same number to every $z$ changes nothing on paper. In a computer $e^z$ overflows above 709, "
        r"so the largest $z$ is subtracted first. Try it:"
    )
    added = number_field("Add to every z", desk.key("shift"), 0.0, low=-LARGEST_SHIFT, high=LARGEST_SHIFT, width=160,
                         help="From about 710 on, the unshifted softmax breaks; from -745 down too.")  # fmt: skip
    z = solution.forward_pass.z[-1][0] + added
    ways = softmax_two_ways(z, solution.Y[0])
    st.markdown(r"Without the shift: $e^{z}$ divided by its sum")
    st.html(product_html((column(ways.exponentials), "÷ sum"), column(ways.naive), decimals))
    st.markdown(r"With it: $e^{z - \max z}$ divided by its sum")
    st.html(product_html((column(ways.shifted), "÷ sum"), column(ways.p), decimals))


def column(values: np.ndarray) -> np.ndarray:
    """Return a vector as a column."""
    return values[:, np.newaxis]

"""Home: what the app is for, and a card for each page."""

from pathlib import Path

import streamlit as st

from mlp.view.sketch import network_svg
from pages.common.address import address_words, mend_address
from pages.common.navigation import PAGES, frame

STYLE = Path(__file__).with_name("common") / "home.css"

LEAD = """
You know the sheet: four layers, every weight 0.1, one step of gradient descent. Here it is, already solved.
**Change any number, and everything that depends on it follows at once.**
"""
DRAWN = "The sheet’s network of 4, 4, 3 and 3 units: values go forward, gradients come back."

# An invisible stroke of one height, so that the three formulas stand on one line
LINE = r"\vphantom{\tfrac{1}{2}\textstyle\sum_k}"
# The page's stem, the card's formula, its title, and what there is to see
CARDS = (
    (
        "q1",
        r"L = \tfrac{1}{2}\,\lVert \hat{\mathbf{y}} - \mathbf{y} \rVert^2",
        "One step by hand",
        "Forward, loss, backward, update, for a tanh network with the squared error. The part that the sheet leaves to "
        "you is worked out too.",
    ),
    (
        "q2",
        r"L = -\textstyle\sum_k y_k \log p_k",
        "Softmax and cross-entropy",
        "The same network with probabilities at the end. See what that changes, and why its first step moves only the "
        "last layer.",
    ),
    (
        "practice",
        r"\delta = \; ?",
        "Work it yourself",
        "Fresh numbers, empty cells. Type what stands on your paper, and be told which step went wrong and why; a slip "
        "counts once.",
    ),
    (
        "q3",
        r"64 \,\to\, 50 \,\to\, 10",
        "Real handwritten digits",
        "Train a network of yours on 1,797 images, watch it learn, and find out what really separates it from "
        "scikit-learn’s.",
    ),
    (
        "experiments",
        r"\eta = 0.1,\; 0.01,\; 0.001",
        "Runs side by side",
        "Every training is kept. Lay the curves over each other, pin one as the baseline, and see what a setting did.",
    ),
)
TITLES = {stem: title for stem, title, _ in PAGES}
CHECKED = "The gradients of Questions 1 and 2 are checked against finite differences while you look."
SOURCE = "After Practical 4 of Deep Learning (IST, 2022-23) by André Martins, Andreas Wichert and Luís Sá-Couto."


def card(stem: str, formula: str, title: str, text: str) -> None:
    """Draw one page: its formula, what there is to see, and the way in."""
    with st.container(border=True, key=f"card-{stem}", height="stretch"):
        st.latex(formula + LINE)
        st.header(title, anchor=False)
        st.write(text)
        st.space("stretch")
        name = f":blue[**{TITLES[stem]}**]"
        st.page_link(f"pages/{stem}.py", label=name, icon=":material/arrow_forward:", icon_position="right")


frame()
mend_address(())
st.html(STYLE)
address_words()
words, drawing = st.columns([5, 4], gap="large", vertical_alignment="center")
with words:
    st.title("Backprop by Hand", anchor=False)
    st.markdown(LEAD)
drawing.image(network_svg(), alt=DRAWN, width="stretch")
with st.grid(5, min_column_width=195, gap="medium"):
    for each in CARDS:
        card(*each)
st.caption(f":material/verified: {CHECKED}  \n{SOURCE}")

"""What a run has brought: whose settings it belongs to, who takes what for what, and why the two differ."""

from dataclasses import replace

import streamlit as st

from mlp.experiments.config import Comparison, names_of
from mlp.experiments.training.run import Run
from mlp.view.settings import as_call, as_split, changes
from mlp.view.training.reasons import reasons
from mlp.view.training.report import difference_rows, equal_words
from mlp.view.training.troubles import troubles, unlearnt
from pages.common.controls import choice_field
from pages.common.messages import plain
from pages.data.cached import dataset_of, split_of
from pages.outcome.confusion import confusion_section
from pages.outcome.draw import draw_section
from pages.outcome.gallery import gallery
from pages.outcome.inside import inside_section
from pages.outcome.shut import advice, is_open
from pages.outcome.verdict import judgement_of, verdict_card
from pages.training.address import SIDE
from pages.training.settings import set_controls

CHANGES_SHOWN = 4
DRAWABLE = "digits"
ABOUT_SIDES = (
    "Verdict: whether the difference matters. Mistakes: what is taken for what, and where the two disagree. Inside: "
    "weights, answers, saturation and gradients. Draw a digit: both models answer a drawing of yours."
)


def stale_mark(run: Run, comparison: Comparison) -> None:
    """Say so, where what is shown below belongs to other settings than the fields above."""
    changed = changes(run.comparison, comparison)
    if not changed:
        return
    more = len(changed) - CHANGES_SHOWN
    listed = "; ".join(changed[:CHANGES_SHOWN]) + (f"; and {more} more" if more > 0 else "")
    with st.container(key="stale"):
        st.warning(plain(f"What is below was trained with other settings than those above: {listed}."),
                   title="From other settings", icon=":material/history:")  # fmt: skip
        st.button("Set the fields back to these results", on_click=set_controls, args=(run.comparison,),
                  icon=":material/undo:")  # fmt: skip


def outcome(run: Run) -> None:
    """Draw what training has brought so far, one side of it at a time."""
    for sentence in troubles(run):
        st.error(plain(sentence), icon=":material/trending_up:")
    for sentence in unlearnt(run):
        st.info(plain(sentence), icon=":material/trending_flat:")
    drawable = run.comparison.data.dataset == DRAWABLE
    sides = {name: draw for name, draw in SIDES.items() if drawable or draw is not draw_section}
    SIDES[choice_field("Look at", SIDE, tuple(sides), help=ABOUT_SIDES)](run)


def verdict(run: Run) -> None:
    """Draw whether the difference matters, where it comes from, and the settings."""
    if is_open(run):
        verdict_card(judgement_of(run).verdict, run.comparison)
    advice(run.comparison.data)
    if told := reasons(run):
        st.header("What separates them", anchor="differences")
        st.markdown("\n".join(f"- {reason}" for reason in told))
    settings(run.comparison)


def mistakes(run: Run) -> None:
    """Draw what is taken for what, and the examples on which the two differ."""
    if not is_open(run):
        return
    data, judgement = run.comparison.data, judgement_of(run)
    dataset = dataset_of(data.dataset)
    confusion_section(judgement, data, dataset)
    gallery(judgement, split_of(replace(data, scaling="none")), dataset)


def inside(run: Run) -> None:
    """Draw the weights, answers, saturation and gradients of both networks."""
    data = run.comparison.data
    inside_section(run, split_of(data), dataset_of(data.dataset))


def settings(comparison: Comparison) -> None:
    """Draw the hyperparameters in which the two differ side by side, and all of them as calls."""
    rows = difference_rows(comparison)
    st.header("The settings of these results", anchor="settings")
    if rows:
        one, other = names_of(comparison)
        names, codes, ours, peer = (list(column) for column in zip(*rows, strict=True))
        st.table({"They differ in": names, "Name": codes, one: ours, other: peer}, border="horizontal",
                 hide_index=True, alt="Hyperparameters in which the two models differ")  # fmt: skip
    st.caption(plain(equal_words(comparison)))
    with st.expander("As Python", icon=":material/code:"):
        st.code(as_split(comparison.data), language="python")
        with st.grid(2, min_column_width=300):
            st.code(as_call(comparison.ours), language="python")
            st.code(as_call(comparison.peer), language="python")


SIDES = {"Verdict": verdict, "Mistakes": mistakes, "Inside": inside, "Draw a digit": draw_section}

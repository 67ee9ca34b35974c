"""Many steps: loss and parameters on their way, the straight line's promise, and one example after the other."""

import streamlit as st

from mlp.exercises import Exercise
from mlp.exercises.descent import Descent, descend, one_by_one
from mlp.view.exercise import path_words, paths
from mlp.view.numbers import format_number
from pages.common.controls import choice_field, toggle_field
from pages.common.messages import plain
from pages.exercise.desk import Desk

STEPS = (1, 10, 100)


def many_steps_section(desk: Desk, exercise: Exercise, decimals: int, *, fixed: bool) -> None:
    """Draw what 100 steps from here would do, once the section is opened; unless fixed they can be applied."""
    section = st.expander("Many steps: where does this lead?", icon=":material/trending_down:",
                          key=desk.key("many_open"), on_change="rerun")  # fmt: skip
    if not section.open:
        return
    with section:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            count = choice_field("Steps from here", desk.key("many"), STEPS[::-1], help="Drawn, not applied yet.")
            log = toggle_field("Log scale", desk.key("log"))
        path = descend(exercise, count)
        if path.stopped:
            st.error(plain(path.stopped))
        if len(path.losses) > 1:
            loss_charts(path, log=log, momentum=exercise.momentum > 0)
            both_paths(exercise, decimals)
            label = f"Apply these {len(path.real)} steps"
            if not fixed and desk.clicked(label, name="many steps", icon=":material/stairs:"):
                desk.wish_stepped(exercise, path.network, path.velocity, len(path.real))


def loss_charts(path: Descent, *, log: bool, momentum: bool) -> None:
    """Draw the loss over the steps, its change beside the predicted one, and the parameters that move the most."""
    st.vega_lite_chart(
        paths.loss_table(path), paths.loss_spec(log=log, momentum=momentum), alt=path_words.loss_alt(path)
    )
    straight = r"$\mathbf g^\top\mathbf v$" if momentum else r"$-\eta\lVert\mathbf g\rVert^2$"
    st.caption(
        f"Each step's change of the loss beside {straight}, what it would be if the loss were as "
        "straight as its slope. The closer they are, the smaller the step is for this loss."
    )
    st.vega_lite_chart(paths.change_table(path), paths.change_spec(), alt=path_words.change_alt(path))
    names = paths.moving_most(path)
    st.caption("The parameters that move the most:")
    st.vega_lite_chart(
        paths.parameter_table(path, names), paths.parameter_spec(names), alt=path_words.parameter_alt(path, names)
    )


def both_paths(exercise: Exercise, decimals: int) -> None:
    """Draw the batch's step beside one step with each example in turn, from the same start."""
    if len(exercise.selected) == 1:
        st.caption("Let two or more examples take part to see one example after the other beside the batch's step.")
        return
    batch, single = descend(exercise, 1), one_by_one(exercise)
    if len(batch.losses) == 1 or len(single.losses) == 1:
        return
    first, second = paths.moving_most(single, 2)
    st.caption(
        f"From the same start, one batch step ends at a loss of {format_number(batch.losses[-1], decimals)}, one step "
        f"with each example in turn at {format_number(single.losses[-1], decimals)}. The two parameters that move most:"
    )
    st.vega_lite_chart(
        paths.plane_table(batch, single, (first, second)),
        paths.plane_spec((first, second)),
        alt=path_words.plane_alt(batch, single, (first, second)),
    )

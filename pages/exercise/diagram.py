"""The network diagram on the page: what it shows, and the sums of the unit or edge that is chosen in it."""

import streamlit as st

from mlp.exercises import Solution, Step
from mlp.exercises.explained.parts import parse_part, part_sums
from mlp.view.diagram.chart import KEY, Choice, diagram_alt, diagram_spec, diagram_table, step_view
from mlp.view.exercise.sums import sum_latex
from pages.common.controls import choice_field
from pages.exercise.desk import Desk
from pages.exercise.stepper import Position

SHOWS = ("weights", "activations", "gradients", "update")


def diagram_section(desk: Desk, solution: Solution, steps: tuple[Step, ...], position: Position, decimals: int) -> None:
    """Draw the network, and under it the sums of the part a visitor has clicked."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        show = show_field(desk, position)
        example = example_field(desk, solution)
    choice = Choice(show, example=example, decimals=decimals)
    if position.at is not None:
        covered = [step.name for index, step in enumerate(steps) if position.covers(index)]
        name = steps[position.at].name
        choice = Choice(step_view(name), name, example, decimals, covered)
    table, sizes = diagram_table(solution, choice), solution.exercise.network.sizes
    chosen = st.vega_lite_chart(
        table, diagram_spec(sizes), key=desk.note(f"diagram {sizes}"), on_select="rerun", selection_mode=["part"],
        alt=diagram_alt(solution, choice, table),
    )  # fmt: skip
    points = chosen.selection.get("part", [])
    if points and not position.covered:
        part_box(solution, str(points[0].get("part", "")), example or 0, decimals)
    else:
        st.caption(KEY)


def show_field(desk: Desk, position: Position) -> str:
    """Draw the choice of what the network shows and return it; a step shows its own quantity, so it has none."""
    if position.at is None:
        return choice_field("The network shows", desk.key("show"), SHOWS,
                            help="Point at a unit or an edge for its exact number; click it for its sums.")  # fmt: skip
    if shows := desk.control("show"):  # Streamlit forgets a control that is not drawn, unless it is set anew
        desk.set_control("show", shows)
    return SHOWS[0]


def example_field(desk: Desk, solution: Solution) -> int:
    """Draw the choice of the example whose numbers are shown, where there are several; return it, from 0."""
    if len(solution.X) == 1:
        return 0
    name, numbers = "diagram example", tuple(range(len(solution.X)))
    if desk.find(name, 0) not in numbers:
        desk.put(name, 0)
    words = [f"example {j + 1}" for j in solution.exercise.selected]
    return st.selectbox("Numbers of", numbers, format_func=words.__getitem__, key=desk.note(name), width=150,
                        persist_state="session")  # fmt: skip


def part_box(solution: Solution, part: str, example: int, decimals: int) -> None:
    """Draw the sums of a unit or an edge, each with its formula, its numbers and its value."""
    try:
        sums, words = part_sums(solution, part, example), parse_part(part, solution.exercise.network.sizes).words
    except ValueError:  # a part of the network as it was before its sizes changed
        return
    with st.container(border=True, key="part"):
        st.markdown(f"**{words[0].upper()}{words[1:]}**")
        for number in sums:
            st.markdown(f"$\\displaystyle {sum_latex(number, decimals)}$")

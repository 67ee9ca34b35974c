"""The network on the page: what it shows, and what is chosen in it taken apart: its sums, its paths to the loss."""

import streamlit as st

from mlp.exercises import Solution, Step
from mlp.view.diagram.quantities import Choice, step_view
from mlp.view.diagram.words import KEY
from mlp.view.sheet.diagram import diagram_data
from mlp.view.sheet.part import part_data
from pages.common.controls import choice_field
from pages.exercise.desk import Desk
from pages.exercise.files import packed, read
from pages.exercise.stepper import Position

SHOWS = ("weights", "activations", "gradients", "update")
NETWORK = st.components.v2.component(
    "network", html=read("network.html"), css=read("network.css"), js=read("network.js", "network_part.js", "read.js"),
    isolate_styles=False,
)  # fmt: skip


def diagram_section(desk: Desk, solution: Solution, steps: tuple[Step, ...], position: Position, decimals: int) -> None:
    """Draw the network, and beside it the part that a visitor has chosen."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        show = show_field(desk, position)
        example = example_field(desk, solution)
    choice = Choice(show, example=example, decimals=decimals)
    if position.at is not None:
        covered = [step.name for index, step in enumerate(steps) if position.covers(index)]
        name = steps[position.at].name
        choice = Choice(step_view(name), name, example, decimals, covered)
    part = "" if position.covered else desk.chosen_part
    taken = part_data(solution, part, example or 0, decimals) if part else None
    data = {
        "diagram": diagram_data(solution, choice, part if taken else ""),
        "part": taken,
        "hint": KEY,
    }
    NETWORK(key=desk.network_key, data=packed(data), on_part_change=heard)


def heard() -> None:
    """Do nothing: Streamlit has a component's state declared by a callback."""


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

"""Walking through a solution in small steps: where the reader is, and what is still covered."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mlp.exercises import Step
from pages.common.controls import choice_field, explain_number, toggle_field
from pages.common.lasting import lasting_button
from pages.exercise.desk import Desk

VIEWS = ("whole", "step by step")


@dataclass(frozen=True)
class Position:
    """Where a reader is in a solution.

    Attributes
    ----------
    at : int or None
        Index of the current step; None where the solution is read whole.
    covered : bool
        Whether what comes after it is covered.
    """

    at: int | None = None
    covered: bool = False

    def is_current(self, index: int) -> bool:
        """Return whether the reader is at this step."""
        return index == self.at

    def covers(self, index: int) -> bool:
        """Return whether this step is still covered."""
        return self.covered and self.at is not None and index > self.at


def stepper(desk: Desk, steps: tuple[Step, ...], choice: DeltaGenerator) -> Position:
    """Draw the choice between reading whole and step by step, and what moves on; return the reader's position."""
    with choice:
        view = choice_field(
            "How to read the solution", desk.key("view"), VIEWS,
            help="Step by step, each quantity is shown on its own; Shift with the arrow keys moves on.",
        )  # fmt: skip
    if view == VIEWS[0]:
        return Position()
    last = len(steps)
    explain_number("Step", desk.key("step"), 1, last)
    if desk.control("step", 1) > last:
        desk.set_control("step", last)
    bar = st.container(horizontal=True, vertical_alignment="center")
    at = st.slider("Step", 1, last, key=desk.key("step"), bind="query-params", label_visibility="collapsed")
    with bar:
        lasting_button("Back", desk.note("back"), move, (desk, -1), shortcut="Shift+Left", spent=at == 1)
        lasting_button("Next", desk.note("next"), move, (desk, 1), shortcut="Shift+Right", type="primary",
                       spent=at == last)  # fmt: skip
        covered = toggle_field("Hide ahead", desk.key("hide_ahead"),
                               help="Cover what comes next: say what it will be, then go on.")  # fmt: skip
    return Position(at - 1, covered)


def move(desk: Desk, by: int) -> None:
    """Go forward or back by so many steps."""
    desk.set_control("step", desk.control("step", 1) + by)

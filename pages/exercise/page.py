"""Questions 1 and 2: an exercise that can be edited beside its solution, in the sheet's order and notation."""

from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mlp.exercises import Exercise, Solution, solution_steps, solve
from mlp.exercises.explained.losses import loss_formula
from mlp.limits import MOST_DECIMALS
from mlp.losses import LOSSES
from mlp.view.exercise.tables import STYLE
from mlp.view.numbers import format_number
from mlp.view.paper import assignment, the_network
from mlp.view.sheet.cells import Entries
from mlp.view.sheet.checks import checks_data
from pages.common.address import address_words, mend_address
from pages.exercise.actions import history_buttons, overflow_words, step_buttons
from pages.exercise.address import PARAMETER, handout_of, keep_address, link_problem, open_address
from pages.exercise.batch import batch_section
from pages.exercise.controls import exercise_controls, show_settings
from pages.exercise.desk import ADDRESS, Desk
from pages.exercise.diagram import diagram_section
from pages.exercise.files import read
from pages.exercise.many_steps import many_steps_section
from pages.exercise.own_numbers import own_numbers
from pages.exercise.presets_menu import preset_point
from pages.exercise.sharing import lesson_box, sharing_section, taught
from pages.exercise.sheet import draw_line, draw_sheet, entries_of
from pages.exercise.softmax import ALWAYS_ONE, softmax_section
from pages.exercise.solution import given_sheet, gradient_checks, worked_sheet
from pages.exercise.stepper import Position, stepper
from pages.exercise.take_away import take_away_section

LINE_HEIGHT = 76
SKIP = '<a class="skip" href="#sheet-forward">Skip to the solution</a>'


def worked_exercise(question: str, title: str) -> None:
    """Draw the page of a question."""
    desk = Desk(question)
    mend_address((PARAMETER, *map(desk.key, ADDRESS)))
    open_draft(desk)
    lesson = desk.lesson
    fixed, hidden = "controls" in lesson.hide, "solution" in lesson.hide
    st.html(f"{STYLE}<style>{read('page.css')}</style>")
    if not hidden:
        st.html(SKIP)
    st.title(title, anchor=False)
    words = st.container(key="words")
    address_words()
    link_problem(desk)
    lesson_box(desk)
    preset_point(desk)
    places = page_places(hidden=hidden)
    if fixed:
        exercise, decimals, entries = desk.draft.base, lesson.decimals, {}
    else:
        exercise, refused, decimals = exercise_controls(desk, places.choices, places.settings)
        entries = entries_of(desk, refused, exercise)
    solution = solve(exercise)
    words.markdown(f"{caption(solution, fixed=fixed)} {part_words(exercise, decimals)}")
    if hidden:
        position = Position()
        st.info("The solution is hidden in this exercise.", icon=":material/visibility_off:")
        if fixed:
            st.markdown(assignment(solution, decimals))
        with st.container(key="given"):
            draw_sheet(desk, given_sheet(solution, entries, decimals, fixed=fixed))
        own_numbers(desk, solution)
    else:
        position = explained(desk, solution, entries, decimals, places, fixed=fixed)
    handout = handout_of(exercise, decimals, position.at, lesson)
    sharing_section(desk, handout)
    take_away_section(desk, solution, taught(desk, lesson), decimals, solved=not hidden and not position.covered)
    keep_address(desk, handout)
    desk.forget_click()


def caption(solution: Solution, *, fixed: bool) -> str:
    """Return what network it is, with the formula of its loss, and unless fixed the invitation to change it."""
    network, invitation = solution.exercise.network, "" if fixed else " Change any number."
    formula = loss_formula(network.loss, network.sizes[-1])
    note = f" {ALWAYS_ONE}" if LOSSES[network.loss].distribution and network.sizes[-1] == 1 else ""
    return f"{the_network(solution).removesuffix('.')}, $L = {formula}$.{note}{invitation}"


def part_words(exercise: Exercise, decimals: int) -> str:
    """Return which part of the question this is, and the settings that are folded away."""
    parts = {(0,): "Part 1: one stochastic gradient descent step with the first example.",
             (0, 1): "Part 2: one gradient descent step for the batch of both examples."}  # fmt: skip
    part = parts.get(exercise.selected, "") if len(exercise.X) == len(parts) else ""
    biases = ", biases fixed" if exercise.biases_fixed else ""
    rate = f"η = {format_number(exercise.learning_rate, MOST_DECIMALS)}"
    rate += f", momentum {format_number(exercise.momentum, MOST_DECIMALS)}" if exercise.momentum else ""
    return f"{part} Settings: {rate}, {exercise.reduction} of the losses{biases}, {decimals} decimals.".strip()


def open_draft(desk: Desk) -> None:
    """Take up what is to be worked on: a wish, the address, or what stood here before."""
    if wished := desk.wished():
        show_settings(desk, wished)
    open_address(desk)
    desk.reopen()


class Places(NamedTuple):
    """Containers of the page above the sheet, in which more is drawn once it is known."""

    line: DeltaGenerator
    choices: DeltaGenerator
    history: DeltaGenerator
    settings: DeltaGenerator


def page_places(*, hidden: bool) -> Places:
    """Draw the empty containers; the line stays in view, where there is a solution to speak of."""
    line = (
        st.container()
        if hidden
        else st.container(horizontal=True, vertical_alignment="center", key="line", height=LINE_HEIGHT, border=False)
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="choices"):
        choices = st.container(horizontal=True, vertical_alignment="bottom", width="content")
        with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", width="content", key="actions"):
            history = st.container(horizontal=True, vertical_alignment="center", gap="xsmall", width="content")
            settings = st.container(width="content")
    return Places(line, choices, history, settings)


def explained(
    desk: Desk, solution: Solution, entries: Entries, decimals: int, places: Places, *, fixed: bool
) -> Position:
    """Draw the sheet with its solution and what goes with it; return where the reader is in it."""
    steps, checks = solution_steps(solution), gradient_checks(desk, solution)
    position = stepper(desk, steps, places.choices)
    with places.line:
        draw_line(desk, solution, steps, checks, decimals, covered=position.covered)
        if not fixed:
            step_buttons(desk, solution)
    if not fixed:
        with places.history:
            history_buttons(desk, solution.exercise)
    overflow_words(solution)
    sheet = worked_sheet(desk, solution, steps, entries, position, decimals, fixed=fixed)
    with st.container(key="sheet"):
        draw_sheet(desk, sheet, checks_data(solution, checks, covered=position.covered))
    own_numbers(desk, solution)
    diagram_section(desk, solution, steps, position, decimals)
    if not position.covered:
        softmax_section(desk, solution, decimals)
        batch_section(desk, solution, decimals)
        many_steps_section(desk, solution.exercise, decimals, fixed=fixed)
    return position

"""Questions 1 and 2: an exercise that can be edited beside its solution, in the sheet's order and notation."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mlp.exercises import Exercise, resized
from mlp.limits import MOST_DECIMALS
from mlp.losses import LOSSES
from mlp.view.exercise.tables import STYLE
from mlp.view.numbers import format_number
from mlp.view.paper import the_network
from pages.common.address import address_words, mend_address
from pages.common.page_turn import in_turn
from pages.exercise.address import PARAMETER, keep_inputs, link_problem, open_address
from pages.exercise.controls import example_choice, exercise_controls, show_settings
from pages.exercise.desk import ADDRESS, Desk
from pages.exercise.files import read
from pages.exercise.places import Places, page_places
from pages.exercise.presets_menu import preset_point, presets_menu
from pages.exercise.sections.sharing import lesson_box
from pages.exercise.sections.softmax import ALWAYS_ONE
from pages.exercise.settings import Settings, settings_of
from pages.exercise.worked import worked

INVITATION, DECIMALS = "Change any number.", 5


def worked_exercise(question: str, title: str) -> None:
    """Draw the page of a question."""
    desk = Desk(question)
    mend_address((PARAMETER, *map(desk.key, ADDRESS)))
    open_draft(desk)
    lesson = desk.lesson
    fixed, hidden = "controls" in lesson.hide, "solution" in lesson.hide
    st.html(f"{STYLE}<style>{read('page.css')}</style>")
    with st.container(gap=None):
        st.title(title, anchor=False)
        words = Words(desk, st.empty())
    address_words()
    link_problem(desk)
    lesson_box(desk)
    preset_point(desk)
    places = page_places(hidden=hidden)
    known = None if fixed else known_settings(desk)
    # An edit runs this part again, not the page: its controls and words stay as they are
    part = st.fragment(worked_in_turn)
    selected: tuple[int, ...] = ()
    if not fixed:
        with places.examples:
            selected = example_choice(desk)
    if known:
        part(question, known, places)
    settings = None if fixed else exercise_controls(desk, places, selected)
    if settings and not hidden:
        with places.presets:
            presets_menu(desk, settings)
    words.write(words_of(desk.draft.base, settings, lesson.decimals))
    if known is None:
        part(question, settings, places)
    elif known == settings:
        keep_inputs(desk)
    else:
        st.rerun()


def known_settings(desk: Desk) -> Settings | None:
    """Return what the controls will say, if that is known before they are drawn: on a first visit.

    The sheet is then sent before them, so that a phone shows it first. A setting in the address is known to its control
    alone.
    """
    if desk.find("latest") or any(desk.key(name) in st.query_params for name in ADDRESS):
        return None
    decimals = desk.control("decimals")
    return settings_of(desk.draft.base, int(decimals) if decimals else DECIMALS)


def worked_in_turn(question: str, settings: Settings | None, places: Places) -> None:
    """Draw the sheet with all that goes with it, one visitor after the other."""
    with in_turn():
        worked(question, settings, places)


class Words:
    """The words under the title, in their place before the controls have said what the settings are.

    What stood there last, or what is said of the sheet, is nearly always right; drawn last, they would push the page.
    """

    def __init__(self, desk: Desk, place: DeltaGenerator) -> None:
        self.desk, self.place = desk, place
        self.written = (
            desk.find("words", "") or f"{caption(desk.sheet)} {INVITATION} {part_words(desk.sheet, DECIMALS)}"
        )
        self.place.markdown(f":small[{self.written}]")

    def write(self, words: str) -> None:
        """Put the right words into the place, where they are others."""
        if words != self.written:
            self.place.markdown(f":small[{words}]")
        self.desk.put("words", words)


def words_of(base: Exercise, settings: Settings | None, decimals: int) -> str:
    """Return the words under the title: what is asked, and how; without settings the exercise is as it was given."""
    if settings is None:
        return f"{caption(base)} {part_words(base, decimals)}"
    exercise = settings.applied(resized(base, settings.sizes))
    return f"{caption(exercise)} {INVITATION} {part_words(exercise, settings.decimals)}"


def caption(exercise: Exercise) -> str:
    """Return what network it is; no formula, for which the browser would first have to load what draws it."""
    network = exercise.network
    note = f" {ALWAYS_ONE}" if LOSSES[network.loss].distribution and network.sizes[-1] == 1 else ""
    return f"{the_network(exercise)}{note}"


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

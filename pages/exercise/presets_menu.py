"""Exercises to begin with: the sheet's, a textbook's, small ones that each show one thing, and random ones."""

from dataclasses import replace

import streamlit as st

from mlp.exercises import Exercise, presets_of, random_exercise
from mlp.limits import PRESET_SEED
from pages.common.controls import whole_number_field
from pages.common.messages import plain
from pages.exercise.desk import Desk
from pages.exercise.settings import Settings


def presets_menu(desk: Desk, settings: Settings) -> None:
    """Draw the choice of an exercise to begin with, and load the one that is chosen."""
    # A key of the draft's version: a menu that has served its purpose closes instead of covering the page
    key = desk.note(f"presets v{desk.draft.version}")
    with st.popover("Other exercises", icon=":material/library_books:", key=key):
        if desk.clicked("Back to the sheet's numbers", icon=":material/restart_alt:", width="stretch"):
            desk.wish(desk.sheet)
        for preset in presets_of(desk.question):
            if desk.clicked(preset.title, key=desk.note(f"preset {preset.key}"), width="stretch"):
                desk.wish(preset.exercise, point=f"{preset.title}. {preset.description}")
            st.caption(plain(preset.description))
        seed = whole_number_field("Seed", desk.key("seed"), 1, low=0, high=PRESET_SEED,
                                  help="The same seed gives the same numbers, anywhere and always.")  # fmt: skip
        if desk.clicked("Random numbers from this seed", icon=":material/casino:", width="stretch"):
            desk.wish(with_random_numbers(settings.exercise(desk)[0], seed))


def preset_point(desk: Desk) -> None:
    """Say what the exercise was made to show, if it came from the menu."""
    if point := desk.history.now.point:
        st.info(plain(point), icon=":material/lightbulb:")


def with_random_numbers(exercise: Exercise, seed: int) -> Exercise:
    """Return an exercise with other weights, biases, inputs and targets; everything else stays as it was chosen."""
    network = exercise.network
    drawn = random_exercise(seed, network.sizes, hidden=network.hidden, loss=network.loss, examples=len(exercise.X))
    return replace(exercise, network=drawn.network, X=drawn.X, Y=drawn.Y, velocity=None)

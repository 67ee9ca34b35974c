"""Exercises to begin with: the sheet's, a textbook's, small ones that each show one thing, and random ones."""

import streamlit as st

from mlp.exercises import presets_of, random_exercise
from mlp.exercises.presets import LOSS_OF
from mlp.limits import PRESET_SEED
from pages.common.controls import whole_number_field
from pages.exercise.desk import Desk


def presets_menu(desk: Desk) -> None:
    """Draw the choice of an exercise to begin with, and load the one that is chosen."""
    # A key of the draft's version: a menu that has served its purpose closes instead of covering the page
    key = desk.note(f"presets v{desk.draft.version}")
    with st.popover("Other exercises", icon=":material/library_books:", key=key):
        for preset in presets_of(desk.question):
            if desk.clicked(preset.title, key=desk.note(f"preset {preset.key}"), help=preset.description,
                             width="stretch"):  # fmt: skip
                desk.wish(preset.exercise)
        seed = whole_number_field("Seed", desk.key("seed"), 1, low=0, high=PRESET_SEED,
                                  help="The same seed gives the same numbers, anywhere and always.")  # fmt: skip
        if desk.clicked("Random numbers from this seed", icon=":material/casino:", width="stretch"):
            sizes = desk.draft.base.network.sizes
            desk.wish(random_exercise(seed, sizes, loss=LOSS_OF[desk.question]))

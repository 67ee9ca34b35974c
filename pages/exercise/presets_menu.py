"""Exercises to begin with: the sheet's, a textbook's, small ones that each show one thing, and random ones."""

import streamlit as st

from mlp.exercises import presets_of, random_exercise
from mlp.exercises.presets import LOSS_OF
from pages.common.controls import whole_number_field
from pages.exercise import draft


def presets_menu(question: str) -> None:
    """Draw the choice of an exercise to begin with, and load the one that is chosen."""
    # A key of the draft's version: a menu that has served its purpose closes instead of covering the page
    key = f"{question} presets v{draft.draft_of(question).version}"
    with st.popover("Other exercises", icon=":material/library_books:", key=key):
        for preset in presets_of(question):
            if draft.clicked(question, preset.title, key=f"{question} preset {preset.key}", help=preset.description,
                             width="stretch"):  # fmt: skip
                draft.wish(question, preset.exercise)
        seed = whole_number_field("Seed", f"{question}_seed", 1, low=0, high=999_999,
                                  help="The same seed gives the same numbers, anywhere and always.")  # fmt: skip
        if draft.clicked(question, "Random numbers from this seed", icon=":material/casino:", width="stretch"):
            sizes = draft.draft_of(question).base.network.sizes
            draft.wish(question, random_exercise(seed, sizes, loss=LOSS_OF[question]))

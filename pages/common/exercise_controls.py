"""The left side of questions 1 and 2: every setting and number of the exercise, as controls."""

import re
from dataclasses import replace

import streamlit as st

from mlp.activations import ACTIVATIONS
from mlp.exercises import Exercise
from mlp.exercises.sheet import SIZES
from mlp.network import REDUCTIONS
from mlp.view.numbers import format_number, quoted
from pages.common import draft
from pages.common.controls import choice_field, choices_field, number_field, text_field, whole_number_field
from pages.common.messages import plain

MOST_UNITS, MOST_LAYERS = 8, 6
NARROW = 125
DEFAULTS = {
    "sizes": "-".join(map(str, SIZES)),
    "hidden": "tanh",
    "reduction": "sum",
    "learning_rate": "0.1",
    "examples": [1],
}


def exercise_controls(question: str) -> tuple[Exercise, int]:
    """Draw everything that can be edited; return the exercise that stands there, and the number of decimals."""
    draft.reopen(question)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        settings, decimals = step_settings(question)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        hidden, settings["reduction"] = network_settings(question)
    exercise, typed = draft.edited(question)
    exercise = replace(exercise, network=replace(exercise.network, hidden=hidden), **settings)
    draft.keep(question, exercise, typed)
    for table in draft.tables_of(draft.draft_of(question).base):
        draft.table_editor(question, table, decimals)
        refuse_entries(table, typed, exercise)
    return exercise, decimals


def step_settings(question: str) -> tuple[dict, int]:
    """Draw the step's settings; return chosen examples and learning rate by field name, and the decimals."""
    chosen = choices_field("Examples that take part", f"{question}_examples", (1, 2), (1,),
                           format_func="Example {}".format,
                           help="One example: a stochastic gradient descent step, part 1 of the question. "
                           "Both: a batch step, part 2.")  # fmt: skip
    learning_rate = number_field("Learning rate η", f"{question}_learning_rate", 0.1, above=0.0, high=100.0,
                                 width=NARROW, help="How far each parameter moves against its derivative.")  # fmt: skip
    decimals = whole_number_field("Decimals", f"{question}_decimals", 5, low=1, high=12, width=NARROW,
                                  help="How many are shown; the computation keeps all digits.")  # fmt: skip
    return {"selected": tuple(k - 1 for k in chosen), "learning_rate": learning_rate}, decimals


def network_settings(question: str) -> tuple[str, str]:
    """Draw the network's shape and resize the draft to it; return the hidden activation, and sum or mean of a batch."""
    sizes = text_field("Layer sizes", f"{question}_sizes", DEFAULTS["sizes"], parse_sizes, width=NARROW,
                       help="Units of each layer, inputs first. What fits is kept, the rest is 0.1.")  # fmt: skip
    draft.resize(question, sizes)
    hidden = choice_field("Hidden activation", f"{question}_hidden", tuple(ACTIVATIONS),
                          help="The activation of every hidden layer.")  # fmt: skip
    reduction = choice_field("Loss of a batch", f"{question}_reduction", REDUCTIONS,
                             help="The sheet adds the losses of the examples; training takes their mean.")  # fmt: skip
    return hidden, reduction


def parse_sizes(text: str) -> tuple[int, ...]:
    """Return the layer sizes typed as 4-4-3-3; raise a ValueError with a sentence for what is none."""
    parts = re.split(r"[\s,;x×–-]+", text.strip())
    units = [int(part) if re.fullmatch(r"[0-9]{1,3}", part) else 0 for part in parts]
    if not 2 <= len(parts) <= MOST_LAYERS or not all(1 <= count <= MOST_UNITS for count in units):
        raise ValueError(
            f"2 to {MOST_LAYERS} layers of 1 to {MOST_UNITS} units each, such as {DEFAULTS['sizes']}; "
            f"got {quoted(text)}."
        )
    return tuple(units)


def refuse_entries(table: draft.Table, typed: dict[draft.Cell, str], exercise: Exercise) -> None:
    """Say what is accepted for every entry of a table that is not a number."""
    used = {each.name: each.values for each in draft.tables_of(exercise)}[table.name]
    for (name, row, column), text in typed.items():
        if name == table.name:
            place = f"{table.name.capitalize()}, {table.rows[row]}, {table.columns[column]}"
            going_on = format_number(float(used[row, column]))
            st.error(plain(f"{place}: needed is {draft.refusal(text)} Going on with {going_on}."))


def back_to_sheet(question: str) -> None:
    """Return every number and setting to the sheet's; the decimals stay."""
    draft.restart(question)
    for name, value in DEFAULTS.items():
        st.session_state[f"{question}_{name}"] = value

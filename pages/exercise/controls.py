"""The settings of questions 1 and 2, as controls; the numbers themselves are edited in the sheet."""

import re
from collections.abc import Iterable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mlp.activations import ACTIVATIONS
from mlp.exercises import Exercise, with_examples
from mlp.exercises.choices import choice_of, loss_choices
from mlp.exercises.sheet import SIZES
from mlp.limits import EXERCISE_EXAMPLES, EXERCISE_LAYERS, EXERCISE_UNITS, LARGEST_MOMENTUM, LARGEST_RATE, MOST_DECIMALS
from mlp.network import REDUCTIONS
from mlp.untrusted.numbers import quoted
from pages.common.controls import (
    choice_field,
    choices_field,
    number_field,
    text_field,
    toggle_field,
    whole_number_field,
)
from pages.exercise.desk import Desk
from pages.exercise.places import Places
from pages.exercise.settings import Settings
from pages.exercise.tables import still_fitting

NARROW = 125


def exercise_controls(desk: Desk, places: Places, selected: tuple[int, ...]) -> Settings:
    """Draw every setting of the exercise but the examples that take part, and return them with those.

    They are folded behind one button; the words under the page's title say what they are.
    """
    words = places.words  # what is said of a setting is seen while they are folded
    with places.settings, st.popover("Settings", icon=":material/tune:", key=desk.note("settings")):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            learning_rate, momentum, decimals = step_settings(desk, words)
            sizes, hidden = network_settings(desk, words)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            loss = loss_settings(desk, words)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            reduction, biases_fixed = batch_settings(desk, words)
        buttons = st.container(horizontal=True)
    settings = Settings(sizes, hidden, loss, selected, learning_rate, momentum, reduction, biases_fixed, decimals)
    with buttons:
        example_buttons(desk, settings)
    return settings


def example_choice(desk: Desk) -> tuple[int, ...]:
    """Draw the choice of the examples that take part, and return them, from 0.

    It is not folded: it makes part 1 or part 2 of the question.
    """
    numbers = tuple(range(1, len(desk.draft.base.X) + 1))
    chosen = choices_field("Examples", desk.key("examples"), numbers, (1,),
                           help="Those that take part. One: a stochastic gradient descent step, part 1 of the "
                           "question. Both: a batch step, part 2.")  # fmt: skip
    return tuple(k - 1 for k in chosen)


def step_settings(desk: Desk, words: DeltaGenerator) -> tuple[float, float, int]:
    """Draw the step's settings; return learning rate, momentum, and the decimals."""
    learning_rate = number_field("Learning rate η", desk.key("learning_rate"), 0.1, above=0.0, high=LARGEST_RATE,
                                 width=NARROW, words=words,
                                 help="How far each parameter moves against its derivative.")  # fmt: skip
    momentum = number_field("Momentum", desk.key("momentum"), 0.0, low=0.0, high=LARGEST_MOMENTUM, width=NARROW,
                            words=words,
                            help="How much of the velocity v of the step before stays: v ← μ v − η times the "
                            "derivative, and v is added. 0 is the sheet's step.")  # fmt: skip
    decimals = whole_number_field("Decimals", desk.key("decimals"), 5, low=1, high=MOST_DECIMALS, width=NARROW,
                                  words=words,
                                  help="How many are shown; the computation keeps all digits.")  # fmt: skip
    return learning_rate, momentum, decimals


def network_settings(desk: Desk, words: DeltaGenerator) -> tuple[tuple[int, ...], str]:
    """Draw the network's shape; return the layer sizes and the hidden activation."""
    sizes = text_field("Layer sizes", desk.key("sizes"), size_text(SIZES), parse_sizes, width=NARROW, words=words,
                       help="Units of each layer, inputs first. What fits is kept, the rest is 0.1.")  # fmt: skip
    hidden = choice_field("Hidden activation", desk.key("hidden"), tuple(ACTIVATIONS), words=words,
                          help="The activation of every hidden layer.")  # fmt: skip
    return sizes, hidden


def loss_settings(desk: Desk, words: DeltaGenerator) -> str:
    """Draw the choice of outputs and, among squared errors, of the convention; return the loss' name."""
    choices = loss_choices(desk.question)
    outputs = choice_field("Outputs", desk.key("outputs"), in_order(first for first, _ in choices), words=words,
                           help="The activation of the last layer; the loss goes with it.")  # fmt: skip
    conventions = in_order(second for first, second in choices if first == outputs)
    if len(conventions) == 1:
        return choices[outputs, conventions[0]]
    convention = choice_field("Squared error", desk.key("squares"), conventions, words=words,
                              help="Of one example: half the sum of the squares, as on the sheet, their sum, or their "
                              "mean over the outputs.")  # fmt: skip
    return choices[outputs, convention]


def in_order(values: Iterable[str]) -> tuple[str, ...]:
    """Return each value once, in the order of their first coming."""
    return tuple(dict.fromkeys(values))


def batch_settings(desk: Desk, words: DeltaGenerator) -> tuple[str, bool]:
    """Draw what is taken of a batch, and what moves; return sum or mean, and whether the biases stay."""
    reduction = choice_field("Loss of a batch", desk.key("reduction"), REDUCTIONS, words=words,
                             help="The sheet adds the losses of the examples; training takes their mean.")  # fmt: skip
    fixed = toggle_field("Biases fixed", desk.key("biases_fixed"), words=words,
                         help="The step moves the weights only, as some textbooks do.")  # fmt: skip
    return reduction, fixed


def show_settings(desk: Desk, exercise: Exercise) -> None:
    """Set the controls to an exercise's settings, before they are drawn."""
    outputs, convention = choice_of(exercise.network.loss)
    settings = {
        "examples": [j + 1 for j in exercise.selected],
        "learning_rate": repr(exercise.learning_rate),
        "momentum": repr(exercise.momentum) if exercise.momentum else "0",
        "sizes": size_text(exercise.network.sizes),
        "hidden": exercise.network.hidden,
        "outputs": outputs,
        "reduction": exercise.reduction,
        "biases_fixed": exercise.biases_fixed,
    }
    if convention:
        settings["squares"] = convention
    for name, value in settings.items():
        desk.set_control(name, value)


def example_buttons(desk: Desk, settings: Settings) -> None:
    """Draw the buttons that add an example and remove the last one."""
    count = len(desk.draft.base.X)

    def wish(count: int) -> None:
        exercise, refused = settings.exercise(desk)
        changed = with_examples(exercise, count)
        desk.wish_changed(changed, still_fitting(refused, exercise, changed))

    if desk.clicked("Add an example", icon=":material/add:", spent=count >= EXERCISE_EXAMPLES,
                    help=f"All its numbers are 0 to begin with; up to {EXERCISE_EXAMPLES} examples."):  # fmt: skip
        wish(count + 1)
    if desk.clicked("Remove the last", icon=":material/remove:", spent=count <= 1):
        wish(count - 1)


def size_text(sizes: tuple[int, ...]) -> str:
    """Return layer sizes as they are typed: 4-4-3-3."""
    return "-".join(map(str, sizes))


def parse_sizes(text: str) -> tuple[int, ...]:
    """Return the layer sizes typed as 4-4-3-3; raise a ValueError with a sentence for what is none."""
    parts = re.split(r"[\s,;x×–-]+", text.strip())
    units = [int(part) if re.fullmatch(r"[0-9]{1,3}", part) else 0 for part in parts[: EXERCISE_LAYERS + 1]]
    if not 2 <= len(parts) <= EXERCISE_LAYERS or not all(1 <= count <= EXERCISE_UNITS for count in units):
        raise ValueError(
            f"2 to {EXERCISE_LAYERS} layers of 1 to {EXERCISE_UNITS} units each, such as {size_text(SIZES)}; "
            f"got {quoted(text)}."
        )
    return tuple(units)

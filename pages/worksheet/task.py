"""What is practised: a teacher's task from the link, or what the visitor chooses; all of it is in the address."""

import streamlit as st

from mlp.activations import ACTIVATIONS
from mlp.exercises.presets import PRESETS
from mlp.limits import LARGEST_SEED, LONGEST_STUDENT, PRACTICE_EXAMPLES
from mlp.network import REDUCTIONS
from mlp.practice.assignment import Assignment, read_assignment
from mlp.untrusted.checks import text
from pages.common.controls import choice_field, select_field, whole_number_field
from pages.common.messages import plain

TASK, NAME = "t", "practice_name"
SEED, PRESET = "practice_seed", "practice_preset"
CHOICES = ("practice_kind", "practice_layers", "practice_hidden", "practice_examples", "practice_batch",
           "practice_momentum", SEED, PRESET)  # fmt: skip
KINDS = {"Question 1": "q1", "Question 2": "q2"}
LAYERS = {
    "2-2-2": (2, 2, 2),
    "3-3-2": (3, 3, 2),
    "4-4-3-3, the sheet's": (4, 4, 3, 3),
    "2-2-1": (2, 2, 1),
    "3-2": (3, 2),
}
EXAMPLES = tuple(map(str, range(1, PRACTICE_EXAMPLES + 1)))
MOMENTA = ("0", "0.5", "0.9")
VARIANT = "fresh numbers"
ABOUT_KIND = "Question 1 has linear outputs and the squared error, question 2 softmax and cross-entropy."
ABOUT_NAME = "A name or a number: it stands on the receipt you can hand in, and nowhere else."


def task() -> tuple[Assignment, bool]:
    """Return the task, and whether a link has brought it; a link that can't be read gets a sentence."""
    token = st.query_params.get(TASK, "")
    if token:
        try:
            return read_assignment(token), True
        except ValueError as error:
            st.error(plain(f"The task could not be opened. {error} Below is practice of your own choice."))
    return chosen_task(), False


def chosen_task() -> Assignment:
    """Draw the choices, folded behind a line that says what they are, and return the assignment."""
    name_preset()
    question = KINDS[choice_field("Kind", "practice_kind", tuple(KINDS), help=ABOUT_KIND)]
    # What is said of a choice stands here, where it is seen while the choices are folded
    summary = st.container()
    with st.expander("Change the network and the numbers", icon=":material/tune:", key="practice_choices"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            layers = select_field("Layers", "practice_layers", tuple(LAYERS), width=220, words=summary,
                                  help="Units of each, inputs first.")  # fmt: skip
            hidden = select_field("Hidden activation", "practice_hidden", tuple(ACTIVATIONS), width=180, words=summary,
                                  help="Of every hidden unit.")  # fmt: skip
            examples = select_field("Examples", "practice_examples", EXAMPLES, width=110, words=summary,
                                    help="One makes a step for one example, several a batch.")  # fmt: skip
            reduction = select_field("Batch", "practice_batch", REDUCTIONS, width=110, words=summary,
                                     help="Whether the losses of a batch are summed or averaged.")  # fmt: skip
            momentum = select_field("Momentum", "practice_momentum", MOMENTA, width=110, words=summary,
                                    help="Above 0 the step goes on from a velocity.")  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="bottom"):
            seed = whole_number_field("Seed", SEED, 1, low=0, high=LARGEST_SEED, width=130, words=summary,
                                      help="The same seed has the same numbers for everybody.")  # fmt: skip
            ready = {VARIANT: ""} | presets(question)
            preset = select_field("Numbers", PRESET, tuple(ready), width=320, words=summary,
                                  help="Fresh ones from the seed, or an exercise that is known elsewhere.")  # fmt: skip
    assignment = Assignment(
        question=question,
        seed=seed,
        sizes=LAYERS[layers],
        hidden=hidden,
        examples=int(examples),
        reduction=reduction,
        preset=ready[preset],
        momentum=float(momentum),
    )
    summary.caption(plain(words_of(assignment)))
    return assignment


def presets(question: str) -> dict[str, str]:
    """Return the keys of the ready-made exercises of a question by their titles."""
    return {preset.title: key for key, preset in PRESETS.items() if preset.question == question}


def name_preset() -> None:
    """Put the title of a ready-made exercise into the address where an older link has its key, and run again."""
    asked = st.query_params.get(PRESET, "")
    if asked in PRESETS:
        st.query_params[PRESET] = PRESETS[asked].title
        st.rerun()


def words_of(assignment: Assignment) -> str:
    """Return what is practised, in one line."""
    if assignment.preset:
        return f"{PRESETS[assignment.preset].title}."
    layers = "-".join(map(str, assignment.sizes))
    many = "one example" if assignment.examples == 1 else f"a batch of {assignment.examples} ({assignment.reduction})"
    numbers = "numbers of your own, by your name" if assignment.by_student else f"seed {assignment.seed}"
    moving = f", momentum {assignment.momentum:g}" if assignment.momentum else ""
    ends = {"q1": "squared error", "q2": "softmax and cross-entropy"}[assignment.question]
    return f"A {layers} network with {assignment.hidden} units, {ends}, {many}{moving}, {numbers}."


def rules_of(assignment: Assignment) -> str:
    """Return what a teacher allows, as far as it is less than the page does by itself."""
    tries = f"{assignment.tries} {'try' if assignment.tries == 1 else 'tries'}"
    rules = [f"{tries} for each quantity; to check again what has not changed costs none."] if assignment.tries else []
    rules += [] if assignment.hints else ["There are no hints."]
    rules += [] if assignment.diagnosis else ["What is wrong is marked; the mistake is not named."]
    return " ".join(rules)


def student_name() -> str:
    """Draw the field for the student's name and return it."""
    typed = st.text_input("Your name or number", key=NAME, max_chars=LONGEST_STUDENT, help=ABOUT_NAME,
                          bind="query-params", width=260)  # fmt: skip
    return text(typed, "The name", LONGEST_STUDENT)


def new_variant() -> None:
    """Take the next seed; for a callback."""
    seed = st.session_state.get(SEED, "1")
    number = int(seed) + 1 if str(seed).isdecimal() and len(str(seed)) < 11 else 1
    st.session_state[SEED] = str(number % (LARGEST_SEED + 1))

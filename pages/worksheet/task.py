"""What is practised: a teacher's task from the link, or what the visitor chooses; all of it is in the address."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mlp.activations import ACTIVATIONS
from mlp.exercises.presets import PRESETS
from mlp.limits import LARGEST_SEED, LONGEST_STUDENT, PRACTICE_EXAMPLES
from mlp.network import REDUCTIONS
from mlp.practice.assignment import Assignment, read_assignment
from mlp.untrusted.checks import text
from pages.common.controls import choice_field, explain_unknown, select_field, whole_number_field
from pages.common.messages import plain

TASK, NAME = "t", "practice_name"
SEED, PRESET, FRESH = "practice_seed", "practice_preset", "practice: a new variant was asked for"
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
READY_MADE = "Its layers, activation, examples and momentum come with it. Fresh numbers leave them to you."
NO_HIDDEN = "These layers have no hidden unit: choose others first."
ABOUT_BATCH = "Whether the losses of a batch are summed or averaged."
NO_BATCH = " Of one example both are the same: choose more examples first."
ABOUT_NAME = "A name or a number: it stands on the receipt you can hand in, and nowhere else."


def task(row: DeltaGenerator) -> tuple[Assignment, bool]:
    """Return the task, and whether a link has brought it; a link that can't be read gets a sentence.

    The kind is chosen in the row, where more can be drawn beside it.
    """
    token = st.query_params.get(TASK, "")
    if token:
        try:
            return read_assignment(token), True
        except ValueError as error:
            st.error(plain(f"The task could not be opened. {error} Below is practice of your own choice."))
    return chosen_task(row), False


def chosen_task(row: DeltaGenerator) -> Assignment:
    """Draw the choices, folded behind a line that says what they are, and return the assignment."""
    name_preset()
    with row:
        question = KINDS[choice_field("Kind", "practice_kind", tuple(KINDS), help=ABOUT_KIND)]
    # What is said of a choice stands here, where it is seen while the choices are folded
    summary = st.container()
    with st.expander("Change the network and the numbers", icon=":material/tune:", key="practice_choices"):
        preset = numbers_field(question, summary)
        assignment = ready_made(question, preset) if preset else variant(question, summary)
    summary.caption(plain(words_of(assignment)))
    return assignment


def numbers_field(question: str, words: DeltaGenerator) -> str:
    """Draw the choice of the numbers and return the key of a ready-made exercise, blank for fresh ones."""
    ready = {VARIANT: ""} | presets(question)
    if PRESET not in st.session_state:
        explain_unknown("Numbers", PRESET, tuple(ready), words)
    elif st.session_state[PRESET] not in ready:
        # It was chosen while the other kind was: no fault of the address, which has it until the end of this run
        st.session_state[PRESET] = VARIANT
    return ready[st.selectbox("Numbers", tuple(ready), key=PRESET, width=320, bind="query-params",
                              help="Fresh ones from the seed, or an exercise that is known elsewhere.")]  # fmt: skip


def ready_made(question: str, preset: str) -> Assignment:
    """Say what comes with a ready-made exercise, whose numbers leave nothing to choose, and return its assignment."""
    st.caption(READY_MADE)
    return Assignment(question=question, sizes=next(iter(LAYERS.values())), preset=preset)


def variant(question: str, words: DeltaGenerator) -> Assignment:
    """Draw the choices of a variant and return its assignment; what would do nothing is shut, and says why."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        seed = whole_number_field("Seed", SEED, 1, low=0, high=LARGEST_SEED, width=110, words=words,
                                  help="The same seed has the same numbers for everybody.")  # fmt: skip
        layers = select_field("Layers", "practice_layers", tuple(LAYERS), width=210, words=words,
                              help="Units of each, inputs first.")  # fmt: skip
        shallow = len(LAYERS[layers]) == 2
        hidden = select_field("Hidden activation", "practice_hidden", tuple(ACTIVATIONS), width=180, words=words,
                              disabled=shallow, help=NO_HIDDEN if shallow else "Of every hidden unit.")  # fmt: skip
        examples = select_field("Examples", "practice_examples", EXAMPLES, width=110, words=words,
                                help="One makes a step for one example, several a batch.")  # fmt: skip
        alone = examples == EXAMPLES[0]
        reduction = select_field("Batch", "practice_batch", REDUCTIONS, width=110, words=words, disabled=alone,
                                 help=f"{ABOUT_BATCH}{NO_BATCH * alone}")  # fmt: skip
        momentum = select_field("Momentum", "practice_momentum", MOMENTA, width=110, words=words,
                                help="Above 0 the step goes on from a velocity.")  # fmt: skip
    return Assignment(
        question=question,
        seed=seed,
        sizes=LAYERS[layers],
        hidden=hidden,
        examples=int(examples),
        reduction=reduction,
        momentum=float(momentum),
    )


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
    """Return where the numbers come from; what network it is stands above the sheet."""
    if assignment.preset:
        return f"{PRESETS[assignment.preset].title}."
    if assignment.by_student:
        return "The numbers are your own: they come from your name."
    return f"Seed {assignment.seed}: the same numbers for everybody."


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
    st.session_state[FRESH] = True

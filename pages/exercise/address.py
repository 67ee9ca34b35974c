"""The exercise in the page's address: whatever stands on the page can be copied, reloaded and sent from there.

Streamlit keeps the settings in the address by itself. What they can't say (a weight, an input, a teacher's words) is in
one more parameter, `s`, which is there only while the exercise is not the sheet's with those settings.
"""

import time
from dataclasses import dataclass, replace

import streamlit as st

from mlp.exercises import Exercise, Handout, decode, encode, sheet_exercise
from mlp.exercises.presets import QUESTION_OF
from pages.common.messages import plain
from pages.exercise import draft
from pages.exercise.controls import show_settings

PARAMETER = "s"
SETTLED_SECONDS = 1.5
PAGE_TITLES = {"q1": "Question 1", "q2": "Question 2"}


@dataclass(frozen=True)
class Lesson:
    """A teacher's words and wishes: plain text, and what is hidden."""

    title: str = ""
    task: str = ""
    hide: frozenset[str] = frozenset()
    decimals: int = 5


def lesson_of(question: str) -> Lesson:
    """Return the lesson that the visitor's link has brought; an empty one without such a link."""
    return st.session_state.get(f"{question} lesson", Lesson())


def leave_lesson(question: str) -> None:
    """Go to the sheet's exercise, without the teacher's words and wishes, and without a way back to his numbers."""
    st.session_state[f"{question} lesson"] = Lesson()
    draft.wish_anew(question, sheet_exercise(question))


def open_address(question: str) -> None:
    """Open what the address carries, when it is new; say so if it can't be read, and keep what was there."""
    if wished := st.session_state.pop(f"{question} handout wish", None):
        open_handout(question, wished)
        return
    token, written = st.query_params.get(PARAMETER, ""), st.session_state.get(f"{question} token")
    if token == (written or "") or (written is not None and not went_back(question)):
        return
    st.session_state[f"{question} token"] = token
    try:
        open_handout(question, decode(token) if token else Handout(sheet_exercise(question)))
    except ValueError as error:
        st.session_state[f"{question} link problem"] = str(error)
        del st.query_params[PARAMETER]


def went_back(question: str) -> bool:
    """Return whether the address differs because the visitor went back or forward in the browser's history.

    A run that an edit has caused may still carry the address from before the edit before: then an input has changed, or
    the page wrote its address only a moment ago, and what was edited counts.
    """
    settled = time.monotonic() - st.session_state.get(f"{question} written", 0.0) > SETTLED_SECONDS
    return settled and inputs_of(question) == st.session_state.get(f"{question} inputs")


def inputs_of(question: str) -> dict[str, str]:
    """Return what a visitor has put into a page's controls, as text; of the tables, those that have entries."""
    names, tables = (f"{question}_", f"{question} preset"), draft.editor_keys(question)
    return {
        key: repr(value)
        for key, value in st.session_state.items()
        if str(key).startswith(names) or (key in tables and value.get("edited_rows"))
    }


def wish_handout(question: str, handout: Handout) -> None:
    """Open a handout in the next run; raise a ValueError if it belongs to the other page."""
    require_home(question, handout)
    st.session_state[f"{question} handout wish"] = handout
    st.rerun()


def require_home(question: str, handout: Handout) -> None:
    """Raise a ValueError if a handout belongs to the other question's page."""
    home = QUESTION_OF[handout.exercise.network.loss]
    if home != question:
        raise ValueError(f"This exercise belongs to {PAGE_TITLES[home]}, by its loss: open it there.")


def open_handout(question: str, handout: Handout) -> None:
    """Make a handout the draft, before any control is drawn; raise a ValueError if it belongs to the other page."""
    require_home(question, handout)
    st.session_state[f"{question} lesson"] = Lesson(handout.title, handout.task, handout.hide, handout.decimals)
    draft.start(question, handout.exercise)
    show_settings(question, handout.exercise)
    st.session_state[f"{question}_decimals"] = str(handout.decimals)
    st.session_state[f"{question}_view"] = "whole" if handout.step is None else "step by step"
    if handout.step is not None:
        st.session_state[f"{question}_step"] = handout.step + 1


def link_problem(question: str) -> None:
    """Say what is wrong with the address that was opened, until another one is."""
    if problem := st.session_state.pop(f"{question} link problem", None):
        st.error(plain(f"The link could not be opened. {problem} What you see is the exercise from before."))


def keep_address(question: str, handout: Handout | None) -> None:
    """Put into the address what its settings can't say, or take it out."""
    if handout is None:
        return
    needed = handout.title or handout.task or handout.hide or not is_sheets(question, handout.exercise)
    try:
        token = encode(handout) if needed else ""
    except ValueError:  # too long for an address: the settings alone stay in it
        token = ""
    if token != st.session_state.get(f"{question} token"):
        st.session_state[f"{question} written"] = time.monotonic()
    st.session_state[f"{question} token"] = token
    st.session_state[f"{question} inputs"] = inputs_of(question)
    # Last: a newer click may cut a run off at any call of Streamlit's
    if token:
        st.query_params[PARAMETER] = token
    elif PARAMETER in st.query_params:
        del st.query_params[PARAMETER]


def handout_of(exercise: Exercise, decimals: int, step: int | None, lesson: Lesson) -> Handout | None:
    """Return what stands on the page as a handout; None where its numbers have outgrown what a link carries."""
    try:
        return Handout(exercise, decimals, step, lesson.title, lesson.task, lesson.hide)
    except ValueError:
        return None


def is_sheets(question: str, exercise: Exercise) -> bool:
    """Return whether the exercise is the sheet's with other settings of the step."""
    sheet = sheet_exercise(question)
    if exercise.network.sizes != sheet.network.sizes or len(exercise.X) != len(sheet.X):
        return False
    network = replace(sheet.network, hidden=exercise.network.hidden)
    same = replace(exercise, network=network, X=sheet.X, Y=sheet.Y)
    return exercise.key == same.key and exercise.network.loss == network.loss

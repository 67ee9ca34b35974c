"""The exercise in the page's address: whatever stands on the page can be copied, reloaded and sent from there.

Streamlit keeps the settings in the address by itself. What they can't say (a weight, an input, a teacher's words) is in
one more parameter, `s`, which is there only while the exercise is not the sheet's with those settings.
"""

import time
from dataclasses import dataclass, field, replace

import streamlit as st

from mlp.exercises import Exercise, Handout, decode, encode
from mlp.exercises.sheet import question_of
from mlp.untrusted.tokens import meant
from pages.common.address import say
from pages.common.messages import plain
from pages.exercise.controls import show_settings
from pages.exercise.desk import Desk
from pages.exercise.draft import Lesson

PARAMETER = "s"
SETTLED_SECONDS = 1.5
NOTHING = "After s= it needs an exercise; there is nothing."
OUTGROWN = (
    "This exercise has more digits than the page's address can hold: a reload would lose it. Save it as a file, under "
    "Share and save."
)
PAGE_TITLES = {"q1": "Question 1", "q2": "Question 2"}


@dataclass(frozen=True)
class Written:
    """What the page has last put into its address.

    Attributes
    ----------
    token : str or None
        None before the page has written or read one.
    seconds : float
        When it last changed, on a clock that only goes forward.
    inputs : dict of str to str
        What stood in the page's controls then.
    """

    token: str | None = None
    seconds: float = 0.0
    inputs: dict[str, str] = field(default_factory=dict)


def leave_lesson(desk: Desk) -> None:
    """Go to the sheet's exercise, without the teacher's words and wishes, and without a way back to his numbers."""
    take_lesson(desk, Lesson())
    desk.wish_anew(desk.sheet)


def open_address(desk: Desk) -> None:
    """Open what the address carries, when it is new; say so if it can't be read, and keep what was there."""
    if handout := desk.take("handout wish"):
        open_handout(desk, handout)
        return
    asked, written = st.query_params.get(PARAMETER), desk.find("written", Written())
    token = asked or ""
    if asked == "":
        desk.put("link problem", NOTHING)
        del st.query_params[PARAMETER]
    if token == (written.token or "") or (written.token is not None and not went_back(desk, written)):
        return
    desk.put("written", replace(written, token=token))
    try:
        open_handout(desk, decode(token) if token else Handout(desk.sheet))
        if mended := meant(token)[1]:
            say(mended)
    except ValueError as error:
        desk.put("link problem", str(error))
        del st.query_params[PARAMETER]


def went_back(desk: Desk, written: Written) -> bool:
    """Return whether the address differs because the visitor went back or forward in the browser's history.

    A run that an edit has caused may still carry the address from before the edit before: then an input has changed, or
    the page wrote its address only a moment ago, and what was edited counts.
    """
    return time.monotonic() - written.seconds > SETTLED_SECONDS and desk.inputs() == written.inputs


def wish_handout(desk: Desk, handout: Handout) -> None:
    """Open a handout in the next run; raise a ValueError if it belongs to the other page."""
    require_home(desk, handout)
    desk.put("handout wish", handout)
    st.rerun()


def require_home(desk: Desk, handout: Handout) -> None:
    """Raise a ValueError if a handout belongs to the other question's page."""
    home = question_of(handout.exercise)
    if home != desk.question:
        raise ValueError(f"This exercise belongs to {PAGE_TITLES[home]}, by its loss: open it there.")


def open_handout(desk: Desk, handout: Handout) -> None:
    """Make a handout the draft, before any control is drawn; raise a ValueError if it belongs to the other page."""
    require_home(desk, handout)
    take_lesson(desk, Lesson(handout.title, handout.task, handout.hide, handout.decimals))
    desk.start(handout.exercise)
    show_settings(desk, handout.exercise)
    desk.set_control("decimals", str(handout.decimals))
    desk.set_control("view", "whole" if handout.step is None else "step by step")
    if handout.step is not None:
        desk.set_control("step", handout.step + 1)


def take_lesson(desk: Desk, lesson: Lesson) -> None:
    """Take up a teacher's words and wishes, also where they can be changed: in the fields of what is shared."""
    desk.put("lesson", lesson)
    desk.set_control("teach", bool(lesson.title or lesson.task or lesson.hide))
    desk.set_control("teach_title", lesson.title)
    desk.set_control("teach_task", lesson.task)
    desk.set_control("teach_hide", sorted(lesson.hide))


def link_problem(desk: Desk) -> None:
    """Say what is wrong with the address that was opened, until another one is."""
    if problem := desk.take("link problem"):
        shown = "the exercise from before" if desk.find("latest") else "the sheet's exercise"
        st.error(plain(f"The link could not be opened. {problem} What you see is {shown}."))


def keep_address(desk: Desk, handout: Handout | None) -> None:
    """Put into the address what its settings can't say, or take it out; say once where it can't hold it."""
    if handout is None:
        outgrown_words(desk, outgrown=True)
        return
    needed = handout.title or handout.task or handout.hide or not is_sheets(handout.exercise, desk.sheet)
    try:
        token = encode(handout) if needed else ""
    except ValueError:  # too long for an address: the settings alone stay in it
        token = ""
    outgrown_words(desk, outgrown=bool(needed and not token))
    written = desk.find("written", Written())
    seconds = written.seconds if token == written.token else time.monotonic()
    desk.put("written", Written(token, seconds, desk.inputs()))
    # Last: a newer click may cut a run off at any call of Streamlit's
    if token:
        st.query_params[PARAMETER] = token
    elif PARAMETER in st.query_params:
        del st.query_params[PARAMETER]


def keep_inputs(desk: Desk) -> None:
    """Note what stands in the controls, where they were drawn after the address was kept."""
    desk.put("written", replace(desk.find("written", Written()), inputs=desk.inputs()))


def outgrown_words(desk: Desk, *, outgrown: bool) -> None:
    """Say that a reload would lose the exercise, once each time it has outgrown the address."""
    if outgrown and not desk.find("outgrown", False):
        st.toast(OUTGROWN, icon=":material/link_off:")
    desk.put("outgrown", outgrown)


def handout_of(exercise: Exercise, decimals: int, step: int | None, lesson: Lesson) -> Handout | None:
    """Return what stands on the page as a handout; None where its numbers have outgrown what a link carries."""
    try:
        return Handout(exercise, decimals, step, lesson.title, lesson.task, lesson.hide)
    except ValueError:
        return None


def is_sheets(exercise: Exercise, sheet: Exercise) -> bool:
    """Return whether the exercise is the sheet's with other settings of the step."""
    if exercise.network.sizes != sheet.network.sizes or len(exercise.X) != len(sheet.X):
        return False
    network = replace(sheet.network, hidden=exercise.network.hidden, loss=exercise.network.loss)
    same = replace(exercise, network=network, X=sheet.X, Y=sheet.Y, velocity=None)
    return exercise.key == same.key

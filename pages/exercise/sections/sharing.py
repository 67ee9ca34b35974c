"""Sharing an exercise: a link for a friend, a link for a class, a file down and up."""

from dataclasses import replace

import streamlit as st

from mlp.exercises import Handout, encode, from_json, to_json
from mlp.exercises.handout import HIDEABLE
from mlp.limits import EXERCISE_FILE, LONGEST_TASK, LONGEST_TITLE
from pages.common.messages import plain
from pages.exercise.address import PARAMETER, leave_lesson, wish_handout
from pages.exercise.desk import Desk
from pages.exercise.draft import Lesson


def sharing_section(desk: Desk, handout: Handout | None) -> None:
    """Draw the links and the file, once the section is opened."""
    section = st.expander("Share and save", icon=":material/share:", key=desk.key("sharing_open"), on_change="rerun")
    if not section.open:
        return
    with section:
        if handout is None:
            st.error("A number here is larger than a million: too large for a link or a file. Undo the last steps.")
        else:
            link_box(handout)
            handout = teacher_box(desk, handout)
            st.download_button("Save as a file", to_json(handout), f"{desk.question}-exercise.json", "application/json",
                               icon=":material/download:", on_click="ignore")  # fmt: skip
        open_file(desk)


def link_box(handout: Handout) -> None:
    """Draw the link that opens exactly this page, with its copy button."""
    st.caption("This link opens the page exactly as it stands: every weight, input, target and setting.")
    st.code(address_of(handout), language=None, wrap_lines=True)


def address_of(handout: Handout) -> str:
    """Return the page's address with the handout in it, or the sentence that says why a link can't carry it."""
    try:
        return f"{st.context.url or ''}?{PARAMETER}={encode(handout)}"
    except ValueError as error:
        return str(error)


def teacher_box(desk: Desk, handout: Handout) -> Handout:
    """Draw what a teacher adds to a link and a file, title, task, what is hidden; return the handout with it."""
    if not st.toggle("For a class: add a task, hide parts", key=desk.key("teach"), persist_state="session"):
        return handout
    st.text_input("Title", max_chars=LONGEST_TITLE, key=desk.key("teach_title"), persist_state="session",
                  help="Plain text.")  # fmt: skip
    st.text_area("Task", max_chars=LONGEST_TASK, key=desk.key("teach_task"), persist_state="session",
                 help="Plain text.")  # fmt: skip
    st.pills("Hide", HIDEABLE, selection_mode="multi", key=desk.key("teach_hide"), persist_state="session",
             help="Controls: nothing can be changed. Solution: the student works it out herself.")  # fmt: skip
    handout = with_lesson(handout, taught(desk, desk.lesson))
    st.code(address_of(handout), language=None, wrap_lines=True)
    return handout


def taught(desk: Desk, lesson: Lesson) -> Lesson:
    """Return the lesson with the words and wishes of the teacher's fields, where they are in use."""
    if not desk.control("teach", False):
        return lesson
    title, task = desk.control("teach_title", ""), desk.control("teach_task", "")
    return replace(lesson, title=title, task=task, hide=frozenset(desk.control("teach_hide") or ()))


def with_lesson(handout: Handout, lesson: Lesson) -> Handout:
    """Return the handout with a teacher's words and wishes."""
    return replace(handout, title=lesson.title, task=lesson.task, hide=lesson.hide)


def open_file(desk: Desk) -> None:
    """Draw the field that takes a saved exercise, and open it; a file that is none gets a sentence."""
    uploads = desk.find("uploads", 0)
    # A saved exercise takes a few kilobytes; a megabyte is the smallest limit of the field itself
    file = st.file_uploader("Open a saved file", type="json", key=desk.note(f"file {uploads}"), max_upload_size=1)
    if file is None:
        return
    try:
        if file.size > EXERCISE_FILE:
            raise ValueError(f"A file of at most {EXERCISE_FILE:,} bytes is needed; this one has {file.size:,}.")
        handout = from_json(file.getvalue().decode("utf-8", errors="replace"))
        desk.put("uploads", uploads + 1)
        wish_handout(desk, handout)
    except ValueError as error:
        st.error(plain(f"The file could not be opened. {error}"))


def lesson_box(desk: Desk) -> None:
    """Draw a teacher's title and task, as plain text, and the way out of his exercise."""
    lesson = desk.lesson
    if not (lesson.title or lesson.task or lesson.hide):
        return
    with st.container(border=True, key="lesson"):
        if lesson.title:
            st.markdown(f"**{plain(lesson.title)}**")
        if lesson.task:
            st.text(lesson.task)
        if st.button("Leave for the sheet's exercise", icon=":material/logout:", type="tertiary"):
            leave_lesson(desk)

"""For a teacher: a link with what is asked and allowed, and a class's receipts as a table."""

from dataclasses import replace
from functools import partial

import streamlit as st

from mlp.limits import CLASS_FILE, LONGEST_TITLE, MOST_TRIES
from mlp.practice.assignment import Assignment, asked_of, assignment_token, exercise_of
from mlp.practice.class_file import ClassFile, class_csv, class_rows, read_class, troubles
from mlp.practice.receipt import PROOF
from mlp.practice.words import quantity_words
from pages.common.controls import download
from pages.common.messages import plain
from pages.worksheet.task import TASK

LINK_WORDS = (
    "The link opens this exercise with what you choose here. Its numbers are in the link, so a determined reader can "
    "compute every answer; the answers themselves are not, nor in the page before they are revealed."
)
ABOUT_MISTAKES = "Mistakes that differ only in their places, such as the row or the weight, are counted as one."


def teacher_section(assignment: Assignment) -> None:
    """Draw the teacher's part, once it is opened."""
    section = st.expander("For a teacher", icon=":material/school:", key="practice_teach_open", on_change="rerun")
    if not section.open:
        return
    with section:
        st.caption(LINK_WORDS)
        link_box(assignment)
        receipts_box()


def link_box(assignment: Assignment) -> None:
    """Draw what a teacher chooses, and the link that carries it."""
    names = asked_of(replace(assignment, asked=()), exercise_of(replace(assignment, by_student=False)))
    title = st.text_input("Title", max_chars=LONGEST_TITLE, key="practice_title", persist_state="session",
                          help="Plain text.")  # fmt: skip
    asked = st.multiselect("Ask for", names, key="practice_asked", persist_state="session",
                           format_func=partial(quantity_words, exercise_of(replace(assignment, by_student=False))),
                           placeholder="every quantity", help="Nothing chosen asks for all of them.")  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom"):
        tries = st.number_input("Tries for each", 0, MOST_TRIES, 0, key="practice_tries", persist_state="session",
                                help="0: as many as one likes.", width=160)  # fmt: skip
        hints = st.toggle("Hints", value=True, key="practice_hints", persist_state="session")
        diagnosis = st.toggle("Name the mistake", value=True, key="practice_diagnosis", persist_state="session")
        own = st.toggle("Own numbers for each student", key="practice_own", persist_state="session",
                        help="Each student's name or number makes her numbers.")  # fmt: skip
    told = replace(assignment, title=title, asked=tuple(name for name in names if name in asked), tries=int(tries),
                   hints=hints, diagnosis=diagnosis, by_student=own and not assignment.preset)  # fmt: skip
    st.code(f"{st.context.url or ''}?{TASK}={assignment_token(told)}", language=None, wrap_lines=True)


def receipts_box() -> None:
    """Draw the field for a class's receipts, and the table they make."""
    pasted = st.text_area("Receipts of a class", key="practice_receipts", max_chars=CLASS_FILE,
                          placeholder="Paste codes or whole receipts, each code on a line of its own.")  # fmt: skip
    if not pasted.strip():
        return
    try:
        found = read_class(pasted)
    except ValueError as error:
        st.error(plain(str(error)))
        return
    for line, sentence in found.refused:
        st.warning(plain(f"Line {line} is no receipt. {sentence}"))
    for line, sentence in found.twice:
        st.info(plain(f"Line {line} was left out. {sentence}"))
    class_table(found)


def class_table(found: ClassFile) -> None:
    """Draw a class's marks, computed anew from the answers, and the most frequent mistake of each step."""
    receipts = f"{len(found.marked)} receipt{'s' * (len(found.marked) != 1)}"
    st.caption(f"{receipts}; every mark is computed anew from the answers. {PROOF}")
    marks = [{**row, "student": plain(row["student"])} for row in class_rows(found.marked)]
    st.table(marks, hide_index=True, alt="Marks of the class")
    rows = [{"exercise": each.exercise, "step": each.name, "wrong": f"{each.wrong} of {each.answered}",
             "most frequent mistake": each.mistake, "how often": str(each.times or "")}
            for each in troubles(found.marked) if each.wrong]  # fmt: skip
    if rows:
        st.caption(ABOUT_MISTAKES)
        st.table(rows, hide_index=True, alt="The most frequent mistake of each step")
    download("Class, CSV", partial(class_csv, found.marked), "class.csv")

"""For a teacher: a link with what is asked and allowed, and a class's receipts as a table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from mlp.datasets.own_text import decoded
from mlp.limits import CLASS_FILE, LONGEST_TITLE, MOST_RECEIPTS, MOST_TRIES
from mlp.practice.assignment import Assignment, asked_of, assignment_token, exercise_of
from mlp.practice.class_file import ClassFile, class_csv, read_class
from mlp.practice.receipt import PROOF, Receipt, receipt_code
from mlp.practice.words import quantity_words
from mlp.view.practice.class_table import marks_table, mistakes_table
from pages.common.controls import download
from pages.common.messages import plain
from pages.worksheet.shelf import WORK
from pages.worksheet.task import NAME, TASK

LINK_WORDS = (
    "The link opens this exercise with what you choose here. Its numbers are in the link, so a determined reader can "
    "compute every answer; the answers themselves are not, nor in the page before they are revealed."
)
ABOUT_OWN = "Each student's name or number makes her numbers."
ALL_THE_SAME = "A ready-made exercise has one set of numbers, for everybody: choose fresh numbers first."
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
    """Draw what a teacher chooses, at first what the page's own task has, and the link that carries it."""
    exercise = exercise_of(replace(assignment, by_student=False))
    names = asked_of(replace(assignment, asked=()), exercise)
    title = st.text_input("Title", assignment.title, max_chars=LONGEST_TITLE, key="practice_title",
                          persist_state="session", help="Plain text.")  # fmt: skip
    asked = st.multiselect("Ask for", names, assignment.asked, key="practice_asked", persist_state="session",
                           format_func=partial(quantity_words, exercise), placeholder="every quantity",
                           help="Nothing chosen asks for all of them.")  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom"):
        tries = st.number_input("Tries for each", 0, MOST_TRIES, assignment.tries, key="practice_tries",
                                persist_state="session", help="0: as many as one likes.", width=160)  # fmt: skip
        hints = st.toggle("Hints", assignment.hints, key="practice_hints", persist_state="session")
        diagnosis = st.toggle("Name the mistake", assignment.diagnosis, key="practice_diagnosis",
                              persist_state="session")  # fmt: skip
        own = st.toggle("Own numbers for each student", assignment.by_student, key="practice_own",
                        persist_state="session", disabled=bool(assignment.preset),
                        help=ALL_THE_SAME if assignment.preset else ABOUT_OWN)  # fmt: skip
    told = replace(assignment, title=title, asked=tuple(name for name in names if name in asked), tries=int(tries),
                   hints=hints, diagnosis=diagnosis, by_student=own and not assignment.preset)  # fmt: skip
    st.caption("The link to send:")
    st.code(page_address({TASK: assignment_token(told)}), language=None, wrap_lines=True)


def receipts_box() -> None:
    """Draw the fields for a class's receipts, and the table they make."""
    pasted = st.text_area("Receipts of a class", key="practice_receipts", max_chars=CLASS_FILE,
                          placeholder="Paste codes or whole receipts, each code on a line of its own.")  # fmt: skip
    files = st.file_uploader("Or their files, as many as you like", type=["txt", "csv"], key="practice_files",
                             accept_multiple_files=True, max_upload_size=1)  # fmt: skip
    if not pasted.strip() and not files:
        return
    try:
        found = read_class(pasted, dict(texts_of(files)))
    except ValueError as error:
        st.error(plain(str(error)))
        return
    for place, sentence in found.refused:
        st.warning(plain(f"{place[0].upper()}{place[1:]} could not be marked. {sentence}"))
    for place, sentence in found.twice:
        st.info(plain(f"{place[0].upper()}{place[1:]} was left out. {sentence}"))
    if found.marked:
        class_table(found)


def texts_of(files: Sequence[UploadedFile]) -> Iterator[tuple[str, str]]:
    """Yield the text of each file by its name, which is numbered where another has it; blank where it is no text."""
    names: set[str] = set()
    for number, file in enumerate(files[: MOST_RECEIPTS + 1], start=1):
        name = f"{file.name} ({number})" if file.name in names else file.name
        names.add(file.name)
        try:
            yield name, decoded(file.getvalue())[0]
        except ValueError:
            yield name, ""


def class_table(found: ClassFile) -> None:
    """Draw the most frequent mistake of each step, and a class's marks, computed anew from the answers."""
    receipts = f"{len(found.marked)} receipt{'s' * (len(found.marked) != 1)}"
    st.caption(f"{receipts}; every mark is computed anew from the answers. {PROOF}")
    if rows := mistakes_table(found.marked):
        st.table([{**row, "step": plain(row["step"])} for row in rows], hide_index=True,
                 alt="The most frequent mistake of each step")  # fmt: skip
        st.caption(ABOUT_MISTAKES)
    st.dataframe(marks_table(found.marked), hide_index=True, alt="Marks of the class, a row a student")
    sheet_of_one({f"{number}. {one.receipt.student or 'no name'}": one.receipt
                  for number, one in enumerate(found.marked, start=1)})  # fmt: skip
    download("Class, CSV", partial(class_csv, found.marked), "class.csv")


def sheet_of_one(receipts: Mapping[str, Receipt]) -> None:
    """Draw the choice of a student, and the link to her sheet with her answers on it."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        receipt = all_marked(receipts[st.selectbox("One student's sheet", list(receipts), width=260)])
        work = {TASK: assignment_token(receipt.assignment), NAME: receipt.student, WORK: receipt_code(receipt)}
        st.link_button("Open the sheet", page_address(work), icon=":material/open_in_new:",
                       help="Every cell as it was handed in, marked and with the mistake named.")  # fmt: skip


def all_marked(receipt: Receipt) -> Receipt:
    """Return a receipt whose sheet shows the mark of every answer and names each mistake, whatever the task allowed."""
    task = replace(receipt.assignment, tries=0, diagnosis=True)
    return replace(receipt, assignment=task, checked=dict.fromkeys(receipt.answers, 1), changed=())


def page_address(parameters: Mapping[str, str]) -> str:
    """Return the address of this page with these parameters."""
    return f"{st.context.url or ''}?{urlencode(parameters)}"

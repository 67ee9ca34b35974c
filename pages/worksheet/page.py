"""The practice page: the task, the sheet with its asked cells, and what can be taken away."""

from pathlib import Path

import streamlit as st

from mlp.view.paper import assignment
from mlp.view.practice.words import NOTHING, again_words, score_words
from mlp.view.practice.worksheet import worksheet
from pages.common.address import address_words, mend_address
from pages.common.messages import plain
from pages.common.page_turn import in_turn
from pages.common.run_bar import row_in_view
from pages.common.said import say
from pages.exercise.sheet import mount_sheet
from pages.worksheet.hand_in import hand_in_section
from pages.worksheet.shelf import WORK
from pages.worksheet.task import CHOICES, FRESH, NAME, TASK, new_variant, rules_of, student_name, task, words_of
from pages.worksheet.teacher import teacher_section
from pages.worksheet.workbook import Workbook

DECIMALS, OVER = 5, "practice_over"
ADDRESS = (TASK, NAME, WORK, *CHOICES)
ABOUT_OVER = "Empties all cells; hints that were taken are remembered."
ABOUT_BACK = "What stood in the cells before you started over."
LEAD = "Work it on paper, type what you have into the cells, in any order, and check."
ABOUT_DIGITS = (
    "Three significant digits are enough. `1/3`, `0,5` and `1e-3` are read. What follows from an earlier slip of yours "
    "counts as right from there."
)


def practice() -> None:
    """Draw the page."""
    mend_address(ADDRESS)
    st.html(Path(__file__).with_name("page.css"))
    st.title("Practice", anchor=False)
    st.markdown(LEAD, help=ABOUT_DIGITS)
    address_words()
    row = st.container(horizontal=True, vertical_alignment="bottom", key="practice_row")
    asked, given = task(row)
    if given:
        st.header(plain(asked.title) or "A task for you", anchor=False)
        st.caption(plain(f"{words_of(asked)} {rules_of(asked)}".strip()))
    student = student_name() if given else ""
    if asked.by_student and not student.strip():
        st.info("Type your name or number: it makes the numbers of your exercise.", icon=":material/badge:")
        return
    book = Workbook(asked, student)
    try:
        book.exercise  # noqa: B018 - worked out once, here, where a refusal can be told
    except ValueError as error:
        st.error(plain(str(error)))
        return
    try:
        book.open_address()
    except ValueError as error:
        st.error(plain(f"The work in the address could not be opened. {error}"))
    if not given and not asked.preset:
        with row:
            st.button("New variant", icon=":material/casino:", on_click=new_variant, help="The next seed's numbers.")
    st.markdown(f":small[{assignment(book.solution, DECIMALS)}]")
    # What is typed or checked runs this part again, not the page: its choices and words stay as they are
    st.fragment(work_in_turn)(book, given=given)
    teacher_section(asked)


def work_in_turn(book: Workbook, *, given: bool) -> None:
    """Draw the sheet and what can be taken away of it, one visitor after the other."""
    with in_turn():
        work_on(book)
        hand_in_section(book, named=given)


def work_on(book: Workbook) -> None:
    """Draw the sheet and take up what was done on it."""
    book.open_kept()
    book.take_up()
    with row_in_view("practice_line", "top"):
        with st.container(gap=None, key="practice_score"):
            score, again = st.empty(), st.empty()
        if all_checked := st.button("Check all", icon=":material/check_circle:", type="primary"):
            book.check_all()
    progress = book.progress
    words = score_words(progress.marks, len(progress.asked)) if book.written or not all_checked else NOTHING
    score.markdown(f"**{words}**")
    if look_again := again_words(progress.marks, progress.refused):
        again.markdown(f":small[{look_again}]")
    mount_sheet(book.cells_key, worksheet(book.solution, progress, DECIMALS), book.version, book.sent.count)
    start_over(book)
    # What is said of each quantity is spoken by itself
    fresh = words_of(book.assignment) if st.session_state.pop(FRESH, False) else ""
    say(words if all_checked else fresh, "practice said")
    book.keep()


def start_over(book: Workbook) -> None:
    """Draw the button that empties all cells, and once it has the one that takes that back.

    It is one button, and keeps the focus.
    """
    if book.can_bring_back:
        st.button("Bring back", OVER, ABOUT_BACK, book.bring_back, icon=":material/undo:")
    else:
        icon = ":material/restart_alt:"
        st.button("Start over", OVER, ABOUT_OVER, book.start_over, icon=icon, disabled=not book.written)

"""The field for a visitor's own CSV, and the choice of the column its classes are in."""

from dataclasses import replace

import streamlit as st

from mlp.datasets.own import labelled, usual_label
from mlp.datasets.own_cells import short
from mlp.datasets.own_lines import SEPARATOR_NAMES
from mlp.datasets.own_numbers import Undecided
from mlp.datasets.own_table import read_table
from mlp.limits import TABLE_COLUMNS, TABLE_FILE, TABLE_ROWS
from pages.common.live import BOTH
from pages.common.messages import plain
from pages.data.above_below import curve_field, points_download
from pages.data.own_data import Own, Source, Upload, current_name, held, hold
from pages.data.own_questions import DOUBTED, TRIED, answers_of, ask_alike, decimal_answer, set_answers, tried

UPLOAD, SOURCE, READ, PROBLEM = "q3: own upload", "q3: own source", "q3: own read", "q3: own problem"
MEGABYTES = TABLE_FILE // 1024**2
NEEDED = (
    f"A table of numbers with a column of classes, at most {MEGABYTES} MB, {TABLE_ROWS:,} rows and {TABLE_COLUMNS:,} "
    f"columns. Cells are separated by {SEPARATOR_NAMES}; the first row may hold the columns' names."
)
LINKS = "A link to this page can't hold the file: whoever opens it chooses one there. Nobody else sees yours."


def own_controls() -> str:
    """Draw the field and the choices, and return the name of the data set in use; `OWN` without one."""
    file = st.file_uploader("Your CSV file", key="q3: own file", help=NEEDED, max_upload_size=MEGABYTES)
    if file is not None and file.file_id != st.session_state.get(READ):
        st.session_state[READ] = file.file_id
        read(Upload(file.file_id, short(file.name), file.getvalue()))
    curve_field(read, PROBLEM)
    if upload := st.session_state.get(UPLOAD):
        draw_choices(upload)
        points_download(upload)
    if problem := st.session_state.get(PROBLEM):
        st.error(plain(problem + going_on()))
    elif own := held().get(current_name()):
        st.caption(plain(" ".join(["How the file was read.", *own.dataset.notes]) if own.dataset.notes else ""))
    st.caption(LINKS)
    return current_name()


def read(upload: Upload) -> None:
    """Read a file that was just chosen, or with another decimal sign; what is in use stays where it is refused.

    A file that leaves a question becomes the one on the page, without a table until the question is answered.
    """
    try:
        source = Source(upload, read_table(upload.content, upload.decimal))
    except ValueError as error:
        st.session_state[PROBLEM] = f"The file '{upload.title}' was not taken. {error}"
        if isinstance(error, Undecided):
            st.session_state[UPLOAD], st.session_state[SOURCE] = upload, None
    else:
        st.session_state[UPLOAD], st.session_state[SOURCE], st.session_state[PROBLEM] = upload, source, None


def draw_choices(upload: Upload) -> None:
    """Draw what there is to choose about a file, and take it into use with a choice that is new."""
    source = st.session_state.get(SOURCE)
    decimal = decimal_answer(upload, source.table if source else None)
    if decimal != upload.decimal:
        read(replace(upload, decimal=decimal))
        source = st.session_state.get(SOURCE)
    if source:
        label = choose_label(source)
        take(source, label)
        ask_alike(source, label)


def choose_label(source: Source) -> int:
    """Draw the choice of the column of classes and return it."""
    before = tried(source)
    # Streamlit forgets the choice while another data set or page is shown
    st.session_state.setdefault(label_key(source), before[0] if before else usual_label(source.table))
    return st.selectbox(plain(f"Column of classes in {source.upload.title}"), range(len(source.table.columns)),
                        key=label_key(source), format_func=source.table.names.__getitem__,
                        help="What the others are to tell.")  # fmt: skip


def take(source: Source, label: int) -> None:
    """Take a table into use, unless it was tried before with the same choices."""
    answers = answers_of(source, label)
    if st.session_state.get(TRIED) == (source.upload.id, label, answers):
        return
    try:
        dataset = labelled(source.table, label, answers)
    except ValueError as error:
        st.session_state[PROBLEM] = (
            f"'{source.upload.title}' was not taken with '{source.table.names[label]}' as classes. {error}"
        )
        if isinstance(error, Undecided):
            st.session_state[DOUBTED] = (source.upload.id, label)
    else:
        run = BOTH.current
        hold(Own(dataset, source, label, answers), run.comparison.data.dataset if run else "")
        st.session_state[PROBLEM] = None
    st.session_state[TRIED] = (source.upload.id, label, answers)


def going_on() -> str:
    """Return which data stays in use, if any does."""
    own = held().get(current_name())
    return (
        f" Going on with '{own.source.upload.title}' and '{own.source.table.names[own.label]}' as classes."
        if own
        else ""
    )


def set_own(name: str) -> None:
    """Take one of this visitor's data sets into use again, if it is still there; for a callback, before the field."""
    own = held().get(name)
    if own is None:
        return
    hold(own, name)
    st.session_state[UPLOAD], st.session_state[SOURCE] = own.source.upload, own.source
    st.session_state[TRIED] = (own.source.upload.id, own.label, own.answers)
    st.session_state[label_key(own.source)], st.session_state[PROBLEM] = own.label, None
    set_answers(own.source, own.label, own.answers)


def label_key(source: Source) -> str:
    """Return the widget key of the choice for a file."""
    return f"q3: label of {source.upload.id}"

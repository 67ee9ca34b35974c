"""The field for a visitor's own CSV, and the choice of the column its classes are in."""

import streamlit as st

from mlp.datasets import own_dataset
from mlp.datasets.own_cells import short
from mlp.datasets.own_table import COLUMNS, LARGEST_FILE, ROWS, read_table
from pages.common.live import BOTH
from pages.common.messages import plain
from pages.data.own_data import Own, Source, current_name, held, hold

SOURCE, READ, TRIED, PROBLEM = "q3: own source", "q3: own read", "q3: own tried", "q3: own problem"
MEGABYTES = LARGEST_FILE // 1024**2
NEEDED = (
    f"A table of numbers with a column of classes, at most {MEGABYTES} MB, {ROWS:,} rows and {COLUMNS} columns. Cells "
    "are separated by commas, semicolons or tabs; the first row may hold the columns' names."
)
LINKS = "A link to this page can't hold the file: whoever opens it chooses one there. Nobody else sees yours."


def own_controls() -> str:
    """Draw the field and the choice, and return the name of the data set in use; `OWN` without one."""
    file = st.file_uploader("Your CSV file", key="q3: own file", help=NEEDED, max_upload_size=MEGABYTES)
    if file is not None and file.file_id != st.session_state.get(READ):
        read(file)
    if source := st.session_state.get(SOURCE):
        choose_label(source)
    if problem := st.session_state.get(PROBLEM):
        st.error(plain(problem + going_on()))
    st.caption(LINKS)
    return current_name()


def read(file) -> None:
    """Read a file that was just chosen; what was chosen before stays where it is refused."""
    content, title = file.getvalue(), short(file.name)
    try:
        source = Source(file.file_id, title, content, read_table(content).columns)
    except ValueError as error:
        st.session_state[PROBLEM] = f"The file '{title}' was not taken. {error}"
    else:
        st.session_state[SOURCE], st.session_state[PROBLEM] = source, None
    st.session_state[READ] = file.file_id


def choose_label(source: Source) -> None:
    """Draw the choice of the column of classes, and take the table into use with a choice that is new."""
    tried, last = st.session_state.get(TRIED), len(source.columns) - 1
    # Streamlit forgets the choice while another data set or page is shown
    st.session_state.setdefault(label_key(source), tried[1] if tried and tried[0] == source.id else last)
    label = st.selectbox(plain(f"Column of classes in {source.title}"), range(last + 1), key=label_key(source),
                         format_func=source.columns.__getitem__, help="What the others are to tell.")  # fmt: skip
    if tried == (source.id, label):
        return
    try:
        dataset = own_dataset(source.content, label)
    except ValueError as error:
        st.session_state[PROBLEM] = f"'{source.title}' was not taken with '{source.columns[label]}' as classes. {error}"
    else:
        run = BOTH.current
        hold(Own(dataset, source, label), run.comparison.data.dataset if run else "")
        st.session_state[PROBLEM] = None
    st.session_state[TRIED] = (source.id, label)


def going_on() -> str:
    """Return which data stays in use, if any does."""
    own = held().get(current_name())
    return f" Going on with '{own.source.title}' and '{own.source.columns[own.label]}' as classes." if own else ""


def set_own(name: str) -> None:
    """Take one of this visitor's data sets into use again, if it is still there; for a callback, before the field."""
    own = held().get(name)
    if own is None:
        return
    hold(own, name)
    st.session_state[SOURCE], st.session_state[TRIED] = own.source, (own.source.id, own.label)
    st.session_state[label_key(own.source)], st.session_state[PROBLEM] = own.label, None


def label_key(source: Source) -> str:
    """Return the widget key of the choice for a file."""
    return f"q3: label of {source.id}"

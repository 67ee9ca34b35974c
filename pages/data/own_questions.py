"""What a visitor's table leaves open: the decimal sign, classes that look alike, a column that numbers the rows."""

import streamlit as st

from mlp.datasets.own import ASKED_NOTHING, Answers
from mlp.datasets.own_classes import DIFFERENT, ONE
from mlp.datasets.own_numbers import COMMA, POINT
from mlp.datasets.own_table import Table
from pages.common.messages import plain
from pages.data.own_data import Source, Upload

TRIED, DOUBTED = "q3: own tried", "q3: own doubted"
DECIMALS = {POINT: "a decimal point", COMMA: "a decimal comma"}
ABOUT_DECIMAL = "With a decimal comma the point parts thousands, and the other way round."
ABOUT_NUMBERING = "A column that counts the rows tells the classes apart only because the file is sorted by them."


def decimal_answer(upload: Upload, table: Table | None) -> str | None:
    """Draw the choice of the decimal sign where the file leaves one or parts thousands, and return what was said."""
    if table is not None and not table.format.thousands and upload.decimal is None:
        return None
    read = table.format.decimal if table is not None else None
    # Streamlit forgets the choice while another data set or page is shown
    st.session_state.setdefault(decimal_key(upload), upload.decimal or read)
    chosen = st.segmented_control("Its numbers have", tuple(DECIMALS), key=decimal_key(upload),
                                  format_func=DECIMALS.__getitem__, help=ABOUT_DECIMAL)  # fmt: skip
    return upload.decimal if chosen == read else chosen


def tried(source: Source) -> tuple[int, Answers] | None:
    """Return the label and the answers that a file was last tried with."""
    found = st.session_state.get(TRIED)
    return found[1:] if found and found[0] == source.upload.id else None


def answers_of(source: Source, label: int) -> Answers:
    """Return what the visitor says of a file with a column of classes; draw the choice about columns that number."""
    before = tried(source)
    said = before[1] if before and before[0] == label else ASKED_NOTHING
    st.session_state.setdefault(alike_key(source, label), said.alike)
    return Answers(
        source.upload.decimal, st.session_state[alike_key(source, label)], use_numbering(source, label, said)
    )


def use_numbering(source: Source, label: int, said: Answers) -> bool:
    """Draw the choice whether columns that number the rows are features, where there are any; off to begin with."""
    names = [source.table.names[j] for j in source.table.numbering if j != label]
    if not names:
        return False
    key = numbering_key(source)
    st.session_state.setdefault(key, said.numbering)
    listed = " and ".join(f"'{name}'" for name in names)
    return st.checkbox(plain(f"Use {listed} as well"), key=key, help=ABOUT_NUMBERING)


def ask_alike(source: Source, label: int) -> None:
    """Draw the choice what classes are that look alike, where the file was found to have some."""
    if st.session_state.get(DOUBTED) == (source.upload.id, label):
        st.segmented_control("Classes that look alike are", (ONE, DIFFERENT), key=alike_key(source, label))


def set_answers(source: Source, label: int, answers: Answers) -> None:
    """Set every choice about a file to an answer; for a callback, before they are drawn."""
    st.session_state[decimal_key(source.upload)] = source.table.format.decimal
    st.session_state[alike_key(source, label)] = answers.alike
    st.session_state[numbering_key(source)] = answers.numbering


def decimal_key(upload: Upload) -> str:
    """Return the widget key of the choice of the decimal sign."""
    return f"q3: decimal of {upload.id}"


def numbering_key(source: Source) -> str:
    """Return the widget key of the choice about columns that number the rows."""
    return f"q3: numbering of {source.upload.id}"


def alike_key(source: Source, label: int) -> str:
    """Return the widget key of the choice for a column of a file."""
    return f"q3: alike {label} of {source.upload.id}"

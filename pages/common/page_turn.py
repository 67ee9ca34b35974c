"""A turn for what takes all of a processor for a moment: visitors wait for each other instead of in each other's way.

Python runs one thread at a time. Thirty that compute at once hand it round every few milliseconds: all of them are
late, and so is the one that sends their answers.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from mlp.limits import LONGEST_WAIT


@st.cache_resource(max_entries=1, show_spinner=False)
def page_turn() -> threading.Lock:
    """Return the turn, one for the whole process."""
    return threading.Lock()


@contextmanager
def in_turn(seconds: float = LONGEST_WAIT) -> Iterator[None]:
    """Wait for the turn, for so many seconds at the most, and pass it on at the end, however that comes."""
    turn = page_turn()
    held = turn.acquire(timeout=seconds)
    try:
        yield
    finally:
        if held:
            turn.release()

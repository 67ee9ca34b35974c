"""What the visitor's tab keeps of her work: what is on the page in the address, the other variants in its own storage.

Both are written by a small component: Streamlit would add each answer to the history, and Back would lead through them.
"""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from mlp.limits import LONGEST_ASSIGNMENT, LONGEST_RECEIPT, LONGEST_STUDENT, MOST_WORKED
from pages.common.no_room import no_room

WORK, PAGE = "w", "practice"
KEPT, COMPONENT = "practice: kept", no_room("practice shelf")
SHELF = st.components.v2.component("shelf", js=Path(__file__).with_name("shelf.js").read_text("utf-8"))


def keep(name: str, work: str, address: str) -> None:
    """Have the tab keep a piece of work as a code, and the address show it.

    Parameters
    ----------
    name : str
        Of the work.
    work, address : str
        Its code, for the tab's storage and for the address; blank where there is nothing to be kept or shown.
    """
    data = {"name": name, "work": work, "address": address, "most": MOST_WORKED, "page": PAGE, "parameter": WORK,
            "heard": KEPT in st.session_state}  # fmt: skip
    SHELF(key=COMPONENT, data=data, height=0, on_kept_change=heard)


def kept() -> dict[str, str]:
    """Return the codes that the tab has kept and that nobody has taken yet, by the names of the work."""
    said = st.session_state.get(COMPONENT, {}).get("kept")
    if KEPT not in st.session_state and said is not None:
        st.session_state[KEPT] = read_kept(said)
    return st.session_state.get(KEPT, {})


def read_kept(said: object) -> dict[str, str]:
    """Return the codes in what a browser says it has kept; none, if that is anything else."""
    found = said if isinstance(said, Mapping) and len(said) <= MOST_WORKED else {}
    return {name: code for name, code in found.items()
            if isinstance(name, str) and len(name) <= LONGEST_ASSIGNMENT + LONGEST_STUDENT
            and isinstance(code, str) and len(code) <= LONGEST_RECEIPT}  # fmt: skip


def heard() -> None:
    """Do nothing: Streamlit has a component's state declared by a callback."""

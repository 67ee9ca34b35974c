"""The key by which a browser finds its runs again: random, in a cookie that a small component sets.

A component can't set a cookie that scripts can't read (HttpOnly); docs/privacy.md says what that means.
"""

from pathlib import Path

import streamlit as st

from mlp.experiments.runs.owners import new_key, owner_of_key, owner_of_person
from pages.common.no_room import no_room

COOKIE, DAYS = "backprop_runs", 365
KEY, SAID, FORGOTTEN, COMPONENT = "runs: key", "runs: said", "runs: forgotten", no_room("runs key")
KEEPER = st.components.v2.component("browser_key", js=Path(__file__).with_name("browser_key.js").read_text("utf-8"))


def person() -> str | None:
    """Return the owner that a signed-in visitor is, None where nobody signs in."""
    user = st.user.to_dict()
    return owner_of_person(str(user.get("iss")), str(user.get("sub"))) if user.get("is_logged_in") else None


def key() -> str:
    """Return this browser's key: from its cookie, or a new one that it does not have yet."""
    if KEY not in st.session_state:
        cookie = st.context.cookies.get(COOKIE)
        st.session_state[KEY] = cookie if owner_of_key(cookie) else new_key()
    return st.session_state[KEY]


def owner() -> str:
    """Return whose runs are shown: a signed-in person's, or this browser's."""
    return person() or owner_of_key(key()) or ""


def keep_key(*, wanted: bool) -> str | None:
    """Have the browser keep its key once there is something to be found by it.

    Returns the key that the browser has, "" where it keeps none, and None until it has answered.
    """
    state = st.session_state
    forget = not wanted and state.get(FORGOTTEN, False)
    said = state.get(COMPONENT, {}).get("key", state.get(SAID))
    state[SAID] = said = None if forget else said if said == "" or owner_of_key(said) else None
    data = {"name": COOKIE, "key": key(), "said": said, "seconds": DAYS * 24 * 3600, "wanted": wanted, "forget": forget}
    KEEPER(key=COMPONENT, data=data, on_key_change=heard)
    return said


def use_key(said: str) -> None:
    """Take the key that the browser has already, from another of its tabs."""
    st.session_state[KEY] = said


def forget_key() -> None:
    """Have the browser forget its key; with the next run that is kept it gets a new one."""
    st.session_state[KEY], st.session_state[FORGOTTEN] = new_key(), True


def heard() -> None:
    """Do nothing: Streamlit has a component's state declared by a callback."""

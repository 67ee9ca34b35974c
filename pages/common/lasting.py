"""Buttons that never go dead under a finger: one with nothing left to do is dead only once another was pressed.

A browser takes the focus away from a button that becomes disabled, and whoever works by keyboard begins at the top of
the page again.
"""

from collections.abc import Callable
from typing import Literal

import streamlit as st

PRESSED = "last pressed"


def lasting_button(
    label: str,
    key: str,
    on_click: Callable[..., object],
    args: tuple = (),
    *,
    spent: bool,
    icon: str | None = None,
    help: str | None = None,
    type: Literal["primary", "secondary", "tertiary"] = "secondary",
    width: Literal["stretch", "content"] = "content",
    shortcut: str | None = None,
) -> None:
    """Draw a button.

    Parameters
    ----------
    label, key, icon, help, type, width, shortcut
        As in `st.button`.
    on_click : callable
        Called with `args` when it is pressed and has something to do.
    spent : bool
        Whether there is nothing left for it to do.
    """
    dead = spent and st.session_state.get(PRESSED) != key
    st.button(label, key, help, press, (key, on_click, args, spent), icon=icon, disabled=dead, type=type, width=width,
              shortcut=shortcut)  # fmt: skip


def press(key: str, on_click: Callable[..., object], args: tuple, spent: bool) -> None:
    """Note which button was pressed, and do what it is for if there is something to do."""
    st.session_state[PRESSED] = key
    if not spent:
        on_click(*args)

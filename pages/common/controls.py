"""Controls: a widget and what it means. Numbers are typed as text, so that a wrong one gets a sentence and stays."""

from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st

from mlp.limits import LONGEST_FIELD
from mlp.untrusted.numbers import parse_number, parse_whole_number, quoted
from mlp.view.numbers import editable_number
from pages.common.messages import plain

Width = int | Literal["stretch"]


def number_field(
    label: str,
    key: str,
    default: float,
    *,
    low: float = float("-inf"),
    high: float,
    above: float | None = None,
    help: str,
    width: Width = "stretch",
    words=st,
) -> float:
    """Draw a field for a number and return its value, or the last valid one under a sentence that says what is needed.

    The text is in the page's address under `key`. The sentence goes into the container `words`: below the field, or
    where there is more room.
    """

    def parse(text: str) -> float:
        return parse_number(text, low=low, high=high, above=above)

    return _field(label, key, editable_number(default, 12), parse, help, width, words)


def whole_number_field(
    label: str, key: str, default: int, *, low: int, high: int, help: str, width: Width = "stretch", words=st
) -> int:
    """Draw a field for a whole number from low to high and return its value, as `number_field` does."""

    def parse(text: str) -> int:
        return parse_whole_number(text, low=low, high=high)

    return _field(label, key, str(default), parse, help, width, words)


def text_field(
    label: str,
    key: str,
    default: str,
    parse: Callable[[str], object],
    *,
    help: str,
    width: Width = "stretch",
    words=st,
):
    """Draw a field whose text `parse` turns into a value or refuses with a ValueError; else as `number_field`."""
    return _field(label, key, default, parse, help, width, words)


def _field(label: str, key: str, default: str, parse: Callable[[str], object], help: str, width: Width, words=st):
    memory = f"{key}: last valid"
    typed = st.text_input(label, default, key=key, bind="query-params", help=help, width=width)
    try:
        # What is cut ends with a mark that nothing is written with: no parser sees a long text, and none takes it
        value = parse(typed if len(typed) <= LONGEST_FIELD else typed[:LONGEST_FIELD] + "…")
    except ValueError as error:
        last = st.session_state.get(memory, default)
        words.error(plain(f"{label}: needed is {error} Going on with {last}."))
        return parse(last)
    st.session_state[memory] = typed
    return value


def choice_field(label: str, key: str, options: Sequence, *, help: str, words=st):
    """Draw a choice of one and return it, the first option by default; what the address asks in vain is explained."""
    explain_unknown(label, key, options, words)
    chosen = st.segmented_control(
        label, options, default=options[0], required=True, key=key, help=help, bind="query-params"
    )
    # An address that names the choice and leaves it blank clears it, required or not
    return options[0] if chosen is None else chosen


def choices_field(label: str, key: str, options: Sequence, default: Sequence, *, help: str) -> tuple:
    """Draw a choice of one or more and return them in order; with none chosen the last choice goes on."""
    explain_unknown(label, key, options)
    chosen = st.pills(label, options, default=default, selection_mode="multi", key=key, help=help, bind="query-params")
    memory = f"{key}: last valid"
    if chosen:
        st.session_state[memory] = tuple(sorted(chosen))
        return st.session_state[memory]
    kept = tuple(option for option in st.session_state.get(memory, default) if option in options) or tuple(default)
    st.error(plain(f"{label}: choose at least one. Going on with {', '.join(map(str, kept))}."))
    return kept


def select_field(
    label: str,
    key: str,
    options: Sequence[str],
    *,
    help: str,
    width: Width = "stretch",
    words=st,
    disabled: bool = False,
) -> str:
    """Draw a choice of one from a list that drops down, for texts too long to stand side by side; as `choice_field`."""
    explain_unknown(label, key, options, words)
    return st.selectbox(label, options, key=key, help=help, width=width, bind="query-params", disabled=disabled)


def explain_unknown(label: str, key: str, options: Sequence, words=st) -> None:
    """Say what is needed where the address holds something else for a choice; Streamlit drops it in silence."""
    asked = [value for value in st.query_params.get_all(key) if value not in map(str, options)]
    if asked:
        left_out(label, asked[0], ", ".join(map(str, options)), words)


def left_out(label: str, asked: str, accepted: str, words=st) -> None:
    """Say what the address asks for in vain, and what would be accepted."""
    needed = f"needed is one of {accepted}. It was left out."
    words.warning(plain(f"{label}: the address asks for {quoted(asked)}; {needed}"))


def toggle_field(label: str, key: str, *, help: str | None = None, words=st) -> bool:
    """Draw a switch and return whether it is on; what the address asks in vain is explained."""
    asked = [value for value in st.query_params.get_all(key) if value.lower() not in ("true", "false")]
    if asked:
        left_out(label, asked[0], "true, false", words)
    return st.toggle(label, key=key, bind="query-params", help=help)


def explain_number(label: str, key: str, low: int, high: int) -> None:
    """Say what is needed where the address holds no whole number from low to high; Streamlit is silent about it."""
    for asked in st.query_params.get_all(key):
        try:
            parse_whole_number(asked, low=low, high=high)
        except ValueError as error:
            st.warning(plain(f"{label}: the address needs {error} It was left out."))


def counter(label: str, key: str, n: int, *, help: str) -> int:
    """Draw a field for one of n things, numbered from 1, and return its index, from 0."""
    explain_number(label, key, 1, n)
    return st.number_input(label, 1, n, key=key, bind="query-params", help=help, width=160) - 1


def download(label: str, text: Callable[[], str], name: str) -> None:
    """Draw a download under that file name; its text is written when asked for, and the page does not run again."""
    st.download_button(label, text, name, on_click="ignore", icon=":material/download:")

"""Controls: a widget and what it means. Numbers are typed as text, so that a wrong one gets a sentence and stays."""

from collections.abc import Callable, Sequence

import streamlit as st

from mlp.view.numbers import editable_number, parse_number, parse_whole_number, quoted
from pages.common.messages import plain


def number_field(
    label: str,
    key: str,
    default: float,
    *,
    low: float = float("-inf"),
    high: float,
    above: float | None = None,
    help: str,
) -> float:
    """Draw a field for a number and return its value, or the last valid one under a sentence that says what is accepted.

    The text is in the page's address under `key`.
    """
    return _field(label, key, editable_number(default, 12), default, help,
                  lambda text: parse_number(text, low=low, high=high, above=above))  # fmt: skip


def whole_number_field(label: str, key: str, default: int, *, low: int, high: int, help: str) -> int:
    """Draw a field for a whole number from low to high and return its value, as `number_field` does."""
    return _field(label, key, str(default), default, help, lambda text: parse_whole_number(text, low=low, high=high))


def text_field(label: str, key: str, default: str, parse: Callable[[str], object], help: str):
    """Draw a field whose text `parse` turns into a value or refuses with a ValueError; return as `number_field` does."""
    return _field(label, key, default, parse(default), help, parse)


def _field(label: str, key: str, text: str, default, help: str, parse: Callable[[str], object]):
    typed = st.text_input(label, text, key=key, bind="query-params", help=help)
    memory = f"{key}: last valid"
    try:
        st.session_state[memory] = parse(typed)
    except ValueError as error:
        st.session_state.setdefault(memory, default)
        used = editable_number(st.session_state[memory], 12) if isinstance(default, float) else st.session_state[memory]
        st.error(plain(f"{label}: needed is {error} Going on with {used}."))
    return st.session_state[memory]


def choice_field(label: str, key: str, options: Sequence, *, help: str, format_func: Callable = str):
    """Draw a choice of one and return it; the first option is the default. A choice in the address that is none is explained."""
    explain_unknown(label, key, options)
    return st.segmented_control(
        label, options, default=options[0], required=True, format_func=format_func, key=key, help=help, bind="query-params"
    )


def choices_field(label: str, key: str, options: Sequence, default: Sequence, *, help: str, format_func: Callable = str):
    """Draw a choice of one or more and return them in order; with none chosen, the last choice goes on, with a sentence."""
    explain_unknown(label, key, options)
    chosen = st.pills(
        label, options, default=default, selection_mode="multi", format_func=format_func, key=key, help=help,
        bind="query-params",
    )  # fmt: skip
    memory = f"{key}: last valid"
    if chosen:
        st.session_state[memory] = tuple(sorted(chosen))
    else:
        kept = st.session_state.setdefault(memory, tuple(default))
        st.error(plain(f"{label}: choose at least one. Going on with {', '.join(map(format_func, kept))}."))
    return st.session_state[memory]


def explain_unknown(label: str, key: str, options: Sequence) -> None:
    """Say what is accepted where the page's address holds something else for a choice; Streamlit drops it in silence."""
    unknown = [value for value in st.query_params.get_all(key) if value not in map(str, options)]
    if unknown:
        accepted = ", ".join(map(str, options))
        st.warning(plain(f"{label}: the address asks for {quoted(unknown[0])}; needed is one of {accepted}. It was left out."))

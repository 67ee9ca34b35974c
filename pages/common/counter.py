"""A field that counts from 1: with steps, in the page's address, and a sentence where that asks for nonsense."""

import streamlit as st

from mlp.view.numbers import parse_whole_number
from pages.common.messages import plain


def counter(label: str, key: str, n: int, *, help: str) -> int:
    """Draw a field for one of n things, numbered from 1, and return its index, from 0."""
    for asked in st.query_params.get_all(key):
        try:
            parse_whole_number(asked, low=1, high=n)
        except ValueError as error:
            st.warning(plain(f"{label}: the address needs {error} It was left out."))
    return st.number_input(label, 1, n, key=key, bind="query-params", help=help, width=160) - 1

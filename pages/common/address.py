"""The address as it was meant: what mail programs and prose do to a link is taken back, what is unknown is named.

A control reads its own value from the address. What stands there under no control's name would otherwise be lost in
silence, and the visitor would take the page for the one she was sent.
"""

from collections.abc import Collection

import streamlit as st

from mlp.untrusted.numbers import quoted
from pages.common.messages import plain

# A link that was copied out of a page's source has &amp; in place of &, once for each time it was written anew
ESCAPED = "amp;"
# What stands after a link in a sentence, and gets copied with it
PUNCTUATION = ".,;:!\"'"
BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}
WORDS = "address: words"
MOST_NAMED = 5


def mend_address(names: Collection[str]) -> None:
    """Read the address as it was meant and run the page again if that differs; before any control is drawn.

    Parameters
    ----------
    names : collection of str
        All that the page, in any state, reads from its address.
    """
    found = {name: st.query_params.get_all(name) for name in st.query_params}
    mended, words = meant(found, names)
    if words:
        st.query_params.from_dict(mended)
        st.session_state[WORDS] = words
        st.rerun()


def say(sentence: str) -> None:
    """Have a sentence about the address said by `address_words`, before it is called in this run."""
    st.session_state[WORDS] = [*st.session_state.get(WORDS, ()), sentence]


def address_words() -> None:
    """Say once what was mended in the address, and what it asks for that the page doesn't know."""
    for sentence in st.session_state.pop(WORDS, ()):
        st.warning(plain(sentence))


def meant(found: dict[str, list[str]], names: Collection[str]) -> tuple[dict[str, list[str]], list[str]]:
    """Return the parameters of an address as they were meant, and a sentence for all that was done to them."""
    plainly: dict[str, list[str]] = {}
    words = []
    for name, values in found.items():
        plainly.setdefault(name.removeprefix(ESCAPED * name.count(ESCAPED)), values)
    if len(plainly) < len(found) or list(plainly) != list(found):
        words.append("The address has '&amp;' where '&' belongs; it was read as it was meant.")
    if plainly and (tail := tail_of(list(plainly.values())[-1][-1])):
        last = list(plainly)[-1]
        plainly[last] = [*plainly[last][:-1], plainly[last][-1].rstrip().removesuffix(tail)]
        words.append(f"The address ends with {quoted(tail)}, which doesn't belong to it; it was left out.")
    if unknown := [name for name in plainly if name not in names]:
        words.append(unknown_words(unknown))
    return {name: values for name, values in plainly.items() if name in names}, words


def unknown_words(unknown: list[str]) -> str:
    """Return the sentence about names in the address that the page doesn't know."""
    named = ", ".join(quoted(name) for name in unknown[:MOST_NAMED])
    more = f" and {len(unknown) - MOST_NAMED} more" if len(unknown) > MOST_NAMED else ""
    was = "it was" if len(unknown) == 1 else "they were"
    return f"The address asks for {named}{more}, which this page doesn't know; {was} left out."


def tail_of(value: str) -> str:
    """Return the marks at the end of a value that belong to the sentence around a link: a dot, a bracket never opened.

    At most as long as the value; in linear time.
    """
    value = value.rstrip()
    kept = len(value)
    surplus = {closing: value.count(closing) - value.count(opening) for closing, opening in BRACKETS.items()}
    while kept and (value[kept - 1] in PUNCTUATION or surplus.get(value[kept - 1], 0) > 0):
        surplus[value[kept - 1]] = surplus.get(value[kept - 1], 0) - 1
        kept -= 1
    return value[kept:]

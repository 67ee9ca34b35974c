"""Messages: whatever came from outside is shown as plain text."""

import re
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.common.messages import WORD_JOINER, plain

HOSTILE = [
    "[text](https://evil.example)", "![x](https://evil.example/x.png)", "<https://evil.example>", "[a][b]", "[^1]",
    "<img src=x onerror=alert(1)>", "<script>", "&lt;b&gt;", "&#60;", "$x^2$", "$$x$$", ":red[x]",
    ":blue-background[x]",
    ":color[x]{foreground='red'}", ":orange-badge[x]", ":small[x]", ":shimmer[x]", "::directive[x]", "*a*", "_b_",
    "**c**", "~~d~~", "`code`", "a | b", "\\", "\\*",
]  # fmt: skip
# What Streamlit's page searches the finished text for, where a backslash is gone
REWRITTEN_LATER = [
    r"https?://[-.\w]+",
    r"www\.[-.\w]+",
    r"[-.\w+]+@[-\w]+(\.[-\w]+)+",
    r":material[/_]\w+:",
    r":streamlit:",
    r":[+-]?\w+:",
    r"(^|\s)(<->|->|<-|--|>=|<=|~=)(\s|$)",
]
LATER = [
    "https://evil.example", "HTTP://EVIL.EXAMPLE", "www.evil.example", "WWW.evil.example", "me@evil.example",
    "mailto:me@evil.example", "xmpp:me@evil.example", ":material/home:", ":smile:", ":+1:", ":streamlit:",
    "a <- b -> c <-> d -- e >= f <= g ~= h",
]  # fmt: skip


def unescaped(markdown: str) -> str:
    """Return the text CommonMark makes of escaped text."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown)


def active(markdown: str) -> str:
    """Return the punctuation of Markdown and of Streamlit that isn't escaped."""
    return "".join(re.findall(r"[\\`*_\[\]<>$|~&{}]", re.sub(r"\\[!-/:-@\[-`{-~]", "", markdown)))


@pytest.mark.parametrize("text", HOSTILE + LATER)
def test_nothing_active_is_left(text: str) -> None:
    assert active(plain(f"got '{text}'.")) == ""


def test_nothing_is_left_that_is_rewritten_after_markdown_was_read() -> None:
    sentences = [made for text in HOSTILE + LATER for made in (text, f"got '{text}'.", f"got {text} today")]
    read = {sentence: unescaped(plain(sentence)) for sentence in sentences}
    left = [each for each in product(read, REWRITTEN_LATER) if re.search(each[1], read[each[0]], re.IGNORECASE)]
    assert left == []


@settings(deadline=None, derandomize=True)
@given(st.text())
def test_any_text_reads_as_it_was_on_one_line(text: str) -> None:
    assert unescaped(plain(text)).replace(WORD_JOINER, "") == " ".join(text.split()).replace(WORD_JOINER, "")
    assert active(plain(text)) == ""


@pytest.mark.parametrize(
    "text", ["Learning rate: needed is a number from -1 to 1; got '2,5'. Going on with 0.1.", "η = 1/4"]
)
def test_an_ordinary_sentence_stays_as_it_is(text: str) -> None:
    assert plain(text) == text

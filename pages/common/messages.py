"""Sentences for the user, with anything that came from outside shown as plain text."""

import re

from mlp.limits import LONGEST_MESSAGE

QUOTED = re.compile(r"[\\`*_\[\]<>$|~&{}]")
REWRITTEN = re.compile(r"[<>~]|[:@](?=\S)|-(?=-)|www(?=\.)", re.IGNORECASE)
WORD_JOINER = "\u2060"


def plain(text: str) -> str:
    """Return text as Markdown that renders as exactly that text: no link, image, formula, colour, icon or HTML.

    CommonMark lets a backslash quote any ASCII punctuation. Streamlit then still searches the finished text for
    addresses, icons, emojis and arrows, where a backslash no longer counts: an invisible word joiner breaks those up.
    Line ends become blanks, and what is too long for a sentence is cut. What is active only at the start of a line is
    left alone: a message starts with words of ours.
    """
    if len(text) > LONGEST_MESSAGE:
        text = text[:LONGEST_MESSAGE] + "…"
    quoted = QUOTED.sub(r"\\\g<0>", " ".join(text.split()))
    return REWRITTEN.sub(rf"\g<0>{WORD_JOINER}", quoted)

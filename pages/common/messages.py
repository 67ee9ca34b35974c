"""Sentences for the user, with anything that came from outside shown as plain text."""

import re

ACTIVE = re.compile(r"([\\`*_\[\]<>$|~&@{}]|:(?!\s|$)|(?<=www)\.)", re.IGNORECASE)


def plain(text: str) -> str:
    """Return text as Markdown that renders as exactly that text: no link, image, formula, colour or HTML.

    CommonMark lets a backslash quote any ASCII punctuation; line ends become blanks. What is active only at the start
    of a line is left alone: a message starts with words of ours.
    """
    return ACTIVE.sub(r"\\\1", " ".join(text.split()))

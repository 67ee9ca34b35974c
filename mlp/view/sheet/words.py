"""Sentences of ours with formulas in them, as HTML that is made of words and MathML."""

import re
from functools import lru_cache
from html import escape

from mlp.view.paper.mathml import mathml

BOLD = re.compile(r"\*\*(.+?)\*\*")


@lru_cache(maxsize=1024)
def formula_of(latex: str) -> str:
    """Return a formula as MathML; the same few formulas stand on every visitor's sheet."""
    return mathml(latex)


@lru_cache(maxsize=128)
def words_html(text: str) -> str:
    """Return a sentence with $formulas$ and **strong words** as HTML; never for a text that came from outside."""
    parts = text.split("$")
    pieces = [mathml(part) if k % 2 else escape(part, quote=False) for k, part in enumerate(parts)]
    return BOLD.sub(r"<strong>\1</strong>", "".join(pieces))

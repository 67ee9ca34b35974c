"""What is said of an answer: its verdict, and the mistake where it is known and may be told."""

from collections.abc import Collection, Mapping

import numpy as np

from mlp.practice import Mark
from mlp.view.sheet.cells import cell_id, cell_key
from mlp.view.sheet.names import spoken

VERDICT_WORDS: Mapping[str, str] = {
    "": "",
    "right": "Right.",
    "follows": "Follows from your earlier numbers: the rule is right here.",
    "imprecise": "Right so far: one more digit, please. Three significant digits are needed, and one more on the way.",
    "wrong": "Not right yet.",
}
STALE = "This came from numbers of yours that you have changed since: work it out again from the new ones."
UNKNOWN = "None of the known mistakes explains it: look at the formula, and at what goes into it."
NOTHING = "Nothing to check yet: no cell has a number."
NO_NUMBER = "Nothing to check here yet: type a number first."
HINTS = ("Formula", "With numbers", "Show the value")


def verdict_words(mark: Mark, *, diagnosis: bool, stale: bool = False) -> str:
    """Return what is said of an answer: the verdict in words, and unless it is kept back what went wrong.

    Parameters
    ----------
    mark : Mark
    diagnosis : bool
        Whether the mistake may be named.
    stale : bool
        Whether it followed from earlier numbers that have changed since.
    """
    if stale:
        return STALE
    words = VERDICT_WORDS[mark.verdict]
    if empty := empty_cells(mark):
        cells = "1 cell has" if empty == 1 else f"{empty} cells have"
        words = f"{words} {cells} no number yet."
    if mark.verdict != "wrong" or not diagnosis:
        return words
    return f"{words} {mark.mistake or UNKNOWN}"


def empty_cells(mark: Mark) -> int:
    """Return how many cells of an answer are not filled in."""
    return int((mark.cells == "").sum())


def again_words(marks: Mapping[str, Mark], refused: Collection[str] = ()) -> str:
    """Return what to look at again by name, and what a mistake above has spoilt; blank where all is well.

    Markdown: each name leads to its first cell of that kind on the sheet.

    Parameters
    ----------
    marks : mapping of str to Mark
    refused : collection of str
        The keys of the cells that are no numbers.
    """
    wrong = [link_to(name, mark) for name, mark in marks.items() if mark.verdict in ("wrong", "imprecise")]
    follow = [link_to(name, mark) for name, mark in marks.items() if mark.verdict == "follows"]
    unread = {key.rpartition(":")[0].rpartition(":")[0]: key for key in reversed(list(refused))}
    parts = [f"Look again at {', '.join(wrong)}."] if wrong else []
    parts += [f"No number: {', '.join(link(name, unread[name]) for name in reversed(unread))}."] if unread else []
    parts += [f"Then work out anew what follows from a mistake (→): {', '.join(follow)}."] if follow else []
    return " ".join(parts)


def link_to(name: str, mark: Mark) -> str:
    """Return a quantity's name as a link to the first of its cells that has the verdict on the whole."""
    row, column = next(zip(*np.nonzero(mark.cells == mark.verdict), strict=True))
    return link(name, cell_key(name, int(row), int(column)))


def link(name: str, key: str) -> str:
    """Return a quantity's name as a link to a cell of it."""
    words = spoken(name).replace("[", r"\[").replace("]", r"\]")
    return f"[{words}](#{cell_id(key)})"


def score_words(marks: Mapping[str, Mark], asked: int) -> str:
    """Return how far one is: "12 of 24 right, 3 follow from a mistake, 1 to look at again, 2 not finished".

    Parameters
    ----------
    marks : mapping of str to Mark
        Of the quantities that were checked.
    asked : int
        How many quantities there are to find.
    """
    finished = [mark.verdict for mark in marks.values() if not empty_cells(mark)]
    right, follow = finished.count("right"), finished.count("follows")
    wrong = sum(mark.verdict in ("wrong", "imprecise") for mark in marks.values())
    open_ones = sum(mark.verdict in ("right", "follows") for mark in marks.values()) - right - follow
    parts = [f"{right} of {asked} right"]
    parts += [f"{follow} follow{'s' * (follow == 1)} from a mistake"] if follow else []
    parts += [f"{wrong} to look at again"] if wrong else []
    return ", ".join([*parts, f"{open_ones} not finished"] if open_ones else parts)

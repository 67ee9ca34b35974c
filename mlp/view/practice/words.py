"""What is said of an answer: its verdict, and the mistake where it is known and may be told."""

from collections.abc import Mapping

from mlp.practice import Mark

VERDICT_WORDS: Mapping[str, str] = {
    "": "",
    "right": "Right.",
    "follows": "Follows from your earlier numbers: the rule is right here.",
    "imprecise": "Right so far: one more digit, please. Three significant digits are needed, and one more on the way.",
    "wrong": "Not right yet.",
}
UNKNOWN = "None of the known mistakes explains it: look at the formula, and at what goes into it."
HINTS = ("Formula", "With numbers", "Show the value")


def verdict_words(mark: Mark, *, diagnosis: bool) -> str:
    """Return what is said of an answer: the verdict in words, and unless it is kept back what went wrong.

    Parameters
    ----------
    mark : Mark
    diagnosis : bool
        Whether the mistake may be named.
    """
    words = VERDICT_WORDS[mark.verdict]
    if mark.verdict != "wrong" or not diagnosis:
        return words
    return f"{words} {mark.mistake or UNKNOWN}"


def score_words(verdicts: Mapping[str, str]) -> str:
    """Return how far one is, by the verdicts of all quantities that are asked for: "3 of 24 right, 1 to look at"."""
    right = sum(verdict in ("right", "follows") for verdict in verdicts.values())
    wrong = sum(verdict in ("wrong", "imprecise") for verdict in verdicts.values())
    return f"{right} of {len(verdicts)} right" + (f", {wrong} to look at again" if wrong else "")

"""One number of the sheet: given (it can be changed), shown, or asked for."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from mlp.view.numbers import format_number

VERDICTS = ("", "right", "follows", "imprecise", "wrong")


@dataclass(frozen=True)
class Shown:
    """A number to be read.

    Attributes
    ----------
    text : str
        Rounded.
    exact : str
        All its digits; empty where the text has them already.
    """

    text: str
    exact: str = ""

    @property
    def as_data(self) -> list[str]:
        """The cell in as few characters as will do: a sheet has a thousand of them."""
        return [self.text, self.exact] if self.exact else [self.text]


@dataclass(frozen=True)
class Given:
    """A number that can be changed.

    Attributes
    ----------
    key : str
        What the browser calls it: "layer 1:0:2".
    text : str
        As it was typed, else rounded.
    exact : str
        All the digits of the value that counts.
    label : str
        Its name for a screen reader: "W[1], unit 2, from x3".
    sentence : str
        What a wrong entry needs to be; empty where the text is a number.
    slope : Shown, optional
        The loss's derivative by it, shown below it.
    slope_label : str
        The derivative's name.
    """

    key: str
    text: str
    exact: str
    label: str
    sentence: str = ""
    slope: Shown | None = None
    slope_label: str = ""

    @property
    def as_data(self) -> dict[str, object]:
        """The cell as plain data, without what is empty."""
        data: dict[str, object] = {"given": self.key, "text": self.text, "exact": self.exact, "label": self.label}
        if self.sentence:
            data["sentence"] = self.sentence
        if self.slope:
            data["slope"], data["slopeLabel"] = self.slope.as_data, self.slope_label
        return data


@dataclass(frozen=True)
class Asked:
    """A number that the reader is to find.

    Attributes
    ----------
    key, text, label : str
        As in `Given`.
    verdict : {"", "right", "follows", "imprecise", "wrong"}
        Empty before it was marked.
    sentence : str
        What is said of the entry.
    """

    key: str
    text: str
    label: str
    verdict: str = ""
    sentence: str = ""

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS:
            raise ValueError(f"Asked needs a verdict of {', '.join(VERDICTS[1:])}, or none; got {self.verdict!r}.")

    @property
    def as_data(self) -> dict[str, str]:
        """The cell as plain data."""
        verdict = {"verdict": self.verdict, "sentence": self.sentence}
        return {"asked": self.key, "text": self.text, "label": self.label, **verdict}


Cell = Shown | Given | Asked


@dataclass(frozen=True)
class Entry:
    """What was typed into a cell, and the sentence it gets if it is no number."""

    text: str
    sentence: str = ""


Entries = Mapping[str, Entry]


# The same numbers stand on a sheet again and again, and on those of a whole class
@lru_cache(maxsize=8192)
def shown(value: float, decimals: int) -> Shown:
    """Return a number rounded for display, with all its digits where they are more."""
    text = format_number(value, decimals)
    if not math.isfinite(value) or text == "0" or float(text.replace("−", "-")) == value:
        return Shown(text)
    return Shown(text, exact_text(value))


def exact_text(value: float) -> str:
    """Return a number with all its digits, with the sheet's minus sign; words for what overflows."""
    # Adding 0 makes a 0 of a -0
    return repr(float(value) + 0.0).replace("-", "−") if math.isfinite(value) else format_number(value)


def cell_key(table: str, row: int, column: int) -> str:
    """Return what the browser calls a cell: its table, row and column, from 0."""
    return f"{table}:{row}:{column}"


def cell_id(key: str) -> str:
    """Return the name under which a link finds a cell that is asked for; `sheet_cells.js` gives it to its field."""
    return "cell-" + key.replace(" ", "-").replace(":", "-")


def parse_key(key: object) -> tuple[str, int, int] | None:
    """Return table, row and column of a cell's key; None for what is no key, wherever it came from."""
    table, *places = str(key)[:40].split(":")
    if len(places) != 2 or not all(place.isascii() and place.isdecimal() and len(place) < 4 for place in places):
        return None
    return table, int(places[0]), int(places[1])

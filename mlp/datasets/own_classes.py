"""The classes in a column of a visitor's table: none missing, few enough, each with examples and written in one way."""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from mlp.datasets.own_cells import distinct, short
from mlp.datasets.own_column import Column
from mlp.datasets.own_numbers import Undecided, number
from mlp.limits import LEAST_CLASSES, LEAST_EXAMPLES, MOST_CLASSES

ONE, DIFFERENT = "one class", "different classes"


def classes_of(
    column: Column, decimal: str, lines: Sequence[int], alike: str | None
) -> tuple[tuple[str, ...], np.ndarray, tuple[str, ...]]:
    """Return the classes in a column, in order, the index of each row's, and what was decided.

    Parameters
    ----------
    column : Column
    decimal : {"point", "comma"}
        The decimal sign of the file.
    lines : sequence of int
        The line of the file in which each row ends.
    alike : {"one class", "different classes"}, optional
        What classes are whose names differ in capitals, blanks or decimals alone.

    Raises
    ------
    ValueError
        A sentence that says what is needed and what came; an `Undecided` where `alike` is needed.
    """
    if column.missing is not None:
        raise ValueError(missing_label(column, lines[column.missing]))
    require_few(column)
    counts = Counter(dict(zip(column.texts, np.bincount(column.codes).tolist(), strict=True)))
    merged, notes = merged_texts(column.name, counts, decimal, alike)
    if column.padded or len(set(map(spaced, column.texts))) < len(column.texts):
        notes = (f"Blanks too many in the classes of '{column.name}' are left out.", *notes)
    require_examples(merged, counts, column.name)
    found = sorted(set(merged.values()), key=lambda text: order_of(text, decimal))
    indices = np.array([found.index(merged[text]) for text in column.texts], dtype=np.int64)
    return distinct(found), indices[column.codes], notes


def missing_label(column: Column, line: int) -> str:
    """Return the sentence on a row without a class."""
    came = f" but '{column.missing_text}'" if column.missing_text else ""
    name_it = f" If '{column.missing_text}' is a class, write it with another word." if came else ""
    return (
        f"Every cell needs a value; the label '{column.name}' has none{came} in line {line} of the file. Fill it in, "
        f"or take the row out.{name_it}"
    )


def require_few(column: Column) -> None:
    """Raise a ValueError if a column has more values than there can be classes."""
    if column.distinct > MOST_CLASSES:
        raise ValueError(
            f"A label of {LEAST_CLASSES} to {MOST_CLASSES} classes is needed; '{column.name}' has {column.distinct:,}. "
            "It is probably a number to predict: choose another column."
        )


def merged_texts(
    name: str, counts: Mapping[str, int], decimal: str, alike: str | None
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return which class each text stands for, and what was decided; raise Undecided if two may be one.

    Of names that differ in capitals, blanks or decimals alone, the most frequent one stands for all.
    """
    groups: dict[object, list[str]] = {}
    for text in counts:
        groups.setdefault(likeness(text, decimal), []).append(text)
    doubtful = [texts for texts in groups.values() if len({spaced(text) for text in texts}) > 1]
    if doubtful and alike is None:
        raise Undecided("alike", doubt_words(name, doubtful[0]))
    if alike == DIFFERENT:
        return {text: spaced(text) for text in counts}, ()
    stands_for = {text: spaced(max(texts, key=counts.__getitem__)) for texts in groups.values() for text in texts}
    return stands_for, tuple(f"{quoted(texts)} are one class, as answered." for texts in doubtful)


def spaced(text: str) -> str:
    """Return a name with one blank between its words, and each letter with its accent in one piece."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def quoted(texts: Sequence[str]) -> str:
    """Return names in quotation marks: "'1' and '1.0'"."""
    return " and ".join(f"'{short(text)}'" for text in dict.fromkeys(map(spaced, texts)))


def doubt_words(name: str, texts: Sequence[str]) -> str:
    """Return the sentence on names that may mean one class."""
    return (
        f"Each class needs one way to write it; in '{name}' there are {quoted(texts)}, which differ in capitals, "
        "blanks or decimals alone. Write them alike, or say whether they are different classes."
    )


def likeness(text: str, decimal: str) -> object:
    """Return what is the same for two names that may mean one class: their number, or their letters."""
    value = number(text, decimal)
    if value is not None and np.isfinite(value):
        return value
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def order_of(text: str, decimal: str) -> tuple[float, str]:
    """Return what classes are sorted by: numbers by size, and then texts by their letters."""
    value = number(text, decimal)
    return (np.inf if value is None or np.isnan(value) else value), text


def require_examples(merged: Mapping[str, str], counts: Mapping[str, int], name: str) -> None:
    """Raise a ValueError unless there are two classes or more, and each has examples enough."""
    found: Counter[str] = Counter()
    for text, times in counts.items():
        found[merged[text]] += times
    if len(found) < LEAST_CLASSES:
        only = short(next(iter(found)))
        raise ValueError(f"A label of {LEAST_CLASSES} to {MOST_CLASSES} classes is needed; '{name}' has only '{only}'.")
    rarest, times = min(found.items(), key=lambda item: item[1])
    if times < LEAST_EXAMPLES:
        raise ValueError(
            f"Each class needs at least {LEAST_EXAMPLES} examples; '{short(rarest)}' in '{name}' has {times}."
        )

"""A visitor's own table as a data set: columns of numbers and one of classes, or a sentence that says why not."""

import hashlib
from dataclasses import dataclass

import numpy as np

from mlp.datasets.dataset import Dataset
from mlp.datasets.own_classes import classes_of
from mlp.datasets.own_column import Column
from mlp.datasets.own_numbering import doubt_words, numbering_words
from mlp.datasets.own_table import Table, read_table

OWN = "own"
LABEL_NAMES = frozenset({"label", "class", "target"})


@dataclass(frozen=True)
class Answers:
    """What a visitor says where a table leaves a choice.

    Attributes
    ----------
    decimal : {"point", "comma"}, optional
        The decimal sign of the file.
    alike : {"one class", "different classes"}, optional
        What classes are whose names differ in capitals, blanks or decimals alone.
    numbering : bool
        Whether a column that only numbers the rows is a feature all the same.
    """

    decimal: str | None = None
    alike: str | None = None
    numbering: bool = False


ASKED_NOTHING = Answers()


def own_dataset(content: bytes, label: int | None = None, answers: Answers = ASKED_NOTHING) -> Dataset:
    r"""Return the data set in a CSV file, named by a hash of the file, the label column and the answers.

    Parameters
    ----------
    content : bytes
        As `read_table` reads it.
    label : int, optional
        Which column holds the classes, counted from 0; by default `usual_label`.
    answers : Answers, optional

    Returns
    -------
    Dataset

    Raises
    ------
    ValueError
        A sentence that says what is needed, the limit and what came; an `Undecided` where an answer is needed.

    Examples
    --------
    >>> from mlp.datasets import own_dataset
    >>> data = own_dataset(b"length,width,kind\n1.5,0.2,small\n1.4,0.3,small\n4.7,1.4,large\n4.5,1.5,large\n")
    >>> data.X.shape, data.feature_names, data.classes
    ((4, 2), ('length', 'width'), ('large', 'small'))
    >>> own_dataset(b"length,kind\n1.5,small\n")
    Traceback (most recent call last):
        ...
    ValueError: A label of 2 to 50 classes is needed; 'kind' has only 'small'.
    """
    return labelled(read_table(content, answers.decimal), label, answers)


def labelled(table: Table, label: int | None = None, answers: Answers = ASKED_NOTHING) -> Dataset:
    """Return a table as a data set, with notes on what was decided; as `own_dataset`."""
    count = len(table.columns)
    label = usual_label(table) if label is None else label
    if not 0 <= label < count:
        raise ValueError(f"The label column must be one of the {count} columns; column {label + 1} was asked for.")
    names, y, about_classes = classes_of(table.columns[label], table.format.decimal, table.lines, answers.alike)
    numbering = [j for j in table.numbering if j != label]
    features = [j for j in range(count) if j != label and (answers.numbering or j not in numbering)]
    if not features:
        raise ValueError(
            f"A feature is needed beside the label; {numbering_words([table.names[j] for j in numbering], False)}"
        )
    X = np.column_stack([numbers_of(table.columns[j]) for j in features])
    about_rows = [numbering_words([table.names[j] for j in numbering], answers.numbering)] if numbering else []
    about_rows += doubt_words(table.columns) if 0 in features and 0 not in numbering else ()
    feature_names = tuple(table.names[j] for j in features)
    return Dataset(name_of(table, label, answers), X, y, names, "", None, feature_names,
                   (*table.notes, *about_rows, *about_classes))  # fmt: skip


def usual_label(table: Table) -> int:
    """Return the only column that is called label, class or target, else the last one that doesn't number the rows."""
    called = [j for j, name in enumerate(table.names) if name.lower() in LABEL_NAMES]
    rest = [j for j in range(len(table.columns)) if j not in table.numbering]
    return called[0] if len(called) == 1 else (rest or [len(table.columns) - 1])[-1]


def name_of(table: Table, label: int, answers: Answers) -> str:
    """Return a name that is the same for the same file, label and answers alone."""
    choices = f"{table.fingerprint} label {label} {answers.alike} {answers.numbering}"
    return f"{OWN}:{hashlib.sha256(choices.encode()).hexdigest()[:16]}"


def is_own(name: str) -> bool:
    """Return whether a data set of that name is a visitor's own.

    Returns
    -------
    bool

    Examples
    --------
    >>> from mlp.datasets import is_own
    >>> is_own("own:3f1c"), is_own("digits")
    (True, False)
    """
    return name == OWN or name.startswith(f"{OWN}:")


def numbers_of(column: Column) -> np.ndarray:
    """Return the numbers of a column; a ValueError if a cell is none."""
    if column.numbers is None:
        raise ValueError(column.wrong)
    return column.numbers

"""A visitor's file as a table of text: bounded, rectangular, with names for its columns, or refused in a sentence."""

import csv
import io
import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from mlp.datasets.own_cells import distinct, is_text, short

LARGEST_FILE = 5 * 1024**2
ROWS, COLUMNS = 20_000, 500
# A tab or a semicolon hardly ever stands in a table of another separator; a comma does, as a decimal comma
SEPARATORS = ("\t", ";", ",")
LOOKED_AT = 20
SAVE_AS = "save the table as CSV with UTF-8"


@dataclass(frozen=True, eq=False)
class Table:
    """Cells of text with as many in each row as there are columns.

    Attributes
    ----------
    columns : tuple of str
        Their names, short enough to be shown.
    rows : list of list of str
    lines : list of int
        The line of the file in which each row ends.
    decimal_comma : bool
        Whether 1,5 is a number.
    """

    columns: tuple[str, ...]
    rows: list[list[str]]
    lines: list[int]
    decimal_comma: bool


def read_table(content: bytes) -> Table:
    """Return the table in a file: separated by commas, semicolons or tabs, UTF-8 or Latin-1, with or without names.

    A first row in which all cells but at most one are numbers is data; else its cells are the columns' names.

    Raises
    ------
    ValueError
        A sentence that says what is needed, the limit and what came.
    """
    if len(content) > LARGEST_FILE:
        raise ValueError(
            f"A file of at most {LARGEST_FILE // 1024**2} MB ({LARGEST_FILE:,} bytes) is needed; this one has "
            f"{len(content):,} bytes."
        )
    text = as_text(content)
    separator = separator_of(text)
    lines, rows, count = rows_of(text, separator)
    comma = separator == ";"
    named = sum(is_text(cell, comma) for cell in rows[0]) > 1
    columns = names_of(rows[0]) if named else tuple(f"column {j + 1}" for j in range(len(rows[0])))
    if count - named > ROWS:
        raise ValueError(f"A table of at most {ROWS:,} rows is needed; this one has {count - named:,}.")
    if named and count == 1:
        raise ValueError("Rows of data are needed below the names of the columns; this file has none.")
    return Table(columns, rows[named:], lines[named:], comma)


def as_text(content: bytes) -> str:
    """Return the text of a file; a ValueError if it is binary or empty."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ValueError(f"Text in UTF-8 or Latin-1 is needed; this file is UTF-16: {SAVE_AS}.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    if control := next((char for char in text if char < " " and char not in "\t\r\n"), None):
        raise ValueError(
            f"A text file is needed; this one has characters such as number {ord(control)}, as Excel workbooks and "
            f"images do: {SAVE_AS}."
        )
    if not text.strip():
        raise ValueError("A table with rows is needed; this file is empty.")
    return text


def separator_of(text: str) -> str:
    """Return the first separator that gives each of the first rows equally many cells, else the most frequent one."""
    for separator in SEPARATORS:
        try:
            widths = {len(row) for _, row in itertools.islice(cells_of(text, separator), LOOKED_AT)}
        except ValueError:  # quotation marks that fit another separator
            continue
        if len(widths) == 1 and widths != {1}:
            return separator
    first = text.lstrip().splitlines()[0]
    return max(reversed(SEPARATORS), key=first.count)


def cells_of(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not blank as stripped cells, with the line of the file in which each ends."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=True)
    while True:
        try:
            row = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            raise ValueError(
                "Quotation marks must come in pairs around whole cells, of at most 131,072 characters; the ones up to "
                f"line {reader.line_num} of the file do not."
            ) from None
        if len(row) > 1 or any(row):
            yield reader.line_num, row


def rows_of(text: str, separator: str) -> tuple[list[int], list[list[str]], int]:
    """Return the lines and the rows of a table, a few more than are allowed at most, and how many rows there are."""
    found = cells_of(text, separator)
    head = next(found, None)
    width = len(head[1]) if head else 0
    if not 2 <= width <= COLUMNS:
        raise ValueError(
            f"A table of 2 to {COLUMNS} columns is needed, features and a label, separated by commas, semicolons or "
            f"tabs; this one has {width:,}."
        )
    lines, rows = [], []
    for line, row in itertools.islice(itertools.chain([head], found), ROWS + 1):
        if len(row) != width:
            raise ValueError(f"Every row needs {width} cells, as the first one has; line {line} has {len(row):,}.")
        lines.append(line)
        rows.append(row)
    return lines, rows, len(rows) + sum(1 for _ in found)


def names_of(cells: list[str]) -> tuple[str, ...]:
    """Return the names of columns, "column 3" for one without; a ValueError if one occurs twice."""
    name, times = Counter(cell for cell in cells if cell).most_common(1)[0]
    if times > 1:
        raise ValueError(f"Each column needs a name of its own; {times} columns are called '{short(name)}'.")
    return distinct([cell or f"column {j + 1}" for j, cell in enumerate(cells)])

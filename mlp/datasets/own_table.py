"""A visitor's file as a table of columns: bounded, rectangular, read in one way, or refused in a sentence."""

import hashlib
import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from mlp.datasets.own_column import Column, column_of
from mlp.datasets.own_header import ROW_NAMES, header_words, is_header, names_of
from mlp.datasets.own_lines import SEPARATOR_NAMES, Lines, common_width, lines_of, rows_of, separator_of
from mlp.datasets.own_numbering import numbering_columns
from mlp.datasets.own_numbers import COMMA, Format, format_of, looks_like_number, number
from mlp.datasets.own_text import text_of
from mlp.limits import TABLE_COLUMNS, TABLE_ROWS

Cells = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Table:
    """The columns of a file.

    Attributes
    ----------
    columns : tuple of Column
    lines : tuple of int
        The line of the file in which each row ends.
    format : Format
        How its numbers are written.
    numbering : tuple of int
        The columns that only number or name the rows.
    notes : tuple of str
        Sentences on what was decided about the file.
    fingerprint : str
        A hash of the file and of the decimal sign its numbers were read with.
    """

    columns: tuple[Column, ...]
    lines: tuple[int, ...]
    format: Format
    numbering: tuple[int, ...]
    notes: tuple[str, ...]
    fingerprint: str

    @property
    def names(self) -> tuple[str, ...]:
        """What the columns are called."""
        return tuple(column.name for column in self.columns)


def read_table(content: bytes, decimal: str | None = None) -> Table:
    """Return the table in a file.

    Parameters
    ----------
    content : bytes
        Text; its cells are separated by commas, semicolons, tabs, | or blanks. The first row may name the columns.
        Lines that begin with #, rows without any cell and Excel's line `sep=;` are no part of the table.
    decimal : {"point", "comma"}, optional
        The decimal sign; by default the one that the numbers need.

    Raises
    ------
    ValueError
        A sentence that says what is needed, the limit and what came.
    """
    text, said = text_of(content)
    lines = lines_of(text)
    separator = separator_of(lines)
    every_end, rows, count = rectangle(lines, separator)
    raw, columns, unstripped, about_names = parted(rows, lines, separator)
    named = len(rows) - len(columns[0])
    require_rows(len(columns[0]), count - named)
    ends, names = tuple(every_end[named:]), names_of(raw)
    written = format_of(columns, separator, ends, decimal)
    read = tuple(map(column_of, names, columns, unstripped, itertools.repeat(written.decimal), itertools.repeat(ends)))
    notes = (*said, *comment_words(lines), *about_names, *format_words(written))
    fingerprint = hashlib.sha256(content + written.decimal.encode()).hexdigest()
    return Table(read, ends, written, numbering_columns(read, raw), notes, fingerprint)


def rectangle(lines: Lines, separator: str) -> tuple[list[int], list[list[str]], int]:
    """Return where the rows end, their cells, and how many there are; of too many rows only the first.

    The rows are as wide as the last column that holds something; the first one may lack a cell, as R writes it.
    """
    found = rows_of(lines, separator)
    pairs = list(itertools.islice(found, TABLE_ROWS + 2))
    ends, rows = [end for end, _ in pairs], [row for _, row in pairs]
    width, widths = common_width(rows) if rows else (0, [])
    if not 2 <= width <= TABLE_COLUMNS:
        raise ValueError(
            f"A table of 2 to {TABLE_COLUMNS:,} columns is needed, features and a label, separated by "
            f"{SEPARATOR_NAMES}; this one has {width:,}."
        )
    unlike = [i for i, cells in enumerate(widths) if cells != width]
    without_corner = unlike == [0] and widths[0] == width - 1 and len(rows) > 2
    if unlike and not without_corner:
        raise ValueError(odd_row(ends[unlike[0]], widths[unlike[0]], width, widths[0], separator))
    if max(map(len, rows)) > width:
        rows = [row[:width] for row in rows]
    return ends, rows, len(rows) + sum(1 for _ in found)


def odd_row(line: int, cells: int, width: int, first: int, separator: str) -> str:
    """Return the sentence on a row that is narrower or wider than the others."""
    as_which = "as the first one has" if first == width else "as most have"
    cure = ""
    if separator == "," and max(cells, width) > first > 1:
        cure = " Where numbers have decimal commas, their cells need another separator, such as a semicolon."
    elif first != width:
        cure = " A title or a remark above the table needs a # in front."
    return f"Every row needs {width:,} cells, {as_which}; line {line} has {cells:,}.{cure}"


def parted(
    rows: list[list[str]], lines: Lines, separator: str
) -> tuple[list[str], list[Cells], list[Cells], tuple[str, ...]]:
    """Return the names of a table's columns, empty for one without, and what was decided.

    Between them stand the cells of each column without and with the blanks around them. Columns without a name and
    without a value are left out.
    """
    first, cornerless = stripped(rows[0]), len(rows[0]) < len(rows[-1])
    unstripped = list(zip(*(rows[1:] if cornerless else rows), strict=True))
    columns = list(map(stripped, unstripped))
    below = [cells[1:] for cells in columns]
    notes: tuple[str, ...] = ()
    if cornerless:
        raw = (ROW_NAMES, *first)
    elif is_header(first, below):
        raw, notes, columns, unstripped = first, header_words(first), below, [cells[1:] for cells in unstripped]
    else:
        raw, notes = names_above(lines, separator, len(first))
    held = [j for j, cells in enumerate(columns) if raw[j] or not cells or any(cells)]
    return [raw[j] for j in held], [columns[j] for j in held], [unstripped[j] for j in held], notes


def stripped(cells: Iterable[str]) -> tuple[str, ...]:
    """Return cells without blanks around them."""
    return tuple(map(str.strip, cells))


def names_above(lines: Lines, separator: str, width: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names in a remark right above a table that has none of its own, as NumPy writes them; else none."""
    above = Lines([lines.heading.lstrip(' \t"#')], [1])
    try:
        cells = [cell.strip() for _, row in rows_of(above, separator) for cell in row]
    except ValueError:
        cells = []
    if len(cells) == width and not any(map(looks_like_number, cells)):
        return tuple(cells), ("The remark above the table holds the columns' names.",)
    return ("",) * width, ("It has no names for its columns: the first row is data.",)


def require_rows(held: int, count: int) -> None:
    """Raise a ValueError if a table has no rows below its names, or too many."""
    if not held:
        raise ValueError("Rows of data are needed below the names of the columns; this file has none.")
    if count > TABLE_ROWS:
        raise ValueError(f"A table of at most {TABLE_ROWS:,} rows is needed; this one has {count:,}.")


def comment_words(lines: Lines) -> tuple[str, ...]:
    """Return what was done with lines that begin with #."""
    if not lines.comments:
        return ()
    return (f"{'A line' if lines.comments == 1 else f'{lines.comments:,} lines'} beginning with # "
            f"{'is' if lines.comments == 1 else 'are'} no part of the table.",)  # fmt: skip


def format_words(written: Format) -> tuple[str, ...]:
    """Return how the numbers were read, where that is not how Python writes them."""
    words: tuple[str, ...] = ("Its numbers have a decimal comma.",) if written.decimal == COMMA else ()
    if written.thousands and (value := number(written.thousands, written.decimal)) is not None:
        words += (f"Signs for thousands are left out: {written.thousands} is {value:.10g}.",)
    return words

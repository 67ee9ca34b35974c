"""The lines of a visitor's file: what only describes the table is taken out, and the rest is parted into cells."""

import csv
import io
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mlp.datasets.own_cells import is_missing
from mlp.datasets.own_numbers import looks_like_number

# A tab or a semicolon hardly ever stands in a table of another separator; a comma does, as a decimal comma
BLANK = " "
SEPARATORS = ("\t", ";", "|", ",", BLANK)
SEPARATOR_NAMES = "commas, semicolons, tabs, | or blanks"
LOOKED_AT, CELLS_LOOKED_AT, LINES_LOOKED_AT = 20, 50, 1000
NAMED = "sep="
COMMENT = "#"
# What stands after a # that is the name of a column
AFTER_A_NAME = frozenset({*SEPARATORS, '"'} - {BLANK})
RULE = frozenset("-:=+|")
SHORTEST_RULE = 3

Row = tuple[int, list[str]]


@dataclass(frozen=True, eq=False)
class Lines:
    """The lines of a table without those that only describe it.

    Attributes
    ----------
    lines : list of str
    numbers : sequence of int
        Which line of the file each one is.
    separator : str
        What Excel's first line `sep=;` names; empty without such a line.
    comments : int
        How many lines that begin with # were left out.
    heading : str
        The last of them that stands right above the table: it may hold the columns' names.
    """

    lines: list[str]
    numbers: Sequence[int]
    separator: str = ""
    comments: int = 0
    heading: str = ""


def lines_of(text: str) -> Lines:
    """Return the lines of a text, without comments and without the line that names the separator."""
    lines = io.StringIO(text, newline="").readlines()
    first = next(i for i, line in enumerate(lines) if line.strip())
    separator = named_separator(lines[first])
    first += bool(separator)
    everything = Lines(lines[first:], range(first + 1, len(lines) + 1), separator)
    if '"' not in text:
        numbered = [pair for pair in zip(everything.numbers, everything.lines, strict=True) if not pair[1].isspace()]
        everything = Lines([line for _, line in numbered], [number for number, _ in numbered], separator)
    if COMMENT not in text:
        return everything
    kept = without_comments(everything)
    # A column of colours begins with # in every row
    return kept if sum(1 for line in kept.lines if line.strip()) > 1 else everything


def without_comments(given: Lines) -> Lines:
    """Return lines without the comments among them; a # within a quoted cell of several lines is none."""
    kept: list[str] = []
    numbers: list[int] = []
    heading, quoted, comments = "", False, 0
    for number, line in zip(given.numbers, given.lines, strict=True):
        if not quoted and is_comment(line, above=not kept):
            heading, comments = heading if kept else line, comments + 1
            continue
        quoted ^= line.count('"') % 2 == 1
        if kept or line.strip():
            kept.append(line)
            numbers.append(number)
    return Lines(kept, numbers, given.separator, comments, heading)


def named_separator(line: str) -> str:
    """Return the separator in Excel's line `sep=;`, empty if the line is another."""
    plain = line.strip("\r\n").strip('"').lstrip()
    named = plain[len(NAMED) :]
    if plain[: len(NAMED)].lower() != NAMED or not named or named[0] not in SEPARATORS:
        return ""
    # Excel itself fills the line up with the separator
    return named[0] if not named.strip(named[0] + BLANK) else ""


def is_comment(line: str, *, above: bool) -> bool:
    """Return whether a line begins with #, as a remark does; `#,a,b` are names of columns.

    Above the table Excel may have put a remark with commas into quotation marks.
    """
    start = line.lstrip(' \t"' if above else " \t")[:2]
    return start[:1] == COMMENT and start[1:] not in AFTER_A_NAME


def separator_of(lines: Lines) -> str:
    """Return the separator that gives the first rows most often equally many cells, and most often numbers."""
    if lines.separator:
        return lines.separator
    scores = {separator: score(first_rows(lines, separator)) for separator in SEPARATORS}
    if max(scores.values()) > 0:
        return max(scores, key=scores.__getitem__)
    first = next((line for line in lines.lines if line.strip()), "").strip()
    return max((",", *SEPARATORS), key=first.count)


def first_rows(lines: Lines, separator: str) -> list[list[str]]:
    """Return the first rows that a separator makes; none where quotation marks fit another one."""
    some = Lines(lines.lines[:LINES_LOOKED_AT], lines.numbers[:LINES_LOOKED_AT])
    try:
        return [cells for _, cells in itertools.islice(rows_of(some, separator), LOOKED_AT)]
    except ValueError:
        return []


def score(rows: list[list[str]]) -> float:
    """Return how well a separator fits: the share of rows as wide as most are, and of cells that are numbers."""
    if not rows:
        return 0.0
    width, widths = common_width(rows)
    if width < 2:
        return 0.0
    cells = [cell.strip() for row in rows[1:] or rows for cell in row[:CELLS_LOOKED_AT]]
    numbers = sum(looks_like_number(cell) or is_missing(cell) for cell in cells)
    fits = sum(count == width for count in widths[1:]) + (widths[0] in (width - 1, width))
    return fits / len(widths) + numbers / len(cells)


def common_width(rows: Sequence[Sequence[str]]) -> tuple[int, list[int]]:
    """Return how many cells most rows have, and how many each has, without columns at the end that hold nothing."""
    used = max((len(row) if row[-1].strip() else used_width(row) for row in rows), default=0)
    widths = list(map(len, rows))
    if max(widths) > used:
        widths = [min(width, used) for width in widths]
    return Counter(widths).most_common(1)[0][0], widths


def used_width(row: Sequence[str]) -> int:
    """Return how many cells a row has up to the last that is not empty."""
    width = len(row)
    while width and not row[width - 1].strip():
        width -= 1
    return width


def rows_of(lines: Lines, separator: str) -> Iterator[Row]:
    """Return the rows that hold something, with the line of the file in which each ends; no lines that are only drawn.

    Raises
    ------
    ValueError
        While they are taken, if quotation marks don't come in pairs.
    """
    source = blank_separated(lines.lines) if separator == BLANK else lines.lines
    quoted = any('"' in line for line in lines.lines)
    pairs = quoted_rows(source, separator, lines.numbers) if quoted else plain_rows(source, separator, lines.numbers)
    return (pair for pair in pairs if holds(pair[1]))


def plain_rows(source: Iterable[str], separator: str, numbers: Sequence[int]) -> Iterator[Row]:
    """Yield rows of one line each."""
    try:
        yield from zip(numbers, csv.reader(source, delimiter=separator, skipinitialspace=True), strict=True)
    except csv.Error:
        raise ValueError("Cells of at most 131,072 characters are needed; one of this file is longer.") from None


def quoted_rows(source: Iterable[str], separator: str, numbers: Sequence[int]) -> Iterator[Row]:
    """Yield rows that may take several lines, with the line in which each ends."""
    reader = csv.reader(source, delimiter=separator, strict=True, skipinitialspace=True)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise ValueError(
                "Quotation marks must come in pairs around whole cells, of at most 131,072 characters; the ones up to "
                f"line {numbers[reader.line_num - 1]} of the file do not."
            ) from None
        yield numbers[reader.line_num - 1], row


def holds(row: Sequence[str]) -> bool:
    """Return whether a row has a cell that is not empty, and is not only drawn."""
    if row and row[0] and row[0][0] not in RULE and not row[0].isspace():
        return True
    return used_width(row) > 0 and not is_rule(row)


def blank_separated(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines with a blank for every tab, and none around them."""
    return (line.replace("\t", BLANK).strip() + "\n" for line in lines)


def is_rule(row: Sequence[str]) -> bool:
    """Return whether a row is only drawn, such as |---|---| below the names of a table in Markdown."""
    cells = [cell.strip() for cell in row if cell.strip()]
    return all(len(cell) >= SHORTEST_RULE and RULE.issuperset(cell) for cell in cells)

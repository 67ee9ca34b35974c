"""Whether the first row of a visitor's table names its columns: decided by what stands below each of its cells."""

from collections import Counter
from collections.abc import Sequence

from mlp.datasets.own_cells import distinct, is_missing, short
from mlp.datasets.own_numbers import COMMA, POINT, looks_like_number, number

LOOKED_AT = 50
NAMES_SHOWN = 6
NAMES_THAT_COUNT = 3
ROW_NAMES = "row names"


def is_header(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Return whether the first row holds names.

    A text above numbers is a name, and a text that comes again below is none. Where neither decides, whole numbers are
    names if they count the columns from 0, or if a class that stands nowhere below stands beside them.

    Parameters
    ----------
    first : sequence of str
        The first row.
    below : sequence of sequences of str
        The other cells of each column.
    """
    if not below[0]:
        return not any(map(looks_like_number, first))
    texts = [j for j, cell in enumerate(first) if not is_missing(cell) and not looks_like_number(cell)]
    numeric = [is_numeric(cells) for cells in below]
    above_numbers = sum(numeric[j] for j in texts)
    again = any(not numeric[j] and first[j] in set(below[j]) for j in texts)
    if above_numbers or again:
        return above_numbers > again
    if not any(numeric):
        return bool(texts)
    return are_names(first) and (counts(first) or stands_out(first, below, numeric))


def is_numeric(cells: Sequence[str]) -> bool:
    """Return whether most of the first cells of a column that hold something are numbers."""
    shown = cells[:LOOKED_AT]
    others = [cell for cell in shown if not looks_like_number(cell)]
    return len(shown) - len(others) > sum(not is_missing(cell) for cell in others)


def are_names(first: Sequence[str]) -> bool:
    """Return whether the numbers in a row can be names: whole ones, and each of them once."""
    numbers = [cell for cell in first if looks_like_number(cell)]
    return len(set(numbers)) == len(numbers) and all(cell.isdecimal() for cell in numbers)


def counts(first: Sequence[str]) -> bool:
    """Return whether a row is 0, 1, 2 and so on, as programs name columns that have no names."""
    cells = [cell for cell in first if cell]
    return len(cells) >= NAMES_THAT_COUNT and cells == [str(k) for k in range(len(cells))]


def stands_out(first: Sequence[str], below: Sequence[Sequence[str]], numeric: Sequence[bool]) -> bool:
    """Return whether a cell of a row stands above classes without being one; above numbers, most must be far off."""
    classes = [j for j, cells in enumerate(below) if not numeric[j] and 2 * len(set(cells)) <= len(cells)]
    if classes:
        return any(first[j] and first[j] not in below[j] for j in classes)
    last = below[-1]
    is_class = 2 * len(set(last)) <= len(last) and first[-1] not in last
    return is_class and 2 * sum(map(is_outside, first, below)) > len(first)


def is_outside(cell: str, below: Sequence[str]) -> bool:
    """Return whether a number is smaller or larger than all others in its column."""
    decimal = COMMA if any("," in each for each in below) else POINT
    values = [value for each in below if (value := number(each, decimal)) is not None]
    value = number(cell, decimal)
    return value is not None and bool(values) and not min(values) <= value <= max(values)


def names_of(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the names of columns, "column 3" for one without; a ValueError if one occurs twice."""
    times = Counter(cell for cell in cells if cell)
    name, most = times.most_common(1)[0] if times else ("", 0)
    if most > 1:
        raise ValueError(f"Each column needs a name of its own; {most} columns are called '{short(name)}'.")
    return distinct([cell or f"column {j + 1}" for j, cell in enumerate(cells)])


def header_words(first: Sequence[str]) -> tuple[str, ...]:
    """Return what was decided about a first row that was taken for names, if it holds numbers."""
    if not any(map(looks_like_number, first)):
        return ()
    names = [short(cell) for cell in first if cell]
    more = len(names) - NAMES_SHOWN
    shown = ", ".join(names[:NAMES_SHOWN]) + (f" and {more:,} more" if more > 0 else "")
    return (f"Its first row holds the columns' names: {shown}.",)

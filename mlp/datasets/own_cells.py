"""The cells of a visitor's table: which are numbers, which are missing, and how a text is shown."""

from collections import Counter

MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "?"})
LONGEST_NAME = 40


def is_text(cell: str, comma: bool) -> bool:
    """Return whether a cell has something in it that is not a number."""
    return cell.lower() not in MISSING and number(cell, comma) is None


def number(cell: str, comma: bool) -> float | None:
    """Return the number in a cell, None if it is none; inf and nan are numbers here."""
    try:
        return None if "_" in cell else float(cell.replace(",", ".") if comma and "." not in cell else cell)
    except ValueError:
        return None


def distinct(names: list[str]) -> tuple[str, ...]:
    """Return names short enough to be shown, with their number where that makes two equal."""
    shown = [short(name) for name in names]
    count = Counter(shown)
    return tuple(name if count[name] == 1 else f"{name} ({j + 1})" for j, name in enumerate(shown))


def short(text: str) -> str:
    """Return text in one line of printable characters, cut to what can be shown."""
    shown = "".join(char if char.isprintable() else " " for char in text[: 2 * LONGEST_NAME])
    shown = " ".join(shown.split())
    return shown if len(shown) <= LONGEST_NAME else f"{shown[: LONGEST_NAME - 1]}…"

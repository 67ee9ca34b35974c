"""The cells of a visitor's table: which are missing, and how a text is shown."""

from collections import Counter

from mlp.limits import LONGEST_COLUMN_NAME

MISSING = frozenset(
    {"", "na", "n/a", "n.a.", "nan", "null", "none", "nil", "?", ".", "<na>", "#n/a", "#na", "#value!", "missing"}
)


def is_missing(cell: str) -> bool:
    """Return whether a cell says that there is no value."""
    return len(cell) <= LONGEST_COLUMN_NAME and cell.lower() in MISSING


def distinct(names: list[str]) -> tuple[str, ...]:
    """Return names short enough to be shown, with their number where that makes two equal."""
    shown = [short(name) for name in names]
    count = Counter(shown)
    return tuple(name if count[name] == 1 else f"{name} ({j + 1})" for j, name in enumerate(shown))


def short(text: str) -> str:
    """Return text in one line of printable characters, cut to what can be shown."""
    shown = text[: 2 * LONGEST_COLUMN_NAME]
    if not shown.isprintable():
        shown = "".join(char if char.isprintable() else " " for char in shown)
    shown = " ".join(shown.split())
    return shown if len(shown) <= LONGEST_COLUMN_NAME else f"{shown[: LONGEST_COLUMN_NAME - 1]}…"

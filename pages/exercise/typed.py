"""What the browser says was typed into the sheet's cells, read strictly: anybody can send anything."""

from collections.abc import Mapping
from dataclasses import dataclass

from mlp.limits import LONGEST_ENTRY, MOST_ASKED, MOST_CELLS, MOST_ENTRIES
from mlp.view.sheet.cells import parse_key
from pages.exercise.tables import Cell


@dataclass(frozen=True, eq=False)
class Typed:
    """Entries since a version began.

    Attributes
    ----------
    version : int
        Of the numbers they change.
    count : int
        How many entries the browser has ever sent: it sends those again that a new version was made without.
    cells : mapping of Cell to str
    """

    version: int
    count: int
    cells: Mapping[Cell, str]


NOTHING = Typed(-1, 0, {})


def read_typed(sent: object) -> Typed:
    """Return the entries that were sent; none, if that is anything else."""
    if not isinstance(sent, Mapping) or not isinstance(sent.get("cells"), Mapping):
        return NOTHING
    version, count, cells = sent.get("version"), sent.get("count", 0), sent["cells"]
    if type(version) is not int or type(count) is not int or not 0 <= count <= MOST_ENTRIES or len(cells) > MOST_CELLS:
        return NOTHING
    found = {parse_key(key): str(text)[:LONGEST_ENTRY] for key, text in cells.items()}
    return Typed(version, count, {cell: text for cell, text in found.items() if cell is not None})


def read_opened(sent: object) -> frozenset[str]:
    """Return the names of the steps whose derivations are open; none, if anything else was sent."""
    return frozenset(str(name)[:LONGEST_ENTRY] for name in (sent if isinstance(sent, list) else ())[:MOST_ASKED])

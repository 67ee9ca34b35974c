"""Tables of choices: whatever is asked of an activation or a loss stands in an entry of its own, or is missed aloud."""

from collections.abc import Mapping
from typing import TypeVar

Entry = TypeVar("Entry")


def entry_for(name: str, table: Mapping[str, Entry], where: str) -> Entry:
    """Return a name's entry in a table.

    Parameters
    ----------
    name : str
        An activation, an output or a loss.
    table : mapping of str
    where : str
        What the table says of it and where it stands, for the sentence: "the NumPy source in mlp.exercises.export".

    Raises
    ------
    ValueError
        If the table has no entry for the name: nothing is ever told with another one's words.
    """
    if name not in table:
        raise ValueError(f"{name!r} needs an entry for {where}; there are {', '.join(table)}.")
    return table[name]

"""What is kept of a visitor besides runs: a text under a kind and a name, such as a sweep."""

from typing import Protocol

from mlp.experiments.runs.store import StoreFull
from mlp.limits import LARGEST_NOTE, MOST_NOTES

SWEEPS, OPENINGS = KINDS = ("sweep", "openings")


class NoteStore(Protocol):
    """What the app asks of a store of notes."""

    def get(self, kind: str, name: str) -> str | None:
        """Return the text under a name, None where there is none."""
        ...

    def names(self, kind: str) -> tuple[str, ...]:
        """Return the names of a kind, the one that was put last first."""
        ...

    def put(self, kind: str, name: str, text: str) -> None:
        """Keep a text in place of the one under its name; a `NotKept` says why where it can't be."""
        ...

    def delete(self, kind: str, name: str) -> None:
        """Forget the text under a name; an unknown one changes nothing."""
        ...


class SessionNotes:
    """Notes in memory, the oldest of a kind forgotten for a new one where there are too many."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], str] = {}

    def get(self, kind: str, name: str) -> str | None:
        """Return the text under a name, None where there is none."""
        return self._kept.get((kind, name))

    def names(self, kind: str) -> tuple[str, ...]:
        """Return the names of a kind, the one that was put last first."""
        return tuple(name for each, name in reversed(self._kept) if each == kind)

    def put(self, kind: str, name: str, text: str) -> None:
        """Keep a text in place of the one under its name."""
        require_small(text)
        self._kept.pop((kind, name), None)
        self._kept[kind, name] = text
        for old in self.names(kind)[MOST_NOTES:]:
            del self._kept[kind, old]

    def delete(self, kind: str, name: str) -> None:
        """Forget the text under a name; an unknown one changes nothing."""
        self._kept.pop((kind, name), None)


def require_small(text: str) -> None:
    """Raise `StoreFull` where a text is too large to be kept."""
    if len(text.encode()) > LARGEST_NOTE:
        raise StoreFull(f"At most {LARGEST_NOTE:,} bytes of it can be kept, and it has {len(text.encode()):,}.")

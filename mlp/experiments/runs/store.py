"""Where runs are kept: one small interface, and the store that lasts as long as a visit."""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Protocol

from mlp.experiments.runs.heads import KeptRun
from mlp.experiments.runs.stored_run import StoredRun
from mlp.limits import MOST_RUNS


class NotKept(ValueError):
    """Nothing was kept; the message says why, and what to do."""


class StoreFull(NotKept):
    """There is no room for more runs; the message says what to do."""


class StoreUnavailable(NotKept):
    """The store does not answer; the message says what to do."""


class RunStore(Protocol):
    """What the app asks of a store of runs."""

    def heads(self) -> Sequence[KeptRun]:
        """Return the head of every run, the oldest first: what a table needs, without curves."""
        ...

    def runs(self, ids: Iterable[str]) -> tuple[StoredRun, ...]:
        """Return those of the runs with these ids that are there, whole, in the order of the ids."""
        ...

    def all(self) -> tuple[StoredRun, ...]:
        """Return every run, whole, the oldest first."""
        ...

    def put(self, *runs: StoredRun) -> None:
        """Keep runs, each in place of the one with its id; raise `StoreFull` and keep none if there is no room."""
        ...

    def delete(self, ids: Iterable[str]) -> None:
        """Forget the runs with these ids; an unknown one changes nothing."""
        ...

    def pin(self, id: str | None) -> None:
        """Make a run the one that is pinned, None for none."""
        ...

    def pinned(self) -> str | None:
        """Return the id of the run that is pinned, if one is."""
        ...


class SessionStore:
    """A store in memory for at most 50 runs."""

    def __init__(self) -> None:
        self._runs: dict[str, StoredRun] = {}
        self._pinned: str | None = None

    def heads(self) -> Sequence[KeptRun]:
        """Return every run, as `all` does."""
        return self.all()

    def runs(self, ids: Iterable[str]) -> tuple[StoredRun, ...]:
        """Return those of the runs with these ids that are there, in the order of the ids."""
        return tuple(self._runs[id] for id in ids if id in self._runs)

    def all(self) -> tuple[StoredRun, ...]:
        """Return every run, the oldest first, of one moment ours first."""
        return tuple(sorted(self._runs.values(), key=attrgetter("made", "model", "id")))

    def put(self, *runs: StoredRun) -> None:
        """Keep runs, each in place of the one with its id; raise `StoreFull` and keep none if there is no room."""
        together = self._runs | {run.id: run for run in runs}
        if len(together) > MOST_RUNS:
            raise StoreFull(full_words(len(self._runs), len(together) - len(self._runs)))
        self._runs = together

    def delete(self, ids: Iterable[str]) -> None:
        """Forget the runs with these ids; an unknown one changes nothing."""
        gone = frozenset(ids)
        self._runs = {id: run for id, run in self._runs.items() if id not in gone}

    def pin(self, id: str | None) -> None:
        """Make a run the one that is pinned, None for none."""
        self._pinned = id

    def pinned(self) -> str | None:
        """Return the id of the run that is pinned, if one is."""
        return self._pinned if self._pinned in self._runs else None


def full_words(kept: int, more: int) -> str:
    """Return that there is no room for so many more runs, and what to do."""
    return (
        f"At most {MOST_RUNS} runs are kept, and {kept} are here: there is no room for {more} more. Delete some of "
        "them, after saving them as a file if they matter."
    )

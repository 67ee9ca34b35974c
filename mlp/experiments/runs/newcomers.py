"""Runs from a file beside those that are here: nothing is lost, and nothing comes twice."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from mlp.experiments.runs.json_file import ANSWERS, to_dict
from mlp.experiments.runs.store import RunStore
from mlp.experiments.runs.stored_run import StoredRun, free_name, new_id


def added_to(store: RunStore, runs: Sequence[StoredRun]) -> tuple[StoredRun, ...]:
    """Put those runs into a store that are not there yet, and return them; of the others only twins are read.

    Raises
    ------
    NotKept
        If they can't be kept; none is then.
    """
    names = {head.name for head in store.heads()}
    new = tuple(newcomers(runs, store.runs(run.id for run in runs), names))
    store.put(*new)
    return new


def newcomers(runs: Iterable[StoredRun], twins: Iterable[StoredRun], taken: Collection[str]) -> Iterator[StoredRun]:
    """Yield the runs that are not present yet, each with a name of its own.

    A run with the id of one that is present, but other contents, gets a new id: both stay.

    Parameters
    ----------
    runs : iterable of StoredRun
    twins : iterable of StoredRun
        Those present whose ids are among the runs'.
    taken : collection of str
        The names of all that are present.
    """
    known, names = {run.id: run for run in twins}, set(taken)
    for run in runs:
        twin = known.get(run.id)
        if twin is not None and contents(run) == contents(twin):
            continue
        name = free_name(run.name, names)
        names.add(name)
        yield replace(run, id=new_id() if twin is not None else run.id, name=name)


def contents(run: StoredRun) -> dict:
    """Return what a run is, whatever it is called, and whether or not its answers were kept as they were not always."""
    return to_dict(run) | {"name": "", ANSWERS: None}

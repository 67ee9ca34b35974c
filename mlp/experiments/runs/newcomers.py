"""Runs from a file beside those that are here: nothing is lost, and nothing comes twice."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from mlp.experiments.runs.json_file import ANSWERS, to_dict
from mlp.experiments.runs.stored_run import StoredRun, free_name, new_id


def newcomers(runs: Iterable[StoredRun], present: Iterable[StoredRun]) -> Iterator[StoredRun]:
    """Yield the runs that are not present yet, each with a name of its own.

    A run with the id of one that is present, but other contents, gets a new id: both stay.
    """
    known = {run.id: run for run in present}
    names = {run.name for run in known.values()}
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

"""A visitor's own data: kept in this visitor's session alone, never in a cache that others share."""

from dataclasses import dataclass

import streamlit as st

from mlp.datasets import OWN, Dataset, Split, split
from mlp.datasets.own import ASKED_NOTHING, Answers
from mlp.datasets.own_table import Table
from mlp.experiments.config import DataConfig
from mlp.experiments.training.memory import Memory
from mlp.limits import OWN_SPLITS, OWN_TABLES

HELD, CURRENT, SPLITS = "q3: own data", "q3: own current", "q3: own splits"


@dataclass(frozen=True, eq=False)
class Upload:
    """A file that was chosen: the field's number of it, its name, what is in it, and the decimal sign that was said."""

    id: str
    title: str
    content: bytes
    decimal: str | None = None


@dataclass(frozen=True, eq=False)
class Source:
    """A file with its table, which is read once."""

    upload: Upload
    table: Table


@dataclass(frozen=True, eq=False)
class Own:
    """A data set with the file it is from, the column its classes are in, and what the visitor said of it."""

    dataset: Dataset
    source: Source
    label: int
    answers: Answers = ASKED_NOTHING


def held() -> dict[str, Own]:
    """Return this visitor's data sets by name, the latest last."""
    return st.session_state.setdefault(HELD, {})


def current_name() -> str:
    """Return the name of the data set in use; `OWN` without one."""
    return st.session_state.get(CURRENT, OWN)


def hold(own: Own, needed: str) -> None:
    """Take a data set into use; of the others only the latest stay, and the one a run on the page needs."""
    tables = {name: each for name, each in held().items() if name != own.dataset.name} | {own.dataset.name: own}
    stay = {*list(tables)[-OWN_TABLES:], needed}
    st.session_state[HELD] = {name: each for name, each in tables.items() if name in stay}
    st.session_state[CURRENT] = own.dataset.name


def own_split(data: DataConfig) -> Split:
    """Return the split of one of this visitor's data sets; made once for the settings used last."""
    kept = st.session_state.setdefault(SPLITS, {})
    if data not in kept:
        kept[data] = split(
            held()[data.dataset].dataset,
            test_size=data.test_size,
            random_state=data.random_state,
            scaling=data.scaling,
            swapped=data.swapped,
            validation_size=data.validation_size,
        )
        for old in list(kept)[:-OWN_SPLITS]:
            del kept[old]
    return kept[data]


def own_memory(kind: str, most: int) -> Memory:
    """Return what this visitor's trainings on her own data came to; of one kind, and at most so much."""
    return st.session_state.setdefault(f"q3: own {kind}", Memory(most))

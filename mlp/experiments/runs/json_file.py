"""Runs as a JSON file and back: nothing in a file is trusted, and what does not fit ends in one sentence."""

import json
import math
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np

from mlp.experiments.config import CONFIGS, MODELS, DataConfig, own_fields, settings_of
from mlp.experiments.hyperparameters import DATA_SETTINGS, HYPERPARAMETERS
from mlp.experiments.runs.checks import POINT_CHECKS, checked, name_of
from mlp.experiments.runs.heads import KeptRun
from mlp.experiments.runs.stored_run import ENDINGS, StoredRun
from mlp.experiments.training.answers import KeptAnswers, frozen_classes
from mlp.experiments.training.points import Point
from mlp.limits import LARGEST_CLASS, MOST_CURVE_POINTS, MOST_KEPT_ANSWERS, MOST_STORED_RUNS, RUNS_FILE
from mlp.untrusted import checks
from mlp.untrusted.strict_json import parsed

VERSION = 1
ID, MADE = re.compile(r"[0-9a-f]{32}"), re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
HEAD_KEYS = ("id", "name", "made", "model", "settings", "data", "ended")
RUN_KEYS, ANSWERS = (*HEAD_KEYS, "curve"), "answers"
PINNED = "pinned"
GROWING = ("epoch", "updates", "seconds")
# Columns of a curve that files of before don't have, and that a training without held out examples doesn't need
HELD_OUT = ("val_loss", "val_accuracy")


class SavedRuns(NamedTuple):
    """What a file holds: runs, and the id of the one that was pinned, if one was."""

    runs: tuple[StoredRun, ...]
    pinned: str | None


def to_json(runs: Sequence[StoredRun], pinned: str | None = None) -> str:
    """Return runs as a file's text, every float exact, what overflowed as null; and which one is pinned."""
    file = {"version": VERSION, "runs": [to_dict(run) for run in runs]} | ({PINNED: pinned} if pinned else {})
    return json.dumps(file, allow_nan=False, ensure_ascii=False)


def latest_json(runs: Sequence[StoredRun], pinned: str | None = None) -> str:
    """Return the latest runs, the oldest first, as a file's text that can be opened again; and which one is pinned."""
    entries: list[str] = []
    room = RUNS_FILE - len(to_json((), pinned))
    for run in reversed(runs):
        entry = json.dumps(to_dict(run), allow_nan=False, ensure_ascii=False)
        room -= len(entry.encode()) + 2
        if room < 0:
            break
        entries.insert(0, entry)
    told = f', "{PINNED}": {json.dumps(pinned)}' if pinned else ""
    return f'{{"version": {VERSION}, "runs": [{", ".join(entries)}]{told}}}'


def to_dict(run: StoredRun) -> dict:
    """Return a run as JSON values: the same ones for equal runs."""
    curve = {name: [finite(value) for value in run.values(name).tolist()] for name in Point._fields}
    curve |= {name: run.values(name).astype(int).tolist() for name in ("epoch", "updates")}
    curve = {name: column for name, column in curve.items() if name not in HELD_OUT or any(map(is_known, column))}
    known = run.answers and {"labels": run.answers.labels, "said": run.answers.said.tolist()}
    return said_of(run) | {"curve": curve, ANSWERS: known}


def said_of(run: KeptRun) -> dict:
    """Return what a run and its head have in common as JSON values."""
    plain = {name: getattr(run, name) for name in HEAD_KEYS}
    return plain | {"settings": {name: as_json(value) for name, value in run.settings.items()}, "data": dict(run.data)}


def as_json(value: object) -> object:
    """Return a setting as JSON holds it: a tuple as a list, and never, which is inf, as null."""
    return list(value) if isinstance(value, tuple) else None if value == math.inf else value


def finite(value: float) -> float | None:
    """Return a number, None if it is none."""
    return value if math.isfinite(value) else None


def is_known(value: float | None) -> bool:
    """Return whether a number is there."""
    return value is not None


def from_json(text: str | bytes) -> tuple[StoredRun, ...]:
    """Return the runs that `to_json` wrote; raise as `saved_runs`."""
    return saved_runs(text).runs


def saved_runs(text: str | bytes) -> SavedRuns:
    """Return what `to_json` wrote.

    Raises
    ------
    ValueError
        One sentence that says what was needed and what came; nothing else is ever raised.
    """
    if len(text) > RUNS_FILE:
        raise ValueError(f"A file of at most {RUNS_FILE:,} bytes is needed; this one has {len(text):,}.")
    file = parsed(text, "A file of runs")
    # Files of before, and those of runs of which none is pinned, don't say which one is
    pinned = file.pop(PINNED, None) if isinstance(file, dict) else None
    found = checks.fields(file, "A file of runs", ("version", "runs"))
    checks.whole(found["version"], "The version", VERSION, VERSION)
    entries = checks.listed(found["runs"], "A file of runs", 1, MOST_STORED_RUNS)
    runs = tuple(run_of(entry, f"Run {i}") for i, entry in enumerate(entries, start=1))
    if len({run.id for run in runs}) < len(runs):
        raise ValueError("A file of runs needs each id once; one comes twice.")
    return SavedRuns(runs, None if pinned is None else matching(pinned, PINNED, ID, "32 hexadecimal digits"))


def run_of(value: object, which: str) -> StoredRun:
    """Return a run of `to_dict`'s values; `which` one it is begins the sentence about what is wrong."""
    # Files of before have no answers
    value = {ANSWERS: None, **value} if isinstance(value, dict) else value
    found = checks.fields(value, which, (*RUN_KEYS, ANSWERS))
    try:
        said = checked_head(found)
        return StoredRun(**said, curve=curve_from(found["curve"]), answers=answers_from(found[ANSWERS]))
    except ValueError as error:
        raise ValueError(f"{which}: {error}") from None


def checked_head(found: dict) -> dict[str, Any]:
    """Return what a run and its head have in common, each checked."""
    model = checks.choice(found["model"], "model", MODELS)
    return {
        "id": matching(found["id"], "id", ID, "32 hexadecimal digits"),
        "name": name_of(found["name"]),
        "made": time_of(found["made"]),
        "model": model,
        "settings": settings_from(found["settings"], model),
        "data": data_from(found["data"]),
        "ended": checks.choice(found["ended"], "ended", ENDINGS),
    }


def matching(value: object, name: str, pattern: re.Pattern, needed: str) -> str:
    """Return a text of that form."""
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError(f"{name} needs {needed}; got {checks.came(value)}.")
    return value


def time_of(value: object) -> str:
    """Return a time in UTC, as `stored_run.now` writes it."""
    needed = "a time such as 2026-11-23T22:05:41.123Z"
    text = matching(value, "made", MADE, needed)
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"made needs {needed}; got {checks.came(text)}.") from None
    return text


def settings_from(value: object, model: str) -> dict[str, Any]:
    """Return a model's settings, checked one by one and then together."""
    earlier = {name: about.earlier for name, about in HYPERPARAMETERS.items() if about.earlier is not None}
    given = earlier | value if isinstance(value, dict) else value
    found = checks.fields(given, "settings", tuple(HYPERPARAMETERS))
    settings = {name: checked(about, found[name]) for name, about in HYPERPARAMETERS.items()}
    config = CONFIGS[model](**{name: settings[name] for name in own_fields(CONFIGS[model]) if name in settings})
    if settings_of(config) != settings:
        raise ValueError(f"settings of scikit-learn need loss {config.loss} and init {config.init}; got others.")
    return settings


def data_from(value: object) -> dict[str, Any]:
    """Return the settings of the data, checked one by one and then together."""
    earlier = {name: about.earlier for name, about in DATA_SETTINGS.items() if about.earlier is not None}
    found = checks.fields(earlier | value if isinstance(value, dict) else value, "data", tuple(DATA_SETTINGS))
    data = {name: checked(about, found[name]) for name, about in DATA_SETTINGS.items()}
    DataConfig(**data)
    return data


def answers_from(value: object) -> KeptAnswers | None:
    """Return a run's answers to its test set, None for null."""
    if value is None:
        return None
    found = checks.fields(value, "answers", ("labels", "said"))
    labels = matching(found["labels"], "labels", ID, "32 hexadecimal digits")
    said = checks.listed(found["said"], "said", 1, MOST_KEPT_ANSWERS)
    return KeptAnswers(
        labels, frozen_classes(np.array([checks.whole(each, "said", 0, LARGEST_CLASS) for each in said]))
    )


def curve_from(value: object) -> np.ndarray:
    """Return a curve whose columns are equally long and whose epochs, updates and seconds grow."""
    given = dict.fromkeys(HELD_OUT) | value if isinstance(value, dict) else value
    found = checks.fields(given, "curve", Point._fields)
    count = len(checks.listed(found["epoch"], "epoch", 2, MOST_CURVE_POINTS))
    found |= {name: [None] * count for name in HELD_OUT if found[name] is None}
    columns = {name: checks.listed(found[name], name, count, count) for name in Point._fields}
    curve = np.array([[POINT_CHECKS[name](entry, name) for entry in columns[name]] for name in Point._fields]).T
    for name in GROWING:
        if (np.diff(curve[:, Point._fields.index(name)]) < (name == "epoch")).any():
            raise ValueError(f"{name} needs numbers that grow from point to point; these do not.")
    curve.flags.writeable = False
    return curve

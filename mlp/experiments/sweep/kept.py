"""A sweep as text and back, with what it has come to so far: it goes on after a reload. Nothing in it is trusted."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from mlp.experiments.config import CONFIGS, MODELS, OURS, PEER, Comparison, DataConfig, own_fields, settings_of
from mlp.experiments.hyperparameters import HYPERPARAMETERS
from mlp.experiments.runs.checks import checked
from mlp.experiments.runs.json_file import as_json, data_from, finite, settings_from
from mlp.experiments.sweep.outcomes import Outcome
from mlp.experiments.sweep.plan import SEED, Axis, Sweep, sweep_jobs
from mlp.experiments.training.results import Job
from mlp.limits import (
    LARGEST_COUNT,
    LARGEST_SECONDS,
    LARGEST_SEED,
    MOST_AXES,
    MOST_AXIS_VALUES,
    MOST_DRAWN,
    MOST_EPOCHS,
    MOST_SEEDS,
    MOST_TRAININGS,
)
from mlp.untrusted import checks
from mlp.untrusted.strict_json import parsed

VERSION = 1
KEYS = ("version", *(each.name for each in fields(Sweep)), "outcomes")
COUNTS = ("best_epoch", "epochs")


def to_text(sweep: Sweep, outcomes: Mapping[Job, Outcome]) -> str:
    """Return a sweep and its outcomes, each by the place of its training in the plan."""
    comparison = sweep.comparison
    told = {model: {name: as_json(value) for name, value in settings_of(config).items()}
            for model, config in ((OURS, comparison.ours), (PEER, comparison.peer))}  # fmt: skip
    axes = [{"name": axis.name, "values": [as_json(value) for value in axis.values]} for axis in sweep.axes]
    made = [[place, *map(finite, outcomes[job])] for place, job in enumerate(sweep_jobs(sweep)) if job in outcomes]
    return json.dumps({
        "version": VERSION, "comparison": {**told, "data": asdict(comparison.data)}, "axes": axes,
        "seeds": list(sweep.seeds), "models": list(sweep.models), "drawn": sweep.drawn, "epochs": sweep.epochs,
        "outcomes": made,
    }, allow_nan=False)  # fmt: skip


def from_text(text: str) -> tuple[Sweep, dict[Job, Outcome]]:
    """Return a sweep and its outcomes from a text of `to_text`; a ValueError in one sentence where it is none."""
    found = checks.fields(parsed(text, "A sweep"), "A sweep", KEYS)
    checks.whole(found["version"], "version", VERSION, VERSION)
    axes = checks.listed(found["axes"], "axes", 1, MOST_AXES)
    seeds = checks.listed(found["seeds"], "seeds", 1, MOST_SEEDS)
    models = checks.listed(found["models"], "models", 1, len(MODELS))
    sweep = Sweep(
        comparison_from(found["comparison"]),
        tuple(map(axis_from, axes)),
        tuple(checks.whole(seed, "seeds", 0, LARGEST_SEED) for seed in seeds),
        tuple(checks.choice(model, "models", MODELS) for model in models),
        checks.whole(found["drawn"], "drawn", 0, MOST_DRAWN),
        checks.whole(found["epochs"], "epochs", 1, MOST_EPOCHS),
    )
    wanted = (sweep.drawn or sweep.combinations) * len(sweep.seeds) * len(sweep.models)
    checks.whole(wanted, "A sweep's number of trainings", 1, MOST_TRAININGS)
    jobs = sweep_jobs(sweep)
    rows = checks.listed(found["outcomes"], "outcomes", 0, len(jobs))
    return sweep, dict(outcome_from(row, jobs) for row in rows)


def comparison_from(value: object) -> Comparison:
    """Return what is not swept, and the data."""
    found = checks.fields(value, "comparison", (*MODELS, "data"))
    ours, peer = (config_from(found[model], model) for model in MODELS)
    return Comparison(ours, peer, DataConfig(**data_from(found["data"])))


def config_from(value: object, model: str) -> Any:
    """Return a model's settings."""
    settings = settings_from(value, model)
    return CONFIGS[model](**{name: settings[name] for name in own_fields(CONFIGS[model]) if name in settings})


def axis_from(value: object) -> Axis:
    """Return a setting that is swept."""
    found = checks.fields(value, "axes", ("name", "values"))
    name = checks.choice(found["name"], "name", tuple(each for each in HYPERPARAMETERS if each != SEED))
    values = checks.listed(found["values"], "values", 1, MOST_AXIS_VALUES)
    return Axis(name, tuple(checked(HYPERPARAMETERS[name], each) for each in values))


def outcome_from(value: object, jobs: tuple[Job, ...]) -> tuple[Job, Outcome]:
    """Return what the training at a place of the plan came to."""
    place, *numbers = checks.listed(value, "outcomes", 1 + len(Outcome._fields), 1 + len(Outcome._fields))
    job = jobs[checks.whole(place, "outcomes", 0, len(jobs) - 1)]
    return job, Outcome(*(number_of(name, each) for name, each in zip(Outcome._fields, numbers, strict=True)))


def number_of(name: str, value: object) -> Any:
    """Return a number of an outcome, nan for null."""
    if name in COUNTS:
        return checks.whole(value, name, 0, LARGEST_COUNT)
    return (
        math.nan if value is None else checks.number(value, name, 0.0, LARGEST_SECONDS if name == "seconds" else 1e300)
    )

"""How often a test set was opened: every look at it, by which one might choose, is counted once."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import NamedTuple

from mlp.experiments.config import DataConfig, settings_of
from mlp.experiments.runs.comparing import examples_of
from mlp.experiments.runs.groups import recipe_of
from mlp.experiments.runs.heads import KeptRun
from mlp.experiments.training.run import Run
from mlp.limits import MOST_OPENINGS
from mlp.untrusted import checks
from mlp.untrusted.strict_json import parsed


@dataclass(frozen=True)
class Openings:
    """The looks at one test set.

    Attributes
    ----------
    count : int
    latest : tuple of str
        What was looked at, by `look_of`: looking at the same again shows nothing new and does not count.
    """

    count: int = 0
    latest: tuple[str, ...] = ()


def opened(before: Openings, look: str) -> Openings:
    """Return the looks with one more, unless it is one of before."""
    if look in before.latest:
        return before
    return Openings(before.count + 1, (*before.latest, look)[-MOST_OPENINGS:])


class Seen(NamedTuple):
    """One of the models that are looked at: its settings, those of its data, and the epochs it has made."""

    settings: Mapping[str, object]
    data: Mapping[str, object]
    epochs: int


def look_of(*models: Seen) -> str:
    """Return a short name of a look at trained models, the same wherever and in whatever order they are looked at."""
    return digest(" ".join(sorted(json.dumps(model, sort_keys=True) for model in models)))


def of_run(run: KeptRun) -> Seen:
    """Return a kept run as it is looked at."""
    return Seen(run.settings, run.data, int(run.final.epoch))


def of_models(run: Run) -> tuple[Seen, Seen]:
    """Return both models of a training as they are looked at."""
    data = asdict(run.comparison.data)
    ours, peer = (Seen(settings_of(each.config), data, int(each.record.epoch)) for each in run.learners)
    return ours, peer


def set_name(data: DataConfig) -> str:
    """Return a short name of the test set of a split: the same whatever its scaling and its validation share."""
    return digest(json.dumps(examples_of(asdict(data)), sort_keys=True))


def digest(text: str) -> str:
    """Return 32 hexadecimal digits that stand for a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def to_text(openings: Openings) -> str:
    """Return looks as they are kept."""
    return json.dumps(asdict(openings))


def from_text(text: str | None) -> Openings:
    """Return looks that were kept, none where the text is none of ours."""
    if text is None:
        return Openings()
    try:
        found = checks.fields(parsed(text, "Looks"), "Looks", ("count", "latest"))
        latest = checks.listed(found["latest"], "latest", 0, MOST_OPENINGS)
        names = tuple(checks.text(each, "latest", 32) for each in latest)
        return Openings(checks.whole(found["count"], "count", 0, 10**9), names)
    except ValueError:
        return Openings()


def recipes_tried(runs: Iterable[KeptRun], data: DataConfig) -> int:
    """Return how many recipes were tried among kept runs that saw the test set of these data all along."""
    same = examples_of(asdict(replace(data, validation_size=0.0)))
    return len({recipe_of(run) for run in runs if not run.data["validation_size"] and examples_of(run.data) == same})

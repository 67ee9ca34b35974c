"""How often a test set was opened: every look at it, by which one might choose, is counted once."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

from mlp.experiments.config import Comparison, DataConfig
from mlp.experiments.runs.comparing import examples_of
from mlp.experiments.runs.groups import recipe_of
from mlp.experiments.runs.heads import KeptRun
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


def look_of(comparison: Comparison, epochs: Iterable[int]) -> str:
    """Return a short name of two trained models, the same for the same settings after as many epochs."""
    return digest(f"{comparison} {tuple(epochs)}")


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

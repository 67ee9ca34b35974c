"""The head of a run as JSON and back, as the store that lasts keeps it beside the whole run."""

import json
from typing import Any

from mlp.experiments.runs.checks import POINT_CHECKS
from mlp.experiments.runs.heads import RunHead
from mlp.experiments.runs.json_file import HEAD_KEYS, ID, checked_head, finite, matching, said_of
from mlp.experiments.training.points import Point
from mlp.untrusted import checks
from mlp.untrusted.strict_json import parsed

ALONE = ("labels", "final", "best")


def head_json(head: RunHead) -> str:
    """Return a head as JSON, every float exact, what overflowed as null."""
    ends = {name: point_dict(getattr(head, name)) for name in ("final", "best")}
    return json.dumps(said_of(head) | {"labels": head.labels} | ends, allow_nan=False, ensure_ascii=False)


def point_dict(point: Point) -> dict[str, float | None]:
    """Return an epoch as JSON values."""
    return {name: finite(value) for name, value in point._asdict().items()}


def head_from(text: str) -> RunHead:
    """Return the head that `head_json` wrote; a ValueError with a sentence for anything else."""
    found = checks.fields(parsed(text, "A head"), "A head", (*HEAD_KEYS, *ALONE))
    labels = found["labels"]
    return RunHead(
        **checked_head(found),
        labels=None if labels is None else matching(labels, "labels", ID, "32 hexadecimal digits"),
        final=point_from(found["final"], "final"),
        best=point_from(found["best"], "best"),
    )


def point_from(value: object, name: str) -> Point:
    """Return an epoch of `point_dict`'s values; a loss or an accuracy that is missing is nan."""
    given = dict.fromkeys(Point._fields) | value if isinstance(value, dict) else value
    found = checks.fields(given, name, Point._fields)
    entries: dict[str, Any] = {column: check(found[column], column) for column, check in POINT_CHECKS.items()}
    return Point(**entries)

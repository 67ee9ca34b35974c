"""One model's training, kept in plain values: its settings, its learning curve and how it ended."""

import math
import uuid
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import numpy as np

from mlp.arrays import Array
from mlp.experiments.config import DataConfig, judged_by, model_of, settings_of
from mlp.experiments.training.answers import KeptAnswers
from mlp.experiments.training.learner import Learner
from mlp.experiments.training.points import Point
from mlp.experiments.training.results import Trained
from mlp.limits import LONGEST_RUN_NAME, MOST_CURVE_POINTS

STOPPED = "stopped"
ENDINGS = ("max_iter", "tol", "diverged", STOPPED)


@dataclass(frozen=True, eq=False)
class StoredRun:
    """A training that is over for now. Compare two by `mlp.experiments.runs.json_file.to_dict`.

    Attributes
    ----------
    id : str
        32 hexadecimal digits; a training that goes on later keeps it.
    name : str
        Plain text on one line, at most 80 characters.
    made : str
        When it was kept first, in UTC: "2026-11-23T22:05:41.123Z".
    model : {"Ours", "scikit-learn"}
    settings : dict
        Every hyperparameter under scikit-learn's name.
    data : dict
        The fields of `DataConfig`.
    ended : {"max_iter", "tol", "diverged", "stopped"}
    curve : array of shape (k, number of fields of `Point`)
        Epochs in the columns of `Point`, at most 500: the first, the last and the best are among them. What overflowed
        is nan.
    answers : KeptAnswers or None
        To the test set; None where they are not known, as in files of before, or the test set is too large.
    """

    id: str
    name: str
    made: str
    model: str
    settings: dict[str, object]
    data: dict[str, object]
    ended: str
    curve: Array
    answers: KeptAnswers | None = None

    def values(self, name: str) -> Array:
        """Return a column of the curve, shape (k,), by its name in `Point`."""
        return self.curve[:, Point._fields.index(name)]

    @property
    def judged(self) -> str:
        """The name in `Point` of the accuracy by which one chooses: of the test set, or of validation where it is."""
        return judged_accuracy(self.data["validation_size"])

    @property
    def accuracy(self) -> float:
        """The last accuracy by which one chooses, nan where it overflowed."""
        return float(self.values(self.judged)[-1])

    @property
    def labels(self) -> str | None:
        """The hash of the labels that it was tested by, None where its answers are not known."""
        return self.answers.labels if self.answers else None

    @property
    def final(self) -> Point:
        """The last epoch."""
        return point(self.curve[-1])

    @property
    def best(self) -> Point:
        """The first epoch with the highest accuracy by which one chooses; epoch 0 where every one overflowed."""
        return point(self.curve[best_index(self.curve, self.judged)])

    @property
    def best_accuracy(self) -> float:
        """The highest accuracy by which one chooses, of any epoch: it flatters, as it was chosen."""
        return float(getattr(self.best, self.judged))


def point(row: Array) -> Point:
    """Return a row of a curve by name, what is counted as whole numbers."""
    found = Point(*row.tolist())
    return found._replace(epoch=int(found.epoch), updates=int(found.updates))


def judged_accuracy(validation_size: object) -> str:
    """Return the name in `Point` of the accuracy by which one chooses with this validation share."""
    return f"{judged_by(validation_size)}_accuracy"


def best_index(curve: Array, judged: str) -> int:
    """Return the row of the first highest accuracy of that name."""
    accuracy = curve[:, Point._fields.index(judged)]
    return int(np.nan_to_num(accuracy, nan=-np.inf).argmax())


def stored_run(
    learner: Learner,
    data: DataConfig,
    *,
    name: str,
    answers: KeptAnswers | None = None,
    id: str | None = None,
    made: str | None = None,
) -> StoredRun:
    """Return what a model's training has come to so far.

    Parameters
    ----------
    learner : Learner
        Not under way.
    data : DataConfig
        What it was trained on.
    name : str
    answers : KeptAnswers, optional
        To the test set.
    id, made : str, optional
        Those of the same training kept before; new ones by default.
    """
    ended, history = learner.ended or STOPPED, np.array(learner.history, dtype=float)
    judged = judged_accuracy(data.validation_size)
    return StoredRun(id or new_id(), name, made or now(), model_of(learner.config), settings_of(learner.config),
                     asdict(data), ended, thinned(history, judged), answers)  # fmt: skip


def stored_result(result: Trained, *, name: str) -> StoredRun:
    """Return what a training that has ended came to, under a name."""
    config, data = result.job.config, result.job.data
    curve = thinned(result.curve, judged_accuracy(data.validation_size))
    return StoredRun(new_id(), name, now(), model_of(config), settings_of(config), asdict(data), result.ended, curve,
                     result.answers)  # fmt: skip


def thinned(history: Array, judged: str = "test_accuracy") -> Array:
    """Return at most 500 rows of a history, evenly spaced, and with them the last and the best; read-only."""
    step = max(1, math.ceil(len(history) / (MOST_CURVE_POINTS - 2)))
    kept = sorted({*range(0, len(history), step), len(history) - 1, best_index(history, judged)})
    curve = np.where(np.isfinite(history[kept]), history[kept], np.nan)
    curve.flags.writeable = False
    return curve


def new_id() -> str:
    """Return an id that no other run has."""
    return uuid.uuid4().hex


def now() -> str:
    """Return the time in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def free_name(name: str, taken: Collection[str]) -> str:
    """Return the name, cut to its longest, with (2), (3) and so on behind it if it is taken."""
    free, number = name[:LONGEST_RUN_NAME], 1
    while free in taken:
        number += 1
        ending = f" ({number})"
        free = name[: LONGEST_RUN_NAME - len(ending)] + ending
    return free

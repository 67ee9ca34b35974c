"""What each value of a run in a file has to be: a check for every kind of setting and every column of a curve."""

import math
import sys
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from mlp.experiments.hyperparameters import WORDS, Choice, Layers, Name, Number, Setting, Truth, Whole
from mlp.limits import KEPT_LAYERS, LARGEST_COUNT, LARGEST_SECONDS, LONGEST_RUN_NAME, LONGEST_WORD
from mlp.untrusted import checks

Check = Callable[[object, str], object]


def checked(setting: Setting, value: object) -> Any:
    """Return a setting's value as a file has it, or a ValueError says what is needed."""
    return KIND_CHECKS[type(setting.kind)](setting.kind, value, setting.name)


def number(kind: Number, value: object, name: str) -> float:
    """Return a number within the kind's bounds for a file."""
    return checks.positive(value, name, kind.kept) if kind.open else checks.number(value, name, 0.0, kind.kept)


def whole(kind: Whole, value: object, name: str) -> object:
    """Return a whole number within the kind's bounds for a file, or what its word stands for; inf is null there."""
    if kind.word:
        meaning = WORDS[kind.word]
        if value == (None if meaning == math.inf else meaning):
            return meaning
    return checks.whole(value, name, kind.low, kind.kept)


def choice(kind: Choice, value: object, name: str) -> str:
    """Return one of the kind's names."""
    return checks.choice(value, name, kind.options)


def truth(_: Truth, value: object, name: str) -> bool:
    """Return true or false."""
    return checks.truth(value, name)


def layers(_: Layers, value: object, name: str) -> tuple[int, ...]:
    """Return the units of each hidden layer."""
    return tuple(checks.whole(units, name, 1, LARGEST_COUNT) for units in checks.listed(value, name, 0, KEPT_LAYERS))


def word(_: Name, value: object, name: str) -> str:
    """Return a short text, such as a data set's name."""
    return checks.text(value, name, LONGEST_WORD)


KIND_CHECKS: Mapping[type, Callable[[Any, object, str], object]] = {
    Number: number,
    Whole: whole,
    Choice: choice,
    Truth: truth,
    Layers: layers,
    Name: word,
}


def name_of(value: object) -> str:
    """Return a name: plain text on one line, of at least one character."""
    name = " ".join(checks.text(value, "name", LONGEST_RUN_NAME).split())
    if not name:
        raise ValueError("name needs at least one character; got none.")
    return name


def overflowed_or(value: object, name: str, *, high: float) -> float:
    """Return a number from 0, nan for null."""
    return math.nan if value is None else checks.number(value, name, 0.0, high)


loss = partial(overflowed_or, high=sys.float_info.max)
accuracy = partial(overflowed_or, high=1.0)

POINT_CHECKS: dict[str, Check] = {
    "epoch": partial(checks.whole, low=0, high=LARGEST_COUNT),
    "train_loss": loss,
    "train_accuracy": accuracy,
    "test_loss": loss,
    "test_accuracy": accuracy,
    "updates": partial(checks.whole, low=0, high=LARGEST_COUNT),
    "seconds": partial(checks.number, low=0.0, high=LARGEST_SECONDS),
    "val_loss": loss,
    "val_accuracy": accuracy,
}

"""Hyperparameters as text: how a typed one is read, how one is shown, and the call to paste."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from mlp.datasets.dataset import DIGITS
from mlp.experiments.config import OURS, Comparison, Config, DataConfig, choices_of, model_of, names_of
from mlp.experiments.hyperparameters import (
    DATA_SETTINGS,
    HYPERPARAMETERS,
    WORDS,
    Choice,
    Kind,
    Layers,
    Name,
    Number,
    Truth,
    Whole,
)
from mlp.experiments.names import inside
from mlp.limits import TRAINED_LAYERS, TRAINED_UNITS
from mlp.untrusted.numbers import parse_number, parse_whole_number, quoted
from mlp.view.dataset_words import dataset_label

TRUTHS = ("False", "True")
BRACKETS, SEPARATORS = "()[]", str.maketrans(",;", "  ")


def parse(kind: Kind, text: str) -> Any:
    """Return the value of a kind in a text, or a ValueError says what is needed and what came."""
    return PARSERS[type(kind)](kind, text)


def parse_layers(_: Layers, text: str) -> tuple[int, ...]:
    """Return the units of each hidden layer from "50" or "64, 32"."""
    parts = text.strip().strip(BRACKETS).translate(SEPARATORS).split()
    try:
        if not 1 <= len(parts) <= TRAINED_LAYERS:
            raise ValueError
        return tuple(int(parse_whole_number(part, low=1, high=TRAINED_UNITS)) for part in parts)
    except ValueError:
        needed = f"up to {TRAINED_LAYERS} whole numbers from 1 to {TRAINED_UNITS}, such as 50 or 64, 32"
        raise ValueError(f"{needed}; got {quoted(text)}.") from None


def parse_real(kind: Number, text: str) -> float:
    """Return the number in the text, within the kind's bounds."""
    return parse_number(text, low=kind.low, high=kind.high, above=kind.low if kind.open else None)


def parse_count(kind: Whole, text: str) -> object:
    """Return the whole number in the text, within the kind's bounds, or what its word stands for."""
    if not kind.word:
        return parse_whole_number(text, low=kind.low, high=kind.high)
    if text.strip().lower() == kind.word:
        return WORDS[kind.word]
    try:
        return parse_whole_number(text, low=kind.low, high=kind.high)
    except ValueError as error:
        raise ValueError(f"{kind.word}, or {error}") from None


def parse_choice(kind: Choice, text: str) -> str:
    """Return one of the kind's names."""
    if text not in kind.options:
        raise ValueError(f"one of {', '.join(kind.options)}; got {quoted(text)}.")
    return text


def parse_truth(_: Truth, text: str) -> bool:
    """Return the truth value of "True" or "False"."""
    return parse_choice(Choice(TRUTHS), text) == "True"


def parse_name(_: Name, text: str) -> str:
    """Return the text."""
    return text


PARSERS: Mapping[type, Callable[[Any, str], object]] = {
    Layers: parse_layers,
    Number: parse_real,
    Whole: parse_count,
    Choice: parse_choice,
    Truth: parse_truth,
    Name: parse_name,
}


def options(kind: Kind) -> tuple[str, ...]:
    """Return the only texts there are of a kind; empty where anything can be typed."""
    return kind.options if isinstance(kind, Choice) else TRUTHS if isinstance(kind, Truth) else ()


def as_text(value: object) -> str:
    """Return a hyperparameter's value as it is typed: "64, 32", "never", "0.001", "True"."""
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if value == math.inf:
        return "never"
    if isinstance(value, float):
        return f"{value:g}" if float(f"{value:g}") == value else repr(value)
    return str(value)


def as_call(config: Config) -> str:
    """Return the call that makes this model, to be pasted into Python."""
    values = {name: "np.inf" if value == math.inf else repr(value) for name, value in choices_of(config).items()}
    arguments = "".join(f"    {name}={value},\n" for name, value in values.items())
    return f"{'MLP' if model_of(config) == OURS else 'MLPClassifier'}(\n{arguments})"


def as_split(data: DataConfig) -> str:
    """Return the lines that split the data as the page does, to be pasted into Python."""
    stratified = "" if data.dataset == DIGITS else ", stratify=y"
    seed = f"random_state={data.random_state}"
    lines = [
        f"X_train, X_test, y_train, y_test = train_test_split(X, y, test_size={data.test_size!r}, {seed}{stratified})"
    ]
    if data.swapped:
        lines.append("X_train, X_test, y_train, y_test = X_test, X_train, y_test, y_train")
    if data.validation_size:
        within = "" if data.dataset == DIGITS else ", stratify=y_train"
        lines += [
            "# Choose by the validation part; early stopping goes by it here, where MLPClassifier holds out its own",
            "X_train, X_val, y_train, y_val = train_test_split(",
            f"    X_train, y_train, test_size={data.validation_size!r}, {seed}{within}",
            ")",
        ]
    return "\n".join(lines)


def changes(old: Comparison, new: Comparison) -> list[str]:
    """Return in words which settings are not what they were: "ours: Learning rate η 0.001, now 0.01"."""
    models = [
        f"{who}: {HYPERPARAMETERS[name].label} {as_text(before)}, now {as_text(choices_of(now)[name])}"
        for who, was, now in zip(map(inside, names_of(new)), (old.ours, old.peer), (new.ours, new.peer), strict=True)
        if type(was) is type(now)
        for name, before in choices_of(was).items()
        if before != choices_of(now)[name]
    ]
    data = [
        f"{about.label[0].lower()}{about.label[1:]} {data_text(old.data, name)}, now {data_text(new.data, name)}"
        for name, about in DATA_SETTINGS.items()
        if getattr(old.data, name) != getattr(new.data, name)
    ]
    other = [f"{inside(names_of(old)[1])}, now {inside(names_of(new)[1])}"] if names_of(old) != names_of(new) else []
    return other + models + data


def data_text(data: DataConfig, name: str) -> str:
    """Return a setting of the data as text, a data set by what it is called on the page."""
    value = getattr(data, name)
    return dataset_label(value) if name == "dataset" else as_text(value)

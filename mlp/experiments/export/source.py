"""Pieces of a script: values as Python, arguments, and the imports that its lines need."""

import math
from collections.abc import Mapping

# What a script may need: the line that imports it, by a piece of text that calls it
IMPORTS = {
    "warnings.": "import warnings",
    "Path(": "from pathlib import Path",
    "np.": "\nimport numpy as np",
    "log_loss(": "from sklearn.metrics import log_loss",
    "MLPClassifier(": "from sklearn.neural_network import MLPClassifier",
    "TrainConfig(": "\nfrom mlp import TrainConfig, init_network, predict, train",
    "DATASETS[": "from mlp.datasets import DATASETS",
    "hold_out(": "from mlp.datasets.holding_out import hold_out",
    "Answers(": "from mlp.datasets.own import Answers, own_dataset",
    "split(": "from mlp.datasets.splitting import split",
    "with_an_output_a_class(": "from mlp.experiments.training.two_classes import with_an_output_a_class",
    "verdict(": "from mlp.experiments.evidence.verdict import verdict",
}


def imports(body: str) -> str:
    """Return the imports that these lines need, in their groups."""
    return "\n".join(line for call, line in IMPORTS.items() if call in body or call == "np.").strip()


def value_source(value: object) -> str:
    """Return a value as Python writes it, infinity and nan by NumPy's names."""
    if isinstance(value, float) and not math.isfinite(value):
        return "np.nan" if math.isnan(value) else "np.inf"
    return ascii(value)


def arguments(values: Mapping[str, object], *without: str) -> str:
    """Return keyword arguments, some left out."""
    return ", ".join(f"{name}={value_source(value)}" for name, value in values.items() if name not in without)


def check_line(name: str, found: str, kept: float) -> str:
    """Return the line that checks a number."""
    return f'check("{name}", {found}, {value_source(kept)})'

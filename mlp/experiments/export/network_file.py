"""A network as a file for NumPy alone, and the five lines that read it and answer with it."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mlp.arrays import Array
from mlp.datasets import Dataset
from mlp.datasets.splitting import FULL_INK
from mlp.exercises.export.numpy_script import ACTIVATION, HELPERS
from mlp.network import Network
from mlp.tables import entry_for

FILE = "network.npz"
LINES = """\
import numpy as np
{helpers}with np.load("{file}") as file: saved = dict(file)  # and X: (n, {inputs}), not scaled yet
h = (X - saved["shift"]) / saved["scale"]
for l in range(1, {layers}): z = h @ saved[f"W{{l}}"].T + saved[f"b{{l}}"]; h = {activation}
said = saved["classes"][(h @ saved["W{layers}"].T + saved["b{layers}"]).argmax(axis=1)]
"""


def network_npz(network: Network, dataset: Dataset, X_train: Array, scaling: str) -> bytes:
    """Return a network with an output a class as the bytes of an npz file, which holds arrays and nothing to run.

    Parameters
    ----------
    network : Network
    dataset : Dataset
        For the names of its classes.
    X_train : array of shape (n, n_features)
        What it was trained on, not scaled.
    scaling : str
        One of `SCALINGS`.
    """
    shift, scale = scaling_of(X_train, scaling)
    arrays: dict[str, Any] = {"shift": shift, "scale": scale, "classes": class_labels(dataset.classes)}
    arrays |= {"hidden": np.array(network.hidden), "loss": np.array(network.loss)}
    for l, layer in enumerate(network.layers, 1):
        arrays |= {f"W{l}": layer.W, f"b{l}": layer.b}
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def class_labels(classes: Sequence[str]) -> Array:
    """Return the classes as they are asked for: whole numbers where they are 0, 1, 2 and so on, else their names."""
    numbers = np.arange(len(classes))
    return numbers if list(classes) == [str(k) for k in numbers] else np.array(classes)


def no_scaling(X: Array) -> tuple[Array, Array]:
    """Return what leaves every feature as it is."""
    return np.zeros(X.shape[1]), np.ones(X.shape[1])


def by_16(X: Array) -> tuple[Array, Array]:
    """Return what divides every feature by 16."""
    return np.zeros(X.shape[1]), np.full(X.shape[1], FULL_INK)


def to_standard(X: Array) -> tuple[Array, Array]:
    """Return each feature's mean and standard deviation, 1 where it is constant."""
    spread = X.std(axis=0)
    return X.mean(axis=0), np.where(spread > 10 * np.finfo(float).eps * np.abs(X).max(axis=0, initial=0.0), spread, 1.0)


SHIFTS_AND_SCALES = {"none": no_scaling, "by 16": by_16, "standardised": to_standard}


def scaling_of(X_train: Array, scaling: str) -> tuple[Array, Array]:
    """Return what is subtracted from each feature and what it is divided by, learnt from the training part."""
    return entry_for(scaling, SHIFTS_AND_SCALES, "what is subtracted and divided by, in mlp.experiments.export")(
        X_train
    )


def loading_lines(network: Network) -> str:
    """Return the lines of Python that read the file and answer for examples X, with what functions they need."""
    activation = entry_for(network.hidden, ACTIVATION, "the NumPy source in mlp.exercises.export").format(z="z")
    helpers, layers = needed(HELPERS, activation), len(network.layers)
    return LINES.format(file=FILE, inputs=network.sizes[0], layers=layers, activation=activation, helpers=helpers)


def needed(helpers: Mapping[str, str], source: str) -> str:
    """Return the functions that NumPy lacks and this source calls."""
    used = [code for name, code in helpers.items() if f"{name}(" in source]
    imports = ["import math\n"] if any("math." in code for code in used) else []
    return "".join((*imports, *used))

"""Labels as targets and outputs as labels, and the examples that early stopping holds out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.model_selection import train_test_split
from sklearn.utils.multiclass import check_classification_targets, type_of_target, unique_labels

from mlp.arrays import Array
from mlp.losses import LOSSES
from mlp.network import Rng, require_choice
from mlp.train_config import require

# What `loss="auto"` takes, as MLPClassifier does
LOSS_FOR = {
    "binary": "binary_cross_entropy",
    "multiclass": "cross_entropy",
    "multilabel-indicator": "binary_cross_entropy",
}


@dataclass(frozen=True, eq=False)
class Labels:
    """What the outputs stand for.

    Attributes
    ----------
    classes : array of shape (n_classes,)
        Sorted; of several labels an example the numbers of the columns.
    several : bool
        Whether an example may have several labels, or none.
    loss : str
        One of `mlp.losses.LOSSES`.
    """

    classes: Array
    several: bool
    loss: str

    @property
    def outputs(self) -> int:
        """Units of the last layer: one a class, or a single one for two classes whose probability is logistic."""
        loss = LOSSES[self.loss]
        single = loss.probabilities and not loss.distribution and not self.several and len(self.classes) <= 2
        return 1 if single else len(self.classes)

    def targets(self, y: Array) -> Array:
        """Return the targets (n, n_outputs) of labels (n,), or of several labels an example (n, n_classes)."""
        if self.several:
            return np.asarray(y, dtype=np.float64)
        indices = np.searchsorted(self.classes, y)
        return np.eye(len(self.classes))[indices] if self.outputs > 1 else indices[:, np.newaxis].astype(np.float64)

    def of(self, outputs: Array) -> Array:
        """Return the label of each row of outputs, (n,), or all its labels as 0 and 1, (n, n_classes)."""
        if self.several:
            return (outputs > 0.5).astype(int)
        if self.outputs > 1:
            return self.classes[outputs.argmax(axis=1)]
        return self.classes[np.minimum(outputs[:, 0] > 0.5, len(self.classes) - 1).astype(int)]

    def hits(self, outputs: Array, Y: Array) -> Array:
        """Return for which examples the labels are those of the targets, all of them, (n,) bool."""
        mine, right = self.of(outputs), self.of(Y)
        return (mine == right).all(axis=1) if self.several else mine == right


def labels_of(y: Array, classes: Array | None, loss: str) -> Labels:
    """Return what the outputs stand for, from labels that were checked and, if given, all classes there will be.

    Raises
    ------
    ValueError
        If the targets are no labels, the loss is unknown, or it can't have several labels an example.
    """
    require_choice("loss", loss, ("auto", *LOSSES))
    check_classification_targets(y)
    kind = type_of_target(y)
    several = kind.startswith("multilabel")
    every = np.arange(np.shape(y)[1]) if several else unique_labels(y if classes is None else classes)
    if not several:
        kind = "binary" if len(every) <= 2 else "multiclass"
    chosen = LOSS_FOR[kind] if loss == "auto" else loss
    require(not several or not LOSSES[chosen].distribution, "loss", "outputs that don't sum to one for several labels "
            "an example (auto, binary_cross_entropy)", loss)  # fmt: skip
    return Labels(every, several, chosen)


def require_known(y: Array, labels: Labels) -> None:
    """Raise a ValueError that names the labels of y which are none of the classes."""
    unknown = np.array([]) if labels.several else np.setdiff1d(y, labels.classes)
    require(unknown.size == 0, "y", f"labels out of {labels.classes.tolist()}", unknown.tolist())


def require_same(y: Array, labels: Labels) -> None:
    """Raise a ValueError unless the labels of y are those that a warm start began with."""
    found = labels.classes if labels.several else unique_labels(y)
    if set(found.tolist()) != set(labels.classes.tolist()):
        raise ValueError(
            "warm_start can only be used where `y` has the same classes as in the previous call to fit. "
            f"Previously got {labels.classes}, `y` has {found}"
        )


def hold_out(
    parts: Sequence[Array], labels: Labels, fraction: float, rng: Rng
) -> tuple[tuple[Array, ...], tuple[Array, ...]]:
    """Return the training and the validation part of early stopping, split as `MLPClassifier` splits them.

    Two classes keep their proportions; more than two are split without regard to them. (scikit-learn's documentation
    promises a stratified split for both; its code, which decides the weights, looks at the number of its outputs.)

    Parameters
    ----------
    parts : sequence of arrays (n, ...)
        Inputs, targets and whatever else goes with the examples.
    labels : Labels
    fraction : float
        The part held out.
    rng : numpy RandomState

    Raises
    ------
    ValueError
        If fewer than two examples would be held out, or a class is too small to be split.
    """
    Y = parts[1]
    stratify = Y[:, -1:] > 0.5 if not labels.several and len(labels.classes) <= 2 else None
    try:
        both = train_test_split(*parts, test_size=fraction, random_state=rng, stratify=stratify)
    except ValueError as error:
        raise ValueError(f"{too_small(Y, labels)} ({error})") from error
    train, held = tuple(both[::2]), tuple(both[1::2])
    needed = "two or more examples to hold out (raise validation_fraction or bring more data)"
    require(len(held[0]) >= 2, "early_stopping", needed, len(held[0]))
    return train, held


def too_small(Y: Array, labels: Labels) -> str:
    """Return the sentence on examples too few to be split; it names the smallest of two classes."""
    if labels.several or len(labels.classes) != 2:
        return f"early_stopping needs more than {len(Y)} examples, some to train and some to hold out."
    counts = np.bincount((Y[:, -1] > 0.5).astype(int), minlength=2)
    smallest = int(counts.argmin())
    return (
        "early_stopping needs two or more examples of each label, some to train and some to hold out; "
        f"label {labels.classes[smallest]!s} has {counts[smallest]} of {len(Y)}."
    )

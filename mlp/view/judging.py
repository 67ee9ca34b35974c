"""The set by which one chooses, as the page calls it: the test set, or validation while the test set stays shut."""

from mlp.experiments.config import judged_by
from mlp.view.palette import TEST, VALIDATION

JUDGING = {"test": TEST, "val": VALIDATION}


def judging_set(validation_size: object) -> str:
    """Return what the set is called by which one chooses with this validation share."""
    return JUDGING[judged_by(validation_size)]

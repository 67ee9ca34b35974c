"""The settings of an exercise as one value: what the controls of questions 1 and 2 come to."""

from dataclasses import dataclass, replace

from mlp.exercises import Exercise
from pages.exercise.desk import Desk
from pages.exercise.tables import Cell


@dataclass(frozen=True)
class Settings:
    """Everything about an exercise but the numbers on its sheet.

    Attributes
    ----------
    sizes, hidden, loss
        The network's, as in `Network`.
    selected, learning_rate, momentum, reduction, biases_fixed
        As in `Exercise`.
    decimals : int
        How many are shown.
    """

    sizes: tuple[int, ...]
    hidden: str
    loss: str
    selected: tuple[int, ...]
    learning_rate: float
    momentum: float
    reduction: str
    biases_fixed: bool
    decimals: int

    def applied(self, exercise: Exercise) -> Exercise:
        """Return an exercise of these sizes with all the other settings."""
        return replace(
            exercise,
            network=replace(exercise.network, hidden=self.hidden, loss=self.loss),
            selected=self.selected,
            learning_rate=self.learning_rate,
            momentum=self.momentum,
            reduction=self.reduction,
            biases_fixed=self.biases_fixed,
        )

    def exercise(self, desk: Desk) -> tuple[Exercise, dict[Cell, str]]:
        """Return the exercise as it stands in the cells, which the desk keeps, and the entries that are no numbers."""
        typed, refused = desk.edited(self.sizes)
        exercise = self.applied(typed)
        desk.keep(exercise, refused)
        return exercise, refused


def settings_of(exercise: Exercise, decimals: int) -> Settings:
    """Return an exercise's own settings, which are what its controls say once they are drawn."""
    network = exercise.network
    return Settings(
        sizes=network.sizes,
        hidden=network.hidden,
        loss=network.loss,
        selected=exercise.selected,
        learning_rate=exercise.learning_rate,
        momentum=exercise.momentum,
        reduction=exercise.reduction,
        biases_fixed=exercise.biases_fixed,
        decimals=decimals,
    )

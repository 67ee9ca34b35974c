"""What lies on a visitor's desk, as plain values: the draft that is edited, its history, a teacher's lesson."""

from dataclasses import dataclass, field
from functools import cached_property

from mlp.exercises import Exercise
from mlp.limits import LONGEST_HISTORY
from pages.exercise.tables import Cell, Table, tables_of


@dataclass(frozen=True, eq=False)
class Draft:
    """What is edited.

    Attributes
    ----------
    base : Exercise
        What the tables showed when they were made.
    refused : dict of Cell to str
        Entries in those tables that are not numbers; the base's value counts instead.
    version : int
        Raised for every new base.
    """

    base: Exercise
    refused: dict[Cell, str] = field(default_factory=dict)
    version: int = 0

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables in which the base is edited."""
        return tuple(tables_of(self.base))


@dataclass(frozen=True, eq=False)
class Moment:
    """A state of the exercise to which undo and redo return.

    Attributes
    ----------
    exercise : Exercise
    steps : int
        How many steps of descent led there.
    point : str
        What the exercise was made to show, if it came from the menu; plain text.
    """

    exercise: Exercise
    steps: int = 0
    point: str = ""


@dataclass(frozen=True, eq=False)
class History:
    """The moments of a visit, and at which of them the visitor is."""

    moments: tuple[Moment, ...]
    at: int = 0

    @property
    def now(self) -> Moment:
        """The moment the visitor is at."""
        return self.moments[self.at]

    def after(self, moment: Moment) -> "History":
        """Return the history with a new moment after this one; what was undone is forgotten, and the oldest too."""
        moments = (*self.moments[: self.at + 1], moment)[-LONGEST_HISTORY:]
        return History(moments, len(moments) - 1)


@dataclass(frozen=True)
class Lesson:
    """A teacher's words and wishes: plain text, and what is hidden."""

    title: str = ""
    task: str = ""
    hide: frozenset[str] = frozenset()
    decimals: int = 5

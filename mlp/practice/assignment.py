"""What is to be practised: which numbers, which quantities are asked for, and what a teacher allows."""

import hashlib
from dataclasses import dataclass, replace

from mlp.activations import ACTIVATIONS
from mlp.exercises import Exercise
from mlp.exercises.presets import LOSS_OF, PRESETS
from mlp.exercises.sheet import SIZES
from mlp.limits import (
    ASSIGNMENT_JSON,
    LARGEST_PRACTISED_MOMENTUM,
    LARGEST_SEED,
    LONGEST_ASSIGNMENT,
    LONGEST_TITLE,
    MOST_ASKED,
    MOST_TRIES,
    PRACTICE_EXAMPLES,
    PRACTICE_LAYERS,
    PRACTICE_UNITS,
)
from mlp.network import REDUCTIONS
from mlp.practice.chain import quantities
from mlp.practice.draws import Kind
from mlp.practice.variants import variant
from mlp.untrusted import checks
from mlp.untrusted.tokens import packed, unpacked

VERSION = "1"


@dataclass(frozen=True)
class Assignment:
    """A variant to be practised, and how.

    Parameters
    ----------
    question : {"q1", "q2"}
        Squared error with linear outputs, or softmax with cross-entropy.
    seed : int
        Of the numbers, 0 to 2**32 - 1.
    sizes : tuple of 2 to 5 int from 1 to 5
        Units of each layer, inputs first.
    hidden : str
        The hidden activation.
    examples : int from 1 to 3
        One makes a step for one example, several a batch.
    reduction : {"sum", "mean"}
    asked : tuple of str
        The quantities that are asked for; empty for all.
    tries : int from 0 to 20
        How often a quantity may be checked; 0 for as often as one likes.
    hints, diagnosis : bool
        Whether there are hints, and whether a mistake is named.
    by_student : bool
        Whether each student has numbers of her own, by the name she gives.
    title : str
        Plain text of at most 80 characters.
    momentum : float from 0 to 0.99
    preset : str
        The key of a ready-made exercise to be practised in place of a variant; blank for a variant.

    Raises
    ------
    ValueError
        If a value is outside its range.
    """

    question: str = "q1"
    seed: int = 1
    sizes: tuple[int, ...] = SIZES
    hidden: str = "tanh"
    examples: int = 1
    reduction: str = "sum"
    asked: tuple[str, ...] = ()
    tries: int = 0
    hints: bool = True
    diagnosis: bool = True
    by_student: bool = False
    title: str = ""
    preset: str = ""
    momentum: float = 0.0

    def __post_init__(self) -> None:
        checks.choice(self.question, "The question", tuple(LOSS_OF))
        checks.whole(self.seed, "The seed", 0, LARGEST_SEED)
        checks.listed(list(self.sizes), "The layers", 2, PRACTICE_LAYERS)
        for size in self.sizes:
            checks.whole(size, "A layer", 1, PRACTICE_UNITS)
        checks.choice(self.hidden, "The hidden activation", tuple(ACTIVATIONS))
        checks.whole(self.examples, "The examples", 1, PRACTICE_EXAMPLES)
        checks.choice(self.reduction, "The batch", REDUCTIONS)
        checks.listed(list(self.asked), "What is asked for", 0, MOST_ASKED)
        checks.whole(self.tries, "The tries", 0, MOST_TRIES)
        for flag, name in ((self.hints, "Hints"), (self.diagnosis, "Diagnosis"), (self.by_student, "By student")):
            checks.truth(flag, name)
        checks.number(self.momentum, "The momentum", 0.0, LARGEST_PRACTISED_MOMENTUM)
        checks.choice(self.preset, "The preset", ("", *PRESETS))
        title = checks.text(self.title, "The title", LONGEST_TITLE)
        object.__setattr__(self, "title", " ".join(title.split()))


def exercise_of(assignment: Assignment, student: str = "") -> Exercise:
    """Return the exercise of an assignment, with a student's own numbers where it says so.

    Raises
    ------
    ValueError
        If no numbers of this kind can tell right from wrong, or something is asked for that the exercise has not.
    """
    exercise = PRESETS[assignment.preset].exercise if assignment.preset else variant_of(assignment, student)
    for name in assignment.asked:
        checks.choice(name, "What is asked for", quantities(exercise))
    return exercise


def variant_of(assignment: Assignment, student: str) -> Exercise:
    """Return the variant of an assignment's seed, or of the student's own."""
    return variant(*kind_and_seed(assignment, student))


def kind_and_seed(assignment: Assignment, student: str) -> tuple[Kind, int]:
    """Return of which kind and seed an assignment's numbers are, or a student's own."""
    kind = Kind(
        assignment.question,
        assignment.sizes,
        assignment.hidden,
        assignment.examples,
        assignment.reduction,
        assignment.momentum,
    )
    return kind, student_seed(assignment.seed, student) if assignment.by_student else assignment.seed


def asked_of(assignment: Assignment, exercise: Exercise) -> tuple[str, ...]:
    """Return the quantities that are asked for, in the sheet's order."""
    return tuple(name for name in quantities(exercise) if not assignment.asked or name in assignment.asked)


def student_seed(seed: int, student: str) -> int:
    """Return a student's own seed, 0 to 2**32 - 1: the same for a name however it is spaced and capitalised."""
    name = " ".join(student.split()).casefold()
    return int.from_bytes(hashlib.sha256(f"{seed} {name}".encode()).digest()[:4], "big")


def assignment_values(assignment: Assignment) -> list:
    """Return an assignment as JSON values."""
    return [
        assignment.question,
        assignment.seed,
        list(assignment.sizes),
        assignment.hidden,
        assignment.examples,
        assignment.reduction,
        list(assignment.asked),
        assignment.tries,
        assignment.hints,
        assignment.diagnosis,
        assignment.by_student,
        assignment.title,
        assignment.preset,
        assignment.momentum,
    ]


def assignment_from(values: object) -> Assignment:
    """Return the assignment that `assignment_values` wrote; a ValueError with one sentence for anything else."""
    found = checks.listed(values, "An assignment", 13, 14)
    asked = checks.listed(found[6], "What is asked for", 0, MOST_ASKED)
    return Assignment(
        question=found[0],
        seed=found[1],
        sizes=tuple(checks.listed(found[2], "The layers", 2, PRACTICE_LAYERS)),
        hidden=found[3],
        examples=found[4],
        reduction=found[5],
        asked=tuple(checks.text(name, "What is asked for", LONGEST_TITLE) for name in asked),
        tries=found[7],
        hints=found[8],
        diagnosis=found[9],
        by_student=found[10],
        title=found[11],
        preset=found[12],
        momentum=found[13] if len(found) > 13 else 0.0,
    )


def assignment_token(assignment: Assignment) -> str:
    """Return the token that carries an assignment in a link."""
    return packed(assignment_values(assignment), VERSION)


def read_assignment(token: object) -> Assignment:
    """Return the assignment that a link's token carries; a ValueError with one sentence for anything else."""
    return assignment_from(unpacked(token, VERSION, "The link", longest=LONGEST_ASSIGNMENT, largest=ASSIGNMENT_JSON))


def next_variant(assignment: Assignment) -> Assignment:
    """Return the assignment with the numbers of the next seed."""
    return replace(assignment, seed=(assignment.seed + 1) % (LARGEST_SEED + 1))

"""How well practice marks: `python -m benchmarks.practice [variants]`, counts over fresh variants of each question.

For each variant every right answer is given in 3 to 6 digits and four notations, every wrong recipe of the catalogue is
given for every quantity, and one recipe's value is carried forward by right steps, every line rounded to four digits
and gone on with as rounded, or as it stands in a calculator.
Wanted: no right answer refused, no recipe passed, 95% of the recipes named (alone or with a twin), and 95% of what was
carried forward taken for right or for "follows from yours". The kinds of exercise take turns. About 1.5 s a variant.
"""

import sys
from collections import Counter
from collections.abc import Mapping

import numpy as np

from mlp.exercises import Exercise
from mlp.practice import mark, practice_exercise, quantities
from mlp.practice.chain import Chain
from mlp.practice.recipes.catalogue import wrong_values
from mlp.practice.rounding import rounding_bounds

VARIANTS = 20
WHERE = "  in "
MOST_PLACES = 200
ZERO = 1e-9
KINDS: tuple[Mapping[str, object], ...] = (
    {},
    {"examples": 2},
    {"examples": 2, "reduction": "mean"},
    {"sizes": (2, 2, 2)},
    {"sizes": (3, 3, 2), "hidden": "logistic"},
    {"sizes": (3, 3, 2), "hidden": "relu", "momentum": 0.5},
    {"sizes": (3, 3, 2), "hidden": "gelu"},
)
NOTATIONS = {
    "point": lambda value, digits: f"{value:#.{digits}g}",
    "comma": lambda value, digits: f"{value:#.{digits}g}".replace(".", ",").replace("-", "−"),
    "exponent": lambda value, digits: f"{value:.{digits - 1}e}",
    "number": lambda value, digits: float(f"{value:.{digits - 1}e}"),
}


def written(values: np.ndarray, digits: int, notation: str = "point") -> np.ndarray:
    """Return the values in that many significant digits, as a person or a program writes them."""
    write = NOTATIONS[notation]
    return np.vectorize(lambda value: write(value, digits), otypes=[float if notation == "number" else object])(values)


def count(found: Counter[str], what: str, failed: bool, where: str) -> None:
    """Count one more of something, if it is so, and where it was."""
    found[what] += failed
    if failed:
        found[f"{WHERE}{what}: {where}"] += 1


def right_answers(exercise: Exercise, found: Counter[str]) -> None:
    """Count the right answers that were given, and those that were not taken for right."""
    chain = Chain(exercise)
    for digits in (3, 4, 5, 6):
        for notation in NOTATIONS:
            marks = mark(exercise, {name: written(chain[name], digits, notation) for name in quantities(exercise)})
            found["right answers"] += len(marks)
            for name, answer in marks.items():
                where = f"{kind_words(exercise)}, {name} in {digits} digits"
                count(found, "right answers refused", answer.verdict != "right", where)


def is_near(value: np.ndarray, true: np.ndarray, bound: np.ndarray) -> bool:
    """Return whether a value can't be told from the true one: what is 0 on paper may come out as 1e-18."""
    return bool((np.abs(value - true) <= bound + ZERO).all())


def wrong_recipes(exercise: Exercise, found: Counter[str]) -> None:
    """Count the recipes, those within the rounding of the truth, those that passed and those that were named."""
    chain = Chain(exercise)
    bounds = rounding_bounds(chain, 3)
    for name in quantities(exercise):
        for wrong in wrong_values(chain, name):
            answer = mark(exercise, {name: written(wrong.value, 4)})[name]
            found["recipes"] += 1
            found["recipes near the truth"] += is_near(wrong.value, chain[name], bounds[name])
            where = f"{kind_words(exercise)}, {name}, {wrong.recipe.key}"
            count(found, "recipes passed", answer.verdict in ("right", "follows"), where)
            count(found, "recipes not named", wrong.recipe.sentence not in (answer.mistake or ""), where)


def carried_errors(exercise: Exercise, which: int, found: Counter[str]) -> None:
    """Count the steps that follow by the right rule from one wrong number, and those that were taken so."""
    names, true = quantities(exercise), Chain(exercise)
    start = which % (len(names) - 1)
    wrongs = list(wrong_values(true, names[start]))
    wrong = wrongs[which % len(wrongs)]
    rounded = {name: written(true[name], 4, "number") for name in names[:start]}
    rounded[names[start]] = written(wrong.value, 4, "number")
    for name in names[start + 1 :]:
        rounded[name] = written(Chain(exercise, dict(rounded)).rule(name), 4, "number")
    kept = Chain(exercise, {names[start]: wrong.value})
    for way, given in (("rounded", rounded), ("kept", {name: written(kept[name], 4) for name in names})):
        marks = mark(exercise, given)
        found[f"carried, {way}"] += len(names) - start - 1
        for name in names[start + 1 :]:
            where = f"{kind_words(exercise)}, {name} after {names[start]}, {wrong.recipe.key}"
            count(found, f"carried, {way}, not taken so", marks[name].verdict not in ("follows", "right"), where)


def main(variants: int = VARIANTS, *, only_numbers: bool = False) -> None:
    """Print the counts for each question; with `only_numbers` only those of the generator (0.1 s a variant)."""
    for question in ("q1", "q2"):
        found: Counter[str] = Counter()
        for seed in range(variants):
            exercise = practice_exercise(question, 100 + seed, **KINDS[seed % len(KINDS)])
            found["variants"] += 1
            if only_numbers:
                near_the_truth(exercise, found)
                continue
            right_answers(exercise, found)
            wrong_recipes(exercise, found)
            carried_errors(exercise, seed, found)
        print(f"{question}:", *(f"  {what}: {n:,}" for what, n in told(found)), sep="\n", flush=True)


def told(found: Counter[str]) -> list[tuple[str, int]]:
    """Return the counts in their order, and after them where it failed, the most frequent first."""
    totals = [(what, n) for what, n in found.items() if not what.startswith(WHERE)]
    return totals + [(what, n) for what, n in found.most_common() if what.startswith(WHERE)][:MOST_PLACES]


def kind_words(exercise: Exercise) -> str:
    """Return what kind of exercise it is."""
    network = exercise.network
    return f"{network.sizes} {network.hidden}, {len(exercise.selected)} examples, {exercise.reduction}"


def near_the_truth(exercise: Exercise, found: Counter[str]) -> None:
    """Count the recipes whose value can't be told from the right one in three digits."""
    chain = Chain(exercise)
    bounds = rounding_bounds(chain, 3)
    for name in quantities(exercise):
        for wrong in wrong_values(chain, name):
            found["recipes"] += 1
            near = is_near(wrong.value, chain[name], bounds[name])
            count(found, "recipes near the truth", near, f"{kind_words(exercise)}, {name}, {wrong.recipe.key}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]), only_numbers="numbers" in sys.argv[2:])

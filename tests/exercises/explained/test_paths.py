"""Paths from a weight to the loss: every one of them, and their sum is what backward finds."""

from dataclasses import replace
from math import fsum

import pytest

from mlp.exercises import PRESETS, random_exercise, resized, sheet_exercise, solve
from mlp.exercises.explained.parts import Part
from mlp.exercises.explained.paths import factor_symbols, path_count, paths_to_loss


def parts(solution) -> list[Part]:
    """Return every weight and every bias."""
    layers = list(enumerate(solution.exercise.network.layers, start=1))
    rows = [(l, i, layer) for l, layer in layers for i in range(1, len(layer.b) + 1)]
    weights = [Part("edge", l, i, j) for l, i, layer in rows for j in range(1, layer.W.shape[1] + 1)]
    return weights + [Part("bias", l, i) for l, i, _ in rows]


def derivative(solution, part: Part) -> float:
    if part.kind == "bias":
        return float(solution.gradients.b[part.layer][part.row - 1])
    return float(solution.gradients.W[part.layer][part.row - 1, part.column - 1])


@pytest.mark.parametrize("key", PRESETS)
def test_the_sum_of_the_paths_is_the_entry_of_the_matrix(key) -> None:
    solution = solve(PRESETS[key].exercise)
    for part in parts(solution):
        total = fsum(path.value for path in paths_to_loss(solution, part))
        assert total == pytest.approx(derivative(solution, part), rel=1e-12, abs=1e-12), part


@pytest.mark.parametrize("reduction", ["sum", "mean"])
@pytest.mark.parametrize("hidden", ["tanh", "logistic", "relu", "identity"])
def test_so_it_is_for_a_batch_and_every_activation(hidden, reduction) -> None:
    exercise = random_exercise(7, (3, 4, 3, 2), loss="cross_entropy")
    network = replace(exercise.network, hidden=hidden)
    solution = solve(replace(exercise, network=network, selected=(0, 1), reduction=reduction))
    for part in parts(solution):
        total = fsum(path.value for path in paths_to_loss(solution, part))
        assert total == pytest.approx(derivative(solution, part), rel=1e-12, abs=1e-12), part


def test_there_are_as_many_paths_as_ways_through_the_units_above() -> None:
    solution = solve(replace(sheet_exercise("q1"), selected=(0, 1)))
    found = list(paths_to_loss(solution, Part("edge", 1, 2, 3)))
    assert len(found) == path_count(solution, Part("edge", 1, 2, 3)) == 2 * 3 * 3
    assert len({(path.example, path.units) for path in found}) == len(found)
    assert path_count(solution, Part("edge", 3, 1, 1)) == 2


def test_a_path_has_a_factor_for_each_symbol() -> None:
    solution = solve(resized(sheet_exercise("q1"), (2, 2, 2, 2, 3)))
    for part in (Part("edge", 1, 1, 2), Part("bias", 1, 1), Part("edge", 4, 3, 1), Part("bias", 4, 1)):
        symbols = factor_symbols(solution, part)
        assert all(len(path.factors) == len(symbols) for path in paths_to_loss(solution, part))
    assert factor_symbols(solution, Part("edge", 1, 1, 2))[:3] == ("x_{2}", "g'(z^{[1]}_{1})", "w^{[2]}_{k,1}")


def test_a_unit_has_no_paths_of_its_own() -> None:
    with pytest.raises(ValueError, match="needs a weight or a bias"):
        next(paths_to_loss(solve(sheet_exercise("q1")), Part("unit", 1, 1)))

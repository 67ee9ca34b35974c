"""Momentum in the hand step: scikit-learn's rule, told step by step, carried on, written only where there is any."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.neural_network._stochastic_optimizers import SGDOptimizer

from mlp import Layer, Network
from mlp.exercises import (
    Exercise,
    Handout,
    Solution,
    decode,
    encode,
    from_dict,
    from_json,
    random_exercise,
    resized,
    sheet_exercise,
    solution_steps,
    solve,
    to_dict,
    to_json,
)
from mlp.exercises.descent import descend, one_by_one
from mlp.exercises.explained.parts import part_sums
from mlp.exercises.export import numpy_script, pytorch_script, quantities_csv, scikit_learn_obstacle
from mlp.exercises.handout import EXERCISE_KEYS, MOMENTUM_KEYS
from mlp.view.paper import assignment, blank_page, worked_markdown, worked_page
from mlp.view.sheet.blocks import blocks_of
from mlp.view.sheet.document import Sheet, index_of
from mlp.view.sheet.given import given_blocks
from tests.exercises.explained.evaluated import check_steps, evaluated

# One linear unit, x = 1, y = 0, half the square: the derivative by w and by b is w + b
SMALL = Exercise(Network((Layer([[1.0]], [0.0]),), "tanh", "squared_error"), [[1.0]], [[0.0]], 0.1, momentum=0.5)


def next_step(solution: Solution) -> Exercise:
    """Return the exercise that goes on from a solution."""
    return replace(solution.exercise, network=solution.network, velocity=solution.velocity)


def moving(seed: int = 1, **settings) -> Exercise:
    """Return a batch of two that has made a step already."""
    exercise = replace(random_exercise(seed, (3, 3, 2), examples=2), selected=(0, 1), momentum=0.9, **settings)
    return next_step(solve(exercise))


def test_two_steps_worked_by_hand() -> None:
    first = solve(SMALL)
    assert first.velocity[0].W.item() == pytest.approx(-0.1, abs=1e-12)
    assert first.network.layers[0].W.item() == pytest.approx(0.9, abs=1e-12)
    second = solve(next_step(first))
    assert second.gradients.W[1].item() == pytest.approx(0.8, abs=1e-12)
    # v = 0.5 · (−0.1) − 0.1 · 0.8
    assert second.velocity[0].W.item() == pytest.approx(-0.13, abs=1e-12)
    assert second.velocity[0].b.item() == pytest.approx(-0.13, abs=1e-12)
    assert second.network.layers[0].W.item() == pytest.approx(0.77, abs=1e-12)
    assert second.network.layers[0].b.item() == pytest.approx(-0.23, abs=1e-12)
    assert second.loss_after == pytest.approx(0.5 * 0.54**2, abs=1e-12)


def test_five_steps_are_those_of_scikit_learns_optimizer() -> None:
    exercise = replace(random_exercise(3, (3, 4, 2), examples=2), selected=(0, 1), momentum=0.9)
    theirs = [values.copy() for layer in exercise.network.layers for values in (layer.W, layer.b)]
    optimizer = SGDOptimizer(theirs, exercise.learning_rate, momentum=0.9, nesterov=False)
    start = exercise
    for _ in range(5):
        solution = solve(exercise)
        optimizer.update_params(theirs, [g for pair in zip(*solution_gradients(solution), strict=True) for g in pair])
        exercise = next_step(solution)
        ours = [values for layer in exercise.network.layers for values in (layer.W, layer.b)]
        for a, b in zip(ours, theirs, strict=True):
            np.testing.assert_allclose(a, b, rtol=0, atol=1e-12)
    path = descend(start, 5)
    assert np.array_equal(path.network.layers[0].W, exercise.network.layers[0].W)
    assert np.array_equal(path.velocity[1].b, exercise.velocity[1].b)


def solution_gradients(solution: Solution) -> tuple[tuple, tuple]:
    """Return the derivatives by the weights and by the biases."""
    return tuple(solution.gradients.W), tuple(solution.gradients.b)


def test_the_predicted_change_of_a_small_step_is_the_real_one() -> None:
    path = descend(moving(learning_rate=1e-6), 1)
    small = descend(replace(moving(), learning_rate=1e-7, velocity=None), 3)
    assert small.predicted == pytest.approx(small.real, rel=1e-3)
    assert len(path.predicted) == 1


def test_one_example_after_the_other_carries_the_velocity_on() -> None:
    exercise = replace(moving(), velocity=None)
    first = solve(replace(exercise, selected=(0,)))
    second = solve(replace(next_step(first), selected=(1,)))
    assert np.array_equal(one_by_one(exercise).network.layers[0].W, second.network.layers[0].W)


def test_without_momentum_nothing_is_told_and_nothing_is_written() -> None:
    plain = sheet_exercise("q1")
    assert not [step.name for step in solution_steps(solve(plain)) if step.name.startswith("v")]
    assert tuple(to_dict(Handout(plain))["exercise"]) == EXERCISE_KEYS
    velocity = solve(plain).velocity
    dropped = replace(plain, velocity=velocity)
    assert dropped.velocity is None
    assert dropped.key == plain.key
    assert encode(Handout(dropped)) == encode(Handout(plain))


@pytest.mark.parametrize("fixed", [False, True])
@pytest.mark.parametrize("reduction", ["sum", "mean"])
def test_the_numbers_put_in_come_to_the_values(fixed: bool, reduction: str) -> None:
    exercise = moving(reduction=reduction, biases_fixed=fixed)
    for each in (exercise, replace(exercise, velocity=None), replace(exercise, selected=(1,))):
        solution = solve(each)
        check_steps(solution)
        names = [step.name for step in solution_steps(solution) if step.phase == "update"]
        layer = ["vW1", "W1 new"] if fixed else ["vW1", "W1 new", "vb1", "b1 new"]
        assert names[: len(layer)] == layer
        for part, letter in (("edge 1 2 1", "W"), ("bias 1 2", "b")):
            sums = part_sums(solution, part)
            assert [found.step for found in sums] == [f"d{letter}1", *[f"v{letter}1"] * (f"v{letter}1" in names),
                                                      f"{letter}1 new"]  # fmt: skip
            for found in sums:
                assert evaluated(found.terms) == pytest.approx(found.value, abs=1e-12)


def test_fixed_biases_keep_their_velocity() -> None:
    exercise = replace(moving(), biases_fixed=True)
    after = solve(exercise)
    assert np.array_equal(after.velocity[0].b, exercise.velocity[0].b)
    assert np.array_equal(after.network.layers[0].b, exercise.network.layers[0].b)


def test_a_velocity_that_cancels_its_gradient_is_zero_and_so_is_the_step() -> None:
    velocity = (Layer([[0.3]], [0.3]),)
    # 0.1 · 0.3 − 0.1 · (0.1 + 0.2) is 0 on paper, and not in a computer
    network = Network((Layer([[0.1]], [0.2]),), "tanh", "squared_error")
    solution = solve(replace(SMALL, network=network, momentum=0.1, velocity=velocity))
    assert solution.velocity[0].W.item() == 0.0


@pytest.mark.parametrize("momentum", [-0.1, 1.0, float("nan"), float("inf")])
def test_a_momentum_out_of_range_is_refused(momentum: float) -> None:
    with pytest.raises(ValueError, match="momentum from 0 to below 1"):
        replace(SMALL, momentum=momentum)


def test_a_velocity_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="velocity of the parameters' shapes"):
        replace(SMALL, velocity=(Layer([[1.0, 2.0]], [0.0]),))


def test_other_sizes_keep_what_fits_of_the_velocity() -> None:
    exercise = moving()
    larger = resized(exercise, (3, 5, 2))
    assert np.array_equal(larger.velocity[0].W[:3], exercise.velocity[0].W)
    assert not larger.velocity[0].W[3:].any()


@pytest.mark.parametrize("velocity", [True, False])
def test_a_link_and_a_file_bring_back_momentum_and_velocity(velocity: bool) -> None:
    exercise = moving() if velocity else replace(moving(), velocity=None)
    handout = Handout(exercise, title="With momentum")
    for back in (decode(encode(handout)), from_json(to_json(handout))):
        assert back.exercise.key == exercise.key
        assert encode(back) == encode(handout)


def test_the_keys_of_two_velocities_differ() -> None:
    exercise = moving()
    keys = {exercise.key, replace(exercise, velocity=None).key, replace(exercise, momentum=0.8).key}
    assert len(keys) == 3


WRONG = (
    ("momentum", 1.0, "The momentum needs a number from 0 to 0.999"),
    ("momentum", "0.9", "The momentum needs a number"),
    ("momentum", True, "The momentum needs a number"),
    ("velocity", [], "The velocity needs to be an object with W, b"),
    ("velocity", {"W": [], "b": []}, "The velocity of W needs 1 entries; got 0"),
    ("velocity", {"W": [[[1, 2]]], "b": [[0]]}, r"velocity of W\[1\] needs 1 entries; got 2"),
    ("velocity", {"W": [[[1e7]]], "b": [[0]]}, r"An entry of the velocity of W\[1\] needs a number"),
    ("velocity", {"W": [[[1]]], "b": [["1"]]}, r"An entry of the velocity of b\[1\] needs a number"),
    ("velocity", {"W": [[[1]]], "b": [[1]], "c": 1}, "W, b and nothing else"),
)


@pytest.mark.parametrize(("key", "value", "words"), WRONG)
def test_what_is_no_momentum_or_velocity_gets_a_sentence(key: str, value: object, words: str) -> None:
    data = to_dict(Handout(SMALL))
    data["exercise"][key] = value
    with pytest.raises(ValueError, match=words):
        from_dict(data)


@pytest.mark.parametrize("missing", MOMENTUM_KEYS)
def test_momentum_and_velocity_come_together(missing: str) -> None:
    data = to_dict(Handout(SMALL))
    del data["exercise"][missing]
    with pytest.raises(ValueError, match=f"needs '{missing}'; it is missing"):
        from_dict(data)


def test_a_momentum_or_a_velocity_too_large_for_a_link_is_refused() -> None:
    with pytest.raises(ValueError, match="The momentum needs"):
        Handout(replace(SMALL, momentum=0.9999))
    with pytest.raises(ValueError, match="needs numbers from"):
        Handout(replace(SMALL, velocity=(Layer([[1e7]], [0.0]),)))


@pytest.mark.parametrize("fixed", [False, True])
def test_the_numpy_script_agrees_in_every_velocity(fixed: bool, capsys) -> None:
    source = numpy_script(solve(moving(biases_fixed=fixed)))
    exec(source, {})
    printed = capsys.readouterr().out
    assert "v of W2 agrees" in printed
    assert ("v of b1 agrees" in printed) is not fixed
    with pytest.raises(AssertionError):
        exec(source.replace("momentum * v_W1 -", "momentum * v_W1 +"), {})


def test_the_other_exports_say_what_they_do_with_momentum() -> None:
    solution = solve(moving())
    source = pytorch_script(solution)
    compile(source, "script", "exec")
    assert "torch.optim.SGD([" not in source
    assert "W1 += v_W1" in source
    assert "keeps the velocity to itself" in scikit_learn_obstacle(solution)
    lines = quantities_csv(solution).splitlines()
    assert "momentum,,,,,0.9" in lines
    assert f"new v of W,1,,1,1,{float(solution.velocity[0].W[0, 0])!r}" in lines


def test_paper_and_sheet_give_the_velocity_and_ask_for_the_new_one() -> None:
    solution = solve(moving())
    steps = solution_steps(solution)
    assert "momentum 0.9" in assignment(solution, 5)
    for text in (worked_markdown(solution), worked_page(solution), blank_page(solution)):
        assert "momentum 0.9" in text
    assert r"\mathbf{v}_{W}^{[1]}" in worked_markdown(solution)
    assert "μ" in worked_page(solution)
    given = [block.spoken for block in given_blocks(solution, 5, {})]
    assert "v of W[1] and b[1] before the step" in given
    spoken = {block.name: block.spoken for block in blocks_of(solution, steps, 5)}
    assert ["vW1", "v of W₁", "v of W[1]"] in index_of(steps)
    update = {phase["name"]: phase["words"] for phase in Sheet((), steps, blocks_of(solution, steps, 5)).phases()}[
        "update"
    ]
    assert "moves by its velocity" in update[0]
    assert (spoken["vW1"], spoken["vb2"], spoken["W1 new"]) == ("v of W[1]", "v of b[2]", "new W[1]")

"""Variants: numbers for pen and paper that tell every wrong recipe from the right one."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import numpy as np
import pytest

from mlp.activations import ACTIVATIONS
from mlp.exercises import Exercise, sheet_exercise
from mlp.network import Layer, Network
from mlp.practice import practice_exercise, quantities, variants
from mlp.practice.chain import Chain
from mlp.practice.draws import USUAL_DRAWS, Kind, drawn
from mlp.practice.recipes.catalogue import CATALOGUE, wrong_values
from mlp.practice.rounding import rounding_bounds
from mlp.practice.variants import near_a_kink, tells_right_from_wrong, vanishes

SEEDS = range(4)
FIRST = ([[-0.2, 0.2], [0.4, 0.4]], [[-1.0, 1.0]])


@pytest.mark.parametrize("question", ["q1", "q2"])
def test_numbers_are_tenths_and_the_same_for_a_seed(question):
    for seed in SEEDS:
        exercise, again = practice_exercise(question, seed), practice_exercise(question, seed)
        assert exercise.key == again.key
        numbers = np.concatenate([a.ravel() for layer in exercise.network.layers for a in (layer.W, layer.b)])
        np.testing.assert_allclose(numbers * 10, np.rint(numbers * 10))
        assert np.abs(numbers).min() > 0
        assert np.abs(numbers).max() <= 0.5
    assert practice_exercise(question, 0).key != practice_exercise(question, 1).key


def test_a_seed_has_the_numbers_it_has_always_had():
    exercise = practice_exercise("q1", 1, sizes=(2, 2, 1))
    assert exercise.network.loss == "squared_error"
    assert (exercise.network.layers[0].W.tolist(), exercise.X.tolist()) == FIRST


def test_a_recipe_that_came_later_changes_no_seeds_numbers():
    """The mean of three squares once made the generator pass over this seed's first good draw."""
    assert practice_exercise("q1", 4).network.layers[0].W[0].tolist() == [0.1, 0.2, -0.2, -0.3]
    assert any(recipe.late for recipe in CATALOGUE.values())


@pytest.mark.parametrize("question", ["q1", "q2"])
@pytest.mark.parametrize("kind", [{}, {"examples": 2}, *({"hidden": g, "sizes": (3, 3, 2)} for g in ("relu", "gelu"))])
def test_no_wrong_recipe_comes_near_the_right_value(question, kind):
    for seed in SEEDS:
        exercise = practice_exercise(question, seed, **kind)
        chain = Chain(exercise)
        bounds = rounding_bounds(chain, 3)
        for name in quantities(exercise):
            for wrong in wrong_values(chain, name):
                assert (np.abs(wrong.value - chain[name]) > bounds[name]).any(), (seed, name, wrong.key)


@pytest.mark.parametrize("seed", [133, 280, 357])
def test_a_zero_on_paper_is_not_taken_for_apart_from_zero(seed):
    """With these seeds dL/dh of an inactive unit once was 0.1 + 0.2 - 0.3, so that g' could be left out unseen."""
    chain = Chain(practice_exercise("q2", seed, sizes=(3, 3, 2), hidden="relu", momentum=0.5))
    for name in ("dz1", "dW1", "db1"):
        assert all((np.abs(wrong.value - chain[name]) > 1e-9).any() for wrong in wrong_values(chain, name))


@pytest.mark.parametrize("hidden", ACTIVATIONS)
def test_every_activation_can_be_practised_away_from_its_kinks(hidden):
    for question in ("q1", "q2"):
        chain = Chain(practice_exercise(question, 2, sizes=(3, 3, 2), hidden=hidden))
        assert not near_a_kink(chain)
        assert not vanishes(chain)


def test_the_sheets_own_numbers_are_refused():
    """All weights equal: on question 2 the layers below the last have no gradient, and many mistakes change nothing."""
    assert not tells_right_from_wrong(sheet_exercise("q2"))
    assert vanishes(Chain(sheet_exercise("q2")))


def test_a_unit_on_the_kink_is_refused():
    layers = (Layer([[0.2, 0.3], [0.5, 0.1]], [-0.5, 0.2]), Layer([[0.4, 0.3]], [0.1]))
    exercise = Exercise(Network(layers, "relu", "squared_error"), [[1.0, 1.0]], [[1.0]], 0.4)
    assert near_a_kink(Chain(exercise))
    assert not tells_right_from_wrong(exercise)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"question": "q3", "seed": 1}, "question needs one of q1, q2"),
        ({"question": "q1", "seed": 1, "sizes": (3,)}, "two or more sizes"),
        ({"question": "q1", "seed": 1, "examples": 0}, "an example"),
        ({"question": "q2", "seed": 1, "sizes": (2, 1)}, "two outputs or more: of a single one p is always 1"),
    ],
)
def test_what_cannot_be_made_is_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        practice_exercise(**arguments)


def test_what_none_was_found_of_is_said_and_remembered(monkeypatch):
    """It is what takes longest: a class of students was given the same refusal after seconds each."""
    monkeypatch.setattr(variants, "USUAL_DRAWS", 1)
    monkeypatch.setattr(variants, "WIDER_DRAWS", 0)
    before = variants.search.cache_info().hits
    for _ in range(2):
        with pytest.raises(ValueError, match=r"for layers 2-2-2-2-2, tanh and 3 examples none were found: take other"):
            practice_exercise("q1", 1, sizes=(2, 2, 2, 2, 2), examples=3, reduction="mean")
    assert variants.search.cache_info().hits == before + 1
    variants.search.cache_clear()


def test_long_searches_wait_for_each_other(monkeypatch):
    """Each takes a thread for seconds: of ten links to what has no numbers nine wait, and the others' pages go on."""
    under_way, most = [], []

    def tells(exercise: Exercise) -> bool:
        under_way.append(exercise)
        most.append(len(under_way))
        Event().wait(0.001)
        under_way.remove(exercise)
        return False

    for name, value in (("tells_right_from_wrong", tells), ("SHORT_DRAWS", 0), ("USUAL_DRAWS", 5), ("WIDER_DRAWS", 0)):
        monkeypatch.setattr(variants, name, value)
    kinds = [Kind("q1", (2, 1), "tanh", 1, "sum", k / 10) for k in range(4)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(variants.search, kinds, range(4)))
    assert {each.exercise for each in found} == {None}
    assert (len(most), max(most)) == (20, 1)
    variants.search.cache_clear()


def test_three_examples_of_softmax_can_be_practised():
    """Three losses of one number each: with every recipe of the cross-entropy none of 2,000 draws kept all apart."""
    assert len(practice_exercise("q2", 12, examples=3).X) == 3


@pytest.mark.parametrize(("sizes", "seed"), [((2, 2, 1), 1), ((4, 4, 3, 3), 3)])
def test_a_batch_of_a_flat_activation_has_larger_numbers_where_small_ones_tell_too_little(sizes, seed):
    """Nobody could see in three digits of the loss after the step whether the layers below the last one moved."""
    exercise = practice_exercise("q1", seed, sizes=sizes, hidden="logistic", examples=2, reduction="mean")
    numbers = np.concatenate([a.ravel() for layer in exercise.network.layers for a in (layer.W, layer.b)])
    np.testing.assert_allclose(numbers * 10, np.rint(numbers * 10))
    assert (exercise.learning_rate, np.abs(numbers).max()) == (0.8, 1.0)


@pytest.mark.parametrize(
    ("kind", "attempt"),
    [
        (Kind("q1", (2, 2, 1), "softplus", 3, "sum", 0.9), 2),
        (Kind("q2", (4, 4, 3, 3), "tanh", 3, "mean", 0.9), 0),
        (Kind("q2", (4, 4, 3, 3), "logistic", 3, "mean", 0.0), 65),
    ],
)
def test_three_examples_get_wider_numbers_where_the_usual_ones_tell_too_little(kind, attempt):
    """Of 15 kinds that the page offers seed 1 had no numbers: all targets 1, or a step that is hardly one."""
    found = [
        exercise for k in range(attempt + 1) if tells_right_from_wrong(exercise := drawn(kind, 1, USUAL_DRAWS + k))
    ]
    assert [exercise.key for exercise in found] == [drawn(kind, 1, USUAL_DRAWS + attempt).key]
    assert np.abs(found[0].X).max() > 1
    assert 0 < found[0].Y.mean() < 1


def test_the_leaky_relu_can_be_practised_in_the_sheets_size():
    """Its slope twice is the ReLU's but for 0.0001: while both were recipes, no numbers could keep them apart."""
    assert practice_exercise("q2", 1, hidden="leaky_relu").network.hidden == "leaky_relu"

"""The mistake is named: answers worked out by hand as students are known to do, on the sheet's and other numbers."""

from dataclasses import replace

import numpy as np
import pytest

from mlp.exercises import Exercise, sheet_exercise
from mlp.network import Layer, Network
from mlp.practice import mark, practice_exercise
from mlp.practice.chain import Chain
from mlp.practice.diagnosis import TOO_MANY
from mlp.practice.recipes.catalogue import CATALOGUE, wrong_values

W1, b1 = np.array([[0.1, -0.4], [0.3, 0.2]]), np.array([0.2, -0.1])
W2, b2 = np.array([[0.5, -0.3], [0.1, 0.4]]), np.array([0.1, 0.3])
x, y, eta = np.array([1.0, -0.5]), np.array([0.0, 1.0]), 0.4


def exercise(loss: str) -> Exercise:
    """Return a 2-2-2 tanh network with the numbers above."""
    return Exercise(Network((Layer(W1, b1), Layer(W2, b2)), "tanh", loss), x[None], y[None], eta)


# By hand, with nothing but NumPy
z1 = W1 @ x + b1
h1 = np.tanh(z1)
z2 = W2 @ h1 + b2
dz2 = z2 - y
dh1 = W2.T @ dz2
dz1 = dh1 * (1 - h1**2)
dW1 = np.outer(dz1, x)
p = np.exp(z2) / np.exp(z2).sum()
sigma = 1 / (1 + np.exp(-z2))

WRONG = (
    ("squared_error", "z1", W1 @ x, "bias was left out"),
    ("squared_error", "z1", W1.T @ x + b1, "W was used transposed"),
    ("squared_error", "h1", z1, "activation was left out"),
    ("squared_error", "h1", 1 / (1 + np.exp(-z1)), "Another activation function"),
    ("squared_error", "h1", np.tanh(2 * z1), "taken of 2z"),
    ("squared_error", "L", ((z2 - y) ** 2).sum(), "factor ½ was left out"),
    ("squared_error", "L", ((z2 - y) ** 2).sum() / 4, "divided by the number of outputs"),
    ("squared_error", "dz2", y - z2, "output minus target"),
    ("squared_error", "dz2", 2 * (z2 - y), "factor 2 too many"),
    ("squared_error", "dz1", dh1, "g′ was left out"),
    ("squared_error", "dz1", dh1 * (1 - z1**2), "1 − z² for 1 − h²"),
    ("squared_error", "dz1", dh1 * (1 - h1**2) ** 2, "g′ was multiplied in twice"),
    ("squared_error", "dz1", dh1 * (1 - h1), "the square is missing"),
    ("squared_error", "dh1", W2 @ dz2, "W was not transposed"),
    ("squared_error", "dh1", (W2 - eta * np.outer(dz2, h1)).T @ dz2, "weights after the update"),
    ("squared_error", "dW1", np.outer(x, dz1), "outer product is the wrong way round"),
    ("squared_error", "dW2", np.outer(dz2, z1), "z of the layer below"),
    ("squared_error", "dW1", -dW1, "sign is the other way round"),
    ("squared_error", "dW1", eta * dW1, "learning rate is in it already"),
    ("squared_error", "db1", dh1, "dL/dh was used"),
    ("squared_error", "W1 new", W1 + eta * dW1, "step was added"),
    ("squared_error", "W1 new", W1 - dW1, "learning rate was left out"),
    ("squared_error", "W1 new", dW1, "This is the gradient"),
    ("squared_error", "b1 new", b1, "not updated"),
    ("squared_error", "L after", 0.5 * ((z2 - y) ** 2).sum(), "loss before the step"),
    ("summed_squared_error", "L", 0.5 * ((z2 - y) ** 2).sum(), "another factor"),
    ("summed_squared_error", "dz2", z2 - y, "factor 2 of the square's derivative"),
    (
        "tanh_summed_squared_error",
        "dz2",
        (np.tanh(z2) - y) * (1 - np.tanh(z2) ** 2),
        "factor 2 of the square's derivative",
    ),
    ("mean_squared_error", "L", ((z2 - y) ** 2).sum(), "another factor"),
    ("mean_squared_error", "dz2", 2 * (z2 - y), "factor 2 of the square's derivative"),
    ("cross_entropy", "output", np.exp(z2), "not divided by their sum"),
    ("cross_entropy", "output", z2 / z2.sum(), "without the exponential"),
    ("cross_entropy", "L", -np.log10(p[1]), "base 10"),
    ("cross_entropy", "L", -np.log(p[1]) - np.log(1 - p[0]), "(1 − y) log(1 − p)"),
    ("cross_entropy", "dz2", -y / p, "derivative by the output"),
    ("cross_entropy", "dz2", -y * (1 - p), "Only p(1 − p)"),
    ("cross_entropy", "dz2", (p - y) * p * (1 - p), "as with a squared error"),
    ("cross_entropy", "dz2", p * ((p - y) - ((p - y) * p).sum()), "as with a squared error"),
    ("cross_entropy", "dz2", z2 - y, "taken off z"),
    ("cross_entropy", "dz2", 1 - p, "Every target was taken for 1"),
    ("cross_entropy", "dz2", p - 1, "Every target was taken for 1"),
    ("cross_entropy", "output", sigma, "the logistic function of each z in place of softmax"),
    ("cross_entropy", "output", np.tanh(z2), "Another output activation"),
    ("cross_entropy", "L", ((p - y) ** 2).sum() / 2, "squared error of p and y"),
    ("cross_entropy", "L", -np.log(p[0]), "p of a wrong class"),
    ("cross_entropy", "L", -np.log(p).sum(), "added over all classes"),
    ("cross_entropy", "L", -np.log2(p[1]), "base 2"),
    ("cross_entropy", "L", -np.log(1 - p[1]), "taken of 1 − p"),
    ("binary_cross_entropy", "L", -np.log(sigma[1]), "Only −y ln p"),
    ("binary_cross_entropy", "L", ((sigma - y) ** 2).sum() / 2, "squared error of p and y"),
    ("binary_cross_entropy", "L", -np.log(1 - sigma[1]) - np.log(sigma[0]), "taken of 1 − p"),
    ("binary_cross_entropy", "output", p, "Another output activation"),
    ("binary_cross_entropy", "dz2", (sigma - y) * sigma * (1 - sigma), "as with a squared error"),
    ("binary_cross_entropy", "dz2", z2 - y, "taken off z"),
    ("logistic_squared_error", "dz2", sigma - y, "derivative of the output activation was left out"),
    ("logistic_squared_error", "dz2", (sigma - y) * (sigma * (1 - sigma)) ** 2, "multiplied in twice"),
    ("tanh_squared_error", "dz2", (np.tanh(z2) - y) * (1 - np.tanh(z2) ** 2) ** 2, "multiplied in twice"),
    ("squared_error", "db1", np.full(2, dz1.sum()), "averaged over the units"),
    ("squared_error", "db2", np.full(2, dz2.mean()), "averaged over the units"),
    ("squared_error", "z1", W1 @ x + 2 * b1, "bias was added twice"),
    ("squared_error", "L", ((np.tanh(z2) - y) ** 2).sum() / 2, "outputs are linear here"),
    ("squared_error", "dz2", np.tanh(z2) - y, "outputs are linear here"),
    ("squared_error", "dz2", (np.tanh(z2) - y) * (1 - np.tanh(z2) ** 2), "outputs are linear here"),
    ("squared_error", "L", np.sqrt(((z2 - y) ** 2).sum()), "A root was taken"),
    ("squared_error", "L", (z2 - y).sum() ** 2 / 2, "added before they were squared"),
    ("squared_error", "dz2", (z2 - y) ** 2, "The errors were squared"),
    ("squared_error", "dz1", dh1 * h1 * (1 - h1), "derivative of another activation"),
    ("squared_error", "W1 new", W1 - eta**2 * dW1, "multiplied in twice"),
    ("squared_error", "W1 new", W1 - 0.1 * dW1, "the sheet's 0.1"),
    ("squared_error", "b1 new", b1 - 0.5 * dz1, "learning rate was another"),
    ("squared_error", "z1", W1 @ (x * [-1, 1]) + b1, "Each product with x, row 1, has the wrong sign."),
    ("squared_error", "z1", W1 @ (x * [2, 1]) + b1, "Each product with x, row 1, was added twice."),
    ("squared_error", "dh1", W2.T @ (dz2 * [1, 0]), "Each product with dL/dz[2], row 2, was left out."),
    ("cross_entropy", "output", 10**z2 / (10**z2).sum(), "Powers of 10"),
    ("cross_entropy", "output", np.exp(-z2) / np.exp(-z2).sum(), "exponent has the other sign"),
    ("logistic_squared_error", "output", 1 / (1 + np.exp(z2)), "exponent has the other sign"),
)


@pytest.mark.parametrize(("loss", "name", "value", "words"), WRONG)
@pytest.mark.parametrize("digits", [3, 5])
def test_a_known_mistake_is_named(loss, name, value, words, digits):
    written = [float(f"{number:.{digits - 1}e}") for number in np.ravel(value)]
    shaped = np.reshape(written, Chain(exercise(loss))[name].shape)
    found = mark(exercise(loss), {name: shaped})[name]
    assert found.verdict == "wrong"
    assert words in found.mistake


@pytest.mark.parametrize(("loss", "name", "value", "words"), WRONG)
def test_the_same_mistake_is_not_named_for_the_right_numbers(loss, name, value, words):
    found = mark(exercise(loss), {name: Chain(exercise(loss))[name]})[name]
    assert (found.verdict, found.mistake) == ("right", None)


@pytest.mark.parametrize(("name", "factor"), [("L", 2 / 3), ("dz2", 2 / 3), ("L after", 2 / 3)])
def test_the_mean_of_three_squares_is_named(name, factor):
    """What NumPy's mean, or PyTorch's MSELoss, gives: with two outputs it is half the sum, with three it is not."""
    network = Network(
        (Layer(W1, b1), Layer(np.vstack([W2, [0.2, -0.1]]), np.append(b2, -0.2))), "tanh", "squared_error"
    )
    three = Exercise(network, x[None], np.array([[0.0, 1.0, 0.0]]), eta)
    assert "mean of the squares" in mark(three, {name: factor * Chain(three)[name]})[name].mistake
    assert mark(three, {name: Chain(three)[name]})[name].mistake is None


def test_the_wrong_axis_of_a_batch_is_named():
    """Two examples and two units: a sum over the units has a number an example and fits the shape."""
    X, Y = np.array([x, [0.5, 1.0]]), np.array([y, [1.0, 0.0]])
    batch = replace(exercise("cross_entropy"), X=X, Y=Y, selected=(0, 1))
    chain = Chain(batch)
    delta, e = chain["dz1"], np.exp(chain["z2"])
    assert "over the units" in mark(batch, {"db1": delta.sum(axis=0)})["db1"].mistake
    assert "over the units" in mark(batch, {"db1": [delta.sum()] * 2})["db1"].mistake
    assert "over the examples" in mark(batch, {"output": e / e.sum(axis=1, keepdims=True)})["output"].mistake
    right = mark(batch, {"db1": delta.sum(axis=1), "output": e / e.sum(axis=0)})
    assert {(each.verdict, each.mistake) for each in right.values()} == {("right", None)}


@pytest.mark.parametrize(
    ("hidden", "name", "made", "words"),
    [
        ("logistic", "h1", lambda z, dh, h: 1 / (1 + np.exp(z)), "exponent has the other sign"),
        ("logistic", "h1", lambda z, dh, h: 1 / (1 + 10.0**-z), "A power of 10"),
        ("logistic", "dz1", lambda z, dh, h: dh * (1 - h**2), "derivative of another activation"),
        ("tanh", "h1", lambda z, dh, h: np.tan(z), "Another key"),
        ("tanh", "h1", lambda z, dh, h: np.arctanh(z), "Another key"),
        ("relu", "dz1", lambda z, dh, h: np.maximum(dh, 0), "applied to dL/dh"),
    ],
)
def test_a_mistake_with_the_activation_is_named(hidden, name, made, words):
    """With z of 0.7 and 0.6, where tan is far from tanh, and one dL/dh is below 0."""
    one = exercise("squared_error")
    layers = (Layer(W1, [0.4, 0.4]), one.network.layers[1])
    one = replace(one, network=replace(one.network, layers=layers, hidden=hidden))
    chain = Chain(one)
    value = made(chain["z1"], chain["dh1"], chain["h1"])
    found = mark(one, {name: [f"{number:#.4g}" for number in value[:, 0]]})[name]
    assert found.verdict == "wrong"
    assert words in found.mistake
    assert mark(one, {name: chain[name]})[name].mistake is None


@pytest.mark.parametrize("factor", [1.0, 1 / 2, 1 / 4])
def test_sums_that_were_multiplied_in_place_of_added_products_are_named(factor):
    X, Y = np.array([x, [0.5, 1.0]]), np.array([y, [1.0, 0.0]])
    batch = replace(exercise("squared_error"), X=X, Y=Y, selected=(0, 1))
    chain = Chain(batch)
    delta, below = chain["dz2"].sum(axis=1), chain["h1"].sum(axis=1)
    assert "before they were multiplied" in mark(batch, {"dW2": factor * np.outer(delta, below)})["dW2"].mistake
    assert mark(batch, {"dW2": chain["dz2"] @ chain["h1"].T})["dW2"].mistake is None


def test_the_hidden_activation_before_softmax_is_named():
    one = exercise("cross_entropy")
    one = replace(one, network=replace(one.network, layers=(one.network.layers[0], Layer(4 * W2, 4 * b2))))
    e = np.exp(np.tanh(4 * z2))
    assert "made of its z itself" in mark(one, {"output": e / e.sum()})["output"].mistake


def test_activated_outputs_are_named_after_the_step_too():
    one = exercise("squared_error")
    new = Chain(one)
    h = np.tanh(new["W1 new"] @ x + new["b1 new"][:, 0])
    z = new["W2 new"] @ h + new["b2 new"][:, 0]
    said = mark(one, {"L after": ((np.tanh(z) - y) ** 2).sum() / 2})["L after"].mistake
    assert "outputs are linear here" in said


def test_a_late_mistake_that_is_hardly_another_number_is_none():
    """The numbers of tan z and tanh z are the same in three digits where z is small: neither named nor wrong."""
    small = Exercise(
        Network((Layer([[0.1]], [0.02]), Layer([[1.0]], [0.5])), "tanh", "squared_error"), [[0.2]], [[1.0]]
    )
    keys = {wrong.recipe.key for wrong in wrong_values(Chain(small), "h1")}
    assert "another key" not in keys
    assert "activation left out" in keys


def test_the_catalogue_knows_more_than_twenty_mistakes_each_told_once():
    assert len(CATALOGUE) >= 20
    assert len({recipe.sentence for recipe in CATALOGUE.values() if "after the step" not in recipe.key}) >= 50


def test_what_nobody_does_is_not_named():
    found = mark(exercise("squared_error"), {"dW1": np.array([[0.777, -0.123], [0.456, 0.999]])})["dW1"]
    assert (found.verdict, found.mistake) == ("wrong", None)


def test_two_equally_good_explanations_are_both_said():
    """With two examples the mean is half of the sum."""
    batch = sheet_exercise("q1")
    batch = Exercise(batch.network, batch.X, batch.Y, 0.5, (0, 1))
    found = mark(batch, {"dW3": 0.5 * Chain(batch)["dW3"]})["dW3"]
    assert "divided by the number of examples" in found.mistake
    assert "learning rate is in it already" in found.mistake


def test_two_cells_that_are_swapped_are_named():
    written = dz1[::-1].reshape(2, 1)
    assert "Two cells are swapped." in mark(exercise("squared_error"), {"dz1": written})["dz1"].mistake
    value = dW1.copy()
    value[0, 0], value[1, 1] = dW1[1, 1], dW1[0, 0]
    assert mark(exercise("squared_error"), {"dW1": value})["dW1"].mistake == (
        "In row 1, column 1; row 2, column 2: Two cells are swapped."
    )


def test_a_slip_in_one_product_of_a_sum_is_named():
    value = z1.copy()
    value[1] -= W1[1, 0] * x[0]
    found = mark(exercise("squared_error"), {"z1": value})["z1"]
    assert found.cells[:, 0].tolist() == ["right", "wrong"]
    assert (
        found.mistake == "In row 2: The product of the weight in row 2, column 1 of W[1] with x, row 1, was left out."
    )


def test_one_wrong_sign_and_a_slipped_point_are_named():
    value = dW1.copy()
    value[1, 0] *= -1
    assert "sign" in mark(exercise("squared_error"), {"dW1": value})["dW1"].mistake
    value = dW1.copy()
    value[0, 1] *= 10
    assert mark(exercise("squared_error"), {"dW1": value})["dW1"].mistake == (
        "In row 1, column 2: The decimal point has slipped."
    )


def test_a_mistake_further_up_is_found_from_the_last_result_alone():
    value = W1 - eta * np.outer(dh1, x)
    found = mark(exercise("squared_error"), {"W1 new": value})["W1 new"]
    assert "As if in dL/d" in found.mistake
    assert "g′" in found.mistake


def test_what_a_mistake_further_up_explains_as_well_is_said_too():
    """With y - p every new weight looks as if the step had been added: she may have subtracted it, as she should."""
    uphill = {"W2 new": W2 + eta * np.outer(dz2, h1)}
    alone = mark(exercise("squared_error"), uphill)["W2 new"].mistake
    assert "The step was added" in alone
    assert "As if in dL/dz[2]: The error has the other sign" in alone
    for known, value in (("dW2", np.outer(dz2, h1)), ("dz2", dz2)):
        told = mark(exercise("squared_error"), {known: value, **uphill})["W2 new"].mistake
        assert "The step was added" in told
        assert "other sign" not in told
    bias = mark(exercise("squared_error"), {"b1 new": b1})["b1 new"].mistake
    assert bias.startswith("This was not updated")
    assert "As if in dL/db[1]: The bias has a gradient too" in bias


def test_where_more_mistakes_than_are_named_lead_to_a_number_none_is():
    """One number, the loss after the step, of four digits: some of 200 recipes on the way come near it by accident."""
    batch = practice_exercise("q2", 0, examples=2, reduction="mean")
    z1 = batch.network.layers[0].W @ batch.X.T
    after = Chain(batch, {"z1": z1})["L after"].item()
    assert mark(batch, {"L after": f"{after:.4g}"})["L after"].mistake == TOO_MANY


def test_a_recipe_is_recognised_in_her_own_earlier_numbers():
    own_h = np.array([0.4, 0.2])
    own_z = W2 @ own_h
    marks = mark(exercise("squared_error"), {"h1": own_h, "z2": own_z})
    assert marks["h1"].verdict == "wrong"
    assert "bias was left out" in marks["z2"].mistake


def as_texts(values: np.ndarray) -> np.ndarray:
    """Return the values in four digits, as text."""
    return np.vectorize(lambda value: f"{value:.4g}", otypes=[object])(values)


def mistake(name: str, written: np.ndarray) -> str | None:
    """Return what is said of an answer to the exercise with squared errors."""
    found = mark(exercise("squared_error"), {name: written})[name]
    assert found.verdict == "wrong"
    return found.mistake


def test_one_digit_shows_no_slip():
    """A thousandth is near a hundredth of any number below 0.5 and says nothing."""
    right = as_texts(dz1[:, None])
    for digits, slipped in (("0.00" + "8", False), (f"{dz1[0] / 100:.3g}", True), (f"{dz1[0] * 10:.3g}", True)):
        written = right.copy()
        written[0, 0] = digits
        assert ("decimal point" in (mistake("dz1", written) or "")) is slipped, digits


def test_a_sentence_comes_once_with_its_places():
    """W transposed gives these two cells; the third is anything."""
    W = np.array([[0.3, -0.2, 0.5], [0.1, 0.4, -0.3], [-0.5, 0.2, 0.1]])
    b, inputs = np.array([0.2, -0.1, 0.3]), np.array([1.0, -0.53, 0.71])
    network = Network((Layer(W, b), Layer([[0.3, -0.4, 0.2]], [0.1])), "tanh", "squared_error")
    square = Exercise(network, inputs[None], [[1.0]], eta)
    written = W.T @ inputs + b
    written[2] = 0.7777
    assert mark(square, {"z1": written})["z1"].mistake == (
        "In row 1; row 2: W was used transposed: unit i takes row i of W, times h from below."
    )
    delta = Chain(square)["dW1"] * np.array([[-1, -1, -1], [-1, -1, 1], [1, 1, 1]])
    assert mark(square, {"dW1": delta})["dW1"].mistake == (
        "In row 1, column 1; row 1, column 2; row 1, column 3 and more: The sign is the other way round."
    )


def test_one_cell_that_agrees_by_accident_is_not_explained_while_others_stay_unexplained():
    written = np.array([[0.7771, -0.1234], [0.4567, 0.9999]])
    written[0, 0] = -dW1[0, 0]
    assert mistake("dW1", written) is None
    right_but_two = dW1.copy()
    right_but_two[0, 0], right_but_two[1, 1] = -dW1[0, 0], 100 * dW1[1, 1]
    assert mistake("dW1", right_but_two) == (
        "In row 1, column 1: The sign is the other way round. In row 2, column 2: The decimal point has slipped."
    )


@pytest.mark.parametrize(("name", "said"), [("L", "averaged: here"), ("dW1", "here the batch's loss is a sum"),
                                            ("b2 new", "here the batch's loss is a sum"),
                                            ("L after", "averaged: here the batch's loss is their sum")])  # fmt: skip
def test_a_student_who_averages_a_batch_is_told_that_it_is_a_sum(name, said):
    """One of the three that were tried on a phone: the loss after the step had found no explanation."""
    batch = replace(exercise("cross_entropy"), X=np.array([x, -x]), Y=np.array([y, y[::-1]]), selected=(0, 1))
    averaged = Chain(replace(batch, reduction="mean"))
    value = Chain(batch)["L after"] / 2 if name == "L after" else averaged[name]
    assert said in mark(batch, {name: value})[name].mistake


def test_a_mistake_shows_in_two_digits_of_several_cells_and_in_those_of_one_alone_not():
    """Three decimals of small numbers are two digits: more are asked for, and the mistake is named all the same."""
    few = np.vectorize(lambda value: f"{value:.2g}", otypes=[object])
    assert "sign is the other way round" in mistake("dW1", few(-dW1))
    assert "learning rate is in it already" in mistake("dW1", few(eta * dW1))
    one = np.full((2, 2), "", dtype=object)
    one[0, 0] = f"{1.04 * eta * dW1[0, 0]:.2g}"
    assert mistake("dW1", one) is None

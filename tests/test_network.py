"""The network: its two passes against an einsum oracle, its numbering, its randomness and its sentences."""

import copy
import dataclasses
import pickle
import re

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier

from mlp import Layer, Network, backward, forward, init_network, loss_value, predict, sgd_step
from mlp.activations import ACTIVATIONS
from mlp.losses import LOSSES
from mlp.network import ByLayer, Gradients
from tests import oracle
from tests.pairs import each_pair

HIDDEN, LOSS = sorted(ACTIVATIONS), sorted(LOSSES)


def example(hidden: str = "tanh", loss: str = "cross_entropy", sizes=(3, 5, 4, 2), n: int = 6, seed: int = 0):
    """Return a random network with biases, inputs and targets that don't sum to one."""
    rng = np.random.default_rng(seed)
    network = init_network(sizes, hidden=hidden, loss=loss, rng=rng)
    return network, rng.normal(size=(n, sizes[0])), rng.uniform(0.1, 1.0, (n, sizes[-1]))


def arrays_of(network: Network) -> oracle.Layers:
    return [(layer.W, layer.b) for layer in network.layers]


def assert_lists_equal(ours, theirs, atol: float = 1e-12) -> None:
    for a, b in zip(ours, theirs, strict=True):
        assert a.shape == b.shape
        np.testing.assert_allclose(a, b, rtol=0, atol=atol)


@pytest.mark.parametrize("sizes", [(3, 2), (3, 5, 2), (3, 5, 4, 2), (1, 1, 1, 1, 1)])
@each_pair
def test_forward_and_backward_agree_with_the_einsum_oracle(hidden: str, loss: str, sizes) -> None:
    network, X, Y = example(hidden, loss, sizes)
    layers, alpha = arrays_of(network), 0.3
    z, h = oracle.forward(layers, hidden, loss, X)
    forward_pass = forward(network, X)
    assert_lists_equal(forward_pass.z, z)
    assert_lists_equal(forward_pass.h, h)
    np.testing.assert_array_equal(forward_pass.output, forward_pass.h[-1])
    expected = oracle.loss_value(layers, loss, h[-1], Y, alpha)
    assert loss_value(network, forward_pass, Y, alpha=alpha) == pytest.approx(expected, rel=1e-12)
    gradients = backward(network, forward_pass, Y, alpha=alpha)
    for ours, theirs in zip(
        (gradients.z, gradients.h, gradients.W, gradients.b),
        oracle.backward(layers, hidden, loss, X, Y, alpha),
        strict=True,
    ):
        assert_lists_equal(ours, theirs)


@pytest.mark.parametrize("loss", LOSS)
def test_the_gradient_of_a_batch_is_the_sum_of_the_gradients_of_its_examples(loss: str) -> None:
    network, X, Y = example(loss=loss)
    batch = backward(network, forward(network, X), Y)
    singles = [backward(network, forward(network, x), y) for x, y in zip(X, Y, strict=True)]
    for l in (1, 2, 3):
        np.testing.assert_allclose(batch.W[l], sum(single.W[l] for single in singles), rtol=0, atol=1e-14)
        np.testing.assert_allclose(batch.b[l], sum(single.b[l] for single in singles), rtol=0, atol=1e-14)
        np.testing.assert_allclose(batch.z[l], np.concatenate([s.z[l] for s in singles]), rtol=0, atol=1e-14)


@pytest.mark.parametrize("alpha", [0.0, 0.7])
@pytest.mark.parametrize("loss", LOSS)
def test_the_mean_is_the_sum_over_n_the_penalty_included(loss: str, alpha: float) -> None:
    network, X, Y = example(loss=loss, n=5)
    forward_pass = forward(network, X)
    values = [loss_value(network, forward_pass, Y, reduction=r, alpha=alpha) for r in ("sum", "mean")]
    assert values[1] == pytest.approx(values[0] / 5, rel=1e-15)
    of_sum, of_mean = (backward(network, forward_pass, Y, reduction=r, alpha=alpha) for r in ("sum", "mean"))
    for field in dataclasses.fields(Gradients):
        for a, b in zip(getattr(of_sum, field.name), getattr(of_mean, field.name), strict=True):
            np.testing.assert_allclose(a / 5, b, rtol=0, atol=1e-15)


def test_the_penalty_is_scikit_learns_and_leaves_the_biases_free() -> None:
    network, X, Y = example(n=4)
    forward_pass = forward(network, X)
    plain, penalised = (loss_value(network, forward_pass, Y, reduction="mean", alpha=a) for a in (0.0, 0.5))
    squares = sum((layer.W**2).sum() for layer in network.layers)
    assert penalised - plain == pytest.approx(0.5 / (2 * 4) * squares, rel=1e-12)
    without, with_penalty = (backward(network, forward_pass, Y, alpha=a) for a in (0.0, 0.5))
    for l, layer in enumerate(network.layers, start=1):
        np.testing.assert_allclose(with_penalty.W[l] - without.W[l], 0.5 * layer.W, rtol=0, atol=1e-15)
        np.testing.assert_array_equal(with_penalty.b[l], without.b[l])


def test_dz_and_dh_are_derivatives_too() -> None:
    network, X, Y = example(n=2)
    gradients = backward(network, forward(network, X), Y)
    above = Network(network.layers[1:], network.hidden, network.loss)

    def loss_from_h1(h: np.ndarray) -> float:
        return loss_value(above, forward(above, h), Y)

    h1, z1 = forward(network, X).h[1], forward(network, X).z[1]
    np.testing.assert_allclose(gradients.h[1], oracle.numeric_derivative(loss_from_h1, h1), atol=1e-11)
    by_z = oracle.numeric_derivative(lambda z: loss_from_h1(np.tanh(z)), z1)
    np.testing.assert_allclose(gradients.z[1], by_z, atol=1e-11)


def test_one_example_may_come_without_a_batch_around_it() -> None:
    network, X, Y = example(n=1)
    single, batch = forward(network, X[0]), forward(network, X)
    np.testing.assert_array_equal(single.output, batch.output)
    assert loss_value(network, single, Y[0]) == loss_value(network, batch, Y)
    np.testing.assert_array_equal(backward(network, single, Y[0]).W[1], backward(network, batch, Y).W[1])


def test_whole_numbers_and_lists_are_taken() -> None:
    network, *_ = example()
    np.testing.assert_array_equal(forward(network, [1, 0, 2]).output, forward(network, [[1.0, 0.0, 2.0]]).output)


def test_the_passes_leave_their_arguments_as_they_were() -> None:
    network, X, Y = example()
    copies = X.copy(), Y.copy(), [W.copy() for W, _ in arrays_of(network)]
    forward_pass = forward(network, X)
    before = [a.copy() for a in forward_pass.h]
    backward(network, forward_pass, Y, alpha=0.1)
    np.testing.assert_array_equal(X, copies[0])
    np.testing.assert_array_equal(Y, copies[1])
    assert_lists_equal([layer.W for layer in network.layers], copies[2], atol=0)
    assert_lists_equal(forward_pass.h, before, atol=0)


def test_the_prediction_is_the_index_of_the_largest_output() -> None:
    network = Network([Layer(np.eye(3), np.zeros(3))], loss="squared_error")
    np.testing.assert_array_equal(predict(network, np.array([[0, 2, 1], [5, 2, 1], [0.0, 0, 0.1]])), [1, 0, 2])
    assert predict(network, [1.0, 0.0, 0.0]).tolist() == [0]


def test_very_large_inputs_and_weights_give_finite_gradients() -> None:
    for hidden in ("tanh", "logistic"):
        for loss in LOSS:
            network, X, Y = example(hidden, loss)
            network = Network([Layer(1e3 * layer.W, layer.b) for layer in network.layers], hidden, loss)
            gradients = backward(network, forward(network, 1e3 * X), Y)
            assert all(np.isfinite(g).all() for g in (*gradients.z, *gradients.W, *gradients.b))


def test_layers_are_numbered_from_one_as_on_the_sheet() -> None:
    quantity = ByLayer("abc")
    assert [quantity[l] for l in (1, 2, 3, -1, -3)] == ["a", "b", "c", "c", "a"]


def test_layer_zero_is_refused() -> None:
    with pytest.raises(IndexError, match=re.escape("Layers are numbered 1 to 3 as on the sheet; got 0")):
        ByLayer("abc")[0]


@pytest.mark.parametrize("layer", [4, -4, 100])
def test_a_layer_beyond_the_last_is_refused(layer: int) -> None:
    with pytest.raises(IndexError):
        ByLayer("abc")[layer]


def test_iterating_goes_from_layer_1_to_layer_L() -> None:
    assert list(ByLayer("abc")) == ["a", "b", "c"]
    assert len(ByLayer("abc")) == 3


def test_reversed_goes_from_layer_L_to_layer_1() -> None:
    assert list(reversed(ByLayer("abc"))) == ["c", "b", "a"]


def test_copies_keep_the_numbering() -> None:
    for twin in (pickle.loads(pickle.dumps(ByLayer("abc"))), copy.deepcopy(ByLayer("abc"))):
        assert twin[1] == "a"
        assert type(twin) is ByLayer


def test_every_quantity_has_the_shape_of_the_agreement() -> None:
    network, X, Y = example(sizes=(3, 5, 4, 2), n=6)
    forward_pass = forward(network, X)
    gradients = backward(network, forward_pass, Y)
    assert [h.shape for h in forward_pass.h] == [(6, 3), (6, 5), (6, 4), (6, 2)]
    for l, units in enumerate((5, 4, 2), start=1):
        assert forward_pass.z[l].shape == gradients.z[l].shape == gradients.h[l].shape == (6, units)
        assert gradients.W[l].shape == network.layers[l - 1].W.shape
        assert gradients.b[l].shape == (units,)


def test_a_layers_arrays_are_read_only_copies() -> None:
    W, b = np.ones((2, 3)), np.zeros(2)
    layer = Layer(W, b)
    W[0, 0] = 7.0
    assert layer.W[0, 0] == 1.0
    for array in (layer.W, layer.b):
        assert array.dtype == np.float64
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 5.0


def test_a_step_gives_a_new_network_and_keeps_the_old_one() -> None:
    network, X, Y = example()
    before = [W.copy() for W, _ in arrays_of(network)]
    after = sgd_step(network, backward(network, forward(network, X), Y), 0.1)
    assert after is not network
    assert_lists_equal([layer.W for layer in network.layers], before, atol=0)
    assert not after.layers[0].W.flags.writeable


def test_records_are_frozen() -> None:
    network, X, _ = example()
    for record, field in ((network, "hidden"), (network.layers[0], "W"), (forward(network, X), "z")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(record, field, None)


def test_sizes_list_the_units_inputs_first() -> None:
    assert example(sizes=(3, 5, 4, 2))[0].sizes == (3, 5, 4, 2)


def test_a_network_survives_pickling() -> None:
    network, X, _ = example()
    twin = pickle.loads(pickle.dumps(network))
    np.testing.assert_array_equal(forward(twin, X).output, forward(network, X).output)


@pytest.mark.parametrize(
    ("W", "b", "got"),
    [
        (np.ones((2, 3)), np.ones(3), "got W (2, 3), b (3,)."),
        (np.ones(3), np.ones(3), "got W (3,), b (3,)."),
        (np.ones((2, 3)), np.ones((2, 1)), "got W (2, 3), b (2, 1)."),
        (np.ones((0, 3)), np.ones(0), "got W (0, 3), b (0,)."),
        (np.ones((2, 0)), np.ones(2), "got W (2, 0), b (2,)."),
    ],
)
def test_a_layer_whose_shapes_do_not_fit(W, b, got: str) -> None:
    with pytest.raises(ValueError, match=re.escape("Layer needs W (n_out, n_in) and b (n_out,); " + got)):
        Layer(W, b)


def test_a_network_without_layers() -> None:
    with pytest.raises(ValueError, match=re.escape("Network needs at least one layer; got none.")):
        Network(())


def test_neighbours_that_do_not_fit() -> None:
    layers = Layer(np.ones((4, 2)), np.ones(4)), Layer(np.ones((1, 3)), np.ones(1))
    sentence = "Network needs layer 2 to take the 4 outputs of layer 1; its W is (1, 3)."
    with pytest.raises(ValueError, match=re.escape(sentence)):
        Network(layers)


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ({"hidden": "sigmoid"}, f"hidden needs one of {', '.join(ACTIVATIONS)}; got 'sigmoid'."),
        (
            {"loss": "mse"},
            f"loss needs one of {', '.join(LOSSES)}; got 'mse'.",
        ),
    ],
)
def test_unknown_names(names: dict, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        Network([Layer(np.ones((1, 1)), np.ones(1))], **names)
    with pytest.raises(ValueError, match=re.escape(sentence)):
        init_network((2, 3), rng=np.random.default_rng(0), **names)


@pytest.mark.parametrize("X", [np.ones((2, 4)), np.ones(4), np.ones((1, 2, 3)), 5.0, np.ones((0, 3))])
def test_inputs_of_another_shape(X) -> None:
    network, *_ = example()
    sentence = f"X needs shape (n, 3), a row an example, at least one; got {np.shape(X)}."
    with pytest.raises(ValueError, match=re.escape(sentence)):
        forward(network, X)


def test_targets_of_another_shape() -> None:
    network, X, Y = example(n=6)
    forward_pass = forward(network, X)
    for function in (loss_value, backward):
        with pytest.raises(ValueError, match=re.escape("Y needs shape (n, 2), a row an example")):
            function(network, forward_pass, Y.T)
        sentence = "Y needs a row for each of the 6 examples of the forward pass; got 1."
        with pytest.raises(ValueError, match=re.escape(sentence)):
            function(network, forward_pass, Y[0])


def test_an_unknown_reduction() -> None:
    network, X, Y = example()
    for function in (loss_value, backward):
        with pytest.raises(ValueError, match=re.escape("reduction needs one of sum, mean; got 'average'.")):
            function(network, forward(network, X), Y, reduction="average")


@pytest.mark.parametrize("sizes", [(), (3,), (3, 0), (0, 3), (3, -1, 2), (3, 2.5), (3, "4")])
def test_sizes_of_no_network(sizes) -> None:
    with pytest.raises(ValueError, match=re.escape(f"such as (64, 50, 10); got {sizes}.")):
        init_network(sizes, rng=np.random.default_rng(0))


@pytest.mark.parametrize("hidden", [name for name in HIDDEN if ACTIVATIONS[name].scikit_learn])
def test_the_numbers_are_the_very_ones_of_mlpclassifier(hidden: str) -> None:
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(20, 6)), np.arange(20) % 3
    # so small a learning rate moves no weight: what is fitted is what was drawn
    theirs = MLPClassifier((5, 4), activation=hidden, solver="sgd", learning_rate_init=1e-300, random_state=7)
    theirs.partial_fit(X, y, classes=[0, 1, 2])
    ours = init_network((6, 5, 4, 3), hidden=hidden, rng=np.random.RandomState(7))
    for layer, coefs, intercepts in zip(ours.layers, theirs.coefs_, theirs.intercepts_, strict=True):
        np.testing.assert_array_equal(layer.W, coefs.T)
        np.testing.assert_array_equal(layer.b, intercepts)


@pytest.mark.parametrize(("hidden", "factor"), [("tanh", 6), ("relu", 6), ("identity", 6), ("logistic", 2)])
def test_the_bound_is_glorots_and_it_is_used_up(hidden: str, factor: int) -> None:
    network = init_network((60, 40, 80), hidden=hidden, rng=np.random.default_rng(3))
    for layer in network.layers:
        bound = np.sqrt(factor / sum(layer.W.shape))
        assert 0.99 * bound < np.abs(layer.W).max() <= bound
        assert 0.8 * bound < np.abs(layer.b).max() <= bound


@pytest.mark.parametrize("make_rng", [np.random.default_rng, np.random.RandomState])
def test_a_seed_decides_everything_and_the_rng_moves_on(make_rng) -> None:
    rng = make_rng(5)
    first, second, again = init_network((3, 2), rng=rng), init_network((3, 2), rng=rng), init_network(
        (3, 2), rng=make_rng(5)
    )  # fmt: skip
    np.testing.assert_array_equal(first.layers[0].W, again.layers[0].W)
    assert not np.array_equal(first.layers[0].W, second.layers[0].W)


def test_normal_first_weights_have_the_textbooks_spread_and_no_biases() -> None:
    network = init_network((60, 40, 80), init="normal", rng=np.random.default_rng(3))
    for layer in network.layers:
        assert layer.W.std() == pytest.approx(0.1, rel=0.05)
        assert layer.W.mean() == pytest.approx(0.0, abs=0.01)
        assert not layer.b.any()
    with pytest.raises(ValueError, match="init needs one of"):
        init_network((3, 2), init="zeros", rng=np.random.default_rng(0))


def test_a_slice_goes_by_the_numbers_of_the_layers() -> None:
    q = ByLayer("abcd")
    assert (q[1:], q[2:4], q[:2], q[-2:], q[::-1]) == (tuple("abcd"), ("b", "c"), ("a",), ("c", "d"), tuple("dcba"))
    with pytest.raises(IndexError, match=r"numbered 1 to 4 .* got 0"):
        q[0:]


@pytest.mark.parametrize("copied", [copy.deepcopy, copy.copy, lambda x: pickle.loads(pickle.dumps(x))])
def test_a_copy_of_a_network_is_read_only_too(copied) -> None:
    network = copied(init_network((3, 4, 2), rng=np.random.default_rng(0)))
    with pytest.raises(ValueError, match="read-only"):
        network.layers[0].W[0, 0] = 1.0
    assert network.sizes == (3, 4, 2)


def test_a_weight_of_two_is_an_example_that_comes_twice() -> None:
    rng = np.random.default_rng(3)
    network, X, Y = init_network((3, 4, 2), rng=rng), rng.normal(size=(4, 3)), rng.random((4, 2))
    weights, twice = np.array([1, 2, 0, 1]), [0, 1, 1, 3]
    for reduction in ("sum", "mean"):
        how = {"reduction": reduction, "alpha": 0.3}
        one, other = forward(network, X), forward(network, X[twice])
        assert loss_value(network, one, Y, weights=weights, **how) == pytest.approx(
            loss_value(network, other, Y[twice], **how), rel=1e-14
        )
        a, b = backward(network, one, Y, weights=weights, **how), backward(network, other, Y[twice], **how)
        for ours, expected in zip((*a.W, *a.b), (*b.W, *b.b), strict=True):
            np.testing.assert_allclose(ours, expected, rtol=0, atol=1e-15)

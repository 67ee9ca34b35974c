"""The data sets at hand: the very digits and split of the sheet, and others, stratified."""

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from mlp.datasets import DATASETS, Dataset, digits, split
from mlp.datasets.splitting import parted


def test_the_digits_are_1797_pictures_of_8_by_8_in_ten_classes() -> None:
    data = digits()
    assert data.X.shape == (1797, 64)
    assert data.X.dtype == np.float64
    assert (data.X.min(), data.X.max()) == (0.0, 16.0)
    assert data.y.shape == (1797,)
    assert data.y.dtype == np.int64
    assert data.classes == tuple("0123456789")
    assert data.image_shape == (8, 8)
    assert "Optical recognition of handwritten digits" in data.description
    np.testing.assert_array_equal(data.X, load_digits().data)
    np.testing.assert_array_equal(data.y, load_digits().target)


def test_the_split_is_the_sheets() -> None:
    X, y = load_digits(return_X_y=True)
    expected = train_test_split(X, y, test_size=0.2, random_state=42)
    parts = split(digits())
    for ours, theirs in zip((parts.X_train, parts.X_test, parts.y_train, parts.y_test), expected, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert (len(parts.X_train), len(parts.X_test)) == (1437, 360)


@pytest.mark.parametrize(("n", "share", "seed"), [(1797, 0.2, 42), (10, 0.5, 0), (7, 0.05, 1), (99, 0.33, 7)])
def test_without_classes_the_places_are_those_that_scikit_learn_draws(n: int, share: float, seed: int) -> None:
    expected = train_test_split(np.arange(n), test_size=share, random_state=seed)
    for ours, theirs in zip(parted(n, share, seed, None), expected, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_a_share_that_leaves_nothing_to_train_on_is_refused() -> None:
    for split_by in (train_test_split, lambda places, test_size: parted(len(places), test_size, 0, None)):
        with pytest.raises(ValueError, match="train"):
            split_by(np.arange(3), test_size=0.9)


def test_another_seed_or_size_gives_another_split() -> None:
    data = digits()
    assert not np.array_equal(split(data).y_test, split(data, random_state=1).y_test)
    assert len(split(data, test_size=0.5).y_test) == 899


def test_each_call_gives_data_of_its_own() -> None:
    first = digits()
    first.X[:] = -1.0
    assert digits().X.min() == 0.0


def test_scaling_learns_from_the_training_set_alone() -> None:
    data = digits()
    plain, sixteenth = split(data), split(data, scaling="by 16")
    np.testing.assert_array_equal(sixteenth.X_test, plain.X_test / 16)
    parts = split(data, scaling="standardised")
    varies = plain.X_train.std(axis=0) > 0
    np.testing.assert_allclose(parts.X_train[:, varies].std(axis=0), 1.0)
    np.testing.assert_allclose(parts.X_train.mean(axis=0), 0.0, atol=1e-12)
    assert not varies.all()
    assert not parts.X_train[:, ~varies].any()
    expected = (plain.X_test[:, varies] - plain.X_train[:, varies].mean(axis=0)) / plain.X_train[:, varies].std(axis=0)
    np.testing.assert_allclose(parts.X_test[:, varies], expected, atol=1e-12)


def test_swapped_parts_change_places() -> None:
    there, back = split(digits(), test_size=0.5), split(digits(), test_size=0.5, swapped=True)
    np.testing.assert_array_equal(back.X_train, there.X_test)
    np.testing.assert_array_equal(back.y_test, there.y_train)


SHAPES = {
    "iris": (150, 4, 3),
    "wine": (178, 13, 3),
    "breast_cancer": (569, 30, 2),
    "two_moons": (1000, 2, 2),
}


@pytest.mark.parametrize("name", SHAPES)
def test_the_other_data_sets_are_there_without_internet(name: str) -> None:
    data = DATASETS[name]()
    assert (data.name, data.X.shape, len(data.classes)) == (name, SHAPES[name][:2], SHAPES[name][2])
    assert (data.X.dtype, data.y.dtype) == (np.float64, np.int64)
    assert len(data.feature_names) == data.X.shape[1]
    assert sum(data.class_counts) == len(data.y)
    assert data.image_shape is None
    np.testing.assert_array_equal(data.X, DATASETS[name]().X)


@pytest.mark.parametrize("name", SHAPES)
def test_all_but_the_digits_are_split_stratified(name: str) -> None:
    data = DATASETS[name]()
    expected = train_test_split(data.X, data.y, test_size=0.3, random_state=7, stratify=data.y)
    parts = split(data, test_size=0.3, random_state=7)
    for ours, theirs in zip((parts.X_train, parts.X_test, parts.y_train, parts.y_test), expected, strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize(("test_size", "swapped"), [(0.05, False), (0.9, False), (0.2, True)])
def test_a_split_that_leaves_a_class_out_is_refused(test_size: float, swapped: bool) -> None:
    y = np.repeat(np.arange(4), [2, 2, 2, 14])
    data = Dataset("small", np.zeros((20, 1)), y, tuple("abcd"), "")
    with pytest.raises(ValueError, match=r"each of the 4 classes in both parts; with 20 examples, 2 of the smallest"):
        split(data, test_size=test_size, swapped=swapped)

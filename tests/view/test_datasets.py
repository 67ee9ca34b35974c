"""Data sets in words, tables and points: right counts, and names from outside as they are."""

from dataclasses import replace

import numpy as np
import pytest

from mlp.datasets import DATASETS, OWN, Dataset
from mlp.view.charts import prepared
from mlp.view.dataset_words import (
    DATASET_LABELS,
    class_words,
    dataset_label,
    feature_words,
    sample_words,
    scatter_words,
    size_words,
)
from mlp.view.datasets import MOST_POINTS, empty_points, point_frame, sample_frame, scatter

MANY = Dataset(
    "own:0123456789abcdef", np.arange(6000.0).reshape(3000, 2), np.arange(3000) % 20,
    tuple(f"class {k}" for k in range(20)), "", None, ("Class", "=cmd()"),
)  # fmt: skip


def test_every_data_set_has_a_label() -> None:
    assert set(DATASET_LABELS) == {*DATASETS, OWN}
    assert dataset_label("breast_cancer") == "Breast cancer"
    assert dataset_label(MANY.name) == "Your own CSV 012345"


def test_a_data_set_is_told_in_numbers() -> None:
    iris = DATASETS["iris"]()
    assert size_words(iris) == "150 examples with 4 features"
    assert class_words(iris) == "3 classes: setosa (50), versicolor (50), virginica (50)"
    assert class_words(MANY).endswith("class 11 (150), and 8 more")
    assert size_words(replace(MANY, X=MANY.X[:, :1])) == "3,000 examples with 1 feature"


def test_the_first_rows_are_shown_with_their_class() -> None:
    frame = sample_frame(DATASETS["breast_cancer"]())
    assert frame.shape == (5, 6)
    assert frame.columns[:2].tolist() == ["Class", "mean radius"]
    assert frame["Class"].tolist() == ["malignant"] * 5
    assert sample_words(DATASETS["breast_cancer"]()) == "The first 5 rows, 5 of the 30 features."
    assert sample_words(DATASETS["iris"]()) == "The first 5 rows."


def test_a_feature_called_class_does_not_collide_with_the_class() -> None:
    assert sample_frame(MANY).columns.tolist() == ["Class (1)", "Class (2)", "=cmd()"]


@pytest.mark.parametrize("dataset", [DATASETS["two_moons"](), MANY])
def test_points_are_thinned_evenly_and_say_so(dataset: Dataset) -> None:
    frame = point_frame(dataset)
    assert len(frame) == MOST_POINTS
    np.testing.assert_array_equal(frame["second"], dataset.X[:: len(dataset.X) // MOST_POINTS, 1])
    of = " of the 3,000" if dataset is MANY else ""
    assert scatter_words(dataset).startswith(f"1,000{of} examples as points: {dataset.feature_names[0]} to the right, ")


def test_points_differ_by_colour_and_by_shape() -> None:
    encoding = prepared(scatter(empty_points(), ("a", "b")))["encoding"]
    assert encoding["color"]["field"] == encoding["shape"]["field"] == "class"


def test_the_axes_of_points_are_named_after_the_features() -> None:
    encoding = prepared(scatter(empty_points(), ("height", "<b>weight</b>")))["encoding"]
    assert [encoding[axis]["title"] for axis in "xy"] == ["height", "<b>weight</b>"]


def test_an_example_is_told_by_its_first_features() -> None:
    assert feature_words(MANY, MANY.X[1]) == "Class 2; =cmd() 3"
    cancer = DATASETS["breast_cancer"]()
    assert feature_words(cancer, cancer.X[0]).startswith("mean radius 17.99; mean texture 10.38; ")
    assert feature_words(cancer, cancer.X[0]).endswith("; and 25 more")

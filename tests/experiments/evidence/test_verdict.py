"""The verdict can say a difference and none, and never more than the images show."""

import numpy as np
import pytest

from mlp.experiments.evidence.statistics import Pairs
from mlp.experiments.evidence.verdict import Verdict, cases, verdict


def verdict_on(both: int, only_ours: int, only_peer: int, neither: int) -> Verdict:
    counts = (both, only_ours, only_peer, neither)
    return verdict(np.repeat([True, True, False, False], counts), np.repeat([True, False, True, False], counts))


def test_a_verdict_holds_all_the_numbers():
    found = verdict_on(340, 8, 1, 11)
    assert found.pairs == Pairs(340, 8, 1, 11)
    assert (found.images, found.right) == (360, (348, 341))
    assert found.gap == pytest.approx(7 / 360)
    assert found.ours.low < 348 / 360 < found.ours.high
    assert found.peer.low < 341 / 360 < found.peer.high
    assert found.difference.low < found.gap < found.difference.high
    assert found.p_value == pytest.approx(20 / 512)


@pytest.mark.parametrize(
    ("counts", "differs", "sentence"),
    [
        (
            (340, 8, 1, 11),
            True,
            "Ours is better on these images: if neither were, a split at least as uneven of the 9 images on which only "
            "one is right would come about by chance in 39 of 1,000 cases.",
        ),
        (
            (300, 0, 50, 10),
            True,
            "scikit-learn is better on these images: if neither were, a split at least as uneven of the 50 images on "
            "which only one is right would come about by chance in fewer than 1 of 1,000 cases.",
        ),
        (
            (346, 5, 4, 5),
            False,
            "With 360 test images this difference can't be told from chance: if neither were better, a split at "
            "least as uneven of the 9 images on which only one is right would come about by chance in every case.",
        ),
        ((346, 4, 4, 6), False, "Both are right equally often: the 360 test images show no difference."),
        ((350, 0, 0, 10), False, "Both are right equally often: the 360 test images show no difference."),
    ],
)
def test_a_verdict_says_a_difference_or_none(counts, differs, sentence):
    found = verdict_on(*counts)
    assert found.differs is differs
    assert found.sentence == sentence


def test_one_image_is_told_as_one():
    assert "a split at least as uneven of the one image on which only one is right" in verdict_on(350, 1, 0, 9).sentence


def test_a_probability_is_told_as_a_count():
    assert [cases(p) for p in (1.0, 0.508, 0.0026, 0.0004)] == [
        "every case", "508 of 1,000 cases", "3 of 1,000 cases", "fewer than 1 of 1,000 cases",
    ]  # fmt: skip


def test_a_verdict_needs_the_same_images():
    with pytest.raises(ValueError, match="for the same images"):
        verdict(np.ones(3, bool), np.ones(4, bool))

"""The verdict can say a difference and none, and never more than the images show."""

import numpy as np
import pytest

from mlp.experiments.config import BOTH_OURS
from mlp.experiments.evidence.sentences import cases
from mlp.experiments.evidence.statistics import Pairs
from mlp.experiments.evidence.verdict import Verdict, verdict


def verdict_on(both: int, only_ours: int, only_peer: int, neither: int, **about) -> Verdict:
    counts = (both, only_ours, only_peer, neither)
    sides = ([True, True, False, False], [True, False, True, False])
    return verdict(*(np.repeat(side, counts) for side in sides), **about)


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
            (346, 3, 2, 9),
            False,
            "Only 5 of 360 test images tell these two fitted networks apart, 3 for ours and 2 for scikit-learn: as "
            "even as five can be.",
        ),
        (
            (350, 0, 0, 10),
            False,
            "None of 360 test images tells these two fitted networks apart: they are right on the same ones and wrong "
            "on the same ones.",
        ),
        (
            (350, 0, 1, 9),
            False,
            "Only one of 360 test images tells these two fitted networks apart: scikit-learn is right on it. One is "
            "too few to call either of them better.",
        ),
        (
            (350, 2, 0, 8),
            False,
            "Only 2 of 360 test images tell these two fitted networks apart, both for ours: if neither were better, a "
            "split at least as uneven would come about by chance in 500 of 1,000 cases, too often to call one of them "
            "better.",
        ),
        (
            (345, 5, 0, 10),
            False,
            "Only 5 of 360 test images tell these two fitted networks apart, all 5 for ours: if neither were better, a "
            "split at least as uneven would come about by chance in 62 of 1,000 cases, too often to call one of them "
            "better.",
        ),
        (
            (310, 20, 20, 10),
            False,
            "40 of 360 test images tell these two fitted networks apart, 20 for ours and 20 for scikit-learn: as even "
            "as 40 can be. They are right equally often, though not on the same ones.",
        ),
        (
            (310, 0, 40, 10),
            True,
            "Of these two fitted networks scikit-learn is the better on images like these: 40 of 360 test images tell "
            "them apart, all 40 for scikit-learn, and if neither were better a split at least as uneven would come "
            "about by chance in fewer than 1 of 1,000 cases.",
        ),
        (
            (340, 8, 1, 11),
            True,
            "Of these two fitted networks ours is the better on images like these: 9 of 360 test images tell them "
            "apart, 8 for ours and 1 for scikit-learn, and if neither were better a split at least as uneven would "
            "come about by chance in 39 of 1,000 cases.",
        ),
    ],
)
def test_a_verdict_says_a_difference_or_none(counts, differs, sentence):
    found = verdict_on(*counts)
    assert found.differs is differs
    assert found.sentence == sentence


def test_no_verdict_calls_two_networks_alike():
    # Every split of up to 40 disagreements: the two are named as fitted, and none is a proof of no difference
    for apart in range(41):
        for first in range(apart + 1):
            sentence = verdict_on(300, first, apart - first, 20).sentence
            assert "these two fitted networks" in sentence
            assert not any(word in sentence for word in ("no difference", "the same accuracy", "equally good"))


def test_a_model_that_learnt_nothing_is_told_beside_the_most_frequent_class():
    common = np.arange(360) < 38
    none = verdict_on(20, 10, 8, 322, right_common=common)
    assert none.idle == (True, True)
    assert none.sentence.startswith(
        "Neither network can be shown to be better than always saying the most frequent class of the training part, "
        "which is right on 38 of 360 test images: nothing was learnt that these images show. Only 18 of 360"
    )
    one = verdict_on(36, 0, 302, 22, right_common=common)
    assert one.idle == (True, False)
    assert one.sentence.startswith(
        "Ours, right on 36, can't be shown to be better than always saying the most frequent"
    )
    both = verdict_on(340, 8, 1, 11, right_common=common)
    assert both.idle == (False, False)
    assert both.sentence == verdict_on(340, 8, 1, 11).sentence


def test_a_lead_over_the_most_frequent_class_that_may_be_chance_is_not_called_nothing():
    few = verdict(np.ones(5, bool), np.ones(5, bool), right_common=np.arange(5) < 2, noun="examples")
    assert "whether anything was learnt can't be told from these examples" in few.sentence
    assert "nothing was learnt" not in few.sentence


@pytest.mark.parametrize(
    ("stopped", "words"),
    [
        ((True, True), "Both trainings were stopped before their end: this is about the networks as they were then."),
        ((True, False), "The training of ours was stopped before its end: this is about the network as it was then."),
        ((False, True), "The training of scikit-learn was stopped before its end: this is about the network as it was"),
    ],
)
def test_a_stopped_training_is_told(stopped, words):
    assert words in verdict_on(346, 3, 2, 9, stopped=stopped).sentence
    assert "stopped" not in verdict_on(346, 3, 2, 9).sentence


def test_a_single_example_is_told_as_one():
    assert verdict([True], [False], noun="examples").sentence.startswith("Only one of 1 test example tells these two")


def test_other_models_have_their_own_names():
    found = verdict_on(346, 0, 9, 5, names=("momentum 0.9", "Baseline"))
    assert "Of these two fitted networks “Baseline” is the better" in found.sentence


def test_a_probability_is_told_as_a_count():
    assert [cases(p) for p in (1.0, 0.508, 0.0026, 0.0004)] == [
        "every case", "508 of 1,000 cases", "3 of 1,000 cases", "fewer than 1 of 1,000 cases",
    ]  # fmt: skip


def test_a_verdict_needs_the_same_images():
    with pytest.raises(ValueError, match="for the same images"):
        verdict(np.ones(3, bool), np.ones(4, bool))


def test_two_models_of_ours_are_called_the_first_and_the_second_as_a_sentence_needs_it() -> None:
    right = np.arange(360) < 300
    alone = right.copy()
    alone[0] = False
    assert "tells these two fitted networks apart: the first is right on it" in sentence_of(right, alone)
    worse = np.arange(360) < 200
    assert "Of these two fitted networks the second is the better on images like these" in sentence_of(worse, right)
    few = np.arange(360) < 20
    found = verdict(few, right, right_common=np.arange(360) < 40, names=BOTH_OURS, stopped=(True, False)).sentence
    assert found.startswith("The first, right on 20, can't be shown to be better than always saying")
    assert found.endswith(
        "The training of the first was stopped before its end: this is about the network as it was then."
    )


def sentence_of(first: np.ndarray, second: np.ndarray) -> str:
    return verdict(first, second, names=BOTH_OURS).sentence

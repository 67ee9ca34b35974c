"""The ladder in words and as a chart: what cannot be told is said, and rungs stand in their order."""

import math

import numpy as np
import pytest

from mlp.experiments.config import Comparison, OurConfig, PeerConfig
from mlp.experiments.evidence.ladder import CHANGES, Proof, Rung, RungResult, proof, rungs
from mlp.experiments.evidence.recipes import seeded
from mlp.experiments.evidence.seed_statistics import paired_test, summary
from mlp.experiments.training.results import Job, Trained
from mlp.network import Layer, Network
from mlp.view.training.ladder import climb_frame, empty_ladder, ladder_chart
from mlp.view.training.ladder_words import change_words, ladder_table, proof_words, story

SOUND, NAN = 0.0, math.nan


def result(change: str, tests: tuple[float, ...], before: tuple[float, ...] = ()) -> RungResult:
    """Return what a rung with these test accuracies came to."""
    sound = [value for value in tests if math.isfinite(value)]
    found = summary(sound) if sound else None
    comparable = before and len(sound) == len(tests) and all(map(math.isfinite, before))
    step = paired_test(tests, before) if comparable else None
    return RungResult(Rung(change, OurConfig()), found, found, tests, step, 3, 30, 0.1, len(tests) - len(sound))


def trained(job: Job, weight: float) -> Trained:
    """Return a training that ended with this weight everywhere."""
    network = Network((Layer(np.full((3, 2), weight), np.full(3, weight)),))
    return Trained(job, np.ones((2, 7)), network, "max_iter")


def proof_with(*peer_weights: float) -> Proof:
    """Return the proof where ours ends with 0 or the same nan, and scikit-learn with these weights, seed by seed."""
    comparison = Comparison(OurConfig(max_iter=1), PeerConfig(max_iter=1))
    ladder, seeds = rungs(comparison), range(len(peer_weights))
    ours, peer = (seeded(config, seeds, comparison.data) for config in (ladder[-1].config, comparison.peer))
    made = {job: trained(job, w if math.isnan(w) else SOUND) for job, w in zip(ours, peer_weights, strict=True)}
    made |= {job: trained(job, w) for job, w in zip(peer, peer_weights, strict=True)}
    return proof(comparison, ladder, seeds, made)


@pytest.mark.parametrize("weights", [(SOUND, NAN), (NAN, SOUND), (NAN, NAN)])
def test_numbers_that_overflowed_prove_nothing(weights: tuple[float, ...]) -> None:
    found = proof_with(*weights)
    assert math.isnan(found.difference)
    assert proof_words(found).startswith("Whether the last rung is scikit-learn can't be told: numbers overflowed")


def test_the_proof_says_yes_and_no() -> None:
    assert proof_words(proof_with(SOUND, 1e-14)).startswith("**The last rung is scikit-learn.**")
    assert proof_words(proof_with(SOUND, 1e-3)).startswith("**The last rung is not scikit-learn**")


def test_the_path_passes_ten_rungs_and_more_in_their_order() -> None:
    results = [result(change, (0.9, 0.91)) for change in ("start", *CHANGES)]
    frame = climb_frame(results)
    assert frame["position"].drop_duplicates().tolist() == list(range(11))
    path = ladder_chart(empty_ladder(), 11).to_dict()["layer"][1]
    assert path["encoding"]["order"] == {"field": "position", "type": "quantitative"}


def test_the_story_tells_the_fall_and_the_rise_in_whatever_order_they_came() -> None:
    low, high = (0.50, 0.52, 0.51), (0.90, 0.91, 0.92)
    results = [result("start", low), result("momentum", high, low), result("stopping", low, high)]
    told = story(results)
    assert told.startswith("The test accuracy falls most with **Stopping** (−0.400) and rises most with **Momentum**")
    assert told.endswith("From the first rung to the last it goes from 0.510 to 0.510.")


def test_what_cannot_be_compared_is_said() -> None:
    one = [result("start", (0.5,)), result("momentum", (0.9,), (0.5,))]
    assert story(one).startswith("With one seed no change can be told from chance.")
    wild = [result("start", (NAN, NAN)), result("momentum", (0.9, 0.8), (NAN, NAN))]
    assert story(wild) == "The rungs can't be compared: trainings overflowed."
    assert story([result("start", (0.5, 0.6)), result("momentum", (0.6, 0.5), (0.5, 0.6))]).startswith("On no rung")


def test_a_mean_says_which_seeds_it_leaves_out() -> None:
    table = ladder_table([result("start", (0.9, NAN, 0.9)), result("momentum", (NAN, NAN, NAN))])
    assert table["Test accuracy"] == ["0.900 (0.900 to 0.900), 1 of 3 overflowed", "overflowed"]


def test_a_change_is_told_with_both_values() -> None:
    before, after = Rung("start", OurConfig()), Rung("momentum", OurConfig(momentum=0.9))
    assert change_words(after, before) == "Momentum 0 → 0.9"

"""The ladder in words and as a chart: what cannot be told is said, and rungs stand in their order."""

import math

import numpy as np
import pytest

from mlp.experiments.config import Comparison, OurConfig, PeerConfig
from mlp.experiments.evidence.ladder import CHANGES, Proof, Rung, RungResult, beyond_chance, proof, rungs
from mlp.experiments.evidence.recipes import seeded
from mlp.experiments.evidence.seed_statistics import paired_test, summary
from mlp.experiments.training.results import Job, Trained
from mlp.network import Layer, Network
from mlp.view.training.ladder import climb_frame, empty_ladder, ladder_chart
from mlp.view.training.ladder_words import STEP_NOTE, change_words, ladder_table, proof_words, story

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
    assert frame["position"].drop_duplicates().tolist() == list(range(1 + len(CHANGES)))
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
    assert story([result("start", (0.5, 0.6)), result("momentum", (0.6, 0.5), (0.5, 0.6))]).startswith(
        "With 2 seeds no single change"
    )


def test_finding_nothing_is_no_proof_of_nothing() -> None:
    even = [result("start", (0.5, 0.6)), result("momentum", (0.6, 0.5), (0.5, 0.6))]
    assert "That is no proof that the changes do nothing" in story(even)
    assert "No star is no proof" in STEP_NOTE


def test_stars_are_corrected_for_the_number_of_changes() -> None:
    # Student's p of these steps is 0.03: below 0.05 for one change, above it once two are tried
    start, after = (0.5, 0.5, 0.5, 0.5), (0.51, 0.52, 0.53, 0.55)
    results = [result("start", start), result("momentum", after, start)]
    assert 0.025 < results[1].step.p_value < 0.05
    assert ladder_table(results, 1)["Step"][1].endswith(" *")
    assert not ladder_table(results, 2)["Step"][1].endswith("*")
    assert beyond_chance(results, 1) == (False, True)


def test_a_star_that_is_given_while_the_ladder_is_climbed_is_not_taken_back() -> None:
    rng = np.random.default_rng(0)
    for _ in range(50):
        levels = rng.normal(0.9, 0.01, (6, 4)).cumsum(axis=1) / 4
        rows = [tuple(row) for row in levels]
        results = [result("start", rows[0])]
        results += [result("momentum", row, before) for before, row in zip(rows, rows[1:], strict=False)]
        whole = beyond_chance(results, 5)
        for climbed in range(1, 7):
            some = beyond_chance(results[:climbed], 5)
            assert all(later or not early for early, later in zip(some, whole, strict=False))


def test_equal_values_have_a_dash_and_a_word_in_place_of_an_interval() -> None:
    results = [result("start", (0.9, 0.9, 0.9)), result("momentum", (0.91, 0.91, 0.91), (0.9, 0.9, 0.9))]
    assert ladder_table(results, 1)["Test accuracy"] == ["0.900 – (all equal)", "0.910 – (all equal)"]
    # Three coins on one side are no star
    assert ladder_table(results, 1)["Step"] == ["–", "+0.010"]
    frame = climb_frame(results)
    assert frame["low"].isna().all()
    assert set(frame["interval"]) == {"– (all equal)"}


def test_a_mean_says_which_seeds_it_leaves_out() -> None:
    table = ladder_table([result("start", (0.9, NAN, 0.9)), result("momentum", (NAN, NAN, NAN))], 1)
    assert table["Test accuracy"] == ["0.900 – (all equal), 1 of 3 overflowed", "overflowed"]


def test_a_change_is_told_with_both_values() -> None:
    before, after = Rung("start", OurConfig()), Rung("momentum", OurConfig(momentum=0.9))
    assert change_words(after, before) == "Momentum 0 → 0.9"

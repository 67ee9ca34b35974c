"""What a run tells in words: exact, honest about what went wrong, and never a NaN."""

import math
from dataclasses import replace

import numpy as np

from mlp.experiments.config import Comparison, DataConfig, OurConfig, PeerConfig, differences, settings_of
from mlp.experiments.hyperparameters import HYPERPARAMETERS
from mlp.experiments.training.learner import Learner
from mlp.experiments.training.run import Run
from mlp.network import Layer, Network, init_network
from mlp.training import EpochRecord
from mlp.view.training.reasons import OVER_SEEDS, reasons
from mlp.view.training.report import (
    curves_words,
    difference_rows,
    equal_words,
    progress_share,
    progress_words,
    result_rows,
)
from mlp.view.training.troubles import troubles, unlearnt

NETWORK = init_network((3, 2), rng=np.random.RandomState(0))
START = EpochRecord(0, 0, 2.0, 0.1, 2.5, 0.1, 0.0, 2.0, NETWORK)
GOOD = EpochRecord(10, 80, 0.5, 0.99930, 0.6, 0.97222, 1.234, 0.5, NETWORK, "max_iter")
LOST = EpochRecord(3, 24, math.nan, math.nan, math.nan, math.nan, 0.1, math.nan, NETWORK, "diverged")


def run_of(ours: EpochRecord, peer: EpochRecord, comparison: Comparison = Comparison()) -> Run:  # noqa: B008
    run = Run(comparison, Learner(comparison.ours), Learner(comparison.peer))
    for learner, record in zip(run.learners, (ours, peer), strict=True):
        learner.add(START)
        learner.add(record)
    return run


def test_the_results_are_the_last_records_numbers():
    rows = {name: (ours, peer) for name, ours, peer in result_rows(run_of(GOOD, GOOD), running=False)}
    assert rows["Training accuracy"] == ("0.99930", "0.99930")
    assert rows["Test accuracy"] == ("0.97222", "0.97222")
    assert (rows["Epochs"][0], rows["Updates"][0], rows["Seconds training"][0]) == ("10", "80", "1.23")
    assert rows["Ended because"][0] == "all epochs made"


def test_a_model_that_did_not_end_is_training_or_was_stopped():
    run = run_of(replace(GOOD, ended=None), GOOD)
    assert result_rows(run, running=True)[-1][1:] == ("still training", "all epochs made")
    assert result_rows(run, running=False)[-1][1:] == ("stopped early", "all epochs made")


def test_nothing_that_overflowed_is_shown_as_a_number():
    run = run_of(LOST, GOOD)
    told = [str(result_rows(run, running=False)), curves_words(run, "loss"), *troubles(run)]
    assert not any(word in text for text in told for word in ("nan", "inf"))
    assert troubles(run) == [
        "Ours: the loss overflowed in epoch 3. The steps are too long: try a learning rate smaller than 0.001."
    ]


def test_a_loss_that_rose_is_explained():
    (sentence,) = troubles(run_of(GOOD, replace(GOOD, train_loss=900.0)))
    assert sentence.startswith("scikit-learn: the training loss rose from 2.00000 to 900.00000")
    assert troubles(run_of(GOOD, GOOD)) == []


def test_progress_is_told_and_full_at_the_end():
    run = run_of(replace(GOOD, ended=None), replace(GOOD, ended="tol"))
    assert progress_words("Ours", run.ours) == "Ours: epoch 10 of 100"
    assert progress_words("x", run.peer) == "x: epoch 10 of at most 1,000, ended: the loss stalled"
    assert [progress_share(learner) for learner in run.learners] == [0.1, 1.0]


def test_the_differing_settings_stand_side_by_side_and_the_equal_ones_below():
    rows = difference_rows(Comparison())
    assert ("Batch size", "batch_size", "1", "auto") in rows
    assert ("Patience", "n_iter_no_change", "never", "10") in rows
    assert len(rows) == 6
    assert "Hidden units 50" in equal_words(Comparison())
    assert "Batch size" not in equal_words(Comparison())


def test_the_sheets_settings_are_explained_by_what_was_measured_over_seeds():
    told = reasons(run_of(GOOD, GOOD))
    assert OVER_SEEDS in told
    assert (
        "**Momentum.** Ours has none; scikit-learn has 0.9, so that on an even slope a step grows up to 10 times"
        in (told[1])
    )
    assert OVER_SEEDS not in reasons(run_of(GOOD, GOOD, Comparison(OurConfig(max_iter=99))))


def test_equal_settings_are_proved_equal():
    peer = PeerConfig()
    ours = OurConfig(**{name: getattr(peer, name) for name in ("batch_size", "max_iter", "momentum", "alpha")},
                     n_iter_no_change=10, init="glorot_uniform")  # fmt: skip
    (sentence,) = reasons(run_of(GOOD, GOOD, Comparison(ours, peer)))
    assert sentence.endswith("the largest difference of any weight is 0.")


def test_equal_settings_are_never_excused():
    peer = PeerConfig()
    same = Comparison(OurConfig(**settings_of(peer)), peer)
    for classes in (2, 3):
        pair = [replace(GOOD, network=init_network((3, classes), rng=np.random.RandomState(seed))) for seed in (0, 1)]
        (sentence,) = reasons(run_of(*pair, same))
        assert "the largest difference of any weight is 0." in sentence or "weight is 1." in sentence


def test_what_both_share_is_said_in_the_words_of_the_data_set():
    assert equal_words(Comparison()).startswith("The same for both: Digits; 0.2 of the images for testing, chosen with")
    data = DataConfig("iris", "standardised", 0.3, 7, swapped=True)
    assert equal_words(Comparison(data=data)).startswith(
        "The same for both: Iris; 0.3 of the examples for testing, chosen with seed 7; training and test part swapped; "
        "each feature standardised on the training part; "
    )


def test_a_table_that_is_not_scaled_may_need_to_be():
    told = [
        troubles(run_of(LOST, GOOD, Comparison(data=DataConfig(*data))))[0]
        for data in (("wine",), ("wine", "standardised"), ("digits",))
    ]
    assert [text.endswith("smaller than 0.001, or standardise.") for text in told] == [True, False, False]


def test_equal_settings_claim_equal_networks_of_the_same_epoch_alone():
    peer = PeerConfig()
    same = Comparison(OurConfig(**{name: getattr(peer, name) for name in HYPERPARAMETERS}), peer)
    assert "neither do the networks: the largest difference of any weight is 0." in reasons(run_of(GOOD, GOOD, same))[0]
    stopped = run_of(replace(GOOD, epoch=4, ended=None), GOOD, same)
    assert reasons(stopped)[0] == "**Nothing differs** but the epochs so far: 4 by ours, 10 by scikit-learn."
    overflowed = replace(LOST, network=Network((Layer(np.full((2, 3), math.nan), np.zeros(2)),)))
    assert "nan" not in reasons(run_of(overflowed, overflowed, same))[0]


def test_every_setting_in_which_the_two_differ_is_named():
    told = " ".join(reasons(run_of(GOOD, replace(GOOD, epoch=20, updates=160))))
    assert (
        "Ours made 10, scikit-learn 20: 80 and 160 updates (Epochs at most 100 and 1000; Patience never and 10)" in told
    )
    assert "They also differ in** First weights normal and glorot_uniform; Weight penalty α 0 and 0.0001." in told
    some = Comparison(OurConfig(loss="squared_error", shuffle=False, solver="adam", beta_1=0.5))
    told = " ".join(reasons(run_of(GOOD, GOOD, some)))
    labels = [HYPERPARAMETERS[row.name].label for row in differences(some.ours, some.peer)]
    assert {"Loss", "Shuffle", "Solver", "Adam's β₁", "First weights"} < set(labels)
    assert [label for label in labels if label not in told and label != "Epochs at most"] == []


def test_equal_settings_that_ended_at_other_epochs_are_explained_by_what_patience_sees():
    peer = PeerConfig()
    same = Comparison(OurConfig(**settings_of(peer)), peer)
    (sentence,) = reasons(run_of(replace(GOOD, ended="tol"), replace(GOOD, epoch=11, ended="tol"), same))
    assert "10 by ours, 11 by scikit-learn. Patience sees the mean of the batches' losses" in sentence


def advice(**settings: object) -> str:
    """Return what is said of a training of ours with these settings that learnt nothing."""
    run = run_of(replace(GOOD, test_accuracy=0.1), GOOD, Comparison(OurConfig(**settings)))
    run.most_frequent = 0.1
    assert troubles(run) == []
    (sentence,) = unlearnt(run)
    return sentence


def test_advice_names_what_is_at_fault():
    nothing = (
        "Ours: the test accuracy is 0.1000, and always the most frequent class gets 0.1000, so nothing was learnt. "
    )
    assert advice(momentum=0.999) == f"{nothing}Momentum 0.999 makes a step up to 1,000 times as long: try 0.9."
    assert advice(alpha=10.0).startswith(f"{nothing}The weight penalty α 10 pulls every weight towards 0")
    assert advice(learning_rate_init=1e-7).endswith("try a learning rate larger than 1e-07, or more epochs.")
    lost = run_of(LOST, GOOD, Comparison(OurConfig(momentum=0.999, learning_rate_init=0.01)))
    assert troubles(lost)[0].endswith("Momentum 0.999 makes a step up to 1,000 times as long: try 0.9.")
    adam = run_of(LOST, GOOD, Comparison(OurConfig(momentum=0.999, solver="adam")))
    assert troubles(adam)[0].endswith("try a learning rate smaller than 0.001.")


def test_a_model_that_beats_the_most_frequent_class_has_learnt():
    run = run_of(GOOD, GOOD)
    run.most_frequent = 0.9
    assert troubles(run) == unlearnt(run) == []
    assert curves_words(run, "accuracy").endswith(
        "always the most frequent class, which gets 0.9000 of the test set right."
    )


def test_a_remembered_result_says_that_its_seconds_are():
    run = run_of(GOOD, GOOD)
    run.remembered = (True, False)
    assert {row[0]: row[1:] for row in result_rows(run, running=False)}["Seconds training"] == (
        "1.23, remembered",
        "1.23",
    )

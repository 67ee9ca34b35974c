"""Question 3 without a browser: train, stop, resume, other settings, bad input, divergence."""

import json
import math
import re
import threading
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait

import pytest
from streamlit.testing.v1 import AppTest

from mlp.datasets import digits, split
from mlp.experiments.config import Comparison, OurConfig, PeerConfig
from mlp.experiments.execution.cluster import Cluster
from mlp.experiments.execution.processes import WorkersDied
from mlp.experiments.outcome.judgement import BOTH_WRONG, GROUPS, ONLY_OURS, judge
from mlp.experiments.training.run import start
from mlp.limits import processors
from pages.common import executor as shared
from pages.common import live
from pages.common.executor import shared_executor
from pages.common.live import WAITING
from pages.outcome import verdict as verdict_card
from pages.outcome.gallery import GROUP
from tests.app import button, charts, open_page, sentences
from tests.pages.question3 import QUICK, epochs, results, tick_until_ended, train


def test_opens_on_the_sheets_settings_with_nothing_trained() -> None:
    app = open_page("q3")
    values = {field.key: field.value for field in (*app.text_input, *app.selectbox)}
    assert (values["ours_max_iter"], values["ours_batch_size"], values["ours_hidden_layer_sizes"]) == ("100", "1", "50")
    assert (values["sklearn_max_iter"], values["sklearn_batch_size"], values["sklearn_momentum"]) == (
        "1000",
        "auto",
        "0.9",
    )
    assert (values["test_size"], values["split_random_state"], values["sklearn_activation"]) == ("0.2", "42", "tanh")
    assert not button(app, "Train both").disabled
    assert not {"Stop", "Resume", "Start over"} & {each.label for each in app.button}
    assert "Optical recognition of handwritten digits" in app.code[0].value
    assert sentences(app) == []


def test_trains_both_and_shows_what_came_out() -> None:
    app = train(open_page("q3", **QUICK))
    comparison = Comparison(OurConfig(batch_size=100, max_iter=3), PeerConfig(max_iter=4))
    run = start(comparison, split(digits()))
    run.advance(math.inf)
    shown = results(app)
    records = [learner.record for learner in run.learners]
    assert shown["Training accuracy"] == [f"{record.train_accuracy:.5f}" for record in records]
    assert shown["Test accuracy"] == [f"{record.test_accuracy:.5f}" for record in records]
    assert (shown["Epochs"], shown["Updates"]) == (["3", "4"], ["45", "32"])
    assert shown["Ended because"] == ["all epochs made"] * 2
    alts = charts(app)
    assert len(alts) == 4
    assert all(alts)
    assert alts[0].startswith("Loss by epoch: Ours from 2.58457 to")
    assert alts[2].startswith(f"Accuracy on the test images. Ours: {records[0].test_accuracy:.3f}, interval ")
    assert [bar.value for bar in app.get("progress")] == [100, 100]
    app.button_group(key="look").set_value("Mistakes").run()
    assert "of 360 test images are wrong" in charts(app)[2]


def test_the_differing_hyperparameters_stand_side_by_side() -> None:
    app = train(open_page("q3", **QUICK))
    assert app.table[3].value.to_numpy().tolist() == [
        ["First weights", "init", "normal", "glorot_uniform"],
        ["Batch size", "batch_size", "100", "auto"],
        ["Epochs at most", "max_iter", "3", "4"],
        ["Momentum", "momentum", "0", "0.9"],
        ["Weight penalty α", "alpha", "0", "0.0001"],
        ["Patience", "n_iter_no_change", "never", "10"],
    ]


def gallery(app: AppTest) -> list[str]:
    """Return the text alternatives of the images in the gallery."""
    bodies = [each.proto.body for each in app.get("html") if 'class="bbh-gallery"' in each.proto.body]
    return re.findall(r'alt="([^"]*)"', bodies[-1]) if bodies else []


def test_the_verdict_is_the_one_on_these_models(monkeypatch) -> None:
    app, judged = open_page("q3", **QUICK), []
    monkeypatch.setattr(verdict_card, "judge", lambda *about: judged.append(judge(*about)) or judged[-1])
    train(app)
    found = judged[0].verdict
    assert f"**{found.sentence}**" in [each.value for each in app.markdown]
    (ours, peer), (both, only_ours, only_peer, neither) = found.right, found.pairs
    assert [row[1].split(" (")[1] for row in app.table[1].value.to_numpy()[:2]] == [
        f"{n} of 360)" for n in (ours, peer)
    ]
    assert app.table[2].value.to_numpy().tolist() == [
        ["Ours right", str(both), str(only_ours)], ["Ours wrong", str(only_peer), str(neither)],
    ]  # fmt: skip
    app.run().run()
    assert len(judged) == 1
    app.text_input(key="ours_max_iter").set_value("4").run()
    train(app)
    assert len(judged) == 2


def test_the_same_settings_are_not_trained_twice() -> None:
    first, second = train(open_page("q3", **QUICK)), open_page("q3", **QUICK)
    button(second, "Train both").click().run()
    assert not second.session_state["q3: running"]
    seconds = "Seconds training"
    assert results(second)[seconds] == [f"{value}, remembered" for value in results(first)[seconds]]
    assert results(second) | {seconds: []} == results(first) | {seconds: []}
    assert second.toast[0].value.startswith("Both were trained here with these settings before")
    peer = second.session_state["q3: current"].peer
    second.text_input(key="ours_random_state").set_value("2").run()
    assert results(train(second))["Test loss"][0] != results(first)["Test loss"][0]
    assert second.session_state["q3: current"].peer is peer


def test_the_gallery_shows_a_page_of_each_group_and_more_on_request() -> None:
    app = train(open_page("q3", look="Mistakes", **QUICK))
    choice, groups = app.button_group(key=GROUP), app.session_state[verdict_card.JUDGED][1].groups
    assert choice.value == ONLY_OURS
    for name in GROUPS:
        choice.set_value(name).run()
        assert len(gallery(app)) == min(24, len(groups[name]))
    left = len(groups[BOTH_WRONG]) - 24
    assert left > 0
    button(app, f"Show more ({left} left)").click().run()
    assert len(gallery(app)) == 24 + min(24, left)
    shown = digits().classes[split(digits()).y_test[groups[BOTH_WRONG][0]]]
    assert gallery(app)[0] == f"Test image {groups[BOTH_WRONG][0] + 1}, a handwritten {shown}"


def test_equal_models_disagree_nowhere() -> None:
    same = {"batch_size": "200", "max_iter": "3", "momentum": "0", "alpha": "0", "n_iter_no_change": "never"}
    app = train(
        open_page(
            "q3",
            ours_init="glorot_uniform",
            **{f"{who}_{name}": value for who in ("ours", "sklearn") for name, value in same.items()},
        )
    )
    told = [each.value for each in app.markdown]
    assert any(
        text.startswith("**") and ("None of 360 test images tells these two fitted networks apart" in text)
        for text in told
    )
    app.button_group(key="look").set_value("Mistakes").run()
    told = [each.value for each in app.markdown]
    assert "Nowhere: scikit-learn is right on every test image that ours gets right." in told
    assert gallery(app) == []


def test_stop_keeps_what_was_trained_and_resume_goes_on() -> None:
    app = open_page("q3", ours_batch_size="200", ours_max_iter="2000", sklearn_max_iter="2000")
    button(app, "Train both").click().run()
    app.run().run()
    button(app, "Stop").click().run()
    kept = epochs(app)
    assert all(0 < epoch < 2000 for epoch in kept)
    assert results(app)["Ended because"] == ["stopped early"] * 2
    assert len(charts(app)) == 4
    app.run()
    assert epochs(app) == kept
    button(app, "Resume").click().run()
    assert sum(epochs(app)) > sum(kept)
    button(app, "Stop").click().run()


def test_while_training_curves_keep_one_text_so_that_they_are_not_built_anew() -> None:
    app = open_page("q3", ours_max_iter="2000", sklearn_max_iter="2000")
    button(app, "Train both").click().run()
    first = charts(app)
    app.run()
    assert charts(app) == first
    assert results(app)["Ended because"] == ["still training"] * 2
    button(app, "Stop").click().run()


def test_leaving_the_page_ends_the_training_and_keeps_it() -> None:
    app = open_page("q3", ours_max_iter="2000", sklearn_max_iter="2000")
    button(app, "Train both").click().run()
    app.switch_page("pages/home.py").run()
    kept = epochs(app)
    app.switch_page("pages/q3.py").run()
    assert epochs(app) == kept
    assert not button(app, "Resume").disabled
    assert results(app)["Ended because"] == ["stopped early"] * 2


def said(app: AppTest) -> list[str]:
    """Return what is spoken to those who can't see the page."""
    parts = [json.loads(part.proto.json) for part in app.get("bidi_component") if "words" in part.proto.json]
    return [part["words"] for part in parts]


def test_one_button_trains_stops_and_resumes_and_each_state_is_spoken() -> None:
    app = open_page("q3", ours_batch_size="200", ours_max_iter="2000", sklearn_max_iter="3")
    labels = []
    for _ in range(4):
        (one,) = [each for each in app.button if each.key == "q3: train"]
        assert not one.disabled
        labels.append(one.label)
        one.click().run()
    assert labels == ["Train both", "Stop", "Resume", "Stop"]
    assert said(app) == ["Training was stopped; it can be resumed."]
    first = app.session_state["q3: current"]
    button(app, "Start over").click().run()
    assert app.session_state["q3: current"] is not first
    assert said(app) == ["Training is under way."]
    button(app, "Stop").click().run()


def test_what_a_training_came_to_is_spoken() -> None:
    app = train(open_page("q3", **QUICK))
    accuracies = results(app)["Test accuracy"]
    assert said(app) == [f"Training has ended. Test accuracy: Ours {accuracies[0]}, scikit-learn {accuracies[1]}."]


def test_results_are_marked_once_the_settings_are_others_and_the_fields_can_be_set_back() -> None:
    app = train(open_page("q3", **QUICK))
    assert sentences(app) == []
    app.text_input(key="ours_learning_rate_init").set_value("0.02")
    app.selectbox(key="sklearn_activation").set_value("relu").run()
    (mark,) = sentences(app)
    assert "ours: Learning rate η 0.001, now 0.02; scikit-learn: Hidden activation tanh, now relu" in mark
    assert results(app)["Epochs"] == ["3", "4"]
    button(app, "Set the fields back to these results").click().run()
    assert sentences(app) == []
    assert app.text_input(key="ours_learning_rate_init").value == "0.001"
    assert app.selectbox(key="sklearn_activation").value == "tanh"
    assert app.text_input(key="ours_batch_size").value == "100"


def test_what_is_set_while_training_belongs_to_the_next_run() -> None:
    app = open_page("q3", ours_max_iter="2000", sklearn_max_iter="2000")
    button(app, "Train both").click().run()
    app.text_input(key="ours_momentum").set_value("0.5").run()
    assert app.session_state["q3: current"].comparison.ours.momentum == 0.0
    assert ["Momentum 0, now 0.5" in sentence for sentence in sentences(app)] == [True]
    button(app, "Stop").click().run()


def test_a_visitor_waits_while_others_have_all_processors() -> None:
    app = open_page("q3", ours_max_iter="2000", sklearn_max_iter="2000")
    others = threading.Event()
    taken = [shared_executor().submit(others.wait) for _ in range(processors())]
    button(app, "Train both").click().run()
    assert epochs(app) == [0, 0]
    assert WAITING in [caption.value for caption in app.caption]
    others.set()
    wait(taken)
    app.run()
    assert max(epochs(app)) > 0
    button(app, "Stop").click().run()


def served_by(monkeypatch: pytest.MonkeyPatch, executor: Executor) -> None:
    """Let this executor train for everybody."""
    for module in (live, shared):
        monkeypatch.setattr(module, "shared_executor", lambda: executor)


def test_a_training_that_no_process_survives_is_stopped_with_a_sentence_and_can_be_tried_again(monkeypatch) -> None:
    app, calls = open_page("q3", **QUICK), []

    class Deadly(ThreadPoolExecutor):
        def submit(self, fn, /, *args, **kwargs) -> Future:
            """Lose the first slices."""
            calls.append(fn)
            future: Future = Future()
            future.set_exception(WorkersDied("3 processes died, one after the other, of the same task."))
            return future if len(calls) < 3 else super().submit(fn, *args, **kwargs)

    with monkeypatch.context() as patched, Deadly(2) as executor:
        served_by(patched, executor)
        button(app, "Train both").click().run()
        (said,) = sentences(app)
        assert said.startswith("3 processes died, one after the other, of the same task. It may need more memory")
        assert results(app)["Ended because"] == ["stopped early"] * 2
        tick_until_ended(button(app, "Resume").click().run())
    assert sentences(app) == []
    assert results(app)["Epochs"] == ["3", "4"]


def test_without_its_cluster_the_server_trains_itself_and_says_so(monkeypatch) -> None:
    app = open_page("q3", **QUICK)
    with monkeypatch.context() as patched, Cluster(lambda: None, ThreadPoolExecutor, "tcp://gone:8786") as executor:
        served_by(patched, executor)
        train(app)
        assert results(app)["Epochs"] == ["3", "4"]
        notes = [caption.value.replace("\\", "").replace("\N{WORD JOINER}", "") for caption in app.caption]
        assert any("The cluster at tcp://gone:8786 can't be reached: trainings go on on this" in note for note in notes)


@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [
        ("ours_learning_rate_init", "0", "Learning rate η: needed is a number above 0 and at most 100"),
        ("sklearn_learning_rate_init", "1e6", "Learning rate η: needed is a number above 0 and at most 100"),
        ("ours_hidden_layer_sizes", "0", "Hidden units: needed is up to 3 whole numbers from 1 to 256"),
        ("sklearn_hidden_layer_sizes", "500", "Hidden units: needed is up to 3 whole numbers from 1 to 256"),
        ("ours_max_iter", "1e308", "Epochs at most: needed is a whole number from 1 to 2000"),
        ("ours_momentum", "nan", "Momentum: needed is a number from 0 to 0.999"),
        ("sklearn_batch_size", "", "Batch size: needed is auto, or a whole number from 1 to 20000; got nothing"),
        ("test_size", "inf", "Share for testing: needed is a number from 0.05 to 0.9"),
        ("split_random_state", "<b>", "Seed of the split: needed is a whole number from 0 to 4294967295; got '<b>'"),
    ],
)
def test_bad_input_gets_a_sentence_and_nothing_typed_is_lost(key, typed, sentence) -> None:
    app = open_page("q3", **QUICK)
    app.text_input(key=key).set_value(typed).run()
    (said,) = sentences(app)
    assert said.startswith(sentence)
    assert app.text_input(key=key).value == typed


def test_a_wrong_field_goes_on_with_its_last_valid_value() -> None:
    app = open_page("q3", **QUICK)
    app.text_input(key="ours_max_iter").set_value("2").run()
    app.text_input(key="ours_max_iter").set_value("two").run()
    assert "Going on with 2." in sentences(app)[0]
    assert results(train(app))["Epochs"] == ["2", "4"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"sklearn_activation": "sine"}, "Hidden activation: the address asks for 'sine'; needed is one of tanh,"),
        ({"ours_loss": "[x](http://y)"}, "Loss: the address asks for '[x](http://y)'"),
        ({"ours_shuffle": "maybe"}, "Shuffle: the address asks for 'maybe'; needed is one of True, False"),
        ({"log_loss": "perhaps"}, "Log scale: the address asks for 'perhaps'"),
        ({"ours_alpha": "much"}, "Weight penalty α: needed is a number from 0 to 100"),
    ],
)
def test_nonsense_in_the_address_is_explained(query, sentence) -> None:
    (said,) = sentences(open_page("q3", **query))
    assert said.startswith(sentence)


def test_a_setting_in_the_address_shows_where_it_is() -> None:
    assert [each.proto.expanded for each in open_page("q3", ours_momentum="0.5").expander][1:3] == [True, False]


def test_steps_that_are_too_long_are_explained() -> None:
    app = train(open_page("q3", **QUICK, ours_learning_rate_init="10", sklearn_learning_rate_init="10"))
    said = sentences(app)
    assert [sentence.split(":")[0] for sentence in said] == ["Ours", "scikit-learn"]
    assert all("try a learning rate smaller than 10" in sentence for sentence in said)


def test_numbers_that_overflow_are_explained_and_never_shown() -> None:
    wild = {"learning_rate_init": "100", "activation": "identity"}
    query = QUICK | {f"{who}_{name}": value for who in ("ours", "sklearn") for name, value in wild.items()}
    app = train(open_page("q3", **query | {"ours_loss": "squared_error", "sklearn_max_iter": "200"}))
    said = sentences(app)
    assert [": the loss overflowed in epoch" in sentence for sentence in said] == [True, True]
    assert results(app)["Test accuracy"] == ["–", "–"]
    assert "A model that overflowed can't be compared." in [each.value for each in app.markdown]
    assert "Where they disagree" not in [each.value for each in app.header]
    for chart in app.get("vega_lite_chart"):
        assert "NaN" not in json.dumps(chart.proto.spec)
        assert "nan" not in chart.proto.alt

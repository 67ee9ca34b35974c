"""The ladder, seeds and splits without a browser: trained to the end, stopped, remembered, and said in words."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from pages.common import runs_store
from tests.app import button, open_page, sentences
from tests.pages.question3 import train

QUICK = {
    "ours_batch_size": "100",
    "ours_max_iter": "2",
    "ours_hidden_layer_sizes": "6",
    "sklearn_max_iter": "3",
    "sklearn_hidden_layer_sizes": "6",
    "seeds": "2",
}
LADDER, SEEDS, SPLITS = "The ladder", "Over seeds", "Over splits"
START = {LADDER: "Climb the ladder", SEEDS: "Train over seeds", SPLITS: "Train over splits"}
NAMES = {LADDER: "q3 ladder", SEEDS: "q3 seeds", SPLITS: "q3 splits"}
TICKS = 60


def run(app: AppTest, experiment: str) -> AppTest:
    """Press the experiment's button and let the timer tick until all is trained."""
    button(app, START[experiment]).click().run()
    for _ in range(TICKS):
        if not app.session_state[f"{NAMES[experiment]}: running"]:
            return app
        app.run()
    raise AssertionError(f"{experiment} did not end within {TICKS} ticks")


def texts(app: AppTest) -> str:
    return "\n".join(each.value for each in app.markdown)


def test_the_ladder_ends_on_scikit_learn_and_proves_it() -> None:
    app = run(open_page("q3", experiment=LADDER, **QUICK), LADDER)
    assert sentences(app) == []
    rungs = app.table[0].value["Rung"].tolist()
    assert rungs == ["0 Ours", "1 First weights", "2 Batch size", "3 Momentum", "4 Weight penalty α", "5 Stopping"]
    (proof,) = re.findall(
        r"\*\*The last rung is scikit-learn\.\*\*.*the largest difference of any weight is \*\*([^*]*)\*\*", texts(app)
    )
    assert float(proof) < 1e-12
    assert app.table[0].value["Updates"].tolist()[0] == "30"
    ends = [float(end) for each in app.table[0].value["Test accuracy"] for end in re.findall(r"\d\.\d+", each)]
    assert max(ends) <= 1
    assert "−" not in "".join(app.table[0].value["Test accuracy"])
    (chart,) = [each.proto.alt for each in app.get("vega_lite_chart")]
    assert chart.startswith("Test accuracy by rung: 0 Ours")
    button(app, "Keep these runs (14)").click().run()
    assert sentences(app) == []
    assert {head.model for head in app.session_state[runs_store.STORE].heads()} == {"Ours", "scikit-learn"}


def test_the_order_of_the_rungs_can_be_changed_and_is_in_the_address() -> None:
    app = open_page("q3", experiment=LADDER, order="momentum-batch_size", **QUICK)
    assert texts(app).index("Momentum 0 → 0.9") < texts(app).index("Batch size 100 → auto")
    app.button(key="batch_size_up").click().run()
    assert app.query_params["order"] == "batch_size-momentum-init-alpha-stopping"
    assert texts(app).index("Batch size 100 → auto") < texts(app).index("Momentum 0 → 0.9")
    app.button(key="batch_size_up").click().run()  # still under the finger, with nothing to do
    assert app.query_params["order"] == "batch_size-momentum-init-alpha-stopping"
    app.button(key="momentum_down").click().run()
    app.button(key="momentum_up").click().run()
    assert app.button(key="batch_size_up").disabled
    run(app, LADDER)
    assert app.table[0].value["Rung"].tolist()[1:3] == ["1 Batch size", "2 Momentum"]
    assert "**The last rung is scikit-learn.**" in texts(app)


def test_nonsense_in_the_order_is_explained() -> None:
    app = open_page("q3", experiment=LADDER, order="momentum-<b>x", **QUICK)
    (said,) = sentences(app)
    assert "got '<b>x'" in said
    assert texts(app).index("Momentum 0 → 0.9") < texts(app).index("First weights")


def test_equal_settings_have_no_ladder() -> None:
    same = {"batch_size": "200", "max_iter": "3", "momentum": "0", "alpha": "0", "n_iter_no_change": "never"}
    both = {f"{who}_{name}": value for who in ("ours", "sklearn") for name, value in same.items()}
    app = open_page("q3", experiment=LADDER, ours_init="glorot_uniform", **both)
    assert "a ladder needs at least one difference" in texts(app)


def test_seeds_give_means_a_band_and_a_verdict_on_the_recipes() -> None:
    app = run(open_page("q3", experiment=SEEDS, **QUICK), SEEDS)
    rows = {row[0]: row[1:] for row in app.table[0].value.to_numpy().tolist()}
    assert rows["Seeds"] == ["2", "2"]
    assert rows["Epochs, mean"] == ["2", "3"]
    assert "With 2 seeds" in texts(app) or "over 2 seeds" in texts(app)
    (chart,) = [each.proto.alt for each in app.get("vega_lite_chart")]
    assert "the mean of 2 seeds, after 3 epochs" in chart


def test_runs_over_seeds_are_kept_where_it_is_asked_for() -> None:
    app = run(open_page("q3", experiment=SEEDS, **QUICK), SEEDS)
    button(app, "Keep these runs (4)").click().run()
    button(app, "These runs are kept").click().run()  # still under the finger, with nothing to do
    app.switch_page("pages/experiments.py").run()
    (table,) = app.dataframe
    assert len(table.value) == 4
    assert sum("seed 2" in name for name in table.value["Name"]) == 2


def test_a_campaign_can_be_stopped_and_goes_on_with_what_is_missing() -> None:
    long = {**QUICK, "ours_max_iter": "2000", "ours_batch_size": "1", "ours_hidden_layer_sizes": "50"}
    app = open_page("q3", experiment=SEEDS, **long)
    button(app, "Train over seeds").click().run()
    button(app, "Stop").click().run()
    assert app.progress[0].proto.text.endswith("of 4 trainings done, stopped")
    assert not button(app, "Resume").disabled
    button(app, "Resume").click().run()
    assert app.session_state["q3 seeds: running"]


def test_what_was_trained_is_remembered_for_more_seeds() -> None:
    run(open_page("q3", experiment=SEEDS, **QUICK), SEEDS)
    app = open_page("q3", experiment=SEEDS, **{**QUICK, "seeds": "3"})
    button(app, "Train over seeds").click().run()
    campaign = app.session_state["q3 seeds: current"].campaign
    assert len(campaign.jobs) == 6
    assert len(campaign.results) >= 4
    told = "4 of 6 trainings were made before and are remembered; their seconds are those of then."
    assert told in [caption.value for caption in app.caption]


def test_other_settings_than_those_of_the_results_are_pointed_out() -> None:
    app = run(open_page("q3", experiment=SEEDS, **QUICK), SEEDS)
    assert sentences(app) == []
    assert not any("remembered" in caption.value for caption in app.caption)
    app.text_input(key="seeds").set_value("3").run()
    assert any("belongs to other settings" in said for said in sentences(app))


def test_splits_train_twenty_times_and_answer_the_third_question() -> None:
    app = run(open_page("q3", experiment=SPLITS, **QUICK), SPLITS)
    assert len(app.table[0].value) == 10
    button(app, "Keep these runs (20)").click().run()
    kept = app.session_state[runs_store.STORE].heads()
    assert {(head.data["random_state"], head.data["swapped"]) for head in kept} == {
        (seed, swapped) for seed in range(5) for swapped in (False, True)
    }
    assert "these recipes can't be told apart" in texts(app) or "is the better recipe on other splits" in texts(app)


def test_the_verdict_on_one_training_leads_to_the_other_questions_and_shows_their_answers() -> None:
    app = train(open_page("q3", **QUICK))
    button(app, "Over seeds: find out").click().run()
    assert app.button_group(key="experiment").value == SEEDS
    run(app, SEEDS)
    app.button_group(key="experiment").set_value("One training").run()
    assert "With 2 seeds" in texts(app) or "over 2 seeds" in texts(app)
    assert [each.label for each in app.button if "find out" in each.label] == ["Over splits: find out"]


@pytest.mark.parametrize(("field", "value"), [("seeds", "0"), ("seeds", "21"), ("seeds", "many")])
def test_seeds_are_bounded(field: str, value: str) -> None:
    (said,) = sentences(open_page("q3", experiment=SEEDS, **{**QUICK, field: value}))
    assert "Seeds: needed is a whole number from 1 to 20" in said


def test_nonsense_for_the_zoom_is_explained() -> None:
    (said,) = sentences(open_page("q3", experiment=SEEDS, seeds_zoom="<b>", **QUICK))
    assert said.startswith("Zoom in on the end: the address asks for")


def test_many_seeds_of_a_long_training_are_cut_and_it_is_said() -> None:
    large = {f"{who}_hidden_layer_sizes": "256, 256" for who in ("ours", "sklearn")}
    app = open_page("q3", experiment=SEEDS, seeds="20", ours_batch_size="1", **large)
    assert any("for 20 trainings" in said for said in sentences(app))


def test_an_unknown_experiment_is_explained() -> None:
    (said,) = sentences(open_page("q3", experiment="All"))
    assert "Experiment: the address asks for 'All'" in said

"""Experiments without a browser: what is kept of a visit, the table, the overlay, renaming, deleting, files."""

import json
from concurrent.futures import Executor, Future
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from mlp.datasets import DATASETS, split
from mlp.experiments.config import DataConfig, OurConfig, PeerConfig
from mlp.experiments.runs.json_file import to_json
from mlp.experiments.runs.store import SessionStore
from mlp.experiments.runs.stored_run import stored_run
from mlp.experiments.training.answers import KeptAnswers, frozen_classes, kept_answers
from mlp.experiments.training.learner import learner_of
from mlp.limits import MOST_RUNS
from pages.common import live
from pages.common import runs_store as kept_runs
from pages.runs import state as runs_state
from pages.training.memory import finished_learners
from tests.app import button, open_page
from tests.pages.question3 import QUICK, train
from tests.runs import made_up, one_a_minute

SHEET_LIKE = ["Ours, batch size 100, epochs 3", "scikit-learn, epochs 4"]


def experiments(app: AppTest) -> AppTest:
    """Go to the page."""
    app.switch_page("pages/experiments.py").run()
    assert [error.value for error in app.exception] == []
    return app


def with_runs(runs, **query: str) -> AppTest:
    """Return the page of a visitor who has these runs."""
    app = open_page("experiments", **query)
    app.session_state[kept_runs.STORE].put(*runs)
    return checked(app.run())


def for_a_visit(runs) -> AppTest:
    """Return the page of a visitor who has these runs for as long as she stays, as on a server without a store."""
    app = open_page("experiments")
    app.session_state[kept_runs.STORE] = SessionStore()
    app.session_state[kept_runs.STORE].put(*runs)
    return checked(app.run())


def checked(app: AppTest) -> AppTest:
    """Return the page; nothing may have been raised."""
    assert [error.value for error in app.exception] == []
    return app


def test_a_ticked_run_can_be_taken_away() -> None:
    data = DataConfig(dataset="iris")
    parts = split(DATASETS["iris"](), scaling=data.scaling)
    learner = learner_of(OurConfig(max_iter=2), parts)
    while not learner.ended:
        learner.train(parts)
    run = stored_run(learner, data, name="mine", answers=kept_answers(learner.record.network, parts))
    app = with_runs([run, made_up("without answers")])
    app.session_state[runs_state.TICKED] = (run.id,)
    app.session_state["runs_take_open"] = True
    button(checked(app.run()), "Train it again for its network").click().run()
    assert [each.label for each in checked(app).get("download_button")] == [
        "Script, Python", "Weights, npz", "scikit-learn pipeline, joblib"
    ]  # fmt: skip
    assert "runs whatever code is in it" in " ".join(each.value for each in app.caption)
    app.session_state[runs_state.TICKED] = tuple(each.id for each in app.session_state[kept_runs.STORE].heads())
    checked(app.run())
    assert any("without its answers" in each.value for each in app.info)


def test_two_runs_lead_to_the_ladder_between_them() -> None:
    first = made_up("first", config=PeerConfig(momentum=0.5), made="2026-11-23T09:00:00.000Z")
    second = made_up("second", config=OurConfig(batch_size=50, max_iter=7))
    app = tick(with_runs([first, second], against="updates"), first, second)
    button(app, "Climb the ladder between them").click().run()
    checked(app.switch_page("pages/q3.py").run())
    fields = {each.key: each.value for each in app.text_input}
    # The two pages' choices of what is against what have names of their own
    assert (app.session_state["against"], app.session_state["versus"]) == ("updates", "A second model")
    assert (app.session_state["experiment"], fields["second_batch_size"], fields["ours_momentum"]) == (
        "The ladder",
        "50",
        "0.5",
    )


def test_a_table_of_somebody_elses_runs_gets_our_sentence() -> None:
    app = open_page("experiments")
    app.session_state["foreign_open"] = True
    rows = "".join(
        f"{name} {seed},{value + seed / 1000}\n" for name, value in (("a", 0.9), ("b", 0.8)) for seed in (1, 2)
    )
    checked(app.run()).file_uploader(key="foreign_file").upload("runs.csv", f"name,acc\n{rows}".encode())
    assert any("a is the better recipe over 2 and 2 seeds" in each.value for each in checked(app.run()).markdown)
    app.file_uploader(key="foreign_file").upload("runs.csv", b"ours,theirs\n" + b"1,0\n" * 9 + b"1,1\n0,1\n")
    assert any("Of these two fitted networks" in each.value for each in checked(app.run()).markdown)
    app.file_uploader(key="foreign_file").upload("runs.csv", b"name,loss\na,2\nb,3\n")
    assert any("two columns of right and wrong" in each.value for each in checked(app.run()).error)


def names(app: AppTest) -> list[str]:
    """Return the names in the table, from above."""
    return app.dataframe[0].value["Name"].tolist()


def kept(app: AppTest) -> list[str]:
    """Return the names of all that is kept, the oldest first."""
    return [run.name for run in app.session_state[kept_runs.STORE].all()]


def tick(app: AppTest, *runs) -> AppTest:
    """Tick runs; AppTest can't click into a table."""
    app.session_state[runs_state.TICKED] = tuple(run.id for run in runs)
    return checked(app.run())


def drawn(app: AppTest) -> str:
    """Return the text alternative of the chart."""
    (chart,) = app.get("vega_lite_chart")
    return chart.proto.alt


def words(app: AppTest) -> list[str]:
    """Return captions, errors and warnings as they are read."""
    said = (*app.caption, *app.error, *app.warning, *app.success)
    return [each.value.replace("\\", "").replace("\N{WORD JOINER}", "") for each in said]


def test_nothing_is_there_before_something_was_trained() -> None:
    app = open_page("experiments")
    assert not app.dataframe
    # To train, and to sweep
    assert [link.proto.page for link in app.get("page_link")] == ["q3", "q3"]
    assert any("Nothing is kept yet" in each.value for each in app.markdown)


def test_a_training_that_has_ended_is_kept_once_with_both_models() -> None:
    app = train(open_page("q3", **QUICK))
    assert kept(app) == SHEET_LIKE
    assert [link.proto.page for link in app.get("page_link")] == ["experiments"]
    run = app.session_state["q3: current"]
    assert kept(app.run()) == SHEET_LIKE
    experiments(app)
    assert names(app) == SHEET_LIKE[::-1]
    assert app.dataframe[0].value["Test accuracy"].tolist() == [
        learner.record.test_accuracy for learner in (run.peer, run.ours)
    ]
    assert drawn(app).startswith("Test accuracy by epoch: Ours, batch size 100, epochs 3 ends at 0.")


def test_what_is_only_remembered_is_not_kept_twice_and_what_is_trained_anew_is() -> None:
    app = train(open_page("q3", **QUICK))
    app.text_input(key="ours_momentum").set_value("0.5").run()
    known = [*SHEET_LIKE, "Ours, batch size 100, epochs 3, momentum 0.5"]
    assert kept(train(app)) == known
    app.text_input(key="ours_momentum").set_value("0").run()
    assert kept(train(app)) == known
    finished_learners.clear()
    assert kept(train(app))[3:] == [f"{name} (2)" for name in SHEET_LIKE]


def test_a_resumed_training_brings_the_same_two_entries_up_to_date() -> None:
    app = open_page("q3", ours_batch_size="200", ours_max_iter="2000", sklearn_max_iter="2000")
    button(app, "Train both").click().run()
    app.run()
    button(app, "Stop").click().run()
    first = app.session_state[kept_runs.STORE].all()
    assert [run.ended for run in first] == ["stopped", "stopped"]
    button(app, "Resume").click().run()
    button(app, "Stop").click().run()
    second = app.session_state[kept_runs.STORE].all()
    assert [(run.id, run.made, run.name) for run in second] == [(run.id, run.made, run.name) for run in first]
    assert sum(run.final.epoch for run in second) > sum(run.final.epoch for run in first)


def test_a_training_that_was_left_is_kept_and_what_was_deleted_stays_away() -> None:
    app = open_page("q3", ours_batch_size="200", ours_max_iter="2000", sklearn_max_iter="2000")
    button(app, "Train both").click().run()
    assert kept_runs.STORE not in app.session_state
    experiments(app)
    runs = app.session_state[kept_runs.STORE].all()
    assert len(runs) == 2
    button(tick(app, *runs), "Delete").click().run()
    app.switch_page("pages/q3.py").run()
    assert kept(experiments(app)) == []


class NoTime(Executor):
    """An executor that never comes to anything."""

    def submit(self, *_: object) -> Future:
        """Return what never comes."""
        return Future()


def test_a_model_that_made_no_epoch_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "shared_executor", NoTime)
    app = open_page("q3", ours_max_iter="2000", sklearn_max_iter="2000")
    button(app, "Train both").click().run()
    button(app, "Stop").click().run()
    assert kept(checked(app)) == []


def test_two_visitors_never_see_each_others_runs() -> None:
    assert names(with_runs([made_up("mine")])) == ["mine"]
    assert not open_page("experiments").dataframe


def test_a_full_store_keeps_the_last_training_as_soon_as_there_is_room() -> None:
    app = for_a_visit(one_a_minute(MOST_RUNS))
    app.query_params.update(QUICK)
    app.switch_page("pages/q3.py").run()
    train(app)
    assert len(kept(app)) == MOST_RUNS
    assert any("there is no room for 2 more" in each for each in words(app))
    experiments(app)
    assert any("The last training is not kept yet" in each for each in words(app))
    button(tick(app, *app.session_state[kept_runs.STORE].all()[:2]), "Delete").click().run()
    assert kept(app)[-2:] == SHEET_LIKE


def test_the_filter_leaves_what_fits_and_says_so_where_nothing_does() -> None:
    app = with_runs([made_up("low"), made_up("high"), *one_a_minute(2)])
    app.text_input(key="runs_filter").set_value("run").run()
    assert names(app) == ["run 1", "run 0"]
    assert "run 0 ends at" in drawn(app)
    app.button_group[0].set_value("scikit-learn").run()
    assert not app.dataframe
    assert [each.value for each in app.info] == ["No run fits this filter. Clear it to see all."]


def test_the_ticked_runs_are_overlaid_with_the_settings_in_which_they_differ() -> None:
    runs = one_a_minute(12)
    app = tick(with_runs(runs), runs[2], runs[7])
    assert "run 2 ends at 0.40000; run 7 ends at 0.40000." in drawn(app)
    assert "These runs have the same settings." in words(app)
    tick(app, *runs)
    assert "Drawn are the ticked runs, 10 at the most. Left out, as the oldest: run 0, run 1." in words(app)
    app.toggle(key="runs_all_settings").set_value(True).run()
    assert "Hidden units" in app.get("html")[-1].proto.body


def test_one_run_is_renamed_and_a_blank_name_refused() -> None:
    runs = one_a_minute(2)
    app = with_runs(runs)
    assert app.text_input(key="runs_rename").disabled
    tick(app, runs[0])
    field = f"runs_rename_{runs[0].id}"
    app.text_input(key=field).set_value("=1+1 <b>").run()
    assert names(app) == ["run 1", "'=1+1 <b>"]
    app.text_input(key=field).set_value("run 1").run()
    assert kept(app) == ["run 1 (2)", "run 1"]
    app.text_input(key=field).set_value("  ").run()
    assert "The name needs at least one character; got none. It is still called run 1 (2)." in words(app)
    assert kept(app) == ["run 1 (2)", "run 1"]


def test_deleted_runs_can_be_had_back_as_they_were() -> None:
    runs = one_a_minute(3)
    app = tick(with_runs(runs), runs[0], runs[1])
    button(app, "Delete").click().run()
    assert (kept(app), "Deleted: 2 runs." in words(app)) == (["run 2"], True)
    button(app, "Delete").click().run()  # still under the finger, with nothing to do
    assert (kept(app), "Deleted: 2 runs." in words(app)) == (["run 2"], True)
    button(app, "Undo").click().run()
    assert kept(app) == ["run 0", "run 1", "run 2"]
    assert "run 0 ends at 0.40000; run 1 ends" in drawn(app)
    assert not any("Deleted" in each for each in words(app))


def test_a_pinned_baseline_gives_every_run_a_difference_until_it_is_unpinned() -> None:
    runs = [made_up("low", (0.1, 0.25)), made_up("high", (0.1, 0.75), made="2026-11-23T11:00:00.000Z")]
    app = tick(with_runs(runs), runs[0])
    button(app, "Pin as baseline").click().run()
    tick(app)
    assert app.dataframe[0].value["Δ baseline"].tolist() == [0.5, 0.0]
    assert names(app) == ["high", "low (baseline)"]
    button(app, "Unpin").click().run()
    assert "Δ baseline" not in app.dataframe[0].value


def test_the_choices_about_the_chart_are_in_the_address() -> None:
    runs = one_a_minute(2)
    app = with_runs(runs, quantity="test loss", against="seconds", smoothing="0.9", log_y="true", log_x="true")
    assert drawn(app).startswith("Test loss by seconds: run 0 ends at 2.60000")
    spec = json.loads(app.get("vega_lite_chart")[0].proto.spec)
    assert [spec["layer"][1]["encoding"][axis]["scale"]["type"] for axis in "xy"] == ["log", "log"]
    assert app.slider(key="smoothing").value == 0.9
    assert not app.error
    assert not app.warning


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"quantity": "luck"}, "Curve: the address asks for 'luck'; needed is one of test accuracy,"),
        ({"against": "[x](http://y)"}, "Against: the address asks for '[x](http://y)'"),
        ({"smoothing": "1"}, "Smoothing: needed is a number from 0 to 0.99"),
        ({"smoothing": "nan"}, "Smoothing: needed is a number from 0 to 0.99"),
        ({"log_y": "perhaps"}, "Logarithmic vertical axis: the address asks for 'perhaps'"),
    ],
)
def test_nonsense_in_the_address_is_explained(query: dict[str, str], sentence: str) -> None:
    app = with_runs([made_up()], **query)
    assert any(each.startswith(sentence) for each in words(app))
    assert drawn(app).startswith("Test accuracy by epoch")


def files(app: AppTest) -> AppTest:
    """Open the section with the files."""
    app.session_state["runs_files_open"] = True
    return checked(app.run())


def test_runs_go_into_files_and_come_back() -> None:
    runs = [made_up("Ours"), made_up("b", made="2026-11-23T11:00:00.000Z")]
    app = files(with_runs(runs))
    assert [each.proto.label for each in app.get("download_button")] == [
        "All runs, JSON", "Results and settings, CSV", "Curves, CSV",
    ]  # fmt: skip
    other = files(with_runs([made_up("Ours")]))
    other.file_uploader[0].upload("runs.json", to_json(runs).encode()).run()
    assert sorted(kept(checked(other))) == ["Ours", "Ours (2)", "b"]
    assert "2 of the file's 2 runs were added." in words(other)
    files(other).file_uploader[0].upload("runs.json", to_json(runs).encode()).run()
    assert "0 of the file's 2 runs were added. 2 were here already." in words(other)


def test_a_file_can_be_opened_before_anything_was_trained() -> None:
    app = files(open_page("experiments"))
    app.file_uploader[0].upload("runs.json", to_json([made_up("from a friend")]).encode()).run()
    assert names(checked(app)) == ["from a friend"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\x89PNG", "The file could not be opened. A file of runs needs"),
        (b'{"version": 9, "runs": []}', "The version needs a whole number from 1 to 1; got 9."),
        (to_json(one_a_minute(MOST_RUNS)).encode(), "there is no room for 50 more"),
    ],
)
def test_a_refused_file_gets_a_sentence_and_changes_nothing(content: bytes, sentence: str) -> None:
    app = files(for_a_visit([made_up("mine")]))
    app.file_uploader[0].upload("runs.json", content).run()
    (said,) = [each.value for each in checked(app).error]
    assert sentence in said.replace("\\", "")
    assert "Nothing has changed." in said
    assert kept(app) == ["mine"]


def trained_twice() -> AppTest:
    """Return Experiments after two trainings that differ in our batch size."""
    app = open_page("q3", **QUICK)
    train(app)
    app.text_input(key="ours_batch_size").set_value("50").run()
    train(app)
    return experiments(app)


def test_any_two_runs_get_the_whole_verdict() -> None:
    app = trained_twice()
    assert any("Tick two runs" in each for each in words(app))
    first, _, second, *_ = app.session_state[kept_runs.STORE].all()
    tick(app, first, second)
    told = [each.value.replace("\\", "") for each in app.markdown]
    assert any("two fitted networks" in each and f"“{second.name}”" in each for each in told)
    numbers = app.table[0].value
    assert numbers["Test accuracy"].tolist()[0].startswith(f"{second.final.test_accuracy:.3f} (")
    assert numbers["Model"].tolist()[:2] == [second.name, first.name]
    app.session_state["runs_mistakes_open"] = True
    assert any(chart.proto.alt.startswith(f"Confusion matrix of {second.name}.") for chart in
               checked(app.run()).get("vega_lite_chart"))  # fmt: skip
    # Somebody else's two models have their card on the same page
    app.session_state["foreign_open"] = True
    checked(app.run()).file_uploader(key="foreign_file").upload("pairs.csv", b"a,b\n" + b"1,0\n" * 9 + b"1,1\n0,1\n")
    assert sum("two fitted networks" in each.value for each in checked(app.run()).markdown) == 2


def test_the_baseline_is_the_partner_of_the_one_that_is_ticked() -> None:
    app = trained_twice()
    first, peer, second, *_ = app.session_state[kept_runs.STORE].all()
    app.session_state[kept_runs.STORE].pin(peer.id)
    tick(app, second)
    assert app.table[0].value["Model"].tolist()[:2] == [second.name, peer.name]
    assert any("Two seeds of each" in each.value for each in app.markdown)
    tick(app, first, second, peer)
    assert any("Tick two runs" in each for each in words(app))


def two_recipes(low: float, high: float, seeds: int) -> list:
    """Return runs of two recipes, a seed a hundredth better than the one before, made one after the other."""
    return [
        made_up(f"{name}, seed {seed}", (0.1, value + seed / 100), config=OurConfig(momentum=beta, random_state=seed),
                made=f"2026-11-23T10:{minute:02}:{seed:02}.000Z")
        for minute, name, value, beta in ((0, "Ours", low, 0.0), (1, "Ours, momentum 0.5", high, 0.5))
        for seed in range(1, seeds + 1)
    ]  # fmt: skip


def test_what_cannot_be_compared_is_said_and_seeds_are_compared_all_the_same() -> None:
    runs = two_recipes(0.7, 0.9, 5)
    app = tick(with_runs(runs), runs[0], runs[5])
    assert any("kept without its answers to the test set" in each.value for each in app.info)
    told = [each.value.replace("\\", "") for each in app.markdown]
    assert any(each.startswith("Ours, momentum 0.5 is the better recipe over 5 and 5 seeds") for each in told)
    assert any("Of 5 seeds this one is the worst" in each for each in words(app))
    tick(app, runs[0], runs[1])
    assert any("what differs between them is luck" in each.value for each in app.markdown)


def test_runs_on_other_test_sets_or_on_a_table_that_is_gone_get_a_sentence() -> None:
    answers = KeptAnswers("0" * 32, frozen_classes([1, 2]))
    one, other, gone, too = (
        replace(made_up(name, data=DataConfig(dataset=dataset, random_state=seed)), answers=answers)
        for name, dataset, seed in (
            ("a", "digits", 42),
            ("b", "digits", 7),
            ("c", "lost", 1),
            ("d", "lost", 1),
        )
    )
    app = with_runs([one, other, gone, too])
    said = tick(app, one, other).info[0].value.replace("\\", "")
    assert "a and b were tested on other examples" in said or "b and a were tested on other examples" in said
    assert "open the table again on Question 3" in tick(app, gone, too).info[0].value


def test_a_runs_name_is_shown_as_text_in_its_verdict() -> None:
    app = trained_twice()
    first, _, second, *_ = app.session_state[kept_runs.STORE].all()
    app.session_state[kept_runs.STORE].put(replace(second, name="<b>*x*</b> [y](http://z)"))
    tick(app, first, second)
    assert not any("[y](http" in each.value or "*x*" in each.value.replace("\\*", "") for each in app.markdown)
    assert "\\*x\\*" in app.table[0].value["Model"].tolist()[0]


def test_seeds_are_one_row_and_a_filter_leaves_the_baselines_row_complete() -> None:
    runs = two_recipes(0.7, 0.9, 3)
    app = with_runs(runs)
    app.session_state[kept_runs.STORE].pin(runs[0].id)
    app.toggle(key="runs_one_row").set_value(True).run()
    table = checked(app).dataframe[0].value
    assert table["Name"].tolist() == ["Ours, momentum 0.5", "Ours"]
    assert table["Seeds"].tolist() == [3, 3]
    assert table["Accuracy, mean"].tolist() == pytest.approx([0.92, 0.72])
    assert table["Against the baseline"].tolist()[1] == "baseline"
    told = table["Against the baseline"].tolist()[0]
    app.text_input(key="runs_filter").set_value("momentum=0.5").run()
    assert checked(app).dataframe[0].value["Against the baseline"].tolist() == [told]
    assert told.startswith("+0.200 (0.177 to 0.223; p ")


def test_five_hundred_runs_are_a_page_that_works() -> None:
    rising = tuple(0.5 + 0.004 * k for k in range(100))
    runs = [made_up(f"run {i}", rising, config=OurConfig(random_state=i)) for i in range(500)]
    app = with_runs(runs)
    assert len(names(app)) == 500
    assert any("500 of at most 500 runs are kept. With the next one" in each for each in words(app))

"""The practice page: cells are filled in, checked and hinted at, and the work goes on after a reload."""

from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from mlp.practice.assignment import Assignment, assignment_token, exercise_of, read_assignment
from mlp.practice.chain import Chain
from mlp.practice.receipt import Receipt, read_receipt, receipt_code
from pages.worksheet.shelf import COMPONENT, read_kept
from tests.app import open_page
from tests.sheet import component_data, solution_blocks

TASK = Assignment(sizes=(2, 2, 2))
TRUE = Chain(exercise_of(TASK))


def answer(app: AppTest, cells: dict[str, str], *, name: str = "", what: str = "check", version: int = 0) -> AppTest:
    """Type into cells and press a quantity's button, as the browser reports both, and run."""
    key = f"practice: cells {task_name(app)}"
    sent = {"entries": {"version": version, "count": len(cells), "cells": cells}}
    app.session_state[key] = sent | ({"action": {"name": name, "what": what}} if name else {})
    return app.run()


def task_name(app: AppTest) -> str:
    """Return what the page calls the work on the task of its address."""
    return parameter(app, "t") or assignment_token(TASK)


def parameter(app: AppTest, name: str) -> str:
    """Return a parameter of the address, blank where it has none."""
    found = app.query_params.get(name, "")
    return found if isinstance(found, str) else found[0]


def work(app: AppTest) -> str:
    """Return the code of the work, which the browser puts into the address."""
    return component_data(app, "shelf")["address"]


def written(name: str, digits: int = 4) -> dict[str, str]:
    """Return the cells of a right answer."""
    return {f"{name}:{i}:{j}": f"{value:.{digits}f}"
            for i, row in enumerate(TRUE[name].tolist()) for j, value in enumerate(row)}  # fmt: skip


def score(app: AppTest) -> str:
    """Return how far the reader is."""
    return next(each.value for each in app.markdown if " right" in each.value and each.value.startswith("**"))


def press(app: AppTest, label: str) -> AppTest:
    """Press a button."""
    return next(each for each in app.button if each.label == label).click().run()


def test_nothing_is_filled_in_to_begin_with():
    app = open_page("practice")
    assert list(solution_blocks(app))[:4] == ["z1", "h1", "z2", "L"]
    assert score(app) == "**0 of 16 right**"
    assert component_data(app, "sheet")["given"]


def test_a_right_answer_is_right_and_a_wrong_one_is_told_why():
    app = answer(open_page("practice"), written("z1"), name="z1")
    assert solution_blocks(app)["z1"]["said"] == "Right."
    z1 = {key.replace("z1", "h1"): text for key, text in written("z1").items()}
    app = answer(app, written("z1") | z1, name="h1")
    assert "activation was left out" in solution_blocks(app)["h1"]["said"]
    assert score(app) == "**1 of 16 right, 1 to look at again**"


def test_an_answer_that_was_changed_waits_to_be_checked_again():
    app = answer(open_page("practice"), written("z1"), name="z1")
    app = answer(app, written("z1") | {"z1:0:0": "5"})
    assert solution_blocks(app)["z1"]["said"] == ""
    assert component_data(app, "said")["words"] == ""
    app = press(app, "Check all")
    assert solution_blocks(app)["z1"]["verdict"] == "wrong"
    assert component_data(app, "said")["words"] == "0 of 16 right, 1 to look at again"


def test_a_hint_is_remembered_on_the_receipt_with_what_it_tells():
    app = answer(open_page("practice"), {}, name="h1", what="hint")
    app = answer(app, {}, name="h1", what="hint")
    receipt = read_receipt(work(app))
    assert receipt.revealed == {"z1": 3, "h1": 2}
    assert len(solution_blocks(app)["h1"]["sides"]) == 2


def derivation_of(app: AppTest, name: str) -> dict:
    """Open a quantity's derivation, as the browser reports it, and return it."""
    key = f"practice: cells {task_name(app)}"
    sent = dict(app.session_state[key]) if key in app.session_state else {}
    app.session_state[key] = {**sent, "action": None, "opened": [name]}
    return solution_blocks(app.run())[name]["derivation"]


def test_a_derivation_counts_as_the_first_hint_and_gives_no_value_before_it_is_found():
    app = open_page("practice")
    told = derivation_of(app, "dz1")
    assert (len(told["parts"]), told["values"]) == (2, [])
    assert read_receipt(work(app)).revealed == {"dz1": 1}
    assert solution_blocks(app)["dz1"]["actions"][1] == ["hint", "With numbers"]
    app = answer(app, written("dz1"), name="dz1")
    assert derivation_of(app, "dz1")["values"][0] == [
        f"gives {value:.5f}".replace("-", "−") for value in TRUE["dz1"][:, 0]
    ]


def test_without_hints_there_is_no_derivation():
    app = open_page("practice", t=assignment_token(replace(TASK, hints=False)))
    assert all("derivation" not in block for block in solution_blocks(app).values())


def test_work_goes_on_after_a_reload():
    app = answer(open_page("practice"), written("z1") | {"h1:0:0": "0.9"}, name="z1")
    again = open_page("practice", w=work(app))
    assert solution_blocks(again)["z1"]["said"] == "Right."
    assert solution_blocks(again)["h1"]["sides"][0][0]["cells"][0]["text"] == "0.9"


def test_what_was_changed_after_its_check_is_not_marked_by_a_reload():
    task = replace(TASK, tries=2)
    app = answer(open_page("practice", t=assignment_token(task)), written("z1"), name="z1")
    app = answer(app, written("z1") | {"z1:0:0": "5"})
    again = open_page("practice", t=assignment_token(task), w=work(app))
    assert solution_blocks(again)["z1"]["said"] == ""
    assert solution_blocks(answer(again, {}, name="z1"))["z1"]["verdict"] == "wrong"
    assert read_receipt(work(again)).checked == {"z1": 2}


def test_every_variant_that_the_tab_has_kept_goes_on_after_a_reload():
    kept = {assignment_token(task): receipt_code(Receipt(task, answers={"L": (("0.5",),)}))
            for task in (replace(TASK, seed=2), replace(TASK, seed=3))}  # fmt: skip
    app = answer(open_page("practice"), written("z1"), name="z1")
    app.session_state[COMPONENT] = {"kept": {**kept, assignment_token(TASK): "r1.abc", "x": "r1.abc"}}
    assert score(app.run()) == "**1 of 16 right**"
    app.text_input(key="practice_seed").set_value("3").run()
    assert solution_blocks(app)["L"]["sides"][0][0]["cells"][0]["text"] == "0.5"
    app = press(app, "Start over").run()
    assert solution_blocks(app)["L"]["sides"][0][0]["cells"][0]["text"] == ""


@pytest.mark.parametrize("said", [None, [], {"a": 1}, {"a": "r1." + "a" * 20_000}, {str(k): "r1.a" for k in range(99)}])
def test_what_a_tab_makes_up_about_its_work_is_taken_for_nothing(said):
    assert read_kept(said) == {}


@pytest.mark.parametrize("code", ["r1.abc", "x", receipt_code(Receipt(Assignment(seed=9)))])
def test_work_that_can_not_be_opened_is_a_sentence(code):
    app = open_page("practice", w=code)
    assert app.error[0].value.startswith("The work in the address could not be opened.")


def test_a_new_variant_has_other_numbers_and_the_old_work_is_not_lost():
    app = answer(open_page("practice"), written("z1"), name="z1")
    before = component_data(app, "sheet")["given"]
    app = press(app, "New variant")
    assert component_data(app, "sheet")["given"] != before
    assert score(app) == "**0 of 16 right**"
    # The focus stays on the button: what has come is spoken, once
    assert component_data(app, "said")["words"] == "Seed 2: the same numbers for everybody."
    assert component_data(app.run(), "said")["words"] == ""
    app.text_input(key="practice_seed").set_value("1").run()
    assert score(app) == "**1 of 16 right**"


def test_another_exercise_in_the_same_visit_is_no_fault_of_the_address():
    app = answer(open_page("practice"), written("z1"), name="z1")
    assert not press(app, "New variant").error
    assert not app.selectbox(key="practice_layers").set_value("2-2-1").run().error


def test_starting_over_empties_the_cells_and_can_be_taken_back():
    app = answer(open_page("practice"), written("z1"), name="z1")
    app = press(app, "Start over")
    assert score(app) == "**0 of 16 right**"
    assert solution_blocks(app)["z1"]["sides"][0][0]["cells"][0]["text"] == ""
    # The browser is told that what it has sent was heard, or it would enter it again
    assert (component_data(app, "sheet")["version"], component_data(app, "sheet")["heard"]) == (1, 2)
    app = press(app, "Bring back")
    assert score(app) == "**1 of 16 right**"
    app = press(app, "Start over")
    app = answer(app, {"z1:0:0": "0.1"}, version=3)
    assert [each.label for each in app.button if each.label in ("Start over", "Bring back")] == ["Start over"]


def test_what_followed_from_a_mistake_is_to_be_worked_out_again_once_it_is_cured():
    wrong = {key: str(float(text) + 0.5) for key, text in written("z1").items()}
    follows = {f"h1:{i}:0": f"{np.tanh(float(wrong[f'z1:{i}:0'])):.4f}" for i in range(2)}
    app = press(answer(open_page("practice"), wrong | follows), "Check all")
    assert solution_blocks(app)["h1"]["verdict"] == "follows"
    app = press(answer(app, written("z1") | follows), "Check all")
    block = solution_blocks(app)["h1"]
    assert (block["verdict"], block["said"].partition(":")[0]) == (
        "", "This came from numbers of yours that you have changed since",
    )  # fmt: skip
    assert score(app) == "**1 of 16 right, 1 to look at again**"


def test_a_hint_is_not_charged_to_what_was_found_already():
    app = answer(open_page("practice"), written("z1"), name="h1", what="hint")
    app = answer(app, written("z1"), name="h1", what="hint")
    assert read_receipt(work(app)).revealed == {"h1": 2}


def test_a_teachers_link_asks_what_he_chose_and_allows_no_more():
    task = replace(TASK, asked=("z1", "dW1"), tries=1, hints=False, diagnosis=False, title="Week 4 <b>")
    app = open_page("practice", t=assignment_token(task))
    assert list(solution_blocks(app)) == ["z1", "dW1"]
    assert solution_blocks(app)["z1"]["actions"] == [["check", "Check (1 left)"]]
    assert (
        "1 try for each quantity; to check again what has not changed costs none. There are no hints."
        in app.caption[0].value
    )
    assert any("Week 4" in each.value for each in app.header)
    app = answer(app, {"z1:0:0": "0,,1"}, name="z1")
    assert solution_blocks(app)["z1"]["actions"] == [["check", "Check (1 left)"]]
    app = answer(app, {"z1:0:0": "9", "z1:1:0": "9"}, name="z1")
    assert solution_blocks(app)["z1"]["said"] == "Not right yet. No tries are left for this quantity."


def test_each_student_has_numbers_of_her_own_once_she_has_said_who_she_is():
    token = assignment_token(replace(TASK, by_student=True))
    assert not open_page("practice", t=token).get("bidi_component")
    ada, ben = (component_data(open_page("practice", t=token, practice_name=name), "sheet")["given"]
                for name in ("Ada", "Ben"))  # fmt: skip
    assert ada != ben


def test_a_teacher_goes_on_from_what_his_link_asks_and_allows():
    task = replace(TASK, asked=("z1", "dW1"), tries=2, hints=False, diagnosis=False, title="Week 4", by_student=True)
    app = opened(open_page("practice", t=assignment_token(task), practice_name="Ada"), "practice_teach_open")
    assert read_assignment(next(each.value for each in app.code if "?t=" in each.value).partition("?t=")[2]) == task


@pytest.mark.parametrize("token", ["1.abc", "nonsense"])
def test_a_task_that_can_not_be_read_is_a_sentence(token):
    app = open_page("practice", t=token)
    assert app.error[0].value.startswith("The task could not be opened.")
    assert component_data(app, "sheet")


def test_numbers_that_can_not_tell_right_from_wrong_are_refused():
    app = open_page("practice", practice_kind="Question 2", practice_layers="2-2-1")
    assert "two outputs or more: of a single one p is always 1" in app.error[0].value


def test_a_ready_made_exercise_can_be_practised():
    # By its key, as in older links
    app = open_page("practice", practice_preset="q1-logistic")
    assert app.selectbox(key="practice_preset").value == "The 2-2-2 example with logistic units"
    assert "0.5" in str(component_data(app, "sheet")["given"])
    assert not [each for each in app.button if each.label == "New variant"]
    # All else comes with it: a choice that did nothing would only mislead
    assert [each.key for each in app.selectbox] == ["practice_preset"]
    assert "come with it" in " ".join(each.value for each in app.caption)
    # Work on it that was begun while other choices stood beside it
    begun = Receipt(Assignment(preset="q1-logistic", seed=7, hidden="relu"), answers={"L": (("0.5",),)})
    again = open_page("practice", practice_preset="q1-logistic", w=receipt_code(begun))
    assert solution_blocks(again)["L"]["sides"][0][0]["cells"][0]["text"] == "0.5"
    opened(app, "practice_teach_open")
    assert app.toggle(key="practice_own").disabled
    # The other kind has other ones, and to go there is no fault of the address
    app.session_state["practice_kind"] = "Question 2"
    assert not app.run().warning
    assert app.selectbox(key="practice_preset").value == "fresh numbers"


@pytest.mark.parametrize(
    ("choices", "shut"),
    [
        ({}, {"practice_batch"}),
        ({"practice_examples": "2"}, set()),
        ({"practice_layers": "3-2"}, {"practice_batch", "practice_hidden"}),
    ],
)
def test_a_choice_that_would_do_nothing_is_shut_and_says_why(choices, shut):
    found = [each for each in open_page("practice", **choices).selectbox if each.disabled]
    assert {each.key for each in found} == shut
    assert all("choose" in each.help for each in found)


def test_to_check_where_nothing_is_written_is_answered():
    app = press(open_page("practice"), "Check all")
    assert component_data(app, "said")["words"] == "Nothing to check yet: no cell has a number."
    app = answer(app, {"z1:0:0": "abc"}, name="z1")
    assert solution_blocks(app)["z1"]["said"] == "Nothing to check here yet: type a number first."
    assert r"No number: [z\[1\]](#cell-z1-0-0)." in " ".join(each.value for each in app.markdown)


def test_what_the_browser_makes_up_is_taken_for_nothing():
    app = answer(open_page("practice"), {"W9:0:0": "1", "z1:99:0": "1", "z1": "1"}, name="W9", what="explode")
    assert score(app) == "**0 of 16 right**"


def test_names_in_the_address_that_the_page_does_not_know_are_told():
    app = open_page("practice", practice_seed="3", sead="4")
    assert "'sead'" in app.warning[0].value
    assert app.text_input(key="practice_seed").value == "3"


def opened(app: AppTest, section: str) -> AppTest:
    """Open a section of the page."""
    app.session_state[section] = True
    return app.run()


def test_a_teacher_makes_a_link_and_opens_the_receipts_of_a_class():
    app = opened(open_page("practice"), "practice_teach_open")
    app.multiselect(key="practice_asked").set_value(["z1", "h1"]).run()
    app.toggle(key="practice_own").set_value(True).run()
    link = next(each.value for each in app.code if "?t=" in each.value)
    task = read_assignment(link.partition("?t=")[2])
    assert (task.asked, task.by_student, task.sizes) == (("z1", "h1"), True, (2, 2, 2))
    wrong = tuple((f"{value:.4f}",) for value in TRUE["z1"][:, 0])
    codes = [receipt_code(Receipt(TASK, name, {"h1": wrong})) for name in ("Ada", "Ben")]
    app.text_area(key="practice_receipts").set_value("\n".join([*codes, "r1.broken", codes[0]])).run()
    assert "Line 3 could not be marked." in app.warning[0].value
    assert "Line 4 was left out. The same code stands in line 1." in app.info[0].value
    assert any("The activation was left out" in table.value.to_string() for table in app.table)
    files = [("eve.txt", codes[0].encode("utf-16"), "text/plain"), ("photo.txt", b"\x89PNG\0", "text/plain")]
    app.text_area(key="practice_receipts").set_value("")
    app.file_uploader(key="practice_files").set_value(files).run()
    assert [each.value for each in app.warning] == [
        "The file 'photo.txt' could not be marked. No line of it begins as a code does."
    ]
    assert app.dataframe[0].value["student"].tolist() == ["Ada"]


def test_a_teacher_opens_the_sheet_of_one_student_with_every_answer_marked():
    z1 = tuple((f"{value:.4f}",) for value in TRUE["z1"][:, 0])
    task = replace(TASK, tries=1, diagnosis=False)
    app = opened(open_page("practice"), "practice_teach_open")
    codes = [receipt_code(Receipt(task, name, {"h1": z1}, checked={})) for name in ("Ada", "Ben & Eve")]
    app.text_area(key="practice_receipts").set_value("\n".join(codes)).run()
    app.selectbox[-1].set_value("2. Ben & Eve").run()
    address = app.get("link_button")[0].proto.url
    sheet = open_page("practice", **dict(parse_qsl(urlsplit(address).query)))
    assert sheet.text_input(key="practice_name").value == "Ben & Eve"
    assert "activation was left out" in solution_blocks(sheet)["h1"]["said"]


def test_a_receipt_can_be_handed_in():
    app = answer(open_page("practice"), written("z1"), name="z1")
    app = opened(app, "practice_take_open")
    receipt = read_receipt(next(each.value for each in app.code))
    assert receipt.checked == {"z1": 1}
    assert {each.label for each in app.get("download_button")} >= {"Receipt, text", "Blank sheet and key"}

"""Receipts: the marks are computed anew from the answers, by whoever opens the code."""

import csv
import io
from dataclasses import replace
from functools import lru_cache

import pytest

from mlp.limits import MOST_CHECKS, MOST_RECEIPTS
from mlp.practice import class_file, variants
from mlp.practice.assignment import Assignment, assignment_values, exercise_of, kind_and_seed
from mlp.practice.chain import Chain
from mlp.practice.class_file import class_csv, class_rows, read_class, read_first, troubles
from mlp.practice.receipt import PROOF, Receipt, marks_of, read_receipt, receipt_code, receipt_text
from mlp.untrusted.tokens import packed
from mlp.view.practice import answers

TASK = Assignment(sizes=(2, 2, 1), asked=("z1", "h1", "dz1"), title="Week 4")
FIRST = exercise_of(TASK)


def answer(name: str, *, student: str = "Ada", task: Assignment = TASK) -> tuple[tuple[str, ...], ...]:
    """Return the right answer to a quantity, as typed with four digits."""
    value = Chain(exercise_of(task, student))[name]
    return tuple(tuple(f"{number:#.4g}" for number in row) for row in value)


def receipt(student: str = "Ada", *, h1: str = "z1") -> Receipt:
    """Return a receipt with a right z1 and an h1 that is another quantity's value."""
    return Receipt(TASK, student, {"z1": answer("z1"), "h1": answer(h1)}, {"h1": 2}, {"z1": 1, "h1": 3})


def test_a_code_carries_a_receipt_and_its_marks_are_computed_anew():
    code = receipt_code(receipt())
    opened = read_receipt(code)
    assert opened == receipt()
    marks = marks_of(opened)
    assert (marks["z1"].verdict, marks["h1"].verdict) == ("right", "wrong")
    assert marks["h1"].mistake.startswith("The activation was left out")
    assert read_receipt(f"{code[:40]}\n{code[40:]}") == opened
    assert len(code) < 400


def test_the_text_says_what_was_revealed_and_that_it_proves_nothing():
    text = receipt_text(receipt())
    assert "h[1]: wrong (hint: numbers)" in text
    assert "dL/dz[1]: not answered" in text
    half = receipt_text(replace(receipt(), answers={"z1": (answer("z1")[0], ("",))}))
    assert "z[1]: right, 1 of 2 cells" in half
    assert PROOF in text
    assert read_receipt(text.splitlines()[-1]) == receipt()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([assignment_values(TASK), "Ada", {"W9": []}, {}, {}], "The answers needs one of"),
        ([assignment_values(TASK), "Ada", {"z1": [["1"]]}, {}, {}], "z1 needs 2 entries"),
        ([assignment_values(TASK), "Ada", {"z1": [["1"], [2]]}, {}, {}], "A cell of z1 needs a text"),
        ([assignment_values(TASK), "Ada", {}, {"z1": 4}, {}], "A hint needs"),
        ([assignment_values(TASK), "x" * 61, {}, {}, {}], "The name needs at most 60"),
        ([assignment_values(TASK), "Ada", [], {}, {}], "The answers need to be an object"),
        ([assignment_values(TASK), "Ada", {}, {}, {}, ["W9"]], "What was changed needs one of"),
        (["no"], "A receipt needs 5 to 6 entries"),
    ],
)
def test_a_code_that_does_not_fit_is_a_sentence(values, words):
    with pytest.raises(ValueError, match=words):
        read_receipt(packed(values, "r1"))


def test_a_changed_code_is_not_opened():
    code = receipt_code(receipt())
    with pytest.raises(ValueError, match="needs"):
        read_receipt(code[:30] + ("A" if code[30] != "A" else "B") + code[31:])


def test_a_class_becomes_a_table_with_the_most_frequent_mistake():
    codes = [receipt_code(receipt(name)) for name in ("Ada", "Ben", "=HYPERLINK(1)")]
    codes.append(receipt_code(receipt("Eve", h1="h1")))
    found = read_class("\n".join(["Hello,", "here they are:", *codes, codes[0][:50]]))
    assert len(found.marked) == 4
    assert [place for place, _ in found.refused] == ["line 7"]
    h1 = next(each for each in troubles(found.marked) if each.name == "h1")
    assert (h1.wrong, h1.answered, h1.times) == (3, 4, 3)
    rows = list(csv.DictReader(io.StringIO(class_csv(found.marked))))
    assert [row["student"] for row in rows] == ["Ada", "Ben", "'=HYPERLINK(1)", "Eve", "most frequent mistake"]
    assert rows[0]["h1"] == "wrong (hint: numbers)"
    assert rows[-1]["h1"].startswith("The activation was left out")
    assert rows[0]["dz1"] == "not answered"


@pytest.mark.parametrize("text", ["", "nothing here", "x" * 2_000_001])
def test_a_text_without_receipts_is_refused(text):
    with pytest.raises(ValueError, match="A class file needs"):
        read_class(text)


def test_students_with_numbers_of_their_own_are_marked_by_them():
    task = replace(TASK, by_student=True)
    ada, ben = (Receipt(task, name, {"z1": answer("z1", student="Ada", task=task)}) for name in ("Ada", "Ben"))
    assert marks_of(ada)["z1"].verdict == "right"
    assert marks_of(ben)["z1"].verdict == "wrong"


def test_the_same_receipt_counts_once_and_no_more_lines_are_read_for_being_the_same():
    code = receipt_code(receipt())
    found = read_class(f"{code}\n\n{code}\n")
    assert (len(found.marked), found.twice) == (1, (("line 3", "The same code stands in line 1."),))
    with pytest.raises(ValueError, match=f"at most {MOST_RECEIPTS} receipts; got {MOST_RECEIPTS + 1}"):
        read_class("r1\n" * (MOST_RECEIPTS + 1))


def test_codes_are_found_in_mails_and_in_files():
    """A mail program breaks lines and quotes them; a file holds one receipt, several, or something else."""
    ada, ben, eve = (receipt_code(receipt(name)) for name in ("Ada", "Ben", "Eve"))
    parted = "\n".join(f"> {ada[k : k + 60]}" for k in range(0, len(ada), 60))
    files = {"ben.txt": receipt_text(receipt("Ben")), "photo.png": "\x89PNG", "all.txt": f"{eve}\nEve\n{ben}"}
    found = read_class(f"Hello,\n{parted}\nAda", files)
    assert [one.receipt.student for one in found.marked] == ["Ada", "Ben", "Eve"]
    assert found.refused == (("the file 'photo.png'", "No line of it begins as a code does."),)
    assert found.twice == (("line 3 of 'all.txt'", "The same code stands in line 12 of 'ben.txt'."),)
    with pytest.raises(ValueError, match="at most 500 receipts"):
        read_class("", {"all.txt": "r1\n" * (MOST_RECEIPTS + 1)})


def test_mistakes_that_differ_in_nothing_but_their_places_are_one():
    """Each student has added another product twice: no two of the sentences are the same."""
    task = replace(TASK, sizes=(3, 2), asked=("z1",))
    exercise = exercise_of(task)
    lines = []
    for i, k in ((0, 0), (0, 1), (1, 2)):
        wrong = Chain(exercise)["z1"].copy()
        wrong[i] += exercise.network.layers[0].W[i, k] * exercise.X[0, k]
        rows = tuple(tuple(f"{number:.4f}" for number in row) for row in wrong)
        lines.append(receipt_code(Receipt(task, f"{i}{k}", {"z1": rows})))
    found = read_class("\n".join(lines))
    assert len({one.marks["z1"].mistake for one in found.marked}) == 3
    (trouble,) = troubles(found.marked)
    assert (trouble.wrong, trouble.times) == (3, 3)
    assert "One product of a sum was added twice." in trouble.mistake


def test_receipts_of_two_exercises_are_told_apart():
    other = replace(TASK, question="q2", sizes=(3, 2), asked=("z1",))
    codes = [receipt_code(receipt()), receipt_code(Receipt(other, "Zoe", {"z1": answer("z1", task=other)}))]
    marked = read_class("\n".join(codes)).marked
    first, second = ("question 1, layers 2-2-1, tanh, 1 example", "question 2, layers 3-2, tanh, 1 example")
    assert [(each.exercise, each.name, each.answered) for each in troubles(marked)] == [
        (first, "z1", 1), (first, "h1", 1), (first, "dz1", 0), (second, "z1", 1),
    ]  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(class_csv(marked))))
    assert [(row["student"], row["exercise"], row["z1"], row["h1"]) for row in rows] == [
        ("Ada", first, "right", "wrong (hint: numbers)"),
        ("Zoe", second, "right", ""),
        ("most frequent mistake", first, "", "The activation was left out: this is z; take g(z)."),
        ("most frequent mistake", second, "", ""),
    ]


@pytest.mark.parametrize("cell", ["abc", "1/0", "0.29…", "=1+1", "0e999"])
def test_a_cell_that_is_no_number_spoils_no_receipt(cell):
    """On the page it counts as blank; the receipt could not be downloaded, and the class file refused all of it."""
    rows = (answer("z1")[0], (cell,))
    spoiled = Receipt(TASK, "Ada", {"z1": rows, "h1": answer("h1")})
    (one,) = read_class(receipt_text(spoiled)).marked
    assert one.receipt.answers["z1"] == rows
    seen = answers.marks_of(exercise_of(TASK), spoiled.answers, ("z1", "h1"))
    for name in ("z1", "h1"):
        assert (one.marks[name].verdict, one.marks[name].cells.tolist()) == (
            seen[name].verdict,
            seen[name].cells.tolist(),
        )


def test_more_checks_than_a_receipt_counts_are_the_most_it_counts():
    assert read_receipt(receipt_code(Receipt(TASK, checked={"z1": MOST_CHECKS + 5}))).checked == {"z1": MOST_CHECKS}


def test_a_class_of_own_numbers_draws_each_students_once(monkeypatch):
    """Beyond as many as are remembered, each look at a row drew them again: 24 times for every student."""
    drawn = []
    found = variants.Search(FIRST, 1)
    monkeypatch.setattr(variants, "search", lru_cache(maxsize=1)(lambda *given: drawn.append(given) or found))
    task = replace(TASK, by_student=True)
    marked = read_class("\n".join(receipt_code(Receipt(task, f"{k}")) for k in range(5))).marked
    assert (len(class_rows(marked)), len(troubles(marked)), len(drawn)) == (5, 3, 5)
    class_csv(marked)
    assert len(drawn) == 5
    read_first.cache_clear()


def test_a_file_of_exercises_that_have_no_numbers_is_read_no_longer_than_a_class_may_take(monkeypatch):
    """Each of 500 receipts was of another impossible kind: the page looked for the numbers of all, seconds each."""
    drawn = []
    monkeypatch.setattr(variants, "USUAL_DRAWS", 2)
    monkeypatch.setattr(variants, "WIDER_DRAWS", 1)
    monkeypatch.setattr(variants, "tells_right_from_wrong", drawn.append)
    monkeypatch.setattr(class_file, "MOST_CLASS_DRAWS", 10)
    kinds = [replace(TASK, momentum=k / 1000) for k in range(1, 7)]
    codes = "\n".join(receipt_code(Receipt(kind, "Eve")) for kind in kinds)
    first, again = (read_class(codes).refused for _ in range(2))
    assert [sentence.split(":")[0] for _, sentence in first] == (
        ["Practice needs numbers that tell right from wrong; for layers 2-2-1, tanh and 1 example none were found"] * 4
        + ["Its numbers were not looked for"] * 2)  # fmt: skip
    assert first == again
    assert len(drawn) == 12
    read_first.cache_clear()
    variants.search.cache_clear()


def test_a_class_with_the_same_numbers_draws_them_once(monkeypatch):
    monkeypatch.setattr(class_file, "MOST_CLASS_DRAWS", variants.draws_for(*kind_and_seed(TASK, "")) + 1)
    codes = "\n".join(receipt_code(receipt(f"Student {k}")) for k in range(4))
    assert len(read_class(codes).marked) == 4
    monkeypatch.setattr(class_file, "MOST_CLASS_DRAWS", 1)
    assert {sentence for _, sentence in read_class(codes).refused} == {class_file.SPENT}


def test_a_class_that_is_read_again_is_not_marked_again():
    codes = "\n".join(receipt_code(receipt(name)) for name in ("Kim", "Lou", "Max"))
    first, before = read_class(codes).marked, read_first.cache_info().misses
    assert all(one is other for one, other in zip(read_class(codes).marked, first, strict=True))
    assert read_first.cache_info().misses == before

"""What a visitor is practising: her answers, the hints she took and what was checked, kept in her session only.

The whole of it is a receipt, and its code is in the page's address: a reload goes on from there (shelf.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter

import numpy as np
import streamlit as st

from mlp.exercises import Exercise, Solution, solution_steps, solve
from mlp.exercises.explained.origins import has_origins
from mlp.limits import MOST_WORKED
from mlp.practice import Mark
from mlp.practice.assignment import Assignment, asked_of, assignment_token, exercise_of
from mlp.practice.chain import Chain
from mlp.practice.receipt import STAGES, Receipt, read_receipt, receipt_code
from mlp.practice.typed import legible
from mlp.view.practice.answers import Rows, is_blank, marks_of, refusals, rows_with
from mlp.view.practice.worksheet import CHECK, FORMULA, HINT, NUMBERS, VALUE, Progress
from pages.exercise.typed import Typed, read_opened, read_typed
from pages.worksheet.shelf import WORK, keep, kept

RECEIPTS, CELLS, CHECKED, VERSIONS, FOLLOWED, ASIDE = (
    f"practice: {name}" for name in ("receipts", "cells", "checked", "versions", "followed", "put aside")
)

# What is chosen of a ready-made exercise; all else comes with it
chosen = attrgetter("preset", "asked", "tries", "hints", "diagnosis", "title")


@dataclass(frozen=True)
class Workbook:
    """The work on one assignment; one is made for every run of the page.

    Attributes
    ----------
    assignment : Assignment
    student : str
    """

    assignment: Assignment
    student: str = ""

    @property
    def name(self) -> str:
        """What tells this work from another one: the task, and whose numbers they are."""
        return assignment_token(self.assignment) + (self.student if self.assignment.by_student else "")

    @property
    def receipts(self) -> dict[str, Receipt]:
        """The visitor's work on this and on other assignments, the latest last."""
        return st.session_state.setdefault(RECEIPTS, {})

    @property
    def receipt(self) -> Receipt:
        """What stands on the page."""
        kept = self.receipts.get(self.name) or Receipt(self.assignment)
        return replace(kept, student=self.student)

    def put(self, receipt: Receipt) -> None:
        """Keep what stands on the page; of the oldest assignments nothing is kept."""
        receipts = self.receipts
        receipts.pop(self.name, None)
        receipts[self.name] = receipt
        for old in list(receipts)[:-MOST_WORKED]:
            del receipts[old]

    @cached_property
    def exercise(self) -> Exercise:
        """The exercise; a ValueError if there are no numbers of this kind."""
        return exercise_of(self.assignment, self.student)

    @cached_property
    def solution(self) -> Solution:
        """The exercise, worked out."""
        return solve(self.exercise)

    @property
    def asked(self) -> tuple[str, ...]:
        """The quantities that are asked for."""
        return asked_of(self.assignment, self.exercise)

    @property
    def cells_key(self) -> str:
        """The key of the sheet of this work."""
        return f"{CELLS} {self.name}"

    @property
    def sent(self) -> Typed:
        """What the browser has sent of the cells since the work was started."""
        sent = read_typed(st.session_state.get(self.cells_key, {}).get("entries"))
        # What was typed before has been heard of, and counts no longer
        return sent if sent.version == self.version else Typed(self.version, sent.count, {})

    def take_up(self) -> None:
        """Put what was typed into the receipt, and do what was asked for: check a quantity, or go on with its hints."""
        receipt = self.receipt
        cells = {cell: text for cell, text in self.sent.cells.items() if cell[0] in self.asked}
        self.put(replace(receipt, answers=rows_with(self.exercise, receipt.answers, cells)))
        self.tell_formulas()
        name, what = self.action
        if what == CHECK:
            self.check(name)
        elif what == HINT:
            self.hint(name)

    @property
    def action(self) -> tuple[str, str]:
        """The quantity whose button was pressed, and which; blank without one."""
        action = st.session_state.get(self.cells_key, {}).get("action")
        name, what = (action.get("name"), action.get("what")) if isinstance(action, Mapping) else ("", "")
        return (str(name), str(what)) if name in self.asked else ("", "")

    @property
    def vain(self) -> frozenset[str]:
        """What was to be checked though it has no number."""
        name, what = self.action
        return frozenset([name] if what == CHECK and self.has_no_number(name) else [])

    def has_no_number(self, name: str) -> bool:
        """Return whether nothing that can be read is written for a quantity."""
        return is_blank(legible(self.receipt.answers.get(name, ())))

    @property
    def opened(self) -> frozenset[str]:
        """The quantities whose derivations are open, where there are hints."""
        opened = read_opened(st.session_state.get(self.cells_key, {}).get("opened"))
        return opened.intersection(self.asked if self.assignment.hints else ())

    def tell_formulas(self) -> None:
        """Put down for each derivation that is open that it has told the formula, as the first hint does."""
        receipt = self.receipt
        told = {name: FORMULA for name in self.asked if name in self.opened and has_origins(name)}
        if told.keys() - receipt.revealed.keys():
            self.put(replace(receipt, revealed=told | dict(receipt.revealed)))

    @cached_property
    def chain(self) -> Chain:
        """The true numbers."""
        return Chain(self.exercise)

    def check(self, name: str) -> None:
        """Mark a quantity as it stands there, unless its tries are spent or there is no number: a slip costs no try."""
        receipt = self.receipt
        if self.left.get(name) == 0 or self.has_no_number(name):
            return
        seen = self.seen
        if seen.get(name) != receipt.answers.get(name):
            self.put(replace(receipt, checked={**receipt.checked, name: receipt.checked.get(name, 0) + 1}))
        seen[name] = receipt.answers[name]

    def check_all(self) -> None:
        """Mark every quantity in which something is written."""
        for name in self.asked:
            self.check(name)

    def hint(self, name: str) -> None:
        """Go one stage on with the hints of a quantity, and remember it."""
        receipt = self.receipt
        stage = min(receipt.revealed.get(name, 0) + 1, len(STAGES) - 1)
        if self.assignment.hints:
            told = dict.fromkeys(self.told_with(name), VALUE) if stage == NUMBERS else {}
            self.put(replace(receipt, revealed={**receipt.revealed, **told, name: stage}))

    def told_with(self, name: str) -> list[str]:
        """Return the other quantities that are told with the numbers put into one: those that she has not found yet."""
        step = next(step for step in solution_steps(self.solution) if step.name == name)
        numbers = np.concatenate([np.ravel(term) for term in step.terms if not isinstance(term, str)] or [np.empty(0)])
        told = [other for other in self.asked if other != name and np.isin(self.chain[other], numbers).all()]
        marks = marks_of(self.exercise, self.receipt.answers, told)
        return [other for other in told if other not in marks or not (marks[other].cells == "right").all()]

    @property
    def left(self) -> dict[str, int]:
        """How often each quantity may still be checked; empty where that is not counted."""
        most, checked = self.assignment.tries, self.receipt.checked
        return {name: max(0, most - checked.get(name, 0)) for name in self.asked} if most else {}

    @property
    def progress(self) -> Progress:
        """How far the reader is, with the marks of what was checked and has not been changed since."""
        receipt, seen = self.receipt, self.seen
        shown = [name for name in self.asked if name in seen and seen[name] == receipt.answers.get(name)]
        marks = marks_of(self.exercise, receipt.answers, shown)
        return Progress(
            asked=self.asked,
            answers=receipt.answers,
            marks=marks,
            revealed=receipt.revealed,
            refused=refusals(receipt.answers),
            hints=self.assignment.hints,
            diagnosis=self.assignment.diagnosis,
            left=self.left,
            stale=self.stale(marks),
            opened=self.opened,
            vain=self.vain,
        )

    def stale(self, marks: Mapping[str, Mark]) -> frozenset[str]:
        """Return the answers that were right by earlier numbers and are wrong by those that stand there now."""
        followed = st.session_state.setdefault(FOLLOWED, {}).setdefault(self.name, {})
        answers = self.receipt.answers
        followed.update({name: answers[name] for name, mark in marks.items() if mark.verdict == "follows"})
        return frozenset(name for name, mark in marks.items()
                         if mark.verdict == "wrong" and followed.get(name) == answers[name])  # fmt: skip

    def open_address(self) -> None:
        """Go on from the work in the address, once; raise a ValueError with a sentence if it is none of this task's."""
        code = st.query_params.get(WORK, "")
        # Of another exercise that was worked on in this visit: its work is kept
        if not code or self.receipts:
            return
        receipt = read_receipt(code)
        if not self.is_of_this(receipt.assignment):
            raise ValueError("It belongs to another exercise than this one.")
        self.open(receipt)

    def is_of_this(self, assignment: Assignment) -> bool:
        """Return whether work on an assignment is work on this one; of a ready-made exercise no seed or size counts."""
        return assignment == self.assignment or bool(
            assignment.preset and chosen(assignment) == chosen(self.assignment)
        )

    def open_kept(self) -> None:
        """Go on from what the tab has kept of this work, once, unless something is done already."""
        code = kept().pop(self.name, "")
        if not code or self.begun:
            return
        try:
            receipt = read_receipt(code)
        except ValueError:
            return
        if self.is_of_this(receipt.assignment):
            self.open(receipt)

    def open(self, receipt: Receipt) -> None:
        """Take a receipt for what stands on the page; what was changed after its check waits to be checked again."""
        self.put(replace(receipt, assignment=self.assignment))
        seen = {name: receipt.answers.get(name) for name in receipt.checked if name not in receipt.changed}
        st.session_state.setdefault(CHECKED, {})[self.name] = seen

    @property
    def begun(self) -> bool:
        """Whether anything stands in the cells or was told."""
        return bool(self.receipt.answers or self.receipt.revealed)

    @property
    def written(self) -> bool:
        """Whether anything stands in the cells."""
        return not all(map(is_blank, self.receipt.answers.values()))

    @property
    def handed(self) -> Receipt:
        """What stands on the page, and what of it was changed since it was checked."""
        receipt, seen = self.receipt, self.seen
        changed = tuple(name for name in receipt.checked if seen.get(name) != receipt.answers.get(name))
        return replace(receipt, changed=changed)

    def keep(self) -> None:
        """Have the browser keep the work, so that a reload goes on from there."""
        code = receipt_code(self.handed)
        keep(self.name, code if self.begun or self.version else "", code if self.begun else "")

    def start_over(self) -> None:
        """Forget what was typed and revealed; hints that were taken stay on the receipt of the same numbers."""
        self.next_version()
        st.session_state.setdefault(ASIDE, {})[self.name] = (self.receipt.answers, self.seen)
        st.session_state.get(CHECKED, {}).pop(self.name, None)
        self.put(replace(self.receipt, answers={}))

    def next_version(self) -> None:
        """Have what was typed so far count no longer."""
        st.session_state[VERSIONS] = {**st.session_state.get(VERSIONS, {}), self.name: self.version + 1}

    @property
    def can_bring_back(self) -> bool:
        """Whether answers were put aside by starting over, and nothing has been typed since."""
        put_aside = st.session_state.get(ASIDE, {}).get(self.name)
        return bool(put_aside and put_aside[0]) and not self.written

    def bring_back(self) -> None:
        """Take up what was put aside by starting over."""
        answers, seen = st.session_state[ASIDE].pop(self.name)
        self.next_version()
        self.put(replace(self.receipt, answers=answers))
        st.session_state.setdefault(CHECKED, {})[self.name] = seen

    @property
    def seen(self) -> dict[str, Rows]:
        """The answers as they were checked."""
        return st.session_state.setdefault(CHECKED, {}).setdefault(self.name, {})

    @property
    def version(self) -> int:
        """How often this work was started over."""
        return st.session_state.get(VERSIONS, {}).get(self.name, 0)

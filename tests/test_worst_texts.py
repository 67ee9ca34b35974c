"""No text freezes the server: every parser of what a visitor sends answers its worst 100,000 characters at once."""

import ast
import gc
import re
import time
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from mlp.datasets import formula, own_dataset
from mlp.datasets.drawing import read_strokes
from mlp.datasets.own_cells import distinct, short
from mlp.datasets.own_numbers import looks_like_number, number
from mlp.datasets.own_table import read_table
from mlp.datasets.own_text import text_of
from mlp.exercises import decode, from_json
from mlp.exercises.explained.parts import parse_part
from mlp.experiments.evidence.foreign_table import foreign_table
from mlp.experiments.hyperparameters import DATA_SETTINGS, HYPERPARAMETERS
from mlp.experiments.runs import json_file, sql_notes
from mlp.experiments.runs.checks import name_of
from mlp.practice.assignment import read_assignment
from mlp.practice.class_file import read_class
from mlp.practice.receipt import read_receipt
from mlp.practice.typed import read_answer
from mlp.untrusted import checks, tokens
from mlp.untrusted.notation import advice, plain_number
from mlp.untrusted.numbers import parse_number, parse_whole_number, quoted
from mlp.untrusted.strict_json import parsed
from mlp.view.runs.table import EVERY_MODEL, matching
from mlp.view.settings import parse
from mlp.view.sheet.cells import parse_key
from mlp.view.sweep.values import parse_values
from pages.common.address import meant, tail_of
from pages.common.messages import plain
from pages.exercise.controls import parse_sizes
from pages.exercise.typed import read_opened, read_typed
from pages.worksheet.shelf import read_kept
from tests.runs import one_a_minute

ROOT = Path(__file__).parents[1]
LENGTH, SECONDS, TRIES = 100_000, 0.05, 4
# Twice the text takes twice the time, give or take; a machine may be so much slower than one at rest
LINEAR, AT_MOST = 3, 4 * SECONDS
RUNS = one_a_minute(50)


def repeated(part: str, end: str = "") -> str:
    """Return a part as often as it fits, and an end that fits nothing before it."""
    return part * (LENGTH // len(part)) + end


TEXTS = {
    **{f"of {part!r}": repeated(part) for part in (
        " ", "1", "a", "\t", "\n", "\r", "\0", "[", "(", '{"a":', '"', "'", "\\", "<", "`", "*", "_", "$", "-", "|",
        ",", ";", ".", ":", "#", "%", "=", "é", "\u202e", "\ud800", "1,", "1;", "1 ", "1. ", "0.1,", "1/", "1e", "- ",
        "a b ", ":a", "www.", "--", "->", "@a", "&amp;", "%25", '"",', '"a"\n', "#\n", "1,0\n", "a,b\n", "1.000;a\n",
        "1,5;a\n",
        "1 2 x\n", "1 000;a\n", "sep=;\n", "|---", "NA,", "1-1-", "r1.", "r1.\nA\n", "unit 1 ", "\u2028",
    )},
    **{f"of {part!r}, and then another": repeated(part, "!") for part in (" ", "1", "1,", "1 ", ", ", "(", "-", ".")},
    "brackets that close": "[" * (LENGTH // 2) + "]" * (LENGTH // 2),
    "a list in JSON": f"[{repeated('1,')}1]",
    "numbers with points in JSON": f"[{repeated('0.1,')}1]",
    "one key many times": "{" + repeated('"a":1,') + '"a":1}',
    "a number of many digits behind the point": f"0.{repeated('1')}",
    "a number with a huge exponent": f"{repeated('1')}e999",
    "a token": f"1.{repeated('A')}",
    "blank lines in a cell": f'a,"{repeated(chr(10))}"\nb,c\n',
    "a receipt": f"r1.{repeated('A')}",
    "a wide table": repeated("1.5," * 1000 + "a\n"),
    "names of many columns": ",".join(f"c{j}" for j in range(1000)) + "\n" + repeated("1," * 999 + "1\n"),
    "rows that are all different": "".join(f"{k},{k % 7}\n" for k in range(13_000)),
    "remarks and a table": repeated("# a\n") + "a,b\n1,2\n",
}  # fmt: skip

Parser = Callable[[str], object]
PARSERS: dict[str, Parser] = {
    "mlp.datasets.own.own_dataset": lambda text: own_dataset(text.encode(errors="replace")),
    "text of Windows-1252": lambda text: text_of(b"\xe9" + text.encode("cp1252", errors="replace")),
    "text of UTF-16": lambda text: text_of(text.encode("utf-16", errors="replace")),
    "mlp.datasets.own_table.read_table": lambda text: read_table(text.encode(errors="replace"), "comma"),
    "mlp.datasets.own_numbers": lambda text: (number(text, "comma"), looks_like_number(text)),
    "mlp.datasets.own_cells": lambda text: (short(text), distinct([text, text])),
    "mlp.datasets.drawing.read_strokes": read_strokes,
    "mlp.datasets.formula.parsed": formula.parsed,
    "mlp.experiments.evidence.foreign_table.foreign_table": lambda text: foreign_table(text.encode(errors="replace")),
    "mlp.experiments.runs.sql_notes.unpacked": lambda text: sql_notes.unpacked(
        zlib.compress(text.encode(errors="replace"))
    ),
    **{
        f"mlp.view.sweep.values.parse_values of {name}": partial(parse_values, HYPERPARAMETERS[name])
        for name in ("hidden_layer_sizes", "alpha", "batch_size", "activation")
    },
    "mlp.exercises.links.decode": decode,
    "mlp.exercises.links.from_json": from_json,
    "mlp.exercises.explained.parts.parse_part": lambda text: parse_part(text, (2, 2)),
    "mlp.experiments.runs.json_file.from_json": json_file.from_json,
    "mlp.experiments.runs.checks": lambda text: name_of(text),
    "mlp.practice.typed.read_answer": lambda text: read_answer("z", text, (1, 1)),
    "mlp.practice.assignment.read_assignment": read_assignment,
    "mlp.practice.receipt.read_receipt": read_receipt,
    "mlp.practice.class_file.read_class": read_class,
    "mlp.untrusted.strict_json.parsed": lambda text: parsed(text, "A text"),
    "mlp.untrusted.tokens.unpacked": lambda text: tokens.unpacked(text, "1", "A text", longest=10**6, largest=10**6),
    "mlp.untrusted.checks.came": checks.came,
    "mlp.untrusted.checks.text": lambda text: checks.text(text, "A text", 80),
    "mlp.untrusted.notation": lambda text: (plain_number(text), advice(text)),
    "mlp.untrusted.numbers.parse_number": parse_number,
    "mlp.untrusted.numbers.parse_whole_number": lambda text: parse_whole_number(text, low=0, high=9),
    "mlp.untrusted.numbers.quoted": quoted,
    "mlp.view.runs.table.matching": lambda text: matching(RUNS, text, EVERY_MODEL),
    "pages.common.address.meant": lambda text: meant({text: [text], "s": [text]}, ("s",)),
    "pages.common.address.tail_of": tail_of,
    "pages.common.messages.plain": plain,
    "mlp.view.sheet.cells.parse_key": parse_key,
    "pages.exercise.typed.read_typed": lambda text: read_typed({"version": 0, "cells": {text: text}}),
    "pages.worksheet.shelf.read_kept": lambda text: read_kept({text: text}),
    "pages.exercise.typed.read_opened": lambda text: read_opened([text] * 1000),
    "pages.exercise.controls.parse_sizes": parse_sizes,
    **{
        f"mlp.view.settings.parse of {name}": partial(parse, setting.kind)
        for name, setting in {**HYPERPARAMETERS, **DATA_SETTINGS}.items()
    },
    "mlp.untrusted.tokens.meant": tokens.meant,
}
# Each is reached through a parser in the table
WITHIN = {
    "mlp.practice.typed.read_cell",
    "mlp.practice.typed.read_number",
    "mlp.practice.class_file.read_first",
    "mlp.practice.class_file.read_code",
    "mlp.view.sweep.values.parse_values",
    *(f"mlp.view.settings.parse_{kind}" for kind in ("layers", "real", "count", "choice", "truth", "name")),
}
# Numbers, not texts, are unpacked there
OF_NUMBERS = {"mlp.estimator.lbfgs.unpacked"}
# What was read already is drawn there
DRAWS = {"pages.runs.foreign.read_table"}
PARSES = re.compile(r"parse_\w+|read_\w+|decode|from_json|unpacked|parsed")


@pytest.fixture(scope="module")
def _no_collection() -> Iterator[None]:
    """Keep the garbage collector, which looks at everything else in the process, out of the measurements."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def seconds(parse: Parser, text: str, enough: float = SECONDS) -> float:
    """Return the processor seconds of the quickest of several tries; a machine that is busy can only slow one down.

    The first that is quick enough is the last.
    """
    quickest = float("inf")
    for _ in range(TRIES):
        begin = time.process_time()
        with suppress(ValueError):
            parse(text)
        quickest = min(quickest, time.process_time() - begin)
        if quickest < enough:
            break
    return quickest


def growth(parse: Parser, text: str) -> float:
    """Return how many times as long twice the text takes, measured in turns until it is seen to be linear."""
    once = twice = float("inf")
    for _ in range(TRIES):
        once, twice = min(once, seconds(parse, text, 0.0)), min(twice, seconds(parse, 2 * text, LINEAR * once))
        if twice <= LINEAR * once:
            break
    return twice / once


@pytest.mark.usefixtures("_no_collection")
@pytest.mark.parametrize("name", PARSERS)
def test_every_parser_answers_its_worst_text_at_once(name: str) -> None:
    slow = {told: taken for told, text in TEXTS.items() if (taken := seconds(PARSERS[name], text)) >= SECONDS}
    # On a busy machine everything takes longer: what then grows no faster than the text is as quick as it can be
    grown = {told: growth(PARSERS[name], TEXTS[told]) for told in slow}
    assert {told: (slow[told], times) for told, times in grown.items() if times > LINEAR or slow[told] > AT_MOST} == {}


def test_a_parser_that_looks_back_is_found() -> None:
    # Twice the text takes four times as long, and eight times
    assert seconds(re.compile(r"\s*\s*1").fullmatch, " " * 8_000) > SECONDS
    assert growth(re.compile(r"\s*\s*\s*1").fullmatch, " " * 120) > LINEAR


def parsers(path: Path) -> list[str]:
    """Return the full names of the functions of a module that are called as parsers are."""
    module = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
    names = [node.name for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)]
    return [f"{module}.{name}" for name in names if PARSES.fullmatch(name)]


def test_no_parser_is_forgotten() -> None:
    found = {name for room in ("mlp", "pages") for path in ROOT.glob(f"{room}/**/*.py") for name in parsers(path)}
    assert found - set(PARSERS) - WITHIN - OF_NUMBERS - DRAWS == set()
    assert "mlp.untrusted.numbers.parse_number" in found


def patterns(tree: ast.Module) -> list[str]:
    """Return the patterns that a module hands to the functions of `re`, as far as they stand there as text."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    first = [
        call.args[0]
        for call in calls
        if isinstance(call.func.value, ast.Name) and call.func.value.id == "re" and call.args
    ]
    return [node.value for node in first if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def nested(pattern: str) -> bool:
    """Return whether something repeated without end stands within something repeated without end, as in (a*)*."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from re import _parser as parser
    return within(list(parser.parse(pattern)), inside=False)


def within(node: object, *, inside: bool) -> bool:
    """Return whether a parsed pattern repeats without end, itself within such a repetition."""
    if isinstance(node, tuple) and len(node) == 2 and str(node[0]) in ("MAX_REPEAT", "MIN_REPEAT"):
        _, high, body = node[1]
        endless = high >= 1000
        return (inside and endless) or any(within(part, inside=inside or endless) for part in body)
    if isinstance(node, tuple | list) or hasattr(node, "data"):
        return any(within(part, inside=inside) for part in node)
    return False


@pytest.mark.parametrize("room", ["mlp", "pages"])
def test_no_pattern_repeats_within_a_repetition(room: str) -> None:
    found = {p: path.name for path in ROOT.glob(f"{room}/**/*.py") for p in patterns(ast.parse(path.read_text()))}
    assert {pattern: file for pattern, file in found.items() if nested(pattern)} == {}


@pytest.mark.parametrize(
    ("pattern", "found"),
    [(r"(a*)*", True), (r"(\s*[,;\s]\s*\d+)*", True), (r"[\d.]+(e\d{1,3})?", False), (r"(a{2})+", False)],
)
def test_a_repetition_within_another_is_found(pattern: str, found: bool) -> None:
    assert nested(pattern) == found

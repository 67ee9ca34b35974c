"""Links and files carry an exercise bit for bit, and whatever else arrives gets one sentence."""

import base64
import json
import re
import zlib
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlp import Layer, Network
from mlp.activations import ACTIVATIONS
from mlp.exercises import Exercise, sheet_exercise
from mlp.exercises.handout import Handout, from_dict, to_dict
from mlp.exercises.links import compact_json, decode, encode, from_json, to_json
from mlp.limits import LARGEST_ENTRY, LONGEST_TOKEN
from mlp.losses import LOSSES
from mlp.untrusted.tokens import meant

SHEET = Handout(sheet_exercise("q1"))
quick = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def awkward(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Return numbers of every size within a million, some of them zeros of both signs, limits and tidy ones."""
    wide = rng.uniform(-1, 1, shape) * 10.0 ** rng.uniform(-300, 6, shape)
    tidy = rng.choice([0.0, -0.0, 0.1, 1 / 3, 5e-324, LARGEST_ENTRY, -LARGEST_ENTRY], shape)
    return np.choose(rng.integers(0, 3, shape), [wide, tidy, rng.normal(size=shape)])


def random_exercise(seed: int) -> Exercise:
    """Return any exercise that a handout can carry, of up to five units a layer."""
    rng = np.random.default_rng(seed)
    sizes, n = rng.integers(1, 6, rng.integers(2, 7)).tolist(), int(rng.integers(1, 17))
    layers = tuple(Layer(awkward(rng, o, i), awkward(rng, o)) for i, o in zip(sizes, sizes[1:], strict=False))
    return Exercise(
        Network(layers, str(rng.choice(list(ACTIVATIONS))), str(rng.choice(list(LOSSES)))),
        awkward(rng, n, sizes[0]),
        awkward(rng, n, sizes[-1]),
        float(rng.choice([rng.uniform(0, 100), 100.0, 5e-324, 0.1])),
        tuple(rng.permutation(n)[: rng.integers(1, n + 1)].tolist()),
        str(rng.choice(["sum", "mean"])),
        bool(rng.integers(2)),
    )


def handouts() -> st.SearchStrategy[Handout]:
    return st.builds(
        Handout,
        st.integers(0, 2**32).map(random_exercise),
        decimals=st.integers(1, 12),
        step=st.none() | st.integers(0, 500),
        title=st.text(max_size=80),
        task=st.text(max_size=600),
        hide=st.frozensets(st.sampled_from(["controls", "solution"])),
    )


def bits(exercise: Exercise) -> list[bytes]:
    """Return every number's bytes, and the settings."""
    layers = exercise.network.layers
    numbers = [*(a for layer in layers for a in (layer.W, layer.b)), exercise.X, exercise.Y, exercise.learning_rate]
    settings = (exercise.network.hidden, exercise.network.loss, exercise.selected, exercise.reduction)
    return [np.asarray(a).tobytes() for a in numbers] + [repr((*settings, exercise.biases_fixed)).encode()]


def token_of(text: str | bytes, version: str = "1") -> str:
    """Return a token that carries any text."""
    data = text.encode() if isinstance(text, str) else text
    return f"{version}.{base64.urlsafe_b64encode(zlib.compress(data)).decode().rstrip('=')}"


def changed(*path: str | int, to: object) -> dict:
    """Return the sheet's handout as JSON values with one of them changed."""
    data = to_dict(SHEET)
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = to
    return data


def random_network(rng: np.random.Generator, sizes: tuple[int, ...]) -> Network:
    pairs = zip(sizes, sizes[1:], strict=False)
    return Network(tuple(Layer(rng.normal(size=(o, i)), rng.normal(size=o)) for i, o in pairs), "tanh", "squared_error")


@settings(quick, max_examples=200)
@given(handouts())
def test_a_link_and_a_file_bring_back_every_bit(handout: Handout) -> None:
    token = encode(handout)
    for back in (decode(token), from_json(to_json(handout)), from_json(to_json(handout).encode())):
        assert bits(back.exercise) == bits(handout.exercise)
        assert compact_json(back) == compact_json(handout)
        assert encode(back) == token


def test_a_link_of_the_sheets_network_stays_under_2000_characters_with_all_digits_and_a_full_task() -> None:
    rng = np.random.default_rng(0)
    for _ in range(50):
        network = random_network(rng, (4, 4, 3, 3))
        exercise = Exercise(network, rng.normal(size=(2, 4)), rng.normal(size=(2, 3)), rng.uniform(), (0, 1))
        letters = rng.choice(list("abcdefghijklmnopqrstuvwxyz ABCDE,.?"), 680)
        task, title = "".join(letters[:600]), "".join(letters[600:])
        full = Handout(exercise, 12, 40, title, task, ("controls", "solution"))
        assert len(encode(replace(full, title="", task=""))) < 1300
        assert len(encode(full)) < 2000


def test_the_sheets_own_link_is_short_and_safe_in_an_address() -> None:
    token = encode(Handout(replace(sheet_exercise("q2"), selected=(0, 1))))
    assert len(token) < 320
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")


def test_the_largest_exercise_has_a_link_with_tidy_inputs_and_a_file_without() -> None:
    rng = np.random.default_rng(1)
    X, Y = rng.normal(size=(16, 8)), rng.normal(size=(16, 8))
    largest = Exercise(random_network(rng, (8,) * 6), X, Y, 0.1, tuple(range(16)))
    tidy = replace(largest, X=X.round(1), Y=Y.round())
    assert bits(decode(encode(Handout(tidy))).exercise) == bits(tidy)
    assert bits(from_json(to_json(Handout(largest))).exercise) == bits(largest)
    with pytest.raises(ValueError, match=r"within 8,000 characters; .* Use a file"):
        encode(Handout(largest))


def test_texts_lose_what_cannot_be_seen_and_nothing_else() -> None:
    task = "<b>1</b>\r\nüber\t`x` $y$\x00\x1b[31m \u202egnp.exe\ud800\u2028end "
    handout = decode(encode(Handout(SHEET.exercise, title=" two\nlines ", task=task)))
    assert handout.title == "two lines"
    assert handout.task == "<b>1</b>\nüber `x` $y$[31m gnp.exe\nend"


def test_what_is_hidden_can_be_asked_for() -> None:
    handout = from_json(to_json(Handout(SHEET.exercise, hide=("solution", "controls"))))
    assert handout.hide == {"controls", "solution"}
    assert "solution" not in SHEET.hide


@pytest.mark.parametrize(
    ("token", "sentence"),
    [
        (None, r"needs a text; got null"),
        (b"1.abc", r"needs a text; got something else"),
        ("", r"needs a version, a dot, .* got ''"),
        ("hello", r"needs a version, a dot, .* got 'hello'"),
        ("1.é", r"needs a version, a dot"),
        ("1.ab\ncd", r"needs to be whole"),
        ("2." + encode(SHEET)[2:], r"needs version 1, the one this app reads; got version 2"),
        (encode(SHEET)[:-9], r"needs to be whole"),
        (encode(SHEET) + "AAAA", r"needs to be whole"),
        ("1.A", r"needs to be whole"),
        ("1.AAAA", r"needs to be whole"),
        ("1." + "A" * LONGEST_TOKEN, r"at most 8,000 characters; got 8,002"),
        (token_of("0" * 5_000_000), r"unpack to at most 60,000 bytes"),
        (token_of("no json"), r"needs JSON; line 1, column 1 is none"),
        (token_of(b"\xff\xfe"), r"UTF-8"),
        (token_of("[" * 50_000), r"lists within lists"),
        (token_of('{"a":1,"a":2}'), r"each key once"),
        (token_of("[NaN]"), r"needs numbers; got NaN"),
        (token_of("[-Infinity]"), r"needs numbers; got -Infinity"),
        (token_of("1" * 5000), r"at most 30 digits; got 5000"),
        (token_of("[]"), r"needs to be an object .* got a list"),
        (token_of("null"), r"needs to be an object .* got null"),
        (token_of("{}"), r"needs 'version'; it is missing"),
    ],
)
def test_a_bad_token_gets_a_sentence(token: object, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        decode(token)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (changed("version", to=2), r"version needs a whole number from 1 to 1; got 2"),
        (changed("version", to=True), r"version .* got true"),
        (changed("exercise", to=[]), r"The exercise needs to be an object"),
        (changed("extra", to=1), r"nothing else; got 'extra'"),
        (changed("exercise", "X", to="1, 2"), r"X needs a list; got '1, 2'"),
        (changed("exercise", "X", to=[]), r"X needs 1 to 16 entries; got 0"),
        (changed("exercise", "X", to=[[1.0, 0.0, 1.0, 0.0]] * 17), r"X needs 1 to 16 entries; got 17"),
        (changed("exercise", "X", 0, to=[1.0, 0.0]), r"A row of X needs 4 entries; got 2"),
        (changed("exercise", "X", 0, 0, to=True), r"An entry of X needs a number .* got true"),
        (changed("exercise", "X", 0, 0, to=float("nan")), r"needs a number from -1,000,000 to 1,000,000; got nan"),
        (changed("exercise", "X", 0, 0, to=float("inf")), r"got inf"),
        (changed("exercise", "X", 0, 0, to=1_000_001), r"got 1000001"),
        (changed("exercise", "X", 0, 0, to=10**400), r"got a number of too many digits"),
        (changed("exercise", "X", 0, 0, to=None), r"got null"),
        (changed("exercise", "Y", to=[[0.0, 1.0, 0.0]]), r"Y needs 2 entries; got 1"),
        (changed("exercise", "W", to=[]), r"W needs 1 to 5 entries; got 0"),
        (changed("exercise", "W", to=[[[0.1]]] * 6), r"W needs 1 to 5 entries; got 6"),
        (changed("exercise", "W", 0, to=[[0.1] * 9] * 4), r"A row of W\[1\] needs 1 to 8 entries; got 9"),
        (changed("exercise", "W", 1, to=[[0.1] * 4] * 9), r"W\[2\] needs 1 to 8 entries; got 9"),
        (changed("exercise", "W", 1, to=[[0.1] * 3] * 3), r"A row of W\[2\] needs 4 entries; got 3"),
        (changed("exercise", "b", to=[[0.1] * 4]), r"b needs 3 entries; got 1"),
        (changed("exercise", "b", 0, to=0.1), r"b\[1\] needs a list; got 0.1"),
        (changed("exercise", "hidden", to="sine"), r"Hidden activation needs one of tanh, .*; got 'sine'"),
        (changed("exercise", "hidden", to=[]), r"Hidden activation needs one of .*; got a list"),
        (changed("exercise", "loss", to="hinge"), r"Loss needs one of"),
        (changed("exercise", "learning_rate", to=0), r"learning rate needs a number above 0 and at most 100; got 0"),
        (changed("exercise", "learning_rate", to=101), r"got 101"),
        (changed("exercise", "learning_rate", to="0.1"), r"got '0.1'"),
        (changed("exercise", "learning_rate", to=True), r"got true"),
        (changed("exercise", "selected", to=[]), r"Selected examples needs 1 to 2 entries; got 0"),
        (changed("exercise", "selected", to=[2]), r"selected example needs a whole number from 0 to 1; got 2"),
        (changed("exercise", "selected", to=[0.0]), r"got 0"),
        (changed("exercise", "selected", to=[False]), r"got false"),
        (changed("exercise", "selected", to=[1, 1]), r"one is there twice"),
        (changed("exercise", "reduction", to="max"), r"Reduction needs one of sum, mean; got 'max'"),
        (changed("exercise", "biases_fixed", to=1), r"Biases fixed needs true or false; got 1"),
        (changed("decimals", to=0), r"Decimals needs a whole number from 1 to 12; got 0"),
        (changed("decimals", to=5.0), r"Decimals .* got 5"),
        (changed("step", to=-1), r"Step needs a whole number"),
        (changed("step", to="3"), r"Step .* got '3'"),
        (changed("title", to=None), r"Title needs a text; got null"),
        (changed("title", to="x" * 81), r"Title needs at most 80 characters; got 81"),
        (changed("task", to="x" * 601), r"Task needs at most 600 characters; got 601"),
        (changed("hide", to=["everything"]), r"Hide needs one of controls, solution; got 'everything'"),
        (changed("hide", to=[["controls"]]), r"Hide needs one of .* got a list"),
        (changed("hide", to="controls"), r"Hide needs a list"),
    ],
)
def test_wrong_values_get_a_sentence_from_links_and_files_alike(data: dict, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        from_dict(data)
    for read, text in ((decode, token_of(json.dumps(data))), (from_json, json.dumps(data))):
        with pytest.raises(ValueError, match=r"needs [^\n]*[.]$"):
            read(text)


@pytest.mark.parametrize("path", [(), ("exercise",)])
def test_a_missing_key_is_named(path: tuple[str, ...]) -> None:
    data = to_dict(SHEET)
    inner = data["exercise"] if path else data
    for key in tuple(inner):
        rest = {name: value for name, value in inner.items() if name != key}
        with pytest.raises(ValueError, match=f"'{key}'; it is missing"):
            from_dict({**data, "exercise": rest} if path else rest)


@pytest.mark.parametrize(
    "exercise",
    [
        replace(SHEET.exercise, X=[[np.nan] * 4, [0.0] * 4]),
        replace(SHEET.exercise, X=[[np.inf] * 4, [0.0] * 4]),
        replace(SHEET.exercise, Y=[[1e7] * 3, [0.0] * 3]),
        replace(SHEET.exercise, learning_rate=101.0),
        replace(SHEET.exercise, selected=(0, 0)),
        Exercise(random_network(np.random.default_rng(0), (9, 2)), np.zeros((1, 9)), np.zeros((1, 2))),
        Exercise(random_network(np.random.default_rng(0), (2,) * 7), np.zeros((1, 2)), np.zeros((1, 2))),
        Exercise(random_network(np.random.default_rng(0), (2, 2)), np.zeros((17, 2)), np.zeros((17, 2))),
    ],
)
def test_no_handout_is_made_of_what_no_link_may_carry(exercise: Exercise) -> None:
    with pytest.raises(ValueError, match="needs"):
        Handout(exercise)


def refuses_with_a_sentence(read: Callable[[object], Handout], came: object) -> bool:
    """Return whether the reader refused with one sentence of its own; False where it read a handout."""
    refusal = None
    try:
        assert isinstance(read(came), Handout)
    except ValueError as error:
        refusal = error
    assert type(refusal) in (type(None), ValueError)
    assert refusal is None or re.fullmatch(r"[^\n]* need[^\n]{5,300}[.]", str(refusal))
    return refusal is not None


@settings(quick, max_examples=150)
@given(st.data())
def test_a_link_changed_anywhere_is_refused_or_still_the_same(data: st.DataObject) -> None:
    token = encode(Handout(SHEET.exercise, title="Task 1"))
    start = data.draw(st.integers(0, len(token)))
    stop = data.draw(st.integers(start, min(len(token), start + 8)))
    letters = st.text("ABCxyz019-_.", max_size=8) | st.text(max_size=3)
    mutated = token[:start] + data.draw(letters) + token[stop:]
    if not refuses_with_a_sentence(decode, mutated):
        assert to_dict(decode(mutated)) == to_dict(decode(token))


def jsons() -> st.SearchStrategy:
    plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    keys = st.sampled_from(["version", "exercise", "decimals", "W", "b", "X"]) | st.text(max_size=5)
    return st.recursive(plain, lambda inner: st.lists(inner) | st.dictionaries(keys, inner), max_leaves=20)


@settings(quick, max_examples=150)
@given(jsons(), st.data())
def test_any_json_in_any_place_gets_a_sentence(value: object, data: st.DataObject) -> None:
    whole = to_dict(SHEET)
    place = data.draw(st.sampled_from([(), *((k,) for k in whole), *(("exercise", k) for k in whole["exercise"])]))
    broken = changed(*place, to=value) if place else value
    refuses_with_a_sentence(from_dict, broken)
    refuses_with_a_sentence(decode, token_of(json.dumps(broken)))
    refuses_with_a_sentence(from_json, json.dumps(broken))


@settings(quick, max_examples=200)
@given(st.binary(max_size=200) | st.text(max_size=200))
def test_any_file_or_text_gets_a_sentence(came: str | bytes) -> None:
    assert refuses_with_a_sentence(from_json, came)
    assert refuses_with_a_sentence(decode, came)
    assert refuses_with_a_sentence(
        decode, token_of(came if isinstance(came, bytes) else came.encode("utf-8", "replace"))
    )


@pytest.mark.parametrize(
    "broken",
    [
        "{}.", "<{}>", "({})", "“{}”", "{}%2E", "{}%252E", "\n{} ", "{}\u200b", "{}=", "{},", "{}%20%0A",
    ],
)  # fmt: skip
def test_a_link_with_marks_around_it_opens_and_what_was_mended_is_said(broken: str) -> None:
    token = encode(SHEET)
    assert to_dict(decode(broken.format(token))) == to_dict(SHEET)
    assert bool(meant(broken.format(token))[1]) == (broken.strip() != "{}")


@pytest.mark.parametrize("break_", ["\n", "\r\n ", "%0A", "%250D%250A", "\u00ad"])
def test_a_link_that_was_broken_in_two_opens(break_: str) -> None:
    token = encode(SHEET)
    broken = f"{token[:70]}{break_}{token[70:]}"
    assert to_dict(decode(broken)) == to_dict(SHEET)
    assert meant(broken)[1].startswith("The link had signs in it that don't belong there")
    assert meant(token) == (token, "")


def test_a_link_whose_signs_are_all_written_as_codes_opens() -> None:
    token = encode(SHEET)
    once = "".join(f"%{ord(sign):02X}" for sign in token)
    assert to_dict(decode(once)) == to_dict(SHEET)
    assert to_dict(decode(once.replace("%", "%25"))) == to_dict(SHEET)


@pytest.mark.parametrize("text", ['{"a": [1, 2,]}', '{"a": 1,\n}', "\ufeff[1,]"])
def test_a_comma_too_many_in_a_file_is_named(text: str) -> None:
    with pytest.raises(ValueError, match=r"needs JSON; line \d, column \d+ is none. There is a comma too many\.$"):
        from_json(text)

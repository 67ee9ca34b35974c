"""The gallery: the right image, the right words, nothing from outside as HTML."""

import base64
import struct
import zlib
from dataclasses import replace

import numpy as np
import pytest

from mlp.datasets import Dataset, Split
from mlp.experiments.outcome.judgement import BOTH_WRONG, GROUPS, ONLY_OURS, Answers, Judgement
from mlp.view.outcome.gallery import (
    NOWHERE,
    answer_html,
    gallery_html,
    group_words,
    nowhere,
    outputs_words,
    png_address,
)

X = np.array([[0.0, 16.0, 8.0, 0.0], [16.0, 0.0, 0.0, 0.0], [4.0, 4.0, 4.0, 4.0]])
SPLIT = Split(X, X, np.array([0, 1, 0]), np.array([0, 1, 0]))
DATASET = Dataset("two", X, np.array([0, 1, 0]), ("<b>nought</b>", "one"), "", (2, 2))
JUDGEMENT = Judgement(
    Answers(np.array([0, 0, 1]), np.array([0.987, 0.6, 0.7]), True),
    Answers(np.array([1, 1, 1]), np.array([0.5012, 1.0, 0.9]), True),
    None,
    dict(zip(GROUPS, (np.array([0]), np.array([1]), np.array([2])), strict=True)),
)


def pixels(address: str) -> np.ndarray:
    """Return the grey picture in a PNG's address; the checksums must fit."""
    data = base64.b64decode(address.removeprefix("data:image/png;base64,"))[8:]
    chunks = {}
    while data:
        (length,) = struct.unpack(">I", data[:4])
        kind, content = data[4:8], data[8 : 8 + length]
        assert struct.unpack(">I", data[8 + length : 12 + length]) == (zlib.crc32(kind + content),)
        chunks[kind], data = content, data[12 + length :]
    width, height = struct.unpack(">II", chunks[b"IHDR"][:8])
    rows = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), dtype=np.uint8).reshape(height, width + 1)
    assert (rows[:, 0] == 0).all()
    return rows[:, 1:]


def test_a_picture_survives_its_address():
    image = np.arange(12, dtype=np.uint8).reshape(3, 4) * 20
    assert (pixels(png_address(image)) == image).all()


def test_each_image_comes_with_what_it_shows_and_what_both_say():
    html = gallery_html([1, 0], JUDGEMENT, SPLIT, DATASET)
    assert html.count("<figure>") == 2
    first, second = html.split("<figure>")[1:]
    assert 'alt="Test image 2, a handwritten one"' in first
    assert 'aria-label="wrong">✗</span> <b>&lt;b&gt;nought&lt;/b&gt;</b></span> <span>60.0%' in first
    assert 'aria-label="right">✓</span> <b>one</b></span> <span>100.0%' in first
    assert "<b>&lt;b&gt;nought&lt;/b&gt;</b>" in second
    assert (pixels(second.split('src="')[1].split('"')[0])[::8, ::8] == [[255, 0], [128, 255]]).all()


def test_class_names_are_text():
    assert "<b>nought" not in gallery_html([0, 1, 2], JUDGEMENT, SPLIT, DATASET)


def test_an_output_that_is_no_probability_is_not_shown_as_one():
    squared = Judgement(replace(JUDGEMENT.ours, probable=False), JUDGEMENT.peer, None, JUDGEMENT.groups)
    assert "for Ours its output, which is no probability with this loss" in outputs_words(squared)
    assert "<span>0.99</span>" in answer_html("Ours", squared.ours, 0, 0, DATASET.classes)
    assert "output" not in outputs_words(JUDGEMENT)


@pytest.mark.parametrize("name", GROUPS)
def test_every_group_has_a_title_with_its_count_and_words_for_none(name):
    assert group_words(JUDGEMENT.groups, name).endswith("(1)")
    assert NOWHERE[name].startswith("Nowhere: ")


def test_titles_say_who_is_right():
    assert group_words(JUDGEMENT.groups, ONLY_OURS) == "Only ours right (1)"
    assert group_words(JUDGEMENT.groups, BOTH_WRONG) == "Both wrong (1)"


def test_examples_that_are_no_images_show_their_first_features_as_text():
    names = ("<b>width</b>", "length", "third", "fourth", "fifth")
    X = np.arange(15.0).reshape(3, 5) / 4
    table = replace(DATASET, name="table", X=X, image_shape=None, feature_names=names)
    html = gallery_html([1], JUDGEMENT, replace(SPLIT, X_train=X, X_test=X), table)
    assert "<img" not in html
    assert "<figcaption>Test example 2: <b>one</b></figcaption>" in html
    assert "<span>&lt;b&gt;width&lt;/b&gt;</span><span>1.25</span><span>length</span><span>1.5</span>" in html
    assert "<span>and 1 more</span>" in html
    assert "fifth" not in html


@pytest.mark.parametrize("noun", ["images", "examples"])
@pytest.mark.parametrize("name", GROUPS)
def test_an_empty_group_is_told_in_the_words_of_the_data(name, noun):
    assert f"test {noun[:-1]} " in nowhere(name, noun)


def test_where_one_model_overflowed_the_other_ones_answers_stand_alone():
    alone = replace(JUDGEMENT, peer=None)
    assert "scikit-learn" not in gallery_html([0], alone, SPLIT, DATASET)
    assert outputs_words(alone) == outputs_words(JUDGEMENT)

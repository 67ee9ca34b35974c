"""Test examples with both models' answers, as light HTML: names are escaped, all else is made here."""

import struct
import zlib
from base64 import b64encode
from collections.abc import Sequence
from html import escape

import numpy as np

from mlp.datasets import Dataset, Split
from mlp.experiments.config import MODELS
from mlp.experiments.names import inside
from mlp.experiments.outcome.judgement import BOTH_WRONG, ONLY_OURS, ONLY_PEER, Answers, Judgement
from mlp.view.images import picture
from mlp.view.numbers import format_number
from mlp.view.palette import MODEL_COLOURS, NEUTRAL

TITLES = {ONLY_OURS: "Only {first} right", ONLY_PEER: "Only {second} right", BOTH_WRONG: "Both wrong"}
NOWHERE = {
    ONLY_OURS: "Nowhere: {second} is right on every test {one} that {first} gets right.",
    ONLY_PEER: "Nowhere: {first} is right on every test {one} that {second} gets right.",
    BOTH_WRONG: "Nowhere: each test {one} is recognised by at least one of the two.",
}
FEATURES_SHOWN = 4
STYLE = """<style>
.bbh-gallery {display: grid; grid-template-columns: repeat(auto-fill, minmax(var(--least, 9.6rem), 1fr)); gap: .6rem}
.bbh-gallery figure {margin: 0; padding: .6rem; border-radius: .5rem; font-size: .84rem; height: 100%;
  border: 1px solid color-mix(in srgb, currentColor 15%, transparent); font-variant-numeric: tabular-nums}
.bbh-gallery img {display: block; width: 64px; height: 64px; margin: 0 auto .35rem; border-radius: .3rem}
.bbh-gallery figcaption {text-align: center}
.bbh-gallery b, .bbh-features {overflow-wrap: anywhere}
.bbh-features {display: grid; grid-template-columns: 1fr auto; gap: 0 .5rem; margin: 0 0 .35rem; font-size: .78rem}
.bbh-features span:nth-child(even) {text-align: right}
.bbh-answer span:first-child {white-space: nowrap}
.bbh-answer {display: grid; grid-template-columns: 1fr auto auto; gap: .4rem; text-align: left; line-height: 1.5;
  padding-left: .4rem; margin-top: .2rem; border-left: 4px solid}
</style>"""


def nowhere(name: str, noun: str, names: Sequence[str] = MODELS) -> str:
    """Return the sentence on a group that is empty."""
    first, second = map(inside, names)
    return NOWHERE[name].format(one=noun.removesuffix("s"), first=first, second=second)


def group_words(groups: dict[str, np.ndarray], name: str, names: Sequence[str] = MODELS) -> str:
    """Return a group's title with how many images are in it."""
    first, second = map(inside, names)
    return f"{TITLES[name].format(first=first, second=second)} ({len(groups[name])})"


def outputs_words(judgement: Judgement) -> str:
    """Return what the numbers beside the answers are; blank where there are none."""
    if all(each.output is None for _, each in both(judgement)):
        return ""
    unsure = [name for name, each in both(judgement) if not each.probable]
    words = "Beside each answer stands the probability the model gives it"
    return f"{words}; for {unsure[0]} its output, which is no probability with this loss." if unsure else f"{words}."


def gallery_html(indices: Sequence[int] | np.ndarray, judgement: Judgement, split: Split, dataset: Dataset) -> str:
    """Return test images, or other examples, as an HTML list, each with what it is and what both models say.

    Parameters
    ----------
    indices : sequence of int
        Into the test set.
    judgement : Judgement
        With the answers of both models, or of the one that did not overflow.
    split : Split
        Not scaled: what is shown is what was measured.
    dataset : Dataset
        Whose images, features and class names these are.
    """
    figures = "".join(
        f'<div role="listitem">{figure_html(int(index), judgement, split, dataset)}</div>' for index in indices
    )
    width = "" if dataset.image_shape else ' style="--least: 14rem"'
    return f'{STYLE}<div class="bbh-gallery" role="list"{width}>{figures}</div>'


def figure_html(index: int, judgement: Judgement, split: Split, dataset: Dataset) -> str:
    """Return one test example with what it is and what both models say."""
    true, values = int(split.y_test[index]), split.X_test[index]
    lines = "".join(answer_html(name, answers, index, true, dataset.classes) for name, answers in both(judgement))
    name, shape = escape(dataset.classes[true]), dataset.image_shape
    shown = image_html(index, name, values, shape) if shape else features_html(index, name, values, dataset)
    return f"<figure>{shown}{lines}</figure>"


def image_html(index: int, name: str, values: np.ndarray, shape: tuple[int, int]) -> str:
    """Return a test image and the class it shows, whose name is HTML already."""
    source = png_address(picture(values, shape))
    caption = f"<figcaption>The image shows <b>{name}</b></figcaption>"
    return f'<img src="{source}" alt="Test image {index + 1}, a handwritten {name}">{caption}'


def features_html(index: int, name: str, values: np.ndarray, dataset: Dataset) -> str:
    """Return a test example's first features and its class, whose name is HTML already."""
    shown = zip(dataset.feature_names[:FEATURES_SHOWN], values[:FEATURES_SHOWN], strict=True)
    rows = "".join(f"<span>{escape(name)}</span><span>{format_number(float(value), 3)}</span>" for name, value in shown)
    more = len(values) - FEATURES_SHOWN
    rows += f"<span>and {more} more</span>" if more > 0 else ""
    caption = f"<figcaption>Test example {index + 1}: <b>{name}</b></figcaption>"
    return f'{caption}<div class="bbh-features">{rows}</div>'


def both(judgement: Judgement) -> list[tuple[str, Answers]]:
    """Return the models' names and answers, without one that overflowed."""
    sides = zip(judgement.names, (judgement.ours, judgement.peer), strict=True)
    return [(name, each) for name, each in sides if each is not None]


def order_words(judgement: Judgement, *, right: bool = False) -> str:
    """Return which example comes first, after what the numbers beside the answers are."""
    told = outputs_words(judgement)
    if not told:
        return "How sure the models were is not kept: the examples come in the order of the test set."
    return f"{told} {'The least sure answer' if right else 'The surest mistake'} comes first."


def answer_html(name: str, answers: Answers, index: int, true: int, classes: tuple[str, ...]) -> str:
    """Return a model's answer to an image: its name, right or wrong, the class and how sure it is."""
    said = int(answers.said[index])
    mark, word = ("✓", "right") if said == true else ("✗", "wrong")
    sure = sure_words(answers, index)
    return (
        f'<div class="bbh-answer" style="border-color: {MODEL_COLOURS.get(name, NEUTRAL)}"><span>{escape(name)}</span> '
        f'<span><span role="img" aria-label="{word}">{mark}</span> <b>{escape(classes[said])}</b></span> '
        f"<span>{sure}</span></div>"
    )


def sure_words(answers: Answers, index: int) -> str:
    """Return how sure a model is of its answer to an image; blank where its outputs are not known."""
    if answers.output is None:
        return ""
    output = float(answers.output[index])
    return f"{output:.1%}" if answers.probable else format_number(output, 2)


def png_address(image: np.ndarray) -> str:
    """Return a picture as the address of a PNG that holds it: uint8, grey (height, width) or RGB (height, width, 3)."""
    height, width = image.shape[:2]
    # Eight bits a channel, grey is kind 0 and RGB kind 2, and every row unfiltered
    header = struct.pack(">IIBBBBB", width, height, 8, 2 if image.ndim == 3 else 0, 0, 0, 0)
    rows = b"".join(b"\0" + row.tobytes() for row in image)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    data = b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(kind, content) for kind, content in chunks)
    return f"data:image/png;base64,{b64encode(data).decode()}"


def png_chunk(kind: bytes, content: bytes) -> bytes:
    """Return a PNG's chunk: its length, kind, content and checksum."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

"""Colours: each stands out from paper and from the blackboard, letters more than lines, and they live in one place."""

import re
import tomllib
from pathlib import Path

import pytest

from mlp.view import palette

ROOT = Path(__file__).parents[2]
THEME = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())["theme"]
LINE, LETTERS = 3.0, 4.5  # WCAG 2.2, 1.4.11 and 1.4.3
CAPTION = 0.6  # Streamlit writes a caption in so much of the text's colour
SPELT = re.compile(r"#[0-9A-Fa-f]{6}\b")
# Short ones too, and numbers for red, green and blue; not a character by its number
IN_ANY_FORM = re.compile(r"(?<![&\w])#(?:[0-9A-Fa-f]{3,4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})\b|\b(?:rgb|hsl)a?\(\s*\d")


def luminance(colour: str) -> float:
    """Return the relative luminance of #RRGGBB, as WCAG defines it."""
    shares = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mixed(letters: str, ground: str, share: float) -> str:
    """Return so much of a colour on another one."""
    pairs = [(int(letters[k : k + 2], 16), int(ground[k : k + 2], 16)) for k in (1, 3, 5)]
    return "#" + "".join(f"{round(share * a + (1 - share) * b):02X}" for a, b in pairs)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)


LINES = {*palette.CLASS_COLOURS, *(colour for colour, _ in palette.RUN_LOOKS), palette.CHOSEN, palette.NEGATIVE}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colour", sorted({*LINES, palette.DRAWN, palette.FORWARD, palette.BACKWARD}))
def test_a_line_of_a_chart_stands_out_in_both_themes(colour: str, theme: str) -> None:
    assert contrast(colour, THEME[theme]["backgroundColor"]) >= LINE


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_streamlits_own_charts_have_such_lines_too(theme: str) -> None:
    for colour in THEME[theme].get("chartCategoricalColors", THEME["chartCategoricalColors"]):
        assert contrast(colour, THEME[theme]["backgroundColor"]) >= LINE


@pytest.mark.parametrize(("place", "theme"), [(0, "light"), (1, "dark")])
def test_the_diagrams_lines_and_letters_stand_out(place: int, theme: str) -> None:
    ground, colours = THEME[theme]["backgroundColor"], palette.DIAGRAM
    assert all(contrast(colours[name][place], ground) >= LETTERS for name in ("ink", "quiet"))
    assert all(contrast(colours[name][place], ground) >= LINE for name in ("positive", "negative", "neutral"))
    assert contrast(colours["ink"][place], colours["marker"][place]) >= LETTERS


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["backgroundColor", "secondaryBackgroundColor"])
def test_text_captions_and_links_can_be_read(theme: str, ground: str) -> None:
    colours = THEME[theme]
    caption = mixed(colours["textColor"], colours[ground], CAPTION)
    for letters in (colours["textColor"], colours["linkColor"], caption):
        assert contrast(letters, colours[ground]) >= LETTERS


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_primary_button_can_be_read_and_its_frame_be_seen(theme: str) -> None:
    assert contrast("#FFFFFF", THEME[theme]["primaryColor"]) >= LETTERS
    assert contrast(THEME[theme]["primaryColor"], THEME[theme]["backgroundColor"]) >= LINE


@pytest.mark.parametrize(("place", "theme"), [(0, "light"), (1, "dark")])
def test_what_went_wrong_can_be_read(place: int, theme: str) -> None:
    colour = SPELT.findall(palette.BAD)[place]
    assert all(contrast(colour, THEME[theme][g]) >= LETTERS for g in ("backgroundColor", "secondaryBackgroundColor"))


def test_the_theme_begins_with_the_palettes_colours() -> None:
    named = (palette.BLUE, palette.VERMILION, palette.GREEN, palette.PINK, palette.ORANGE, palette.SKY)
    assert tuple(THEME["chartCategoricalColors"]) == named


def test_no_other_module_spells_a_colour() -> None:
    files = [
        path
        for folder in ("mlp", "pages")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".css", ".html", ".js")
    ]
    spelling = {path.name for path in files if IN_ANY_FORM.search(without_docstrings(path))}
    assert spelling == {"palette.py"}


def without_docstrings(path: Path) -> str:
    """Return a file's text, of a module without the example in a docstring."""
    return path.read_text("utf-8").replace("written as #0072B2", "")


def test_a_colour_in_any_form_is_found_and_a_character_by_its_number_is_none() -> None:
    assert IN_ANY_FORM.findall("color: #fff; outline: 1px solid rgb(0 0 0)") == ["#fff", "rgb(0"]
    assert IN_ANY_FORM.findall("<td>&#8722;</td> rgb(POSITIVE)") == []

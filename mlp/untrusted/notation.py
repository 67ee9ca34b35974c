"""How a person writes a number down, on paper and on many keyboards, and the same number as Python writes it."""

import re
from collections.abc import Mapping
from types import MappingProxyType

MINUS_SIGNS = "−–—‐‑﹣－"
SIGNS = str.maketrans(MINUS_SIGNS + "＋", "-" * len(MINUS_SIGNS) + "+")
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
ONE_SIGN: Mapping[str, tuple[int, int]] = MappingProxyType({
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
    "⅑": (1, 9), "⅒": (1, 10),
})  # fmt: skip
APOSTROPHES = "'’´`"
SIGN = r"(?P<sign>[+-]?)\s*"
DIGITS = rf"(?P<digits>\d+(?:[.,{APOSTROPHES}]\d*)?|[.,]\d+)"
EXPONENT = r"[+-]?\s*\d{1,3}"
TEN_TO_THE = (
    rf"10\s*(?:(?:\^|ˆ|\*\*)\s*(?:(?P<bare>{EXPONENT})|\{{\s*(?P<braced>{EXPONENT})\s*\}}|\(\s*(?P<bracketed>{EXPONENT})"
    r"\s*\))|(?P<raised>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}))"
)
DECIMAL = re.compile(SIGN + DIGITS + r"(?:e(?P<e>[+-]?\d{1,3}))?", re.IGNORECASE)
POWER = re.compile(SIGN + rf"(?:{DIGITS}\s*[·⋅∙×✕*x]\s*)?" + TEN_TO_THE, re.IGNORECASE)
FRACTION = re.compile(SIGN + r"(?P<above>\d{1,15})\s*[/⁄∕÷:]\s*(?P<below>\d{1,15})")
MIXED = re.compile(SIGN + rf"(?P<whole>\d{{0,12}})\s*(?P<part>[{''.join(ONE_SIGN)}])")
# 1'234 is 1234 in Switzerland, and may be 1.234 in Spain; thousands never begin with 0
TWO_MEANINGS = re.compile(rf"[1-9]\d{{0,2}}[{APOSTROPHES}]\d{{3}}")
ADVICE = (
    (re.compile(r"\d\s+\d+\s*[/⁄∕]\s*\d"), "Write one fraction, 3/2 for 1 1/2, or decimals."),
    (re.compile(r"[·⋅∙×✕*x]\s*10", re.IGNORECASE), "Write a power of ten as 1.5·10^-3 or 1.5e-3."),
    (re.compile(rf"\d[\s{APOSTROPHES}_]+\d|\d[.,]\d+[.,]\d"),
     "Write the digits of one number together, with no marks for thousands."),
    (re.compile(r"\d[·⋅∙]\d"), "Write the decimal sign as a point or a comma."),
    (re.compile(r"\d\s*(?:…|\.\.\.)"), "Write as many digits as you need, or a fraction such as 1/3."),
    (re.compile(r"\d\s*[%‰]"), "Write it as a part of 1: 0.25 for 25%."),
    (re.compile(r"\d\s*[-+*/·⋅∙×^:÷]\s*[\d.,+-]"), "Work it out first: one number is read here."),
)  # fmt: skip


def plain_number(text: str) -> str | None:
    """Return a number as Python writes it, with the digits that were typed: "1.50e-3", or "1/2" for a fraction.

    Read are 0.25, 0,25 and .25; 1/4, ¼ and 1¼; 1.5e-3, 1.5·10^-3 and 10⁻³ (also with ×, * or x, and brackets around the
    exponent); and 0'25, as it is written by hand in Spain. A blank may follow the sign, and stand around what is
    between two numbers. None for anything else: what parts thousands is not read, nor what has two meanings.
    """
    typed = with_one_minus(text.strip())
    if found := DECIMAL.fullmatch(typed):
        return decimal(found["sign"], found["digits"], found["e"] or "")
    if found := POWER.fullmatch(typed):
        exponent = found["bare"] or found["braced"] or found["bracketed"] or found["raised"].translate(RAISED)
        return decimal(found["sign"], found["digits"] or "1", "".join(exponent.split()))
    if found := FRACTION.fullmatch(typed):
        return f"{found['sign']}{found['above']}/{found['below']}"
    if found := MIXED.fullmatch(typed):
        above, below = ONE_SIGN[found["part"]]
        return f"{found['sign']}{int(found['whole'] or 0) * below + above}/{below}"
    return None


def with_one_minus(typed: str) -> str:
    """Return a text with one kind of minus sign, and of plus."""
    return typed if typed.isascii() else typed.translate(SIGNS)


def decimal(sign: str, digits: str, exponent: str) -> str | None:
    """Return a decimal number as Python writes it; None where its apostrophe has two meanings."""
    if TWO_MEANINGS.fullmatch(digits):
        return None
    mantissa = re.sub(rf"[,{APOSTROPHES}]", ".", digits)
    return f"{sign}{mantissa}e{exponent}" if exponent else f"{sign}{mantissa}"


def advice(text: str) -> str:
    """Return how to write what was typed so that it is read; blank where nothing better is known than an example."""
    typed = with_one_minus(text.strip())
    return next((sentence for pattern, sentence in ADVICE if pattern.search(typed)), "")

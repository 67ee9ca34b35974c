"""The text in a visitor's file: which encoding it has, and what a file is that holds no text."""

import codecs
import re

from mlp.limits import TABLE_FILE

SAVE_AS = "save the table as CSV with UTF-8"
# The longer mark of UTF-32 begins with the one of UTF-16
MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
END_OF_FILE = "\x1a"
LOOKED_AT = 4096
# How texts of other kinds begin, blanks and capitals aside
KINDS = (
    ((b"<!doctype", b"<html", b"<?xml", b"<table"), f"a web page or XML: {SAVE_AS}"),
    ((b'{"', b"[{", b"[["), f"JSON: {SAVE_AS}"),
    ((b"@relation",), "ARFF: delete all up to the line @data and choose what is left"),
)


def text_of(content: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of a file and what there is to say about its encoding.

    A mark at the beginning decides, else UTF-8, else Windows-1252, which has more letters than Latin-1, else Latin-1.

    Raises
    ------
    ValueError
        A sentence that says what is needed and what came, if it is too large, empty or no text.
    """
    if len(content) > TABLE_FILE:
        raise ValueError(
            f"A file of at most {TABLE_FILE // 1024**2} MB ({TABLE_FILE:,} bytes) is needed; this one has "
            f"{len(content):,} bytes."
        )
    refuse_other_kinds(content)
    text, notes = decoded(content)
    text = text.rstrip(END_OF_FILE)
    if control := CONTROL.search(text):
        raise ValueError(
            f"A text file is needed; this one has characters such as number {ord(control[0])}, as Excel workbooks and "
            f"images do: {SAVE_AS}."
        )
    if not text.strip():
        raise ValueError("A table with rows is needed; this file is empty.")
    return text, notes


def refuse_other_kinds(content: bytes) -> None:
    """Raise a ValueError if a file begins as no table does."""
    start = b"".join(content[:LOOKED_AT].removeprefix(codecs.BOM_UTF8).lower().split())
    for beginnings, kind in KINDS:
        if start.startswith(beginnings):
            raise ValueError(f"A text file with a table is needed; this one looks like {kind}.")


def decoded(content: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text in some bytes, and in which encoding it was read where that is not UTF-8."""
    for mark, codec, name in MARKS:
        if content.startswith(mark):
            return marked(content[len(mark) :], codec, name)
    if unmarked := wide(content[:LOOKED_AT]):
        return marked(content, unmarked, "UTF-16")
    for codec, words in (("utf-8", ()), ("cp1252", ("It is not UTF-8 and was read as Windows-1252.",))):
        try:
            return content.decode(codec), words
        except UnicodeDecodeError:
            continue
    odd = f"It is neither UTF-8 nor Windows-1252 and was read as Latin-1: if a name looks wrong, {SAVE_AS}."
    return content.decode("latin-1"), (odd,)


def marked(content: bytes, codec: str, name: str) -> tuple[str, tuple[str, ...]]:
    """Return the text in bytes whose encoding is known; a ValueError if some don't belong to it."""
    try:
        return content.decode(codec), (() if name == "UTF-8" else (f"It was read as {name}.",))
    except UnicodeDecodeError:
        raise ValueError(f"The file says that it is {name}, and some of its bytes are not: {SAVE_AS}.") from None


def wide(start: bytes) -> str | None:
    """Return the codec of a text in UTF-16 without its mark: of Latin letters, every second byte is 0."""
    first, second = start[::2].count(0), start[1::2].count(0)
    if min(first, second) == 0 and max(first, second) > len(start) // 4:
        return "utf-16-be" if first else "utf-16-le"
    return None

"""Where receipts' codes stand in what a teacher was sent: pasted text, mails among it, and files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mlp.limits import CLASS_FILE, MOST_RECEIPTS
from mlp.untrusted.numbers import quoted
from mlp.untrusted.tokens import LETTERS

# What a mail program or a list puts before a line
BEFORE = " \t>*•|\"'"
NONE_FOUND = "A class file needs receipts, each code on a line of its own; none was found."


@dataclass(frozen=True)
class Code:
    """A code that was found.

    Attributes
    ----------
    place : str
        "line 3", or "line 3 of 'ada.txt'".
    lines : tuple of str
        The line that begins as a code does, and those after it that could be the rest of it.
    """

    place: str
    lines: tuple[str, ...]

    @property
    def whole(self) -> str:
        """All lines put together, as a mail program may have parted them."""
        return "".join(self.lines)

    @property
    def readings(self) -> tuple[str, ...]:
        """What the code may be: its first line, all lines, or those as long as the first and a last one, shorter."""
        full = len(self.lines[0])
        last = next((k for k, line in enumerate(self.lines, start=1) if len(line) < full), len(self.lines))
        return tuple(dict.fromkeys((self.lines[0], self.whole, "".join(self.lines[:last]))))


def codes_of(text: str, files: Mapping[str, str]) -> tuple[list[Code], list[str]]:
    """Return the codes in a text and in files, and the names of the files that have none.

    Raises
    ------
    ValueError
        If it is too much text, or too many codes, or there is none.
    """
    length = len(text) + sum(map(len, files.values()))
    if length > CLASS_FILE:
        raise ValueError(f"A class file needs at most {CLASS_FILE:,} characters; got {length:,}.")
    found = list(codes_in(text))
    without = []
    for name, content in files.items():
        own = list(codes_in(content, name))
        found += own
        without += [] if own else [name]
    if not found and not without:
        raise ValueError(NONE_FOUND)
    if len(found) > MOST_RECEIPTS:
        raise ValueError(f"A class file needs at most {MOST_RECEIPTS} receipts; got {len(found)}.")
    return found, without


def codes_in(text: str, name: str = "") -> Iterator[Code]:
    """Yield the codes in a text: every line that begins as a code does, with what may go on with it, in linear time."""
    within = f" of {quoted(name)}" if name else ""
    place = ""
    lines: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        plain = line.strip().lstrip(BEFORE)
        begins = plain.startswith("r") and plain[1:2].isdigit()
        if lines and (begins or not plain or not LETTERS.issuperset(plain)):
            yield Code(place, tuple(lines))
            lines = []
        if begins:
            place, lines = f"line {number}{within}", [plain]
        elif lines:
            lines.append(plain)
    if lines:
        yield Code(place, tuple(lines))


def told_apart(codes: Sequence[Code]) -> tuple[list[Code], list[tuple[str, str]]]:
    """Return each code once, and the places of those that came before, with a sentence where."""
    first = {code.whole: code for code in reversed(codes)}
    twice = [(code.place, f"The same code stands in {first[code.whole].place}.")
             for code in codes if first[code.whole] is not code]  # fmt: skip
    return [code for code in codes if first[code.whole] is code], twice

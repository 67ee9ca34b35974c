"""A handout as the text of a link or of a file, and back.

A link's token is `1.` (the version) and the url-safe base64 of the zlib-compressed JSON. Compressed decimal digits take
about 9 bytes a number, so nothing is packed by hand, and zlib's own checksum tells a damaged link.
"""

import base64
import json
import zlib

from mlp.exercises.handout import VERSION, Handout, from_dict, to_dict
from mlp.limits import LONGEST_JSON, LONGEST_TOKEN
from mlp.untrusted.checks import came
from mlp.untrusted.strict_json import parsed
from mlp.untrusted.tokens import LETTERS, inflated, meant

VERSION_DIGITS = 6


def encode(handout: Handout) -> str:
    """Return the token that carries a handout in a link, equal for equal handouts.

    The sheet's network takes about 1,200 characters where every number has all its digits, 300 as the sheet has it.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If it would be longer than 8,000 characters, which takes the largest network with all digits in every number,
        inputs and targets too: a file carries it.

    Examples
    --------
    >>> from mlp.exercises import Handout, decode, encode, sheet_exercise
    >>> token = encode(Handout(sheet_exercise("q1"), title="Before Tuesday"))
    >>> token[:2], len(token) < 400
    ('1.', True)
    >>> decode(token).title
    'Before Tuesday'
    """
    packed = zlib.compress(compact_json(handout).encode(), 9)
    token = f"{VERSION}.{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"
    if len(token) > LONGEST_TOKEN:
        raise ValueError(
            f"A link needs to stay within {LONGEST_TOKEN:,} characters; this one has {len(token):,}. Use a file."
        )
    return token


def compact_json(handout: Handout) -> str:
    """Return the canonical JSON of a handout: one line, keys in order, floats as `repr` writes them."""
    return json.dumps(to_dict(handout), ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def decode(token: object) -> Handout:
    """Return the handout that a link's token carries, as it was meant: `mlp.untrusted.tokens.meant` mends it.

    Returns
    -------
    Handout

    Raises
    ------
    ValueError
        One sentence that says what was needed and what came; nothing else is ever raised.

    Examples
    --------
    >>> from mlp.exercises import decode
    >>> decode("2.eNo")
    Traceback (most recent call last):
        ...
    ValueError: A link needs version 1, the one this app reads; got version 2.
    """
    if not isinstance(token, str):
        raise ValueError(f"A link needs a text; got {came(token)}.")
    if len(token) > LONGEST_TOKEN:
        raise ValueError(f"A link needs at most {LONGEST_TOKEN:,} characters; got {len(token):,}.")
    version, dot, body = meant(token)[0].partition(".")
    if not (dot and body and version.isdecimal() and len(version) <= VERSION_DIGITS and LETTERS.issuperset(body)):
        raise ValueError(f"A link needs a version, a dot, and letters, digits, - or _; got {came(token)}.")
    if version != str(VERSION):
        raise ValueError(f"A link needs version {VERSION}, the one this app reads; got version {version}.")
    return from_dict(parsed(inflated(body, "The link", LONGEST_JSON), "A handout"))


def to_json(handout: Handout) -> str:
    """Return the handout as a file's text: the JSON of a link, a line for each row of a matrix.

    Returns
    -------
    str

    Examples
    --------
    >>> from mlp.exercises import Handout, sheet_exercise, to_json
    >>> print(to_json(Handout(sheet_exercise("q2"), decimals=3))[:65])
    {
      "version": 1,
      "exercise": {
        "hidden": "tanh",
        "loss
    """
    return pretty(to_dict(handout)) + "\n"


def from_json(text: object) -> Handout:
    """Return the handout that a file's text (str, or bytes in UTF-8) holds; raise a ValueError as `decode` does.

    Returns
    -------
    Handout

    Raises
    ------
    ValueError
        One sentence that says what was needed and what came; nothing else is ever raised.

    Examples
    --------
    >>> from mlp.exercises import Handout, from_json, sheet_exercise, to_json
    >>> from_json(to_json(Handout(sheet_exercise("q2"), decimals=3))).decimals
    3
    >>> from_json("[]")
    Traceback (most recent call last):
        ...
    ValueError: A handout needs to be an object with version, exercise, decimals, step, title, task, hide; got a list.
    """
    if not isinstance(text, str | bytes):
        raise ValueError(f"The file needs a text; got {came(text)}.")
    if len(text) > LONGEST_JSON:
        raise ValueError(f"The file needs at most {LONGEST_JSON:,} characters; got {len(text):,}.")
    return from_dict(parsed(text, "A handout"))


def pretty(value: object, indent: str = "") -> str:
    """Return indented JSON in which a list of plain values stands on one line."""
    inner = indent + "  "
    if isinstance(value, dict):
        lines = [f"{inner}{json.dumps(key)}: {pretty(entry, inner)}" for key, entry in value.items()]
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
    if isinstance(value, list) and any(isinstance(entry, list) for entry in value):
        return "[\n" + ",\n".join(inner + pretty(entry, inner) for entry in value) + f"\n{indent}]"
    return json.dumps(value, ensure_ascii=False, allow_nan=False)

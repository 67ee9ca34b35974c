"""JSON values as a token that fits into a link, and back: a version, a dot, and url-safe base64 of what zlib makes.

zlib's own checksum tells a damaged token, and no more is unpacked than was allowed.
"""

import base64
import binascii
import json
import zlib
from urllib.parse import unquote

from mlp.untrusted.checks import came
from mlp.untrusted.strict_json import parsed

LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
# What is wrapped around a link in a text, and what nobody sees in it
AROUND = "<>()[]{}\"'“”‘’«».,;:!?…="
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
MENDED = "The link had signs in it that don't belong there, as mail programs put them in; it was read without them."
TIMES_ENCODED = 3
DAMAGED = "{what} needs to be whole, every character as it was copied; some of it is missing or changed."


def packed(values: object, version: str) -> str:
    """Return JSON values as a token, equal for equal values."""
    text = json.dumps(values, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return f"{version}.{base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip('=')}"


def meant(token: str) -> tuple[str, str]:
    """Return a token without what mail and chat programs do to it, and a sentence where that was anything.

    They break lines, put marks of a sentence around it, or write its characters as %2D, and the % anew as %25.
    """
    plain = token.strip()
    for _ in range(TIMES_ENCODED):
        plain = unquote(plain) if "%" in plain else plain
    plain = "".join(plain.translate(UNSEEN).split()).strip(AROUND)
    return plain, (MENDED if plain != token.strip() else "")


def unpacked(token: object, version: str, what: str, *, longest: int, largest: int) -> object:
    """Return the JSON values of a token.

    Parameters
    ----------
    token : object
        What came.
    version : str
        The one that is read.
    what : str
        What the token is, as a sentence begins: "A receipt".
    longest, largest : int
        Characters it may have, and bytes it may unpack to.

    Raises
    ------
    ValueError
        One sentence that says what was needed and what came; nothing else is ever raised.
    """
    if not isinstance(token, str):
        raise ValueError(f"{what} needs a text; got {came(token)}.")
    if len(token) > longest:
        raise ValueError(f"{what} needs at most {longest:,} characters; got {len(token):,}.")
    head, dot, body = meant(token)[0].partition(".")
    if not dot or not body or not LETTERS.issuperset(body):
        raise ValueError(f"{what} needs {version}, a dot, and letters, digits, - or _; got {came(token)}.")
    if head != version:
        raise ValueError(f"{what} needs version {version}, the one this app reads; got {came(head)}.")
    return parsed(inflated(body, what, largest), what)


def inflated(body: str, what: str, largest: int) -> bytes:
    """Return the bytes in a token's body, unpacking no more than so many."""
    try:
        unpacker = zlib.decompressobj()
        data = unpacker.decompress(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)), largest + 1)
    except (binascii.Error, zlib.error):
        raise ValueError(DAMAGED.format(what=what)) from None
    if len(data) > largest:
        raise ValueError(f"{what} needs to unpack to at most {largest:,} bytes; this one has more.")
    if not unpacker.eof or unpacker.unused_data:
        raise ValueError(DAMAGED.format(what=what))
    return data

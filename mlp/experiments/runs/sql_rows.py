"""A run as a row of the store, and back: whole, and its head alone."""

import hashlib
import json
import time
import zlib

from mlp.experiments.runs.head_json import head_from, head_json
from mlp.experiments.runs.heads import RunHead, head_of
from mlp.experiments.runs.json_file import run_of, to_dict
from mlp.experiments.runs.stored_run import StoredRun
from mlp.limits import LARGEST_STORED_RUN


def row_of(run: StoredRun) -> dict[str, object]:
    """Return a run as a row without its owner and its pin."""
    plain = json.dumps(to_dict(run), allow_nan=False, ensure_ascii=False, separators=(",", ":")).encode()
    packed, head = zlib.compress(plain), head_json(head_of(run))
    return {
        "id": run.id,
        "digest": hashlib.sha256(plain).hexdigest()[:32],
        "kept": time.time_ns() // 1000,
        "size": len(packed) + len(head.encode()),
        "run": packed,
        "head": head,
    }


def run_from(packed: bytes) -> StoredRun | None:
    """Return the run of a row, None where this version of the program can't read it."""
    unpacker = zlib.decompressobj()
    try:
        plain = unpacker.decompress(bytes(packed), LARGEST_STORED_RUN)
        return run_of(json.loads(plain), "A kept run") if unpacker.eof else None
    except (zlib.error, ValueError):
        return None


def head_in(text: str | None) -> RunHead | None:
    """Return the head of a row, None where it has none or one that this version of the program can't read."""
    try:
        return head_from(text) if text else None
    except ValueError:
        return None

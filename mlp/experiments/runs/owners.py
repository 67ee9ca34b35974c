"""Whose runs these are: a random key that only one browser has, or a person who has signed in."""

import hashlib
import re
import secrets

# What `new_key` makes: 32 random bytes in URL-safe letters
KEY = re.compile(r"[A-Za-z0-9_-]{43}")


def new_key() -> str:
    """Return a key that nobody can guess."""
    return secrets.token_urlsafe(32)


def owner_of_key(key: object) -> str | None:
    """Return the owner that a browser's key stands for, None for what is no such key.

    Only a hash of the key is stored: who reads the store can't open anybody's runs with it.
    """
    return hashed("browser", key) if isinstance(key, str) and KEY.fullmatch(key) else None


def owner_of_person(issuer: str, subject: str) -> str:
    """Return the owner for a person who has signed in, by who vouches for her and her name there."""
    return hashed("person", f"{len(issuer)} {issuer} {subject}")


def hashed(kind: str, name: str) -> str:
    """Return 64 hexadecimal digits for a name of this kind."""
    return hashlib.sha256(f"{kind} {name}".encode()).hexdigest()

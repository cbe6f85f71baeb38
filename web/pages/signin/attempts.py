"""Slows down the guessing of a password: after a few wrong ones for one account from one address, one has to wait.

Counted in Django's cache, so by default in this process only: a brake, not a wall. A place with many processes sets a shared cache.
"""

from __future__ import annotations

import hashlib

from django.core.cache import cache

ALLOWED = 5
"""Wrong passwords in a row before one has to wait."""
WAIT_SECONDS = 15 * 60


def must_wait(email: str, address: str) -> bool:
    """True when this account was tried too often from this address."""
    tried: int = cache.get(_key(email, address), 0)
    return tried >= ALLOWED


def note_failure(email: str, address: str) -> None:
    """Counts one wrong password; the wait begins anew with each."""
    key = _key(email, address)
    cache.set(key, cache.get(key, 0) + 1, WAIT_SECONDS)


def forget(email: str, address: str) -> None:
    """After the right password the count begins at nought."""
    cache.delete(_key(email, address))


def _key(email: str, address: str) -> str:
    return "signin:" + hashlib.sha256(f"{email.lower()}|{address}".encode()).hexdigest()

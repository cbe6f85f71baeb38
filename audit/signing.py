"""Signatures (Ed25519) on what is kept outside this database, so that whoever finds it knows that it is ours.

OpenSSL verifies them too: openssl pkeyutl -verify -pubin -inkey KEY.pub -rawin -in FILE -sigfile FILE.sig
"""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)


class NoKey(Exception):
    """There is no key in a file, or not one of this kind; the message says which file."""


def make_key(path: Path) -> str:
    """Write a new private key, readable by its owner alone, and beside it (`.pub`) the public one, whose text is returned.

    Raises FileExistsError: a key is never written over, because what it signed would then be nobody's.
    """
    key = Ed25519PrivateKey.generate()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public = public_text(key)
    path.with_name(f"{path.name}.pub").write_text(public, encoding="ascii")
    return public


def public_text(key: Ed25519PrivateKey) -> str:
    """The public key that belongs to a private one, as PEM."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")


def private_key(path: Path) -> Ed25519PrivateKey:
    """Read a private key. Raises NoKey."""
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise NoKey(f"{path} is no private key that can be read: {error}") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise NoKey(f"{path} is a key of another kind than Ed25519.")
    return key


def public_key(path: Path) -> Ed25519PublicKey:
    """Read a public key. Raises NoKey."""
    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError, UnsupportedAlgorithm) as error:
        raise NoKey(f"{path} is no public key that can be read: {error}") from error
    if not isinstance(key, Ed25519PublicKey):
        raise NoKey(f"{path} is a key of another kind than Ed25519.")
    return key


def is_signed(body: bytes, signature: bytes, key: Ed25519PublicKey) -> bool:
    """Whether the owner of the key signed exactly these bytes."""
    try:
        key.verify(signature, body)
    except InvalidSignature:
        return False
    return True

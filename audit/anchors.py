"""Anchors: how far every chain has got, in one small file that is kept somewhere else.

A chain that is cut off at its end together with its rows and with the note of how far it had got, or that is written anew with
every seal, holds together. Only what was kept outside the database shows it: an anchor of the day before.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from functools import reduce
from itertools import islice
from operator import or_
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.db.models import Max, Q

from audit.chain import canonical
from audit.findings import Finding, Forgery
from audit.models import ChainHead, Event
from audit.rows import label
from audit.signing import is_signed

EVENTS = label(Event)
FORMAT = 1
SIGNATURE = ".sig"
_AT_ONCE = 100  # heads that one statement asks for


class BadAnchor(Exception):
    """A file is no anchor, or not the one that was signed."""


def anchor_text(at: datetime) -> str:
    """The heads of all chains as one canonical text, a line for each; the first line says when, and how many there are.

    One statement, so that all of them are of one moment.
    """
    heads = list(ChainHead.objects.order_by("chain").values("chain", "seq", "digest"))
    lines = [{"anchor": FORMAT, "at": at, "chains": len(heads)}, *heads]
    return "".join(canonical(line) + "\n" for line in lines)


def write_anchor(path: Path, at: datetime, key: Ed25519PrivateKey | None) -> int:
    """Write an anchor and, where there is a key, its signature beside it. Returns how many chains it names.

    Raises FileExistsError: an anchor is never written over.
    """
    body = anchor_text(at).encode("ascii")
    with path.open("xb") as file:
        file.write(body)
    if key:
        path.with_name(path.name + SIGNATURE).write_bytes(key.sign(body))
    return body.count(b"\n") - 1


def read_anchor(path: Path, key: Ed25519PublicKey | None = None) -> list[dict[str, Any]]:
    """The heads that an anchor names. With `key`, only if its owner signed it. Raises BadAnchor."""
    try:
        body = path.read_bytes()
        if key and not is_signed(body, path.with_name(path.name + SIGNATURE).read_bytes(), key):
            raise BadAnchor(f"{path} is not as it was signed, or was signed by somebody else.")
        first, *heads = map(json.loads, body.decode("ascii").splitlines())
        whole = first["anchor"] == FORMAT and first["chains"] == len(heads)
        whole = whole and all(set(head) == {"chain", "seq", "digest"} for head in heads)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadAnchor(f"{path} cannot be read as an anchor: {error}") from error
    if not whole:
        raise BadAnchor(f"{path} is not a whole anchor.")
    return heads


def changed_since(heads: list[dict[str, Any]], chain: str = "") -> Iterator[Finding]:
    """What an anchor saw and is there no more: newest events cut off, a whole chain gone, a chain written anew.

    With `chain`: that one alone.
    """
    rest = iter([head for head in heads if not chain or head["chain"] == chain])
    while part := list(islice(rest, _AT_ONCE)):
        wanted = reduce(or_, (Q(chain=head["chain"], seq=head["seq"]) for head in part))
        there = {(name, seq): seal for name, seq, seal in Event.objects.filter(wanted).values_list("chain", "seq", "digest")}
        for head in part:
            found = there.get((head["chain"], head["seq"]))
            if found is None:
                yield Finding(EVENTS, head["chain"], _cut(head), Forgery.TAIL_CUT)
            elif found != head["digest"]:
                what = f"event {head['seq']} is not the one that the anchor saw: it was written anew, seals and all"
                yield Finding(EVENTS, head["chain"], what, Forgery.REWRITTEN)


def _cut(head: dict[str, Any]) -> str:
    last = Event.objects.filter(chain=head["chain"]).aggregate(last=Max("seq"))["last"]
    if last is None:
        return f"the whole chain is gone: the anchor saw {head['seq']} events"
    if last < head["seq"]:
        return f"it ends at event {last}, and the anchor saw {head['seq']}: the newest were cut off"
    return f"event {head['seq']}, which the anchor saw, is gone"

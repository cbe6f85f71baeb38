"""Anchors are signed so that OpenSSL says so too, are refused when they were touched, and are written once a day."""

from __future__ import annotations

import io
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from audit.anchors import BadAnchor, read_anchor, write_anchor
from audit.models import ChainHead
from audit.signing import NoKey, make_key, private_key, public_key
from tests.builders import BEGINNING
from tests.ledgerbook.acts import a_book
from workflows.deadlines.models import Sweep
from workflows.deadlines.running import run_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def key(tmp_path: Path) -> Path:
    make_key(tmp_path / "anchor.key")
    return tmp_path / "anchor.key"


@pytest.fixture
def anchor(key: Path, tmp_path: Path) -> Path:
    a_book("Emma")
    call_command("anchor", out=tmp_path / "a.jsonl", key=key, stdout=io.StringIO())
    return tmp_path / "a.jsonl"


def test_it_names_every_chain_and_is_signed_so_that_openssl_says_so(anchor: Path, key: Path) -> None:
    heads = read_anchor(anchor, public_key(key.with_name("anchor.key.pub")))
    assert heads == list(ChainHead.objects.order_by("chain").values("chain", "seq", "digest"))
    assert heads

    ask = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", f"{key}.pub", "-rawin"]
    said = subprocess.run([*ask, "-in", str(anchor), "-sigfile", f"{anchor}.sig"], capture_output=True, text=True)
    assert (said.returncode, said.stdout.strip()) == (0, "Signature Verified Successfully"), said


def test_one_that_was_touched_or_signed_by_somebody_else_is_refused(anchor: Path, key: Path, tmp_path: Path) -> None:
    make_key(tmp_path / "other.key")
    with pytest.raises(CommandError, match=r"BROKEN\. .* is not as it was signed") as caught:
        call_command("verify", anchor=anchor, key=tmp_path / "other.key.pub")
    assert caught.value.returncode == 1
    anchor.write_bytes(anchor.read_bytes().replace(b'"seq":', b'"seq": '))
    with pytest.raises(BadAnchor, match="is not as it was signed"):
        read_anchor(anchor, public_key(Path(f"{key}.pub")))


@pytest.mark.parametrize("spoiled", [
    lambda body: body.partition(b"\n")[0] + b"\n", lambda body: body.replace(b'"digest"', b'"seal"'),
    lambda body: b"", lambda body: b"not json\n", lambda body: b'{"anchor":2,"chains":0}\n',
])  # fmt: skip
def test_one_that_is_not_whole_is_refused(anchor: Path, spoiled: Any) -> None:
    anchor.write_bytes(spoiled(anchor.read_bytes()))
    with pytest.raises(BadAnchor):
        read_anchor(anchor)


def test_a_key_is_its_owners_alone_and_is_never_written_over(key: Path) -> None:
    assert key.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        make_key(key)
    with pytest.raises(CommandError, match="exists"):
        call_command("anchor", new_key=key)
    with pytest.raises(NoKey):
        private_key(key.with_name("anchor.key.pub"))
    with pytest.raises(NoKey):
        public_key(key)


def test_the_key_that_is_made_is_told_and_an_anchor_without_one_says_so(tmp_path: Path) -> None:
    out = io.StringIO()
    call_command("anchor", new_key=tmp_path / "k", stdout=out)
    assert (tmp_path / "k.pub").read_text() in out.getvalue()
    call_command("anchor", out=tmp_path / "a", stdout=out)
    assert "Not signed" in out.getvalue()
    assert not (tmp_path / "a.sig").exists()
    with pytest.raises(CommandError):
        call_command("anchor", out=tmp_path / "a", stdout=out)


# Once a day


def swept(at: datetime) -> tuple[int, int]:
    tally = run_due(lambda: at)
    return tally.done, tally.failed


def test_one_a_day_is_written_signed_and_sent(
    settings: Any, key: Path, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    assert swept(BEGINNING) == (0, 0)
    settings.PARITY_ANCHORS, settings.PARITY_ANCHOR_KEY, settings.PARITY_ANCHOR_MAIL = str(tmp_path), str(key), "keeper@a.example"
    a_book("Emma")
    with django_capture_on_commit_callbacks(execute=True):
        assert swept(BEGINNING) == (1, 0)
        assert swept(BEGINNING + timedelta(hours=8)) == (0, 0)
        assert swept(BEGINNING + timedelta(days=1)) == (1, 0)

    names = ["anchor-2026-03-02.jsonl", "anchor-2026-03-03.jsonl"]
    assert sorted(path.name for path in tmp_path.glob("*.jsonl")) == names
    for name in names:
        assert read_anchor(tmp_path / name, public_key(Path(f"{key}.pub")))
    assert [[name for name, *_ in one.attachments] for one in mail.outbox] == [[name, f"{name}.sig"] for name in names]
    assert mail.outbox[0].to == ["keeper@a.example"]


def test_one_that_fails_is_tried_again_and_holds_nothing_else_up(settings: Any, tmp_path: Path) -> None:
    settings.PARITY_ANCHORS = str(tmp_path / "not there yet")
    assert swept(BEGINNING) == (0, 1)
    assert Sweep.objects.get(code="anchors").failed == 1
    (tmp_path / "not there yet").mkdir()
    write_anchor(tmp_path / "not there yet" / "anchor-2026-03-02.jsonl", BEGINNING, None)  # by a worker that then fell over
    assert swept(BEGINNING + timedelta(minutes=1)) == (1, 0)
    assert Sweep.objects.get(code="anchors").failed == 0
    assert len(list((tmp_path / "not there yet").iterdir())) == 2

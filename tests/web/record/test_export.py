"""The record is taken out from its page by the quality team and the auditor: one zip that checks itself, and an act of its own."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from audit.models import Event
from tests.integration.export.handed_out import TO, checked
from tests.web.casework import FORBIDDEN, Casework, words

SENT = {"to": TO, "request": "pressed once"}


def test_the_auditor_gets_one_zip_that_checks_itself_and_it_is_on_the_record(work: Casework, tmp_path: Path) -> None:
    work.story.walk_to("form_group")
    assert "Take out the record" in words(work.get("auditor", "record"))
    assert "the text of papers" in words(work.get("auditor", "record_export"))
    for _ in range(2):  # sent twice, it is taken out once
        sent = work.post("auditor", work.address("record_export"), SENT)
        packed = b"".join(sent.streaming_content)  # type: ignore[attr-defined]
    assert sent.headers["Content-Disposition"].endswith('.zip"')
    assert sent.headers["Cache-Control"] == "private, no-store"
    zipfile.ZipFile(io.BytesIO(packed)).extractall(tmp_path)
    code, told = checked(tmp_path / "record")
    assert code == 0, told
    assert Event.objects.get(kind="record_exported").facts == {"to": TO}


def test_who_it_is_for_is_asked(work: Casework) -> None:
    work.story.walk_to("form_group")
    asked = words(work.post("quality", work.address("record_export"), {"to": " ", "request": "pressed once"}))
    assert "Say who it is for, and why they need it" in asked
    assert not Event.objects.filter(kind="record_exported").exists()


def test_nobody_else_is_offered_it_or_gets_it(work: Casework) -> None:
    work.story.walk_to("form_group")
    assert "Take out the record" not in words(work.get("lead", "record"))
    assert work.get("lead", "record_export").status_code == FORBIDDEN
    assert work.post("lead", work.address("record_export"), SENT).status_code == FORBIDDEN
    assert not Event.objects.filter(kind="record_exported").exists()

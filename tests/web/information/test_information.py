"""Everybody reads how information about them is used; what is written of it for organisations leaves no table out (IG11)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from tests.web.casework import OK, Casework, words

INFORMATION = reverse("information")
ASSURANCE = Path(__file__).resolve().parents[3] / "docs" / "assurance"
OURS = ("audit", "cases", "permissions", "workflows", "notifications")


@pytest.mark.proves("IG11")
def test_everybody_reads_what_is_kept_who_sees_it_and_how_long(work: Casework) -> None:
    signed_out = Client().get(INFORMATION)
    assert signed_out.status_code == OK
    for shown in (words(signed_out), words(work.client("pat").get(INFORMATION))):
        for part in ("If you are a Patient Safety Partner", "Who can see it", "at least 20 years", "Your rights"):
            assert part in shown, part
    assert work.story.trust.organisation.name in words(work.client("pat").get(INFORMATION))
    for page in (Client().get(reverse("sign_in")), work.client("pat").get("/")):
        assert INFORMATION in page.content.decode()


@pytest.mark.proves("IG11")
def test_the_record_of_processing_names_every_table_that_is_stored() -> None:
    told = set(re.findall(r"`(\w+)`", (ASSURANCE / "record-of-processing.md").read_text(encoding="utf-8")))
    models = [model for label in OURS for model in apps.get_app_config(label).get_models() if not model._meta.proxy]
    stored = {model.__name__ for model in models if not model.__name__.startswith("Historical")}
    assert stored
    assert stored - told == set()


def test_every_model_text_is_in_the_list_and_every_link_leads_somewhere() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in ASSURANCE.glob("*.md")}
    linked = {name: set(re.findall(r"\]\(([\w-]+\.md)\)", text)) for name, text in texts.items()}
    assert linked["README.md"] == set(texts) - {"README.md"}
    assert set().union(*linked.values()) <= set(texts)

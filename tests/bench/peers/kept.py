"""Versions of our cases in simple-history's own tables, as it makes them, and what its ORM gives of them."""

from __future__ import annotations

from datetime import datetime
from itertools import chain
from typing import Any
from uuid import UUID

from django.db import connection

from tests.bench.peers.models import Dossier, Part

DOSSIERS = """
INSERT INTO bench_peers_historicaldossier (id, reference, title, state, facts, history_date, history_type, history_change_reason)
SELECT id, reference, title, state, facts, history_date, history_type, history_change_reason FROM cases_historicalcase"""
PARTS = """
INSERT INTO bench_peers_historicalpart (id, dossier_id, kind, state, told, history_date, history_type, history_change_reason)
SELECT id, case_id, 'seat', state, why, history_date, history_type, history_change_reason FROM cases_historicalseat
UNION ALL
SELECT id, case_id, 'stay', step, stage, history_date, history_type, history_change_reason FROM cases_historicalvisit
UNION ALL
SELECT id, content_object_id, 'grant', '', '', history_date, history_type, history_change_reason
  FROM permissions_historicalcasegrant"""


def fill() -> None:
    """Copy the versions there once: at national size it takes minutes."""
    if Dossier.history.exists():
        return
    with connection.cursor() as cursor:
        cursor.execute(DOSSIERS)
        cursor.execute(PARTS)
        cursor.execute("ANALYZE bench_peers_historicaldossier, bench_peers_historicalpart")


def forget() -> None:
    """Take the copies away again: they are versions of rows that never were, so whoever checks the evidence misses the rows."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE bench_peers_historicaldossier, bench_peers_historicalpart")


def timeline(case: UUID, number: int) -> list[Any]:
    """The newest versions of everything of a case, merged as each table's newest are."""
    tables = (Dossier.history.filter(id=case), Part.history.filter(dossier_id=case))
    newest = (list(rows.select_related("history_user").order_by("-history_date", "-history_id")[:number]) for rows in tables)
    return sorted(chain(*newest), key=lambda row: row.history_date, reverse=True)[:number]


def as_of(case: UUID, at: datetime) -> list[Any]:
    """Everything of a case as it stood."""
    return [*Dossier.history.as_of(at).filter(id=case), *Part.history.as_of(at).filter(dossier_id=case)]

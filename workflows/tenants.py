"""Which organisations are meant: some of the host, or all of them, as a filter of whatever belongs to one."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q


class Tenants:
    """Some organisations by their keys; None: every one of the host."""

    def __init__(self, keys: Sequence[UUID] | None) -> None:
        self._keys = keys

    @property
    def everywhere(self) -> bool:
        """Whether every organisation of the host is meant."""
        return self._keys is None

    @property
    def tenants(self) -> tuple[UUID, ...]:
        """The keys of those that are meant; none where every one is."""
        return tuple(self._keys or ())

    def of(self, path: str = "organisation") -> Q:
        """The rows that are theirs. `path`: from the row to its organisation."""
        if self._keys is None:
            return Q()
        return Q(**{path: self._keys[0]}) if len(self._keys) == 1 else Q(**{f"{path}__in": self._keys})

"""Models whose rows are added and never changed. The loud refusal; the lock is in `audit.triggers`."""

from collections.abc import Iterable
from typing import Any, ClassVar, NoReturn

from django.db import models
from django.db.models.base import ModelBase


class AppendOnly(TypeError):
    """Somebody tried to change or remove a row of a table that only ever grows."""

    def __init__(self, model: type[models.Model], attempt: str) -> None:
        super().__init__(
            f"{model._meta.verbose_name} is append-only, so {attempt} is refused. Record a new fact that corrects the old one."
        )


class RefusesChange(models.QuerySet[Any]):
    """A queryset that reads and adds, and refuses everything else."""

    def update(self, **changes: Any) -> NoReturn:
        """Refused: raises AppendOnly."""
        raise AppendOnly(self.model, "update()")

    def delete(self) -> NoReturn:
        """Refused: raises AppendOnly."""
        raise AppendOnly(self.model, "delete()")

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> NoReturn:
        """Refused: raises AppendOnly."""
        raise AppendOnly(self.model, "bulk_update()")

    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> NoReturn:
        """Refused: raises AppendOnly, because rows added so would be in no event."""
        raise AppendOnly(self.model, "bulk_create() outside an act")

    delete.queryset_only = True  # type: ignore[attr-defined]  # as Django marks its own, so that no manager has it
    update.alters_data = delete.alters_data = True  # type: ignore[attr-defined]


class AppendOnlyModel(models.Model):
    """The base of the ledger, of every history table and of every insert-only fact."""

    objects: ClassVar[models.Manager[Any]] = RefusesChange.as_manager()

    class Meta:
        abstract = True

    def save(
        self,
        *,
        force_insert: bool | tuple[ModelBase, ...] = True,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        """Add the row. Raises AppendOnly when it is there already."""
        if not self._state.adding or force_update or update_fields is not None:
            raise AppendOnly(type(self), "saving it again")
        super().save(force_insert=True, using=using)

    def delete(self, using: str | None = None, keep_parents: bool = False) -> NoReturn:
        """Refused: raises AppendOnly."""
        raise AppendOnly(type(self), "delete()")

"""History on every fact: each version of each row, dated by the act that made it and tied to its ledger event."""

import copy
import functools
from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, NoReturn

from django.db import models, router
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.base import ModelBase
from django.db.models.fields.files import FieldFile
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from simple_history.manager import HistoricalQuerySet
from simple_history.models import HistoricalRecords

from audit import storing
from audit.append_only import AppendOnly, AppendOnlyModel, RefusesChange
from audit.record import Act, act_in_transaction, current_act, gathered_by

NEWEST_FIRST = ("-history_date", "-history_id")
ALONG = ("case", "organisation", "person")


class HistoryQuerySet(RefusesChange, HistoricalQuerySet):
    """simple-history's queryset, which reads only and gives each object once even when two versions share a moment."""

    def latest_of_each(self) -> "HistoryQuerySet":
        """Keep the newest version of each object in this queryset: by date, then by the order of writing."""
        of_same_object = self.filter(**{self._pk_attr: OuterRef(self._pk_attr)}).order_by(*NEWEST_FIRST)
        return self.filter(history_id=Subquery(of_same_object.values("history_id")[:1]))


class HistoryRow(AppendOnlyModel):
    """What every history table has besides the fact's own columns and simple-history's. Names are text, not keys."""

    event_id = models.UUIDField(editable=False)
    history_person_id = models.UUIDField(null=True, editable=False)
    history_person_name = models.TextField(editable=False)

    # What simple-history adds, for each table.
    history_date: datetime
    instance_type: type[models.Model]

    class Meta:
        abstract = True

    def save(self, **options: Any) -> NoReturn:
        """Refused: raises AppendOnly. History is written by `audit.record.write`, together with its event."""
        raise AppendOnly(type(self), "saving a version by hand")

    @property
    def prev_record(self) -> "HistoryRow | None":
        """The version before this one, or None."""
        before = Q(history_date__lt=self.history_date) | Q(history_date=self.history_date, history_id__lt=self.pk)
        return self._versions().filter(before).order_by(*NEWEST_FIRST).first()

    @property
    def next_record(self) -> "HistoryRow | None":
        """The version after this one, or None."""
        after = Q(history_date__gt=self.history_date) | Q(history_date=self.history_date, history_id__gt=self.pk)
        return self._versions().filter(after).order_by(*NEWEST_FIRST).last()

    def _versions(self) -> models.QuerySet[Any]:
        key = self.instance_type._meta.pk.attname
        return type(self)._base_manager.filter(**{key: getattr(self, key)})


class History(HistoricalRecords):
    """Put `history = History()` on a model to keep every version of its rows.

    Each version carries the act's time, reason and actor and the id of the ledger event that caused it; it is written
    with that event, by `audit.record.write`. Saving or deleting outside an act raises NoAct before anything is stored.

    `along` names foreign keys by which old versions are looked up (besides the key itself); by default `case`,
    `organisation` and `person`, where the model has them. Each gets an index that ends in the order of reading.

    simple-history's ways round it (SIMPLE_HISTORY_ENABLED, skip_history_when_saving, raw saves) are closed.
    """

    def __init__(self, *, along: Iterable[str] = ALONG, **options: Any) -> None:
        if options.get("m2m_fields"):
            raise TypeError("A link between facts that is recorded is a model of its own, not a many-to-many field.")
        self.along = tuple(along)
        self.recorded_models: set[type[models.Model]] = set()
        options.setdefault("bases", (HistoryRow,))
        options.setdefault("history_id_field", models.BigAutoField())
        options.setdefault("history_change_reason_field", models.TextField(blank=True))
        options.setdefault("historical_queryset", HistoryQuerySet)
        super().__init__(**options)

    def add_extra_methods(self, cls: type[models.Model]) -> None:
        """Add nothing: simple-history would add `save_without_historical_record`."""

    def finalize(self, sender: type[models.Model], **kwargs: Any) -> None:
        """Listen to the model and, which simple-history does not do, to every proxy of it."""
        if sender._meta.proxy:
            # By identity: a migration's model of the same name is another class, and keeps no history.
            if sender._meta.concrete_model in self.recorded_models:
                self._listen_to_proxy(sender)
            return
        super().finalize(sender, **kwargs)
        if getattr(sender, self.manager_name, None) is not None and self._is_ours(sender):
            self.recorded_models.add(sender)
            pre_save.connect(self.pre_save, sender=sender, weak=False)

    def _is_ours(self, sender: type[models.Model]) -> bool:
        return sender is self.cls or (self.inherit and issubclass(sender, self.cls))

    def _listen_to_proxy(self, proxy: type[models.Model]) -> None:
        for signal, listener in (
            (pre_save, self.pre_save),
            (post_save, self.post_save),
            (pre_delete, self.pre_delete),
            (post_delete, self.post_delete),
        ):
            signal.connect(listener, sender=proxy, weak=False)
        proxy._meta.simple_history_manager_attribute = self.manager_name  # type: ignore[attr-defined]

    def copy_fields(self, model: type[models.Model]) -> "dict[str, models.Field[Any, Any]]":
        """Copy the fact's columns without their indexes: versions are looked up by the indexes given below only."""
        fields: dict[str, models.Field[Any, Any]] = super().copy_fields(model)
        for field in fields.values():
            field.db_index = False  # type: ignore[attr-defined]
        return fields

    def get_extra_fields(self, model: type[models.Model], fields: dict[str, Any]) -> dict[str, Any]:
        """Leave out the foreign key to a user (the actor is text) and what HistoryRow does better."""
        extra: dict[str, Any] = super().get_extra_fields(model, fields)
        for name in (
            "history_user",
            "get_default_history_user",
            "revert_url",
            "prev_record",
            "next_record",
        ):
            del extra[name]
        # Its indexes are given below, whatever the host project's SIMPLE_HISTORY_DATE_INDEX says: migrations must agree.
        return {**extra, "history_date": models.DateTimeField()}

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        """Add the indexes, and no permissions: who may see a fact's past is who may see the fact."""
        names = {field.name for field in model._meta.concrete_fields}
        leads = (model._meta.pk.name, *(name for name in self.along if name in names))
        indexes = [models.Index(fields=(lead, *NEWEST_FIRST)) for lead in leads]
        return {
            **super().get_meta_options(model),
            "indexes": indexes,
            "default_permissions": (),
        }

    def pre_save(self, **kwargs: Any) -> None:
        """Refuse before the row is stored, not after."""
        act_in_transaction()

    def post_save(
        self,
        instance: models.Model,
        created: bool,
        using: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Note the version that has just been stored."""
        self.create_historical_record(instance, "+" if created else "~", using=using)

    def pre_delete(self, instance: models.Model, **kwargs: Any) -> None:
        """Refuse before the row is gone, and read the columns that were not loaded while they can be read."""
        act_in_transaction()
        missing = instance.get_deferred_fields()
        if missing:
            instance.refresh_from_db(fields=missing)

    def post_delete(self, instance: models.Model, using: str | None = None, **kwargs: Any) -> None:
        """Note the last version of a row that is gone."""
        self.create_historical_record(instance, "-", using=using)

    def create_historical_record(self, instance: models.Model, history_type: str, using: str | None = None) -> None:
        """Build the version and leave it with the act, which inserts all of them together."""
        act = current_act()
        made: Any = history_of(type(instance))
        version = made(
            **{field.attname: _kept(getattr(instance, field.attname)) for field in self.fields_included(instance)},
            history_date=act.at,
            history_type=history_type,
            history_change_reason=act.reason,
            history_person_id=act.actor.person_id,
            history_person_name=act.actor.name,
            event_id=act.event_id,
        )
        act.note_history(version)


def add_facts(facts: Iterable[tuple[Act, models.Model]]) -> None:
    """Store new facts of one model with one statement, each noted with its act (`Act.one_for_each`); the listeners to a save hear
    of each. Raises NoAct, and ActMisused for an act that is not part of the current one."""
    noted = list(facts)
    for act, fact in noted:
        with gathered_by(act):
            pre_save.send(type(fact), instance=fact, raw=False, using=router.db_for_write(type(fact)), update_fields=None)
    storing.add(fact for _, fact in noted)
    for act, fact in noted:
        with gathered_by(act):
            post_save.send(type(fact), instance=fact, created=True, raw=False, using=fact._state.db, update_fields=None)


def _kept(value: Any) -> Any:
    """Return a value that later changes to the live object cannot reach, since the version is stored only at the end."""
    if isinstance(value, FieldFile):
        return str(value)
    return copy.deepcopy(value) if isinstance(value, dict | list) else value


def as_it_stood(model: type[models.Model], at: datetime, **of: Any) -> models.QuerySet[Any]:
    """Return the rows of a recorded model as they stood at a moment, each object once; deleted ones left out.

    Filter the result as any queryset. Two versions of the same moment: the later written counts. `of`: what they belonged to
    (`case=...`, `paper__in=...`): the same rows as a filter by it gives, found by the objects that ever had it.
    """
    versions: models.QuerySet[Any] = _manager_of(model).as_of(at)
    if not of:
        return versions
    key = model._meta.pk.attname
    until: models.QuerySet[Any] = history_of(model)._base_manager.all()
    until = until.filter(history_date__lte=at)
    newest = until.filter(**{key: OuterRef(key)}).order_by(*NEWEST_FIRST).values("history_id")[:1]
    objects = until.filter(**of).order_by().values(key).annotate(versions=Count("history_id"))  # counted, so as to group
    found: models.QuerySet[Any] = _manager_of(model).get_queryset().filter(history_date__lte=at, **of).as_instances()
    return found.filter(history_id__in=objects.annotate(newest=Subquery(newest)).values("newest"))


@functools.cache
def history_of(model: type[models.Model]) -> type[HistoryRow]:
    """Return the model of the table that keeps a recorded model's versions."""
    history: type[HistoryRow] = _manager_of(model).model
    return history


def is_recorded(model: type[models.Model]) -> bool:
    """Whether a model has a history table of its own."""
    return hasattr(model._meta, "simple_history_manager_attribute") and not model._meta.proxy


def _manager_of(model: type[models.Model]) -> Any:
    return getattr(model, model._meta.simple_history_manager_attribute)  # type: ignore[attr-defined]


class InsertOnlyQuerySet(RefusesChange):
    """Reads and, within an act, adds."""

    def insert(self, rows: Iterable["InsertOnly"]) -> list["InsertOnly"]:
        """Add several rows with one statement and note each with the current act. Raises NoAct."""
        act = act_in_transaction()
        added = list(rows)
        for row in added:
            row.event_id = act.event_id
        storing.add(added)
        for row in added:
            act.note_row(row)
        return added


class InsertOnly(AppendOnlyModel):
    """A fact that is stated once and never changed: a position, a declaration, an answer."""

    event_id = models.UUIDField(editable=False)

    objects: ClassVar[models.Manager[Any]] = InsertOnlyQuerySet.as_manager()

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
        """Add the row and note it with the current act. Raises NoAct without one, AppendOnly when it is there already."""
        act = act_in_transaction()
        if not self._state.adding or force_update or update_fields is not None:
            raise AppendOnly(type(self), "saving it again")
        self.event_id = act.event_id
        storing.add([self])
        act.note_row(self)

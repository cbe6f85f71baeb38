"""How a row of a model becomes evidence: its columns in plain values, the same before saving and after reading back."""

import json
from collections.abc import Mapping
from decimal import Context, Decimal
from functools import cache
from typing import Any

from django.db import models
from django.db.models.fields.files import FieldFile

from audit import chain


@cache
def fields_by_column(
    model: type[models.Model],
) -> "Mapping[str, models.Field[Any, Any]]":
    """Return the stored fields of a model by column (`attname`)."""
    return {field.attname: field for field in model._meta.concrete_fields}


def label(model: type[models.Model]) -> str:
    """Return the name by which the ledger knows a table: app label and model name, in small letters."""
    concrete = model._meta.concrete_model or model  # a proxy has no table of its own
    return concrete._meta.label_lower


def values(instance: models.Model) -> dict[str, Any]:
    """Return every stored column of an instance in plain values."""
    fields = fields_by_column(type(instance))
    return {column: plain(field, getattr(instance, column)) for column, field in fields.items()}


def plain(field: "models.Field[Any, Any]", value: Any) -> Any:
    """Return the value as the database will give it back, whatever was assigned: a text for a date, an int for a text."""
    if value is None:
        return None
    if isinstance(value, FieldFile):
        return str(value)
    if isinstance(field, models.ForeignKey):
        return plain(field.target_field, value)
    if isinstance(field, models.JSONField):
        return json.loads(json.dumps(value, cls=field.encoder))
    value = field.to_python(value)
    if isinstance(field, models.DecimalField):
        return Decimal(value).quantize(Decimal(1).scaleb(-field.decimal_places), context=Context(prec=field.max_digits))
    return value


def row_digest(instance: models.Model) -> str:
    """Return the digest of all stored columns of an instance."""
    return chain.digest(values(instance))

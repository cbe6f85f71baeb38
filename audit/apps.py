"""How Django knows the app `audit`."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Evidence: the ledger of acts and reads, its chain and its verifier."""

    name = "audit"
    default_auto_field = "django.db.models.BigAutoField"

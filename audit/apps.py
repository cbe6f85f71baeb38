"""How Django knows the app `audit`."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    """Evidence: the ledger of acts and reads, its chain and its verifier."""

    name = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the triggers and the indexes by time put back after every migrate, and the triggers looked for by `check`."""
        from audit import time_indexes, triggers  # need the app registry

        # One sender: Django sends this once per app, each time after all migrations are done.
        post_migrate.connect(triggers.ensure_after_migrate, sender=self, dispatch_uid="audit.triggers")
        post_migrate.connect(time_indexes.ensure_after_migrate, sender=self, dispatch_uid="audit.time_indexes")
        register(Tags.database)(triggers.check_triggers)

"""How Django knows the app `audit`."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    """Evidence: the ledger of acts and reads, its chain and its verifier."""

    name = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the append-only triggers put back after every migrate, and looked for by `check --database`."""
        from audit import triggers  # needs the app registry

        # One sender: Django sends this once per app, each time after all migrations are done.
        post_migrate.connect(triggers.ensure_after_migrate, sender=self, dispatch_uid="audit.triggers")
        register(Tags.database)(triggers.check_triggers)

"""How Django knows the app `notifications`."""

from importlib import import_module

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Who is told what, when: a table of ledger event, audience and sentence."""

    name = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to the ledger."""
        import_module("notifications.telling")

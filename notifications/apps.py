"""How Django knows the app `notifications`."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Who is told what, and when."""

    name = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

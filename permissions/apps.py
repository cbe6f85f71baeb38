"""How Django knows the app `permissions`."""

from django.apps import AppConfig


class PermissionsConfig(AppConfig):
    """Who may: roles, grants, sight and conflicts."""

    name = "permissions"
    default_auto_field = "django.db.models.BigAutoField"

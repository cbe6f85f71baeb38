"""How Django knows the app `permissions`."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PermissionsConfig(AppConfig):
    """Who may: roles, grants, sight and conflicts."""

    name = "permissions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the permission that grants sight looked up anew after each `migrate`."""
        from permissions import grants

        post_migrate.connect(grants.look_sight_up_again, dispatch_uid="permissions.grants")

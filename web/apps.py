"""How Django knows the app `web`."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages people use: they ask and show, and never decide."""

    name = "web"
    default_auto_field = "django.db.models.BigAutoField"

"""How Django knows the app `web`."""

from importlib import import_module

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages people use: they ask and show, and never decide."""

    name = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Record every sign-in, whichever page it came through."""
        import_module("web.pages.signin.recording")

"""How Django knows the example."""

from django.apps import AppConfig


class ExampleTrustConfig(AppConfig):
    """A trust's own app: it is in INSTALLED_APPS, and that is all it needs."""

    name = "tests.exampletrust"
    label = "exampletrust"
    default_auto_field = "django.db.models.BigAutoField"

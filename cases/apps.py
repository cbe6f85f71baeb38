"""How Django knows the app `cases`."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Facts: organisations, people, cases, seats, papers and what was said about them."""

    name = "cases"
    default_auto_field = "django.db.models.BigAutoField"

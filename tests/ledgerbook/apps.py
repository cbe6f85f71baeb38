"""How Django knows the app `ledgerbook`."""

from django.apps import AppConfig


class LedgerbookConfig(AppConfig):
    """Books, loans and remarks: facts to keep a ledger of."""

    name = "tests.ledgerbook"
    label = "ledgerbook"
    default_auto_field = "django.db.models.BigAutoField"

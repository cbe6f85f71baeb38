"""How Django knows the app `workflows`."""

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    """What may happen: processes, the one door that moves a case, deadlines and proofs."""

    name = "workflows"
    default_auto_field = "django.db.models.BigAutoField"

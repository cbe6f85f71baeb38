"""How Django knows the app `workflows`, and when processes are found."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class WorkflowsConfig(AppConfig):
    """What may happen: processes, the one door that moves a case, deadlines and proofs."""

    name = "workflows"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register our own processes, then those in the `processes` module of every installed app; then prove and count them."""
        import_module("workflows.processes.ours")
        autodiscover_modules("processes")
        import_module("workflows.checks").register_checks()
        import_module("workflows.signals.all").load()

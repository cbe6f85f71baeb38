"""The app of the peers: installed only where they are measured."""

from django.apps import AppConfig


class PeersConfig(AppConfig):
    """Tables and flows of the peers."""

    name = "tests.bench.peers"
    label = "bench_peers"
    default_auto_field = "django.db.models.BigAutoField"

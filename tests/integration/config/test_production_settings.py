"""The production settings start only when told what they need, and never with the demo's open door."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
NEEDED = {
    "SECRET_KEY": "k2v9-Tq7x_Zr4m!Wc8s^Lh3d&Yf6b*Np5g(Jt1a)Xe0u=Ro+Qi",
    "ALLOWED_HOSTS": "parity.example.nhs.uk",
    "DATABASE_URL": "postgresql:///parity",
}


def _check(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    # Nothing that a run of the tests sets for itself may speak for a deployment.
    kept = {name: value for name, value in os.environ.items() if name not in NEEDED and not name.startswith(("DJANGO_", "PARITY_"))}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level=WARNING", "--settings=config.settings.production"],
        cwd=ROOT,
        env={**kept, **environment},
        capture_output=True,
        text=True,
    )


def test_they_pass_every_check_that_django_makes_of_a_deployment() -> None:
    checked = _check(NEEDED)
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("name", NEEDED)
def test_they_refuse_to_start_without(name: str) -> None:
    checked = _check({key: value for key, value in NEEDED.items() if key != name})
    assert checked.returncode != 0
    assert f"Set {name} in the environment" in checked.stderr


def test_they_refuse_the_demo() -> None:
    checked = _check(NEEDED | {"PARITY_DEMO": "1"})
    assert checked.returncode != 0
    assert "PARITY_DEMO lets anyone sign in as anyone" in checked.stderr

"""Where the Tasks API is: part of Django from version 6, a package of the same shape before."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

task: Any = import_module("django.tasks" if find_spec("django.tasks") else "django_tasks").task
"""The decorator that makes a task of a plain function."""

"""Takes viewflow's own tables out of the admin, where tasks could be changed by hand. Ours are not in it."""

from __future__ import annotations

from importlib import import_module

from django.contrib import admin
from viewflow.workflow.models import Process, Task

import_module("viewflow.workflow.admin")  # now, so that it cannot register them after us
for model in (Process, Task):
    admin.site.unregister(model)

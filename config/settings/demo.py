"""A fictional trust on one's own machine: reachable from this machine only, with sign-in as any of its people."""

import os

from config.databases import sqlite
from config.settings.base import *  # noqa: F403
from config.settings.base import VAR

DEBUG = os.environ.get("PARITY_DEBUG") == "1"
PARITY_DEMO = True
PARITY_DEMO_PERSONAS = [  # whom the sign-in page offers, in this order; see workflows/demo/offered.py
    f"{who}@harbourvale.example"
    for who in (
        "lead", "pat", "amina", "gwen", "chair", "engagement", "directorate", "exec_team", "exec", "coordinator",
        "project_lead", "sponsor", "quality", "iris", "femi", "tomas", "auditor",
    )
]  # fmt: skip
SECRET_KEY = "of no worth: the demo holds fictional people and lets anyone on this machine sign in as any of them"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

DEMO = VAR / "demo"
DEMO.mkdir(parents=True, exist_ok=True)
DATABASES = {"default": sqlite(DEMO / "parity.sqlite3")}
MEDIA_ROOT = DEMO / "papers"

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DEMO / "mail"  # not on the screen, which shows whom to sign in as; `manage.py work` sends it
DEFAULT_FROM_EMAIL = "parity@harbourvale.example"

WHITENOISE_USE_FINDERS = True  # serves each app's own files, so that the demo needs no collecting step

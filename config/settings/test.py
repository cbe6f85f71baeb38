"""For the test suite. PARITY_TEST_DATABASE chooses the lane: sqlite (a file, as in use) or postgresql (a real server)."""

import os

from config.settings.base import *  # noqa: F403
from tests.rig.databases import database, run_folder

SECRET_KEY = "of no worth: only tests are signed with it"  # noqa: S105
INSTALLED_APPS = [*INSTALLED_APPS, "tests.ledgerbook", "tests.exampletrust"]  # noqa: F405 - facts to try the ledger on
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DATABASES = {"default": database(os.environ.get("PARITY_TEST_DATABASE", "sqlite"))}
MEDIA_ROOT = run_folder() / "papers"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick: no test's secret is worth guarding
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PARITY_CLOCK = "tests.rig.clock.now"  # stories play months in a second
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

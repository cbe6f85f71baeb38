"""The settings for what is measured: as in production, on a PostgreSQL of this machine. PARITY_BENCH_SIZE: how much it holds."""

import os

from config.settings.base import *  # noqa: F403
from tests.bench.filling.sizes import SIZES
from tests.bench.server import FOLDER, database

INSTALLED_APPS = [*INSTALLED_APPS, "tests.bench.peers"]  # noqa: F405 - what is measured beside us
SIMPLE_HISTORY_DATE_INDEX = True  # as it comes: of our own tables audit.history decides
SECRET_KEY = "of no worth: only a measurement is signed with it, of people who do not exist"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DATABASES = {"default": database(SIZES[os.environ.get("PARITY_BENCH_SIZE", "small")].database)}
MEDIA_ROOT = FOLDER / "papers"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
DEFAULT_FROM_EMAIL = "parity@example.org"
PARITY_SECOND_STEP = False  # a visitor who is measured signs in once, before the clock runs
WHITENOISE_USE_FINDERS = True
ROOT_URLCONF = "tests.bench.serving.urls"

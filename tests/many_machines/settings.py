"""The settings of production, as a deployment gives them by its environment; only letters go into a folder, to be counted."""

import os

from config.settings.production import *  # noqa: F403

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = os.environ["PARITY_VAR"] + "/letters"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick: these people's secret is worth guarding to nobody

"""For a real organisation, behind a proxy that ends TLS. Everything that differs by place comes from the environment.

SECRET_KEY            required; at least 50 random characters
ALLOWED_HOSTS         required; host names, separated by commas
DATABASE_URL          required; postgresql://user:password@host:port/name (sqlite:/// for a very small place);
                      ?pool=8 for another number of connections a process than 4, ?pool=0&prepared=0 behind pgbouncer
DATABASE_REPLICA_URL  a streaming replica of it, which answers readings of evidence (docs/how-to/run-on-many-machines.md)
PARITY_VAR            folder for papers and collected static files; var/ beside manage.py if not given
PARITY_ADDRESS        where the pages are, as links in messages name it; https:// and the first of ALLOWED_HOSTS if not given
PARITY_SECOND_STEP    0 where a single sign-on in front asks for a second factor itself
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, DEFAULT_FROM_EMAIL   the mail server, over STARTTLS;
                      without one nobody signs in, for the code of the second step comes by e-mail
PARITY_ANCHORS, PARITY_ANCHOR_KEY, PARITY_ANCHOR_MAIL   folder, signing key and address of the daily anchors of the ledger
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config.databases import from_url, replica_from_url
from config.settings.base import *  # noqa: F403
from config.settings.base import VAR


def _required(name: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"Set {name} in the environment: the production settings have no default for it.")
    return value


if os.environ.get("PARITY_DEMO"):
    raise ImproperlyConfigured("PARITY_DEMO lets anyone sign in as anyone, so the production settings refuse it.")

SECRET_KEY = _required("SECRET_KEY")
ALLOWED_HOSTS = [host.strip() for host in _required("ALLOWED_HOSTS").split(",") if host.strip()]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host != "*"]
DATABASES = {"default": from_url(_required("DATABASE_URL"))}
if os.environ.get("DATABASE_REPLICA_URL"):
    DATABASES["replica"] = replica_from_url(os.environ["DATABASE_REPLICA_URL"])
    DATABASE_ROUTERS = ["config.routing.EvidenceFromReplica"]

VAR = Path(os.environ.get("PARITY_VAR") or VAR)
MEDIA_ROOT = VAR / "papers"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"

EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = True
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", f"parity@{ALLOWED_HOSTS[0]}")
PARITY_SECOND_STEP = os.environ.get("PARITY_SECOND_STEP", "1") == "1"
PARITY_ADDRESS = os.environ.get("PARITY_ADDRESS", f"https://{ALLOWED_HOSTS[0]}").rstrip("/")

PARITY_ANCHORS = os.environ.get("PARITY_ANCHORS", "")
PARITY_ANCHOR_KEY = os.environ.get("PARITY_ANCHOR_KEY", "")
PARITY_ANCHOR_MAIL = os.environ.get("PARITY_ANCHOR_MAIL", "")

"""What is the same wherever the project runs. The other modules of this package add where it runs."""

from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[2]
VAR = BASE_DIR / "var"

DEBUG = False
PARITY_DEMO = False  # offers sign-in as a fictional person with one click; only the demo settings turn it on

INSTALLED_APPS = [
    "web",
    "notifications",
    "workflows",
    "permissions",
    "cases",
    "audit",
    "viewflow.workflow",  # without its screens, which would open a way round the engine
    "simple_history",
    "guardian",
    "django_otp",
    "django_otp.plugins.otp_email",
    "django_otp.plugins.otp_totp",
    "django_tasks",
    "django_tasks_db",
    "django.forms",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "web.middleware.PagePolicy",
    "web.middleware.RequestSize",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "web.pages.signin.timing_out.ShortSessions",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "web.middleware.Refusals",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "NAME": "pages",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "web.design_system.environment.environment",
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
    {
        "NAME": "admin",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
CSRF_FAILURE_VIEW = "web.pages.errors.views.page_expired"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

# Signing in. The account's username is the person's e-mail address.
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None  # guardian makes no account for people who are not signed in
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# After the password a code, by e-mail or from an app (IG16).
PARITY_SECOND_STEP = True
OTP_EMAIL_TOKEN_VALIDITY = 10 * 60  # seconds
OTP_EMAIL_SUBJECT = "Your code to sign in"
OTP_EMAIL_BODY_TEMPLATE = (
    "Your code is {{ token }}\n\nIt works for 10 minutes, once. Type it on the page where you are signing in.\n\n"
    "If you are not signing in now, somebody knows your password. Tell your partner coordinator, and give the code to nobody.\n"
)
OTP_TOTP_ISSUER = "Parity"
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds that a link to choose a password works

# Kept in a signed cookie: no table to read on each request. It holds who is signed in, never anything of a case.
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds, whatever one does
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
PARITY_IDLE_MINUTES = 30  # without a page being asked for, or a key pressed where scripts run (IG16)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Papers are read through pages that check sight and record the reading, so no address serves this folder.
MEDIA_ROOT = VAR / "papers"
STATIC_URL = "static/"

# The rule for a paper's size, 25 MB, is a rule of papers; these bound what a form may hold besides its files.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Work outside a request is queued in the database, in the transaction that caused it; another backend is this one setting.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# A message says that something is waiting and links here; it holds nothing of a case.
PARITY_ADDRESS = "http://127.0.0.1:8000"
PARITY_CLOCK = "django.utils.timezone.now"  # no act is dated later than this says (R16)
EMAIL_TIMEOUT = 30  # seconds to wait for the mail server

# Anchors: how far every chain of the ledger has got, written once a day to be kept somewhere else (docs/how-to/prove-a-record.md).
PARITY_ANCHORS = ""  # the folder they go into, best on another machine; none are written without one
PARITY_ANCHOR_KEY = ""  # the file of the private key that signs them: manage.py anchor --new-key FILE
PARITY_ANCHOR_MAIL = ""  # the address to which each is sent as well

SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
SIMPLE_HISTORY_DATE_INDEX = False  # audit.history adds the one index that its readers use
SIMPLE_HISTORY_REVERT_DISABLED = True

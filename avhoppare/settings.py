"""One settings file; the environment decides. Every variable is named in the schema below.

What differs from Django's default has its reason beside it.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env(
    DEBUG=(bool, False),
    SECRET_KEY=(str, ""),
    DATABASE_URL=(str, ""),
    DATA_DIR=(str, str(BASE_DIR / "var")),
    STATIC_ROOT=(str, ""),
    PUBLIC_URL=(str, "http://127.0.0.1:8000"),
    ALLOWED_HOSTS=(list, []),
    RESPONSIBLE_ORGANISATION=(str, ""),
    SECURITY_CONTACT=(str, ""),
    EMAIL_URL=(str, "consolemail://"),
    DEFAULT_FROM_EMAIL=(str, ""),
    EDITION_POLL_SECONDS=(float, 0.5),
    DATABASE_PATIENCE=(float, 0),
    METRICS_TOKEN=(str, ""),
    QUICK_EXIT_URL=(str, "https://www.smhi.se/"),
    LINK_CHECKS=(bool, True),
    LINKS_MAY_REACH=(list, []),
    ACCESS_LOG=(str, ""),
    PROXIES=(int, 0),
)

DATA_DIR = Path(env("DATA_DIR"))
try:
    DATA_DIR.mkdir(parents=True, exist_ok=True)
except OSError as error:
    raise ImproperlyConfigured(
        f"Mappen {DATA_DIR} går inte att skapa eller skriva i ({error.strerror}). "
        "Sätt DATA_DIR till en mapp som webbplatsen får skriva i."
    ) from error


def _secret_key() -> str:
    """The key from the environment, else one made once and kept with the data."""
    if env("SECRET_KEY"):
        return env("SECRET_KEY")
    path = DATA_DIR / "secret_key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"Filen {path} går inte att skriva ({error.strerror}). "
            "Sätt DATA_DIR till en mapp som webbplatsen får skriva i, eller sätt SECRET_KEY."
        ) from error
    with os.fdopen(handle, "w") as file:
        key = secrets.token_urlsafe(50)
        file.write(key)
    return key


DEBUG = env("DEBUG")
SECRET_KEY = _secret_key()
SECRET_KEY_GIVEN = bool(env("SECRET_KEY"))

PUBLIC_URL = env("PUBLIC_URL").rstrip("/")
_public = urlsplit(PUBLIC_URL)
ALLOWED_HOSTS = env("ALLOWED_HOSTS") or sorted({_public.hostname or "", "127.0.0.1", "localhost"} - {""})
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "avhoppare.apps.StaffDoorConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "guides",
]

MIDDLEWARE = [
    "avhoppare.headers.closed",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Before everything that knows a visitor: a public page never reaches sessions or users.
    "guides.public.middleware.public_door",
    "guides.admin.door.staff_door",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "guides.admin.fresh.FreshCode",
]

ROOT_URLCONF = "avhoppare.urls"
ASGI_APPLICATION = "avhoppare.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
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

# Widgets of forms from our own templates too, where Django's lack something.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# The static copy (manage.py export_site): the same templates, but for those that need a server.
TEMPLATES.append(
    TEMPLATES[0] | {"NAME": "static_site", "DIRS": [BASE_DIR / "templates" / "static_site", BASE_DIR / "templates"]}
)

DATABASES = {"default": env.db_url_config(env("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'avhoppare.sqlite3'}")}
_database = DATABASES["default"]
# A connection per request costs more than the page (1.2 ms on SQLite, 2.5 times on PostgreSQL).
_database["CONN_MAX_AGE"] = None
_database["CONN_HEALTH_CHECKS"] = True
if _database["ENGINE"].endswith("sqlite3"):
    _database["ENGINE"] = "avhoppare.sqlite"
    _database.setdefault("OPTIONS", {}).update(
        timeout=10,
        # Take the write lock at once: two editors wait for each other instead of failing half-way.
        transaction_mode="IMMEDIATE",
        # No mmap_size: it saves nothing that can be measured here, and a mapped file that is cut short ends the process.
        init_command="PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;",
    )
else:
    _database["ENGINE"] = "avhoppare.postgresql"
    # An edition waits at most two seconds for a sick server, then the last one goes on serving.
    _database.setdefault("OPTIONS", {}).setdefault("connect_timeout", 2)

# How many seconds one waits for PostgreSQL's answer; 0: for ever, and SQLite may make its file. `up` sets it for what it serves.
DATABASE_PATIENCE = env("DATABASE_PATIENCE")

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# The name that an app shows beside the codes.
OTP_TOTP_ISSUER = "Avhoppare"
# A code is good for its half minute and the ones before and after, however the phone's clock drifts.
OTP_TOTP_SYNC = False
# One-time codes cannot be guessed, and a lost phone's owner must never be kept waiting by who guesses at the phone.
OTP_STATIC_THROTTLE_FACTOR = 0
# How many proxies in front write X-Forwarded-For: who guesses passwords is slowed down by address (guides/admin/throttle.py).
PROXIES = env("PROXIES")

LANGUAGE_CODE = "sv"
LOCALE_PATHS = [BASE_DIR / "avhoppare" / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT") or DATA_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Names by content: a page and its script can be kept for ever and never disagree.
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Tests and a first start read static files before they are collected.
WHITENOISE_MANIFEST_STRICT = False
WHITENOISE_USE_FINDERS = DEBUG
# Our scripts and pictures are for our pages.
WHITENOISE_ALLOW_ALL_ORIGINS = False

globals().update(env.email_url_config(env("EMAIL_URL")))
# A mail server that hangs must not hang the one who writes to it.
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL") or "webmaster@localhost"

# Cookies exist for the staff alone, and are sent to no public page.
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "s", "c"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# Django's cookie for messages knows no path and would follow the editor to the public pages.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# A form that is older than the login keeps what was typed.
CSRF_FAILURE_VIEW = "guides.admin.kept.csrf_failure"
X_FRAME_OPTIONS = "DENY"
# The public door sets no-referrer itself; under /admin/ Django needs the origin to accept a form.
SECURE_REFERRER_POLICY = "same-origin"
if _public.scheme == "https":
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    # Browsers refuse a cookie of this name that did not come by https; __Host- would want every path.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Secure-s", "__Secure-c"

CONTENT_DIR = BASE_DIR / "content"
# Who answers for the site; empty reads "Ingen myndighet står bakom webbplatsen än".
RESPONSIBLE_ORGANISATION = env("RESPONSIBLE_ORGANISATION")
# Whom to tell of a hole (/.well-known/security.txt): a mail address, or an address that begins with https:.
SECURITY_CONTACT = env("SECURITY_CONTACT").strip()
# Where "Lämna sidan snabbt" leads: something that anybody reads, never a search engine or a page that greets its user.
QUICK_EXIT_URL = env("QUICK_EXIT_URL")
# Whether `tick` asks the pages that the texts lead to; off, the site makes no request of its own.
LINK_CHECKS = env("LINK_CHECKS")
# Networks that may be asked although they are private: for tests, whose pages stand on this machine.
LINKS_MAY_REACH = env("LINKS_MAY_REACH")
# How often a process looks for a newer edition; 0 looks at every request (tests).
EDITION_POLL_SECONDS = env("EDITION_POLL_SECONDS")
# The file for one line a request: when, what, how long; never who. Empty writes none.
ACCESS_LOG = env("ACCESS_LOG")
# Who may read /halsa/matt; without a token nobody can, and the page does not exist.
METRICS_TOKEN = env("METRICS_TOKEN")

# Request lines would tell who read what, so only our own warnings and errors are written. Of a fault in a page
# Django would mail the whole request; here it is told where in the code it happened, and no more.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"fault": {"()": "avhoppare.faults.FaultFormatter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler"},
        "faults": {"class": "logging.StreamHandler", "formatter": "fault"},
    },
    "loggers": {
        **({} if DEBUG else {"django": {"handlers": ["faults"], "level": "ERROR", "propagate": False}}),
        "django.server": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "guides": {"handlers": ["console"], "level": "INFO"},
    },
}

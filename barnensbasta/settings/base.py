"""What holds everywhere. Whatever differs between machines comes from the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from environs import Env

from barnensbasta.logs import logging_config
from barnensbasta.schedule import BEAT_SCHEDULE

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = Env()

# --- What is installed ----------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "guardian",
    # The "Simple" configurations leave TEMPLATES alone; the automatic ones undo each other.
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "csp",
    "django_structlog",
    # Ours, from the ground up.
    "kit",
    "access",
    "audit",
    "notices",
    "people",
    "agencies",
    "consent",
    "cases",
    "plans",
    "steering",
    "reviews",
    "web.public",
    "web.desk",
    "web.family",
    "web.steering",
    "web.administration",
    "barnensbasta",
]

MIDDLEWARE = [
    "web.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # These two only look at views and exceptions, so they act within the actor's transaction.
    "web.door.DoorMiddleware",
    "web.errors.ErrorsMiddleware",
    # Who acts: opens the outer transaction and sets the database's context. Last, so that
    # nothing runs between it and the view.
    "access.middleware.ActorMiddleware",
]

ROOT_URLCONF = "barnensbasta.urls"
WSGI_APPLICATION = "barnensbasta.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Database: one PostgreSQL, three roles --------------------------------------------------


def database(variable: str, **options: Any) -> dict[str, Any]:
    """The connection that a variable names, as the role that the variable names."""
    # A default that reaches nothing: tools that only import the settings need no database.
    url = env.str(variable, "postgres://nobody@%2Fnonexistent/barnensbasta")
    with_url: dict[str, Any] = Env().dj_db_url(variable, url)
    with_url["OPTIONS"] = {**with_url.get("OPTIONS", {}), "connect_timeout": 5, **options}
    return with_url


DATABASES: dict[str, dict[str, Any]] = {
    # Web, worker and beat: sees what row-level security lets the actor see.
    "default": {
        # Values are sent beside the statement, never in it: what somebody wrote, and who acts, stands
        # neither in pg_stat_activity nor in the server's log.
        # A statement that was asked five times is read and planned once for as long as the connection lasts,
        # which is a fifth of a page's time (`make bench`).
        **database("DATABASE_URL", server_side_binding=True, prepare_threshold=5),
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    },
    # `migrate --database migrator` and `apply_policies`: acts as the tables' owner.
    "migrator": database("MIGRATOR_DATABASE_URL", assume_role="barnensbasta_owner"),
    # Demo and bulk import.
    "loader": database("LOADER_DATABASE_URL"),
}

# What seals who acts on the way to the database (access/ticket.py); without it, SECRET_KEY does. Web,
# worker, beat and the job that migrates must have the same.
ACTOR_KEY = env.str("ACTOR_KEY", "")
ACTOR_KEY_FALLBACKS: list[str] = env.list("ACTOR_KEY_FALLBACKS", [])

# --- People ---------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Account"
# guardian's own backend would answer has_perm from its rows and know no unit; access/ decides.
AUTHENTICATION_BACKENDS = ["people.signing_in.PasswordBackend"]
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # its backend is left out on purpose
ANONYMOUS_USER_NAME = None  # guardian makes no account for the unknown
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_MONKEY_PATCH_GROUP = False
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/logga-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
SESSION_ENGINE = "access.sessions"
SESSION_COOKIE_AGE = 60 * 30  # without a request; families
SESSION_STAFF_AGE = 60 * 20  # who works with children, or administers
SESSION_SHARED_AGE = 60 * 5  # who works at a computer that several use
SESSION_LONGEST = 60 * 60 * 10  # whatever is done: a working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# How many proxies of our own stand before us and write X-Forwarded-For.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
CSRF_COOKIE_SAMESITE = "Lax"
# No script reads it: the token stands in each form.
CSRF_COOKIE_HTTPONLY = True

# --- Language and time ----------------------------------------------------------------------

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

# --- Templates ------------------------------------------------------------------------------

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            # By hand: under the packages' automatic set-up one of them fails silently.
            # Partials outermost, then the cache, then cotton before the ordinary loaders.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "web.context.actor",
            ],
        },
    }
]
COTTON_SNAKE_CASED_NAMES = False  # <c-status-pill> is cotton/status-pill.html

# --- Static files ---------------------------------------------------------------------------

NODE_MODULES = BASE_DIR / "node_modules"
STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", BASE_DIR / "staticfiles")
# Only the needed folders of each package, never all of node_modules.
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("ds", NODE_MODULES / "@digdir/designsystemet-css/dist"),
    ("htmx", NODE_MODULES / "htmx.org/dist"),
    ("font/noto", NODE_MODULES / "@fontsource-variable/noto-sans"),
    ("font/noto-arabic", NODE_MODULES / "@fontsource-variable/noto-sans-arabic"),
    ("font/noto-ethiopic", NODE_MODULES / "@fontsource/noto-sans-ethiopic"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- What a browser may do ------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # data: for the design system's mask icons
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
# Nobody uploads; a form is text.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- Mail -----------------------------------------------------------------------------------

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.str("EMAIL_HOST", "localhost")
EMAIL_PORT = env.int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "noreply@barnensbasta.example")
# The only address that a mail holds: where one signs in.
# Where each day's last digest of the audit is kept outside the database (audit/chain.py).
AUDIT_ANCHORS = env.path("AUDIT_ANCHORS", BASE_DIR / "var/audit-anchors.jsonl")
SERVICE_URL = env.str("SERVICE_URL", "https://barnensbasta.example/")

# --- Background work ------------------------------------------------------------------------

REDIS_URL = env.str("REDIS_URL", "unix:///nonexistent/redis.sock?db=0")
# Celery has its own name for a socket.
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # Redis comes back when it comes back
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# No task outlives its visibility, so that Redis never hands out one that still runs.
CELERY_TASK_SOFT_TIME_LIMIT = 45
CELERY_TASK_TIME_LIMIT = 50
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 60,
    "socket_timeout": 5,
    "socket_connect_timeout": 5,
}
CELERY_BEAT_SCHEDULE = BEAT_SCHEDULE

# --- Logs: ids only -------------------------------------------------------------------------

LOGGING = logging_config(json=True)
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
# Its look at request.user would read the session outside the actor's transaction.
DJANGO_STRUCTLOG_USER_ID_FIELD = ""
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = 20  # logging.INFO: a stranger's 404 is no warning

# --- Demo -----------------------------------------------------------------------------------

# True only in settings.demo and settings.test: personas, demo numbers, the demo's password.
DEMO = False
# Published test personnummer are taken as real ones only where nobody is real.
ALLOW_TEST_NUMBERS = False

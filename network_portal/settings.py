"""Settings. Every value comes from the environment (`.env.example` lists them); none is needed.

Without settings the portal runs embedded: SQLite, a folder as broker, mail to the outbox.
"""

from datetime import timedelta
from typing import Any

from network_portal import environment as env
from network_portal import secret_key
from network_portal.environment import BASE_DIR, BadSetting

DATA_DIR = env.folder("PORTAL_DATA", BASE_DIR / "var")

DEBUG = env.flag("DEBUG")
DEMO = env.flag("DEMO")
DEMO_PASSWORD = env.text("DEMO_PASSWORD")

# --- Addresses and keys ------------------------------------------------------------------

#: The portal is served over HTTPS (by a proxy in front of it): production in one word.
HTTPS = env.flag("HTTPS")
BEHIND_PROXY = env.flag("BEHIND_PROXY", HTTPS)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS")

SECRET_KEY = env.text("SECRET_KEY")
if SECRET_KEY and len(SECRET_KEY) < secret_key.LEAST_LENGTH:
    raise BadSetting("SECRET_KEY", f"нужно не меньше {secret_key.LEAST_LENGTH} знаков.")
if HTTPS and not SECRET_KEY:
    raise BadSetting("SECRET_KEY", "нужна при HTTPS=1; как её получить, сказано в .env.example.")
SECRET_KEY = SECRET_KEY or secret_key.stored(DATA_DIR) or secret_key.one_off()
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS", [])

# --- What the portal consists of ---------------------------------------------------------

INSTALLED_APPS = [
    "network_portal.service_app.ServiceConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "crispy_forms",
    "csp",
    "django_htmx",
    "template_partials",
    "common",
    "accounts",
    "schools",
    "partnerships",
    "roadmaps",
    "indicators",
    "reports",
    "network_portal",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "network_portal.headers.PrivatePages",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "network_portal.headers.CompressPages",
    "network_portal.maintenance.Maintenance",
    # Above everything that could write.
    "network_portal.readonly.ReadOnlyGet",
    "network_portal.session_cookie.SoundSession",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "schools.middleware.CurrentMunicipality",
    # Last, as its documentation asks: it turns a locked sign-in into the page that says so.
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "network_portal.urls"
WSGI_APPLICATION = "network_portal.wsgi.application"
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
                "network_portal.context.frame",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("portal",)
CRISPY_TEMPLATE_PACK = "portal"

# --- Database ----------------------------------------------------------------------------

#: Measured with three writers: 8,639 commits and no error, against 2,361 commits and
#: 718 «database is locked» with Django's defaults.
SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA_DIR / "portal.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
            "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728; PRAGMA cache_size=2000"
        ),
    },
}
POSTGRESQL: dict[str, Any] = {
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
}
_database = env.database("DATABASE_URL")
if _database is not None:
    _database = {**_database, **POSTGRESQL}
    _database["OPTIONS"] = {"connect_timeout": 5, **_database.get("OPTIONS", {})}
DATABASES: dict[str, dict[str, Any]] = {"default": _database or SQLITE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People and sign-in ------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:sign-in"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = timedelta(days=1).total_seconds()

# Counted by the pair: a whole school shares one address, and a stranger elsewhere must not
# be able to lock a person out.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "accounts.views.sign_in.locked"
AXES_USERNAME_CALLABLE = "network_portal.sign_in_guard.attempted_name"
AXES_CLIENT_IP_CALLABLE = "network_portal.sign_in_guard.client_address"
AXES_VERBOSE = False
# What a failed sign-in carries along is somebody's unfinished form: it is not kept.
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "csrfmiddlewaretoken", "carried"]

SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# --- Language ----------------------------------------------------------------------------

LANGUAGE_CODE = "ru"
TIME_ZONE = env.time_zone("TIME_ZONE", "Asia/Yekaterinburg")
USE_I18N = True
USE_TZ = True

# --- Files -------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
# The second folder is made by `build_assets`: screen fonts cut to our alphabet.
STATICFILES_DIRS = [BASE_DIR / "static", DATA_DIR / "assets"]
MEDIA_ROOT = DATA_DIR / "media"
STORAGES: dict[str, dict[str, Any]] = {
    "default": env.media_storage(),
    "staticfiles": {"BACKEND": "network_portal.storage.PortalStaticFiles"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "network_portal.uploads.BoundedUpload",
]
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# --- Mail --------------------------------------------------------------------------------

_mail = env.mail_server("EMAIL_URL")
EMAIL_BACKEND = _mail.get("EMAIL_BACKEND", "network_portal.mail.OutboxBackend")
EMAIL_HOST = _mail.get("EMAIL_HOST", "")
EMAIL_PORT = _mail.get("EMAIL_PORT", 0)
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
OUTBOX_DIR = DATA_DIR / "outbox"
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "portal@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Jobs, shared memory of processes ----------------------------------------------------

REDIS_URL = env.redis("REDIS_URL")
QUEUE_DIR = DATA_DIR / "queue"
#: The one worker of an embedded run carries the clock too; elsewhere beat is a process.
BEAT_IN_WORKER = env.flag("BEAT_IN_WORKER")

CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "portal",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache",
    }
}

CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    {
        "global_keyprefix": "portal:",
        "socket_connect_timeout": 1,
        "socket_timeout": 3,
        # One more try at once: by default a page waits two seconds for a broker that is down.
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0.1,
        "interval_max": 0.1,
    }
    if REDIS_URL
    else {
        # One folder: what is put in is what is taken out.
        "data_folder_in": str(QUEUE_DIR),
        "data_folder_out": str(QUEUE_DIR),
        "control_folder": str(QUEUE_DIR / "control"),
        "store_processed": False,
        # 72 ms until a job starts, against 972 ms by default.
        "polling_interval": 0.2,
    }
)
CELERY_TASK_DEFAULT_QUEUE = "portal"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = False
CELERY_TASK_ALWAYS_EAGER = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_ENABLE_REMOTE_CONTROL = bool(REDIS_URL)
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_TIMEZONE = TIME_ZONE
# A page must not hang because the broker is down: the row is the truth and is sent again.
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_PUBLISH_RETRY = False
# Written after each sending: a killed clock must not repeat a daily task.
CELERY_BEAT_SYNC_EVERY = 1
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
#: Tasks that give back what a dead worker held, one for each kind of job.
RECOVER_TASKS = ["reports.recover", "schools.recover", "partnerships.recover"]
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    name: {
        "task": name,
        "schedule": timedelta(seconds=30),
        # Behind a long job the calls would pile up; the next one does all the work.
        "options": {"expires": 25},
    }
    for name in RECOVER_TASKS
}
# Several times a day: a portal that is switched on for an hour must do it too.
CELERY_BEAT_SCHEDULE["partnerships.tell_of_renewals"] = {
    "task": "partnerships.tell_of_renewals",
    "schedule": timedelta(hours=2),
    "options": {"expires": 3600},
}

# --- Security headers --------------------------------------------------------------------

_SELF = ["'self'"]
_NONE = ["'none'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": _NONE,
        "script-src": _SELF,
        "style-src": _SELF,
        "img-src": _SELF,
        "font-src": _SELF,
        "connect-src": _SELF,
        "form-action": _SELF,
        "frame-ancestors": _NONE,
        "base-uri": _NONE,
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
# A probe inside the machine speaks plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = (
    env.number("HSTS_SECONDS", 365 * 24 * 3600, least=0, most=63072000) if HTTPS else 0
)
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# Preloading binds the whole domain for years: its owner's decision, not the portal's.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Log: plain lines to stderr, quiet when all is well ----------------------------------

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Django's own handlers would print everything twice.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # Every 404 is a warning there.
        "django.request": {"level": "ERROR"},
        # Scanners that try other host names.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        # Fonts and stylesheets: hundreds of lines about nothing.
        "fontTools": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
        "weasyprint.progress": {"level": "INFO", "handlers": [], "propagate": False},
        **{
            name: {"level": env.choice("LOG_LEVEL", "INFO", {"DEBUG", "INFO", "WARNING"})}
            for name in (
                "accounts",
                "common",
                "indicators",
                "network_portal",
                "partnerships",
                "reports",
                "roadmaps",
                "schools",
            )
        },
    },
}

"""Django's settings, all derived from `Config`; there is one file for every place it runs."""

import os

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from nearer.config import LOCAL_HOSTS
from nearer.database import database, folders
from nearer.hostkey import NOTICES, load_or_make
from nearer.practices import installed
from nearer.saved import config_from
from nearer.vault.keys import host_subkey

CONFIG = config_from(os.environ)
HOST_KEY = load_or_make(CONFIG.data)
# Opens where people want to be called, and nothing else: see docs/threat-model.md.
NOTICES_KEY = load_or_make(CONFIG.data, NOTICES)

DEBUG = False
SECRET_KEY = host_subkey(HOST_KEY, "django").hex()
ALLOWED_HOSTS = sorted({CONFIG.host, *LOCAL_HOSTS})
CSRF_TRUSTED_ORIGINS = [CONFIG.url]
ROOT_URLCONF = "nearer.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "nearer.web",
    "nearer.vault",
    "nearer.backups",
    "nearer.live",
    "nearer.content",
    "nearer.accounts",
    "nearer.notices",
    "nearer.bonds",
    "nearer.files",
    "nearer.records",
    "nearer.plans",
    "nearer.pulse",
    "nearer.calendars",
    "nearer.keepsakes",
    "nearer.rhythm",  # what leads through the week comes before what could be next
    "nearer.sittings",
    "nearer.home",
    "nearer.library",
    "nearer.closeness",
    "nearer.study",
    "nearer.leaving",
    "nearer.operating",
    "nearer.firstrun",
    "nearer.server",
    "nearer.parts",
    *installed(),
]

MIDDLEWARE = [
    "nearer.web.middleware.SecurityHeaders",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "nearer.web.storage.StaticFilesMiddleware",
    "nearer.web.standing.StandingMiddleware",
    "nearer.web.no_room.NoRoomMiddleware",
    "nearer.web.middleware.SameForEverybody",
    "nearer.moved.MovedMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "nearer.accounts.sessions.whose.WhoseMiddleware",
    "nearer.vault.damage.DamageMiddleware",
    "nearer.accounts.sessions.quick_exit.QuickExitMiddleware",
    "nearer.accounts.slowing.known.KnownBrowserMiddleware",
    "nearer.accounts.sessions.drafts.DraftsMiddleware",
    "nearer.vault.middleware.VaultMiddleware",
    "nearer.bonds.visit.VisitMiddleware",
    "nearer.web.zones.ZoneMiddleware",
    "nearer.sittings.one_phone.way_out.TogetherMiddleware",
    "nearer.accounts.sessions.ended.DoorMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "nearer.bonds.look.look",
                "nearer.accounts.sessions.drafts.drafts",
            ],
        },
    }
]

# The records and the key store have different lives: see docs/crypto.md.
DATABASES = {
    "default": database(CONFIG.database_url, journal="WAL"),
    "keys": database(CONFIG.keys_database_url, journal="DELETE"),
}
# Where a disk can run full, or be one that can only be read.
DISKS = folders(CONFIG.database_url, CONFIG.keys_database_url)
DATABASE_ROUTERS = ["nearer.vault.router.KeyStoreRouter"]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["nearer.accounts.backend.SessionOnlyBackend"]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

# Over TLS the cookies carry the __Host- prefix. Plain http is for this machine only, where browsers
# other than Chromium refuse Secure cookies.
SECURE = CONFIG.is_https
SESSION_ENGINE = "nearer.vault.sessions"
SESSION_COOKIE_NAME = "__Host-s" if SECURE else "s"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_ABSOLUTE_AGE = 90 * 24 * 3600
CSRF_COOKIE_NAME = "__Host-c" if SECURE else "c"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "nearer.accounts.sessions.ended.stale"
DEVICE_COOKIE_NAME = "__Host-d" if SECURE else "d"
# Set by quick exit alone, and gone with the next answer: see nearer/accounts/sessions/quick_exit.py.
EXIT_COOKIE_NAME = "__Host-x" if SECURE else "x"
SENT_COOKIE_NAME = "__Host-sent" if SECURE else "sent"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 63_072_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = CONFIG.hsts in {"subdomains", "preload"}
SECURE_HSTS_PRELOAD = CONFIG.hsts == "preload"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "media-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
    "require-trusted-types-for": ["'script'"],
    "trusted-types": ["nearer", "nearer-worker"],
}

# Bodies stay in memory: Django's other upload handlers write them to the disk in clear.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
BODY_LIMIT = 4 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = BODY_LIMIT
# Where a photo or a voice note is taken, the largest one and its form fit.
UPLOAD_LIMIT = FILE_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

STATIC_URL = "/static/"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "nearer.web.sheets.SheetFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "nearer.web.storage.StaticFilesInMemory",
        "OPTIONS": {"base_url": STATIC_URL},
    },
}

# Notices alone: see nearer/notices/queue.py.
TASKS = {"default": {"BACKEND": "nearer.notices.queue.Queue"}}
MAILERS = CONFIG.mailers

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

LIVE_GATE = "nearer.sittings.run.access.may_watch"
# Walks over a backup that is tried, and yields what of it cannot open.
BACKUP_WALK = "nearer.server.unopened.walk"

# Ids and counts only: no bodies, no addresses, no names. Tracebacks name code, never values.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "nearer.web.logs.Plain",
            "format": "{asctime} {levelname} {name} {request_id} {message}",
            "datefmt": "%Y-%m-%dT%H:%M:%SZ",
            "style": "{",
        },
        "json": {"()": "nearer.web.logs.Structured", "datefmt": "%Y-%m-%dT%H:%M:%SZ"},
    },
    "filters": {"discreet": {"()": "nearer.web.logs.Discreet"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": CONFIG.log, "filters": ["discreet"]}
    },
    # The house says it in its own words, with what to do: see `nearer.web.views.bad_request`.
    "loggers": {
        "django.security.DisallowedHost": {"handlers": ["stderr"], "level": "CRITICAL", "propagate": False}
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

"""Settings, all from the environment. docs/operations.md lists every variable and its production value."""

import sys
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from iesogi.site.broker import BrokerFile

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

# --- Mode ---------------------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("DEMO", False)
HTTPS = env.bool("HTTPS", not DEBUG)
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()

# --- Secrets ------------------------------------------------------------------------------------

PLACEHOLDER_SECRET = "change-me"  # noqa: S105, the very value that is refused
SECRET_KEY = env("SECRET_KEY", default="")
if not DEBUG and (not SECRET_KEY or SECRET_KEY.startswith(PLACEHOLDER_SECRET)):
    raise ImproperlyConfigured(
        "SECRET_KEY is missing or still the example value, so sessions could be forged. "
        "Set SECRET_KEY in the environment or in .env to at least 50 random characters; "
        "`make setup` writes such an .env for you."
    )
SECRET_KEY = SECRET_KEY or PLACEHOLDER_SECRET
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# --- Applications -------------------------------------------------------------------------------

INSTALLED_APPS = [
    "iesogi.site.apps.SiteConfig",
    "iesogi.site.apps.PortalAdminConfig",
    "iesogi.accounts",
    "iesogi.audit",
    "iesogi.reference",
    "iesogi.outbox",
    "iesogi.deadlines",
    "iesogi.documents",
    "iesogi.vault",
    "iesogi.safety",
    "iesogi.programme",
    "reports",
    "visits",
    "communications",
    "dissemination",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "iesogi.site.middleware.NulByteMiddleware",
    "iesogi.site.middleware.UnstorableNumberMiddleware",
    "django.middleware.common.CommonMiddleware",
    "iesogi.site.csrf.CsrfMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "iesogi.accounts.middleware.SecondFactorMiddleware",
    "communications.middleware.CommunicationsGate",
    "django.contrib.messages.middleware.MessageMiddleware",
]

ROOT_URLCONF = "iesogi.urls"
WSGI_APPLICATION = "iesogi.wsgi.application"

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
                "iesogi.site.context_processors.portal",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Database -----------------------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'iesogi.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # A write takes its lock at once; without this a race ends in "database is locked".
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
    }
    # In a file, so that threads and worker processes of a test meet in the same database.
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache_url("CACHE_URL", default=f"filecache://{VAR_DIR / 'cache'}")}

# --- Celery: rows are the truth, the broker is a wake-up (docs/adr/0003) -------------------------

CELERY_BROKER_URL = env("CELERY_BROKER_URL", default=f"sqla+sqlite:///{VAR_DIR / 'broker.sqlite3'}")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# No retries inside a request: the row is there, and the next tick finds it (kombu would wait for seconds).
CELERY_BROKER_TRANSPORT_OPTIONS = {"max_retries": 0} | (
    {"connect_args": {"timeout": 30, "factory": BrokerFile}}
    if CELERY_BROKER_URL.startswith("sqla")
    else {"socket_connect_timeout": 3, "socket_timeout": 15}
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_PUBLISH_RETRY = False
# A wake-up that waits behind a long job while another worker is idle helps nobody. A file as broker is asked once a
# second, so there a worker takes a few at a time.
CELERY_WORKER_PREFETCH_MULTIPLIER = 4 if CELERY_BROKER_URL.startswith("sqla") else 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {"tick": {"task": "iesogi.tick", "schedule": crontab(minute="*"), "options": {"expires": 55}}}
# A claim older than this belongs to a worker that has not been heard of since.
CLAIM_SECONDS = env.int("CLAIM_SECONDS", 300)

# --- Mail ---------------------------------------------------------------------------------------

vars().update(env.email_url("EMAIL_URL", default=f"filemail:///{VAR_DIR / 'mail'}"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="IE SOGI portal <portal@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# How long a mail waits after its first attempt in vain; after each one more it waits twice as long.
MAIL_PAUSE_SECONDS = env.int("MAIL_PAUSE_SECONDS", 60)
# How many workers may send one mailing at once, each over a connection of its own.
MAILING_LANES = env.int("MAILING_LANES", 2)
# Gets the reminders of deadlines that have no owner.
DESK_EMAIL = env("DESK_EMAIL", default="desk@localhost.localdomain")
# Links in mails need an address that no request carries.
PORTAL_URL = env("PORTAL_URL", default="http://127.0.0.1:8000")

# --- Files --------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Beside what is compressed by nature: the fonts of the PDFs, which no browser asks for and which take longest.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["gif", "ico", "jpg", "png", "ttf", "webp", "woff", "woff2"]
STORAGE_URL = env("STORAGE_URL", default=f"file://{VAR_DIR / 'files'}")


def storage_from(url):
    """file:///srv/files, or s3://key:secret@host/bucket?region=eu-central-1 for any S3-compatible store."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": unquote(parts.path), "base_url": None},
        }
    bucket = parts.path.strip("/")
    if parts.scheme != "s3" or not (parts.hostname and bucket):
        raise ImproperlyConfigured(
            "STORAGE_URL must be file:///absolute/folder or s3://key:secret@host/bucket?region=name; "
            f"its scheme is “{parts.scheme}”. Correct STORAGE_URL in the environment or in .env."
        )
    options = dict(parse_qsl(parts.query))
    port = f":{parts.port}" if parts.port else ""
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "access_key": unquote(parts.username or ""),
            "secret_key": unquote(parts.password or ""),
            "endpoint_url": f"{options.get('scheme', 'https')}://{parts.hostname}{port}",
            "bucket_name": bucket,
            "region_name": options.get("region"),
            "addressing_style": options.get("addressing", "path"),
            # Files leave through a view that asks for permission, never by an address of the store.
            "default_acl": "private",
            "file_overwrite": False,
        },
    }


STORAGES = {
    "default": storage_from(STORAGE_URL),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600

# --- Uploads: sealed while they arrive, on every page (docs/security.md) -------------------------

FILE_UPLOAD_HANDLERS = ["iesogi.vault.uploads.SealedUploadHandler"]
UPLOAD_FILE_BYTES = env.int("UPLOAD_FILE_BYTES", 50 * 1024**2)
UPLOAD_FILES = env.int("UPLOAD_FILES", 10)
UPLOAD_TOTAL_BYTES = env.int("UPLOAD_TOTAL_BYTES", 200 * 1024**2)
# Of everything that is no file.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024**2
# Seconds in which all files of one request are cleaned; what is not done by then counts as "could not be cleaned".
CLEANING_SECONDS = env.int("CLEANING_SECONDS", 60)
# The largest redacted letter or reply that is taken in as a PDF for the public.
RENDITION_BYTES = env.int("RENDITION_BYTES", 20 * 1024**2)
# tcp://host:3310 or unix:///run/clamav/clamd.ctl; empty for no scanner. Findings are flagged, never refused.
CLAMAV_URL = env("CLAMAV_URL", default="")

# --- Accounts -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
ACCOUNT_ADAPTER = "iesogi.site.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A mail to whoever's address was typed in would tell them, and those who read along, of this portal.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# Administrators enter addresses, so allauth's own check would only keep people from their second factor.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "IE SOGI portal"

# --- Languages and time -------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("fr", _("French")),
    ("es", _("Spanish")),
    ("ar", _("Arabic")),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["iesogi.formats"]
USE_I18N = True
USE_TZ = True
# Due dates are dates in Geneva (docs/adr/0002); instants are stored in UTC.
TIME_ZONE = "Europe/Zurich"

# --- Security -----------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Browsers then post with "Origin: null", which iesogi.site.csrf understands.
SECURE_REFERRER_POLICY = "no-referrer"
# Gone with the browser: a cookie of a year on the phone of a source would say that they were here.
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "iesogi.site.views.csrf_failure"
SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
PERMISSIONS_POLICY = {
    name: []
    for name in ("camera", "geolocation", "microphone", "payment", "usb", "display-capture", "browsing-topics")
}

# --- Letters ------------------------------------------------------------------------------------

# Days in which a reply is asked for, by type of letter; "" is a letter whose type is not recorded (domain rule R9).
REPLY_DAYS = {kind: env.int(f"REPLY_DAYS_{kind}", env.int("REPLY_DAYS", 60)) for kind in ("UA", "AL", "OL")}
REPLY_DAYS[""] = env.int("REPLY_DAYS", 60)
# Days after an urgent appeal was sent, on which the desk asks for first steps of protection (domain.md 1.5).
URGENT_CHECK_DAYS = env.int("URGENT_CHECK_DAYS", 14)
# Days after a reprisal was flagged, until it is looked at again.
REPRISAL_LOOK_DAYS = env.int("REPRISAL_LOOK_DAYS", 7)
# First month of the twelve that the Secretary-General's report on reprisals looks at, from the year before it on.
# 1 May to 30 April by late practice, which is unconfirmed (domain.md section 6).
SG_REPORT_FROM_MONTH = env.int("SG_REPORT_FROM_MONTH", 5)
# From so many days after the reply was due on, a letter counts as long overdue.
LONG_OVERDUE_DAYS = env.int("LONG_OVERDUE_DAYS", 60)
# Days in which a reply that came is read and classified.
REPLY_READ_DAYS = env.int("REPLY_READ_DAYS", 7)
# Reports of all mandates to the Council: month of the session, first and last month of sending (domain.md 1.9, R10).
REPORT_WINDOWS = env.json("REPORT_WINDOWS", [[3, 6, 11], [6, 12, 2], [9, 3, 5]])
# Months after the end of a window in which replies still go into the same report.
REPLY_CUTOFF_MONTHS = env.int("REPLY_CUTOFF_MONTHS", 2)
# Hours after sending from which a letter of a type may be public before its report: comments on bills and laws
# (domain.md 1.5; unconfirmed). A type that is not named waits for its report.
EARLY_PUBLICATION_HOURS = env.json("EARLY_PUBLICATION_HOURS", {"OL": 48})

# --- Sealed cases -------------------------------------------------------------------------------

# Days after the week it came in, within which somebody begins to read a report; and an urgent one.
CASE_REVIEW_DAYS = (env.int("CASE_REVIEW_DAYS", 14), env.int("CASE_REVIEW_DAYS_URGENT", 2))

# Ids of findings that this installation has looked at and accepts.
# W003 looks for Django's own CSRF middleware by its name; iesogi.site.csrf holds a subclass of it.
SILENCED_SYSTEM_CHECKS = ["security.W003", *env.list("SILENCED_CHECKS", default=[])]

# --- Vault: keys and sealing (docs/security.md) ---------------------------------------------------


def hexadecimal_key(name):
    """32 bytes as 64 hexadecimal digits, or empty. Whether it may be empty is judged where it is used."""
    value = env(name, default="").strip()
    try:
        is_key = len(bytes.fromhex(value)) in {0, 32}
    except ValueError:
        is_key = False
    if not is_key:
        raise ImproperlyConfigured(
            f"{name} must be 64 hexadecimal digits. Set it to what `manage.py vault_keygen` printed."
        )
    return value


# For the web process alone. It refuses to start without, outside DEMO and DEBUG; worker and beat shall not have it.
INTAKE_SECRET = hexadecimal_key("INTAKE_SECRET")
RECOVERY_PUBLIC_KEY = hexadecimal_key("RECOVERY_PUBLIC_KEY")
# Argon2id: passes, and bytes of memory. A vault keeps what it was made with; a number does not, so this never changes.
VAULT_KDF = (3, 128 * 1024**2)
RECEIPT_KDF = (3, 64 * 1024**2)
# How many keys one web process derives at once, and for how many seconds the next request waits for its turn.
KDF_SLOTS = env.int("KDF_SLOTS", 4)
KDF_PATIENCE = env.int("KDF_PATIENCE", 5)
# The cookies that open an unlocked session carry `__Host-` and travel over https alone; off only in the embedded run.
VAULT_COOKIE_SECURE = env.bool("VAULT_COOKIE_SECURE", HTTPS)

# --- Campaigns and newsletter -------------------------------------------------------------------

# Days after a campaign has closed in which its signatories can still be asked; then they are anonymised.
SIGNATORIES_KEPT_DAYS = env.int("SIGNATORIES_KEPT_DAYS", 180)
# Days in which a signature or subscription has to be confirmed by mail; then what was typed is erased.
UNCONFIRMED_KEPT_DAYS = env.int("UNCONFIRMED_KEPT_DAYS", 14)
# Nobody reads and fills a public form faster than this.
FORM_MIN_SECONDS = env.int("FORM_MIN_SECONDS", 3)
# Mails to one address that may come back one after the other before no more are sent to it.
BOUNCES_UNTIL_GIVEN_UP = env.int("BOUNCES_UNTIL_GIVEN_UP", 3)
# A hand-over names so many organizations in its PDF; beyond it the PDF has the totals and the CSV has the names.
HANDOVER_PDF_NAMES = env.int("HANDOVER_PDF_NAMES", 5000)

# --- Retention of sealed cases (domain rule R26) --------------------------------------------------

# Days from the week of a report until its content is erased, by what became of it.
CASE_KEPT_DAYS = {
    "work": env.int("CASE_KEPT_DAYS", 1825),
    "closed": env.int("CASE_KEPT_DAYS_CLOSED", 1095),
    "declined": env.int("CASE_KEPT_DAYS_DECLINED", 365),
    "anonymous": env.int("CASE_KEPT_DAYS_ANONYMOUS", 180),
}
# One mail each weekday at this hour in Geneva to every member of the cases, the same whether or not something waits.
DIGEST_MAIL = env.bool("DIGEST_MAIL", False)
DIGEST_HOUR = env.int("DIGEST_HOUR", 8)

# --- Return page (/return/) -----------------------------------------------------------------------

# Numbers that one network may try at once, and then each minute; all of the onion service is one network.
RETURN_BURST = env.int("RETURN_BURST", 30)
RETURN_PER_MINUTE = env.int("RETURN_PER_MINUTE", 20)

# --- Public form (/submit/) -----------------------------------------------------------------------

# Where /exit/ leads: a page that anyone may have open, and that says nothing of this mandate.
NEUTRAL_URL = env("NEUTRAL_URL", default="https://www.wikipedia.org/")
# Reports from one network, of which all that come over the onion service are one: at once, and then each minute.
INTAKE_BURST = env.int("INTAKE_BURST", 60)
INTAKE_PER_MINUTE = env.int("INTAKE_PER_MINUTE", 30)

# --- Calls for inputs (/calls/) -------------------------------------------------------------------

# What was begun before closing may be sent for so many minutes more, and is marked (domain rule R19); 0 for none.
CALL_GRACE_MINUTES = env.int("CALL_GRACE_MINUTES", 30)
# Days after the issue of the report in which senders of contributions can be written to; then addresses are erased.
CONTRIBUTION_EMAIL_KEPT_DAYS = env.int("CONTRIBUTION_EMAIL_KEPT_DAYS", 365)
# Days after the closing of a call in which unfinished contributions can still be opened by their number; then erased.
UNFINISHED_KEPT_DAYS = env.int("UNFINISHED_KEPT_DAYS", 30)

# --- Figures ------------------------------------------------------------------------------------

# Cells smaller than this are suppressed on pages outside the communications app (domain rule R28).
SMALL_CELL = env.int("SMALL_CELL", 5)
# Words of a mandate holder's report before editing refuses it (A/HRC/20/L.23); a warning, not a gate.
REPORT_WORD_LIMIT = env.int("REPORT_WORD_LIMIT", 10_700)
# What the regular budget caters for (work programme 2021-2023, para 23); more is a warning.
COUNTRY_VISITS_A_YEAR = env.int("COUNTRY_VISITS_A_YEAR", 2)
# How long a risk assessment holds where whoever decides it names no day of its own.
RISK_ASSESSMENT_DAYS = env.int("RISK_ASSESSMENT_DAYS", 90)
# The largest table that is read in at once.
IMPORT_ROWS = env.int("IMPORT_ROWS", 20_000)
# What Note 2 assigns to one country visit: days, and staff beside the mandate holder; more is a warning.
COUNTRY_VISIT_DAYS = env.int("COUNTRY_VISIT_DAYS", 10)
COUNTRY_VISIT_STAFF = env.int("COUNTRY_VISIT_STAFF", 1)
# After how many days without an answer a request for a visit is to be renewed; unconfirmed practice.
VISIT_REQUEST_DAYS = env.int("VISIT_REQUEST_DAYS", 180)

# --- Logging: to the process's own output, never with a person's data ---------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "stream": sys.stderr, "formatter": "line"}},
    # A line for each step of each PDF tells nobody anything.
    "loggers": {"weasyprint.progress": {"level": "WARNING"}, "fontTools": {"level": "WARNING"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
}

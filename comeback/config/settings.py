"""Django's settings. What an operator sets comes from the environment: docs/operations.md lists it."""

import os

from django.utils.translation import gettext_lazy as _

from comeback.config import places

DEBUG = os.environ.get("COMEBACK_DEBUG") == "1"
SECRET_KEY = places.secret()

# `COMEBACK_HOSTS=comeback.dealer.example` names what people type; TLS is `own` (serve --tls) or `proxy`.
TLS = os.environ.get("COMEBACK_TLS", "")
HOSTS = [host for host in os.environ.get("COMEBACK_HOSTS", "").split(",") if host]
ALLOWED_HOSTS = [*HOSTS, "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in HOSTS] if TLS else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TLS == "proxy" else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = bool(TLS)
SECURE_HSTS_SECONDS = 30 * 24 * 3600 if TLS else 0
SESSION_COOKIE_AGE = 14 * 3600  # one long shift
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

ROOMS = [
    "s1_booking", "s2_preparation", "s3_reception", "s4_repair", "s5_quality", "s6_settlement", "s7_handover",
    "s8_followup", "s9_indicators",
]  # fmt: skip
INSTALLED_APPS = [
    "comeback.registers",
    "comeback.diary",
    "comeback.visits",
    "comeback.cases",
    "comeback.desk",
    *(f"comeback.steps.{room}" for room in ROOMS),
    "comeback.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "comeback.desk.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "comeback.desk.middleware.PersonPreferences",
    "comeback.web.setup.middleware.SetupFirst",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "comeback.desk.refusals.RefusalMiddleware",
]

ROOT_URLCONF = "comeback.config.urls"
WSGI_APPLICATION = "comeback.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# ATOMIC_REQUESTS stays off: with IMMEDIATE every page view would take SQLite's write lock.
DATABASES = {"default": places.database(os.environ.get("DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# In the database, so that the limits on signing in hold for all server processes together.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

AUTH_USER_MODEL = "registers.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_ADAPTER = "comeback.config.accounts.StaffAccounts"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", _("Russian")), ("en", _("English")), ("fr", _("French"))]
USE_TZ = True
TIME_ZONE = "UTC"  # pages show a site's own time: its zone is a column of registers.Site

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 600
MEDIA_ROOT = places.var() / "media"  # never served by address: views check who asks
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "comeback": {"level": "INFO"},
        "django.server": {"level": "ERROR"},
        "django": {"handlers": [], "propagate": True},
    },
}

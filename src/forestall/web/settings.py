"""This file knows the settings of Django for the workspace."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from csp.constants import NONE, SELF

from forestall.web.configuration import Configuration
from forestall.web.operations.journal import logging_settings

CONFIGURATION = Configuration.from_environment()
HOME = CONFIGURATION.home.resolve()

DEBUG = False
SECRET_KEY = CONFIGURATION.secret_key()
ALLOWED_HOSTS = list(CONFIGURATION.hosts)
ROOT_URLCONF = "forestall.web.urls"
WSGI_APPLICATION = "forestall.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "forestall.web.design",
    "forestall.web.people",
    "forestall.web.organisations",
    "forestall.web.audit",
    "forestall.web.plans",
    "forestall.web.data",
    "forestall.web.surveys",
    "forestall.web.indicators",
    "forestall.web.consultation",
    "forestall.web.returns",
    "forestall.web.secretariat",
    "forestall.web.publishing",
    "forestall.web.exchange",
    "forestall.web.directory",
    "forestall.web.training",
    "forestall.web.assistance",
    "forestall.web.operations",
    "forestall.web.api",
    "forestall.web.demonstration",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "forestall.web.operations.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "forestall.web.organisations.once.ReadOnce",
    "forestall.web.people.middleware.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    # Before the one that checks forms, because it reads what was sent.
    "forestall.web.body_limit.BodyLimit",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "forestall.web.design.environment.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "forestall.web.design.context.page",
            ],
        },
    },
    # Only for pages of libraries that have no template of ours.
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ]
        },
    },
]

DATABASES = {"default": CONFIGURATION.database}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cached",
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# People: an address and a password, a second factor, or the provider of the city.
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "shown_as")}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_FORMS = {
    "change_password": "forestall.web.people.password_forms.ChangePasswordForm",
    "set_password": "forestall.web.people.password_forms.SetPasswordForm",
    "reset_password_from_key": "forestall.web.people.password_forms.ResetPasswordKeyForm",
}
ACCOUNT_ADAPTER = "forestall.web.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
SOCIALACCOUNT_ADAPTER = "forestall.web.people.adapters.ProviderAdapter"
SOCIALACCOUNT_ONLY = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "forestall.web.people.adapters.SecondFactorAdapter"
MFA_TOTP_ISSUER = "Forestall"
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "city",
                    "name": "OpenID Connect",
                    "client_id": CONFIGURATION.oidc[1],
                    "secret": CONFIGURATION.oidc[2],
                    "settings": {"server_url": CONFIGURATION.oidc[0]},
                }
            ]
        }
    }
    if CONFIGURATION.oidc
    else {}
)

# Sessions end with a working day; cookies are out of reach of scripts.
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CONFIGURATION.secure
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "forestall.web.design.errors.csrf_failed"
SECURE_SSL_REDIRECT = CONFIGURATION.secure
# Whoever watches the server asks it directly, not by way of the proxy.
SECURE_REDIRECT_EXEMPT = ["^health/$"]
SECURE_HSTS_SECONDS = 31_536_000 if CONFIGURATION.secure else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# By https there is a proxy of ours in front; what it says of the sender is believed, no more.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if CONFIGURATION.secure else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIGURATION.secure else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "font-src": [SELF],
        "base-uri": [NONE],
        # A form that leads to the provider of sign-in is sent on to it.
        "form-action": [SELF, *CONFIGURATION.provider_origins],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_TEMP_DIR = None
FILE_UPLOAD_HANDLERS = ["forestall.web.data.arriving.ArrivingFiles"]
FILE_UPLOAD_PERMISSIONS = 0o600

# Languages: our own catalogues for our sentences, those of the libraries for theirs.
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("fr", "français"),
    ("es", "español"),
    ("ru", "русский"),
    ("ar", "العربية"),
    ("zh-hans", "中文"),
]

mimetypes.add_type("text/javascript", ".mjs")
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
# The sheet of reports, so that the workspace looks as they do.
STATICFILES_DIRS = [
    ("forestall", Path(__file__).parents[1] / "publication" / "html" / "sheets"),
]
# A page without its script is better than no page.
WHITENOISE_MANIFEST_STRICT = False
MEDIA_ROOT = HOME / "files"
INBOX = CONFIGURATION.inbox
# Hosts inside the network of the city from which bundles may be fetched; none by itself.
EXCHANGE_HOSTS = CONFIGURATION.exchange_hosts
# Of one token; programs that ask more often are told to wait.
API_REQUESTS_A_MINUTE = 300
MOST_UPLOAD_BYTES = CONFIGURATION.most_upload_mb * 1_000_000
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LOGGING = logging_settings(HOME / "logs")
DEMONSTRATION = (HOME / "demonstration").exists()

DEFAULT_FROM_EMAIL = CONFIGURATION.mail_from
globals().update(CONFIGURATION.mail)

PACKAGE = Path(__file__).parent

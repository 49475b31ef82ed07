import os
import secrets
from datetime import timedelta
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ.get("SECRET_KEY") or secrets.token_hex(32)
DEBUG = False
ALLOWED_HOSTS = ["*"]

INSTALLED_APPS = ["conduit"]

# Tokens stand in a header that no foreign page can set: there are no cookies, and so no forged requests.
MIDDLEWARE = [
    "conduit.middleware.ShowErrors",
    "conduit.middleware.identify",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = False

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("DATABASE_FILE") or BASE_DIR / "conduit.db",
        "OPTIONS": {
            # Holds the database for writing from the start of a transaction: what is read inside stays true.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]

USE_TZ = True
TIME_ZONE = "UTC"

TOKEN_LIFETIME = timedelta(days=7)

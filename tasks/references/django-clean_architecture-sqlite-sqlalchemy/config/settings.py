import os
import secrets
from datetime import timedelta

SECRET_KEY = os.environ.get("SECRET_KEY") or secrets.token_hex(32)
DEBUG = False
ALLOWED_HOSTS = ["*"]

INSTALLED_APPS = ["conduit"]

# Tokens stand in a header that no foreign page can set: there are no cookies, and so no forged requests.
MIDDLEWARE = [
    "conduit.middleware.ShowErrors",
    "conduit.middleware.open_session",
    "conduit.middleware.identify",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = False

# The data are SQLAlchemy's business.
DATABASES = {}
DATABASE_URL = os.environ.get("DATABASE_URL", "sqlite:///conduit.db")

PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]

USE_TZ = True
TIME_ZONE = "UTC"

TOKEN_LIFETIME = timedelta(days=7)

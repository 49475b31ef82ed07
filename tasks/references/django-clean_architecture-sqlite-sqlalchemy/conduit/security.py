"""Passwords and tokens."""

from datetime import datetime, timezone

import jwt
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password

ALGORITHM = "HS256"


def hash_password(password: str) -> str:
    return make_password(password)


def verify_password(password: str, stored: str) -> bool:
    return check_password(password, stored)


def create_token(user_id: int) -> str:
    expires = datetime.now(timezone.utc) + settings.TOKEN_LIFETIME
    return jwt.encode({"sub": str(user_id), "exp": expires}, settings.SECRET_KEY, algorithm=ALGORITHM)


def read_token(token: str) -> int | None:
    """The id of the user to whom the token was given; None for a bad one."""
    try:
        return int(jwt.decode(token, settings.SECRET_KEY, algorithms=[ALGORITHM])["sub"])
    except (jwt.InvalidTokenError, KeyError, ValueError):
        return None

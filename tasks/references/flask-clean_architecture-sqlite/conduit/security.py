"""Passwords and tokens."""

import os
import secrets
from datetime import datetime, timedelta, timezone

import jwt
from werkzeug.security import check_password_hash, generate_password_hash

SECRET = os.environ.get("JWT_SECRET") or secrets.token_hex(32)
LIFETIME = timedelta(days=7)


def hash_password(password: str) -> str:
    return generate_password_hash(password)


def verify_password(password: str, stored: str) -> bool:
    return check_password_hash(stored, password)


def create_token(user_id: int) -> str:
    expires = datetime.now(timezone.utc) + LIFETIME
    return jwt.encode({"sub": str(user_id), "exp": expires}, SECRET, algorithm="HS256")


def read_token(token: str) -> int | None:
    """The id of the user to whom the token was given; None for a bad one."""
    try:
        return int(jwt.decode(token, SECRET, algorithms=["HS256"])["sub"])
    except (jwt.InvalidTokenError, KeyError, ValueError):
        return None

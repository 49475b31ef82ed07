"""Passwords and tokens."""

import hashlib
import hmac
import secrets
from datetime import datetime, timezone

import jwt

from .settings import settings

ALGORITHM = "HS256"


def hash_password(password: str) -> str:
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}${_derive(password, salt).hex()}"


def verify_password(password: str, stored: str) -> bool:
    salt, key = (bytes.fromhex(part) for part in stored.split("$"))
    return hmac.compare_digest(_derive(password, salt), key)


def _derive(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=2**14, r=8, p=1)


def create_token(user_id: int) -> str:
    expires = datetime.now(timezone.utc) + settings.jwt_lifetime
    return jwt.encode({"sub": str(user_id), "exp": expires}, settings.jwt_secret, algorithm=ALGORITHM)


def read_token(token: str) -> int | None:
    """The id of the user to whom the token was given; None for a bad one."""
    try:
        return int(jwt.decode(token, settings.jwt_secret, algorithms=[ALGORITHM])["sub"])
    except (jwt.InvalidTokenError, KeyError, ValueError):
        return None

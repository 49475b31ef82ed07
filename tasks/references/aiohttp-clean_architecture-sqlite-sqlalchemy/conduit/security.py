"""Passwords and tokens."""

import hashlib
import hmac
import os
import secrets
from datetime import datetime, timedelta, timezone

import jwt

SECRET = os.environ.get("JWT_SECRET") or secrets.token_hex(32)
LIFETIME = timedelta(days=7)


def hash_password(password: str) -> str:
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}${_derive(password, salt).hex()}"


def verify_password(password: str, stored: str) -> bool:
    salt, key = (bytes.fromhex(part) for part in stored.split("$"))
    return hmac.compare_digest(_derive(password, salt), key)


def _derive(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=2**14, r=8, p=1)


def create_token(user_id: int) -> str:
    expires = datetime.now(timezone.utc) + LIFETIME
    return jwt.encode({"sub": str(user_id), "exp": expires}, SECRET, algorithm="HS256")


def read_token(token: str) -> int | None:
    """The id of the user to whom the token was given; None for a bad one."""
    try:
        return int(jwt.decode(token, SECRET, algorithms=["HS256"])["sub"])
    except (jwt.InvalidTokenError, KeyError, ValueError):
        return None

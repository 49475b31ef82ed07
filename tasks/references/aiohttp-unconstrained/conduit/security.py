import asyncio
import hashlib
import hmac
import os
import secrets
from datetime import datetime, timedelta, timezone

import jwt


async def hash_password(password: str) -> str:
    """Off the event loop: the work takes long on purpose."""
    salt = secrets.token_bytes(16)
    key = await asyncio.to_thread(_derive, password, salt)
    return f"{salt.hex()}${key.hex()}"


async def verify_password(password: str, stored: str) -> bool:
    salt, key = (bytes.fromhex(part) for part in stored.split("$"))
    return hmac.compare_digest(await asyncio.to_thread(_derive, password, salt), key)


def _derive(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=2**14, r=8, p=1)


class Signer:
    """Makes tokens, and knows its own again."""

    def __init__(self, secret: str, lifetime: timedelta) -> None:
        self._secret = secret
        self._lifetime = lifetime

    def create_token(self, user_id: int) -> str:
        expires = datetime.now(timezone.utc) + self._lifetime
        return jwt.encode({"sub": str(user_id), "exp": expires}, self._secret, algorithm="HS256")

    def read_token(self, token: str) -> int | None:
        """The id of the user to whom the token was given; None for a bad one."""
        try:
            return int(jwt.decode(token, self._secret, algorithms=["HS256"])["sub"])
        except (jwt.InvalidTokenError, KeyError, ValueError):
            return None


def create_signer() -> Signer:
    return Signer(os.environ.get("JWT_SECRET") or secrets.token_hex(32), timedelta(days=7))

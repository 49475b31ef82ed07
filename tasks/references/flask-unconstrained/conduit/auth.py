import os
import secrets
from datetime import datetime, timedelta, timezone
from functools import wraps

import jwt
from flask import g, request

from .errors import ApiError
from .store import User, current_store

SECRET = os.environ.get("JWT_SECRET") or secrets.token_hex(32)
LIFETIME = timedelta(days=7)


def create_token(user: User) -> str:
    expires = datetime.now(timezone.utc) + LIFETIME
    return jwt.encode({"sub": str(user.id), "exp": expires}, SECRET, algorithm="HS256")


def identify() -> None:
    """Sets `g.user` to the caller; None for a stranger or a bad token."""
    g.user = None
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Token" or not token:
        return
    try:
        claims = jwt.decode(token, SECRET, algorithms=["HS256"])
    except jwt.InvalidTokenError:
        return
    g.user = current_store().user_by_id(int(claims["sub"]))


def require_user(view):
    @wraps(view)
    def wrapper(*args, **kwargs):
        if g.user is None:
            raise ApiError(401, {"token": ["is missing or not valid"]})
        return view(*args, **kwargs)

    return wrapper

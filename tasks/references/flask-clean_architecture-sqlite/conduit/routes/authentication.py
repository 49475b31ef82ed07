"""Who is calling."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import g, request

from ..database import connection
from ..security import read_token
from ..services import UserService
from .problems import RequestError


def identify() -> None:
    """Sets `g.user` to the caller; None for a stranger or a bad token."""
    g.user = None
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    user_id = read_token(token) if scheme == "Token" else None
    if user_id is not None:
        g.user = UserService(connection()).find(user_id)


def viewer_id() -> int | None:
    return None if g.user is None else g.user.id


def require_user(view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        if g.user is None:
            raise RequestError(401, {"token": ["is missing or not valid"]})
        return view(*args, **kwargs)

    return wrapper

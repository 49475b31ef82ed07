from datetime import datetime, timezone

import jwt
from django.conf import settings

from .models import User


def create_token(user: User) -> str:
    expires = datetime.now(timezone.utc) + settings.TOKEN_LIFETIME
    return jwt.encode({"sub": str(user.pk), "exp": expires}, settings.SECRET_KEY, algorithm="HS256")


def find_caller(authorization: str) -> User | None:
    """The user to whom the token of this header was given; None for a stranger or a bad token."""
    scheme, _, token = authorization.partition(" ")
    if scheme != "Token" or not token:
        return None
    try:
        claims = jwt.decode(token, settings.SECRET_KEY, algorithms=["HS256"])
    except jwt.InvalidTokenError:
        return None
    return User.objects.filter(pk=claims["sub"]).first()

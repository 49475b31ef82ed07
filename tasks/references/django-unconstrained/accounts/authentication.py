from datetime import datetime, timezone

import jwt
from django.conf import settings
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from .models import User


def create_token(user: User) -> str:
    expires = datetime.now(timezone.utc) + settings.TOKEN_LIFETIME
    return jwt.encode({"sub": str(user.pk), "exp": expires}, settings.SECRET_KEY, algorithm="HS256")


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Token <jwt>`. Who has no valid token is a stranger; views decide whether strangers may call."""

    keyword = "Token"

    def authenticate(self, request: Request) -> tuple[User, str] | None:
        keyword, _, token = request.headers.get("Authorization", "").partition(" ")
        if keyword != self.keyword or not token:
            return None
        try:
            claims = jwt.decode(token, settings.SECRET_KEY, algorithms=["HS256"])
        except jwt.InvalidTokenError:
            return None
        user = User.objects.filter(pk=claims["sub"]).first()
        return None if user is None else (user, token)

    def authenticate_header(self, request: Request) -> str:
        return self.keyword

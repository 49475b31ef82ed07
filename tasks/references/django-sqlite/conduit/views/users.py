from typing import Any

from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.views import View

from ..bodies import read_body
from ..errors import invalid, unauthorized
from ..models import User
from ..shapes import show_user
from .common import require_user


def require_unused(fields: dict[str, Any], owner: User | None = None) -> None:
    """Two users have neither the name nor the address in common."""
    errors = {}
    for name in ("username", "email"):
        others = User.objects.exclude(pk=owner.pk if owner else None)
        if name in fields and others.filter(**{name: fields[name]}).exists():
            errors[name] = ["has already been taken"]
    if errors:
        raise invalid(errors)


class RegistrationView(View):
    def post(self, request: HttpRequest) -> JsonResponse:
        fields = read_body(request, "user", required=("username", "email", "password"))
        user = User(username=fields["username"], email=fields["email"])
        require_unused(fields)
        user.set_password(fields["password"])
        with transaction.atomic():
            require_unused(fields)
            user.save()
        return JsonResponse(show_user(user), status=201)


class LoginView(View):
    def post(self, request: HttpRequest) -> JsonResponse:
        fields = read_body(request, "user", required=("email", "password"))
        user = User.objects.filter(email=fields["email"]).first()
        if user is None or not user.check_password(fields["password"]):
            raise unauthorized("credentials", "are not valid")
        return JsonResponse(show_user(user))


class CurrentUserView(View):
    @require_user
    def get(self, request: HttpRequest) -> JsonResponse:
        return JsonResponse(show_user(request.viewer))

    @require_user
    def put(self, request: HttpRequest) -> JsonResponse:
        changes = read_body(
            request, "user", optional=("username", "email", "password"), nullable=("bio", "image")
        )
        user: User = request.viewer
        if "password" in changes:
            user.set_password(changes.pop("password"))
            changes["password_hash"] = user.password_hash
        for name, value in changes.items():
            setattr(user, name, value)
        if changes:
            with transaction.atomic():
                require_unused(changes, owner=user)
                user.save(update_fields=list(changes))
        return JsonResponse(show_user(user))

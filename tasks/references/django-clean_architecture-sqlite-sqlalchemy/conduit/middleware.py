from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from .database import SessionLocal
from .routes.problems import RequestError
from .security import read_token
from .services import UserService
from .services.errors import (
    CredentialsError,
    ForbiddenError,
    NotFoundError,
    ServiceError,
    TakenError,
)

Handler = Callable[[HttpRequest], HttpResponse]

STATUSES: dict[type[ServiceError], int] = {
    CredentialsError: 401,
    ForbiddenError: 403,
    NotFoundError: 404,
    TakenError: 422,
}


class ShowErrors:
    def __init__(self, handle: Handler) -> None:
        self._handle = handle

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._handle(request)

    def process_exception(self, _request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, ServiceError):
            return JsonResponse({"errors": error.errors}, status=STATUSES[type(error)])
        if isinstance(error, RequestError):
            return JsonResponse({"errors": error.errors}, status=error.status)
        return None


def open_session(handle: Handler) -> Handler:
    """Sets `request.db`, a session that ends with the request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with SessionLocal() as session:
            request.db = session
            return handle(request)

    return middleware


def identify(handle: Handler) -> Handler:
    """Sets `request.viewer` to the caller's account; None for a stranger or a bad token."""

    def middleware(request: HttpRequest) -> HttpResponse:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        user_id = read_token(token) if scheme == "Token" else None
        request.viewer = None if user_id is None else UserService(request.db).find(user_id)
        return handle(request)

    return middleware

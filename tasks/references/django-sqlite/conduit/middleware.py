from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from .errors import ApiError
from .tokens import find_caller

Handler = Callable[[HttpRequest], HttpResponse]


def identify(handle: Handler) -> Handler:
    """Sets `request.viewer` to the caller; None for a stranger or a bad token."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.viewer = find_caller(request.headers.get("Authorization", ""))
        return handle(request)

    return middleware


class ShowErrors:
    def __init__(self, handle: Handler) -> None:
        self._handle = handle

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._handle(request)

    def process_exception(self, _request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, ApiError):
            return JsonResponse({"errors": error.errors}, status=error.status)
        return None

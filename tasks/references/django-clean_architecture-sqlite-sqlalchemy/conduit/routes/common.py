from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, JsonResponse

from .problems import RequestError


def require_user(method: Callable[..., Any]) -> Callable[..., Any]:
    """For methods of views that strangers may not call."""

    @wraps(method)
    def wrapper(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.viewer is None:
            raise RequestError(401, {"token": ["is missing or not valid"]})
        return method(self, request, *args, **kwargs)

    return wrapper


def viewer_id(request: HttpRequest) -> int | None:
    return None if request.viewer is None else request.viewer.id


def health_check(_request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


def not_found(_request: HttpRequest, _exception: Exception) -> JsonResponse:
    return JsonResponse({"errors": {"path": ["not found"]}}, status=404)


def server_error(_request: HttpRequest) -> JsonResponse:
    return JsonResponse({"errors": {"server": ["failed"]}}, status=500)

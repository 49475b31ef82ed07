"""What all endpoints have in common: errors, and fields that take nothing but text."""

from datetime import datetime, timezone
from typing import Any

from django.http import HttpRequest, JsonResponse
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import exception_handler


def show_error(error: Exception, context: dict[str, Any]) -> Response | None:
    response = exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, ValidationError):
        response.status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
        response.data = {"errors": {field: _messages(detail) for field, detail in error.detail.items()}}
    else:
        response.data = {"errors": {"request": _messages(response.data)}}
    return response


def _messages(detail: Any) -> list[str]:
    """All messages in a detail, however deep it is."""
    if isinstance(detail, dict):
        return [message for part in detail.values() for message in _messages(part)]
    if isinstance(detail, list):
        return [message for part in detail for message in _messages(part)]
    return [str(detail)]


def not_found(_request: HttpRequest, _exception: Exception) -> JsonResponse:
    return JsonResponse({"errors": {"path": ["not found"]}}, status=404)


def server_error(_request: HttpRequest) -> JsonResponse:
    return JsonResponse({"errors": {"server": ["failed"]}}, status=500)


def read_object(request: Request, name: str) -> dict[str, Any]:
    """The object of the body that holds the fields."""
    given = request.data.get(name) if isinstance(request.data, dict) else None
    if not isinstance(given, dict):
        raise ValidationError({name: ["is missing"]})
    return given


class PlainTextField(serializers.CharField):
    """Takes a text as it is: numbers are refused, and blanks at its ends are kept."""

    def __init__(self, **options: Any) -> None:
        super().__init__(trim_whitespace=False, **options)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class TextField(PlainTextField):
    """White space alone is no text."""

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        if not text.strip():
            self.fail("blank")
        return text


class TimeField(serializers.DateTimeField):
    def to_representation(self, value: datetime) -> str:
        return value.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")

import json
from typing import Any

from django.http import HttpRequest

from .problems import RequestError


def read_body(
    request: HttpRequest,
    name: str,
    required: tuple[str, ...] = (),
    optional: tuple[str, ...] = (),
    nullable: tuple[str, ...] = (),
    lists: tuple[str, ...] = (),
) -> dict[str, Any]:
    """The fields of the request's `name` that are given; refuses a body without that object.

    required: texts that have to be there; optional: texts that are not blank when they are there;
    nullable: texts or null; lists: lists of texts.
    """
    given = _read_object(request, name)
    errors: dict[str, list[str]] = {}
    for field in (*required, *(field for field in optional if field in given)):
        if _is_blank(given.get(field)):
            errors[field] = ["can't be blank"]
    for field in nullable:
        if not isinstance(given.get(field), (str, type(None))):
            errors[field] = ["is no text"]
    for field in lists:
        if field in given and not _is_list_of_texts(given[field]):
            errors[field] = ["is no list of texts"]
    if errors:
        raise RequestError(422, errors)
    return {field: given[field] for field in (*required, *optional, *nullable, *lists) if field in given}


def read_number(request: HttpRequest, name: str, default: int, least: int) -> int:
    """A whole number from the query, or the default when it is none."""
    try:
        value = int(request.GET.get(name, default))
    except ValueError:
        return default
    return value if value >= least else default


def _read_object(request: HttpRequest, name: str) -> dict[str, Any]:
    try:
        body = json.loads(request.body)
    except ValueError:
        body = None
    given = body.get(name) if isinstance(body, dict) else None
    if not isinstance(given, dict):
        raise RequestError(422, {name: ["is missing"]})
    return given


def _is_blank(value: Any) -> bool:
    return not isinstance(value, str) or not value.strip()


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)

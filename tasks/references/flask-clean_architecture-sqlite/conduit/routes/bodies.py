from typing import Any

from flask import request

from .problems import RequestError


def read_body(
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
    body = request.get_json(silent=True)
    given = body.get(name) if isinstance(body, dict) else None
    if not isinstance(given, dict):
        raise RequestError(422, {name: ["is missing"]})
    errors: dict[str, list[str]] = {}
    for field in required:
        if _is_blank(given.get(field)):
            errors[field] = ["can't be blank"]
    for field in optional:
        if field in given and _is_blank(given[field]):
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


def read_number(name: str, default: int, least: int, most: int) -> int:
    """A whole number from the query, or the default when it is none; more than `most` is taken for that."""
    value = request.args.get(name, default, type=int)
    return min(value, most) if value >= least else default


def _is_blank(value: Any) -> bool:
    return not isinstance(value, str) or not value.strip()


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)

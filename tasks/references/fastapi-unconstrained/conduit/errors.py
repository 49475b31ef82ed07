from collections import defaultdict

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

Messages = dict[str, list[str]]


class ApiError(Exception):
    """An answer other than success: a status and messages by what they are about."""

    def __init__(self, status: int, errors: Messages) -> None:
        super().__init__(f"{status} {errors}")
        self.status = status
        self.errors = errors


def unauthorized(what: str, message: str) -> ApiError:
    return ApiError(401, {what: [message]})


def not_found(what: str) -> ApiError:
    return ApiError(404, {what: ["not found"]})


def forbidden(what: str) -> ApiError:
    return ApiError(403, {what: ["belongs to somebody else"]})


def taken(fields: list[str]) -> ApiError:
    return ApiError(422, {field: ["has already been taken"] for field in fields})


def add_error_handlers(app: FastAPI) -> None:
    @app.exception_handler(ApiError)
    async def show_api_error(_request: Request, error: ApiError) -> JSONResponse:
        return JSONResponse({"errors": error.errors}, error.status)

    @app.exception_handler(RequestValidationError)
    async def show_validation_error(_request: Request, error: RequestValidationError) -> JSONResponse:
        errors: Messages = defaultdict(list)
        for problem in error.errors():
            errors[_field(problem["loc"])].append(problem["msg"])
        return JSONResponse({"errors": errors}, 422)

    @app.exception_handler(HTTPException)
    async def show_http_error(_request: Request, error: HTTPException) -> JSONResponse:
        return JSONResponse({"errors": {"request": [error.detail]}}, error.status_code, error.headers)


def _field(location: tuple[int | str, ...]) -> str:
    """The property that a location such as `("body", "article", "tagList", 0)` is in."""
    names = [part for part in location[1:] if isinstance(part, str)]
    return names[1] if len(names) > 1 else names[0] if names else str(location[0])

"""Which status a refusal becomes."""

from collections import defaultdict

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from ..services.errors import (
    CredentialsError,
    ForbiddenError,
    NotFoundError,
    ServiceError,
    TakenError,
)


class UnauthorizedError(Exception):
    """Nobody is known who sends this request."""


STATUSES: dict[type[ServiceError], int] = {
    CredentialsError: 401,
    ForbiddenError: 403,
    NotFoundError: 404,
    TakenError: 422,
}


def add_error_handlers(app: FastAPI) -> None:
    @app.exception_handler(ServiceError)
    async def show_service_error(_request: Request, error: ServiceError) -> JSONResponse:
        return JSONResponse({"errors": error.errors}, STATUSES[type(error)])

    @app.exception_handler(UnauthorizedError)
    async def show_unauthorized(_request: Request, _error: UnauthorizedError) -> JSONResponse:
        return JSONResponse({"errors": {"token": ["is missing or not valid"]}}, 401)

    @app.exception_handler(RequestValidationError)
    async def show_validation_error(_request: Request, error: RequestValidationError) -> JSONResponse:
        errors: dict[str, list[str]] = defaultdict(list)
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

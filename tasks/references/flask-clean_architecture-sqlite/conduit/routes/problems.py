"""Which status a refusal becomes."""

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from ..services.errors import (
    CredentialsError,
    ForbiddenError,
    NotFoundError,
    ServiceError,
    TakenError,
)


class RequestError(Exception):
    """A request that no service is asked about."""

    def __init__(self, status: int, errors: dict[str, list[str]]) -> None:
        super().__init__(f"{status} {errors}")
        self.status = status
        self.errors = errors


STATUSES: dict[type[ServiceError], int] = {
    CredentialsError: 401,
    ForbiddenError: 403,
    NotFoundError: 404,
    TakenError: 422,
}


def register_error_handlers(app: Flask) -> None:
    @app.errorhandler(ServiceError)
    def show_service_error(error: ServiceError) -> ResponseReturnValue:
        return jsonify(errors=error.errors), STATUSES[type(error)]

    @app.errorhandler(RequestError)
    def show_request_error(error: RequestError) -> ResponseReturnValue:
        return jsonify(errors=error.errors), error.status

    @app.errorhandler(HTTPException)
    def show_http_error(error: HTTPException) -> ResponseReturnValue:
        return jsonify(errors={"request": [error.name]}), error.code or 500

class ApiError(Exception):
    """An answer other than success: a status and messages by what they are about."""

    def __init__(self, status: int, errors: dict[str, list[str]]) -> None:
        super().__init__(f"{status} {errors}")
        self.status = status
        self.errors = errors


def unauthorized(what: str, message: str) -> ApiError:
    return ApiError(401, {what: [message]})


def forbidden(what: str) -> ApiError:
    return ApiError(403, {what: ["belongs to somebody else"]})


def missing(what: str) -> ApiError:
    return ApiError(404, {what: ["not found"]})


def invalid(errors: dict[str, list[str]]) -> ApiError:
    return ApiError(422, errors)


def taken(fields: list[str]) -> ApiError:
    return ApiError(422, {field: ["has already been taken"] for field in fields})

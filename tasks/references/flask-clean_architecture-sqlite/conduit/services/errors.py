"""Why a service refuses. Which status that becomes is not its business."""


class ServiceError(Exception):
    """`errors` has messages by what they are about."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__(str(errors))
        self.errors = errors


class NotFoundError(ServiceError):
    def __init__(self, what: str) -> None:
        super().__init__({what: ["not found"]})


class ForbiddenError(ServiceError):
    def __init__(self, what: str) -> None:
        super().__init__({what: ["belongs to somebody else"]})


class TakenError(ServiceError):
    def __init__(self, fields: list[str]) -> None:
        super().__init__({field: ["has already been taken"] for field in fields})


class CredentialsError(ServiceError):
    def __init__(self) -> None:
        super().__init__({"credentials": ["are not valid"]})

class RequestError(Exception):
    """A request that no service is asked about: a status and messages by what they are about."""

    def __init__(self, status: int, errors: dict[str, list[str]]) -> None:
        super().__init__(f"{status} {errors}")
        self.status = status
        self.errors = errors

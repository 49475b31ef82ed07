from dataclasses import dataclass


@dataclass(frozen=True)
class User:
    id: int
    username: str
    email: str
    password_hash: str
    bio: str | None
    image: str | None


@dataclass(frozen=True)
class Profile:
    """What everybody sees of a user; `following` is about the viewer."""

    username: str
    bio: str | None
    image: str | None
    following: bool

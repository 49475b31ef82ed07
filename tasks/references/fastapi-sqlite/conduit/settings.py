import secrets
from datetime import timedelta

from pydantic import Field
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    database_file: str = "conduit.db"
    jwt_secret: str = Field(default_factory=lambda: secrets.token_hex(32))
    jwt_lifetime: timedelta = timedelta(days=7)


settings = Settings()

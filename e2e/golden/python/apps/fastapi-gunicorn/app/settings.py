from functools import lru_cache

from pydantic import BaseModel
from pydantic_settings import BaseSettings, SettingsConfigDict


class Limits(BaseModel):
    items: int = 10


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix='APP_', env_file='.env')

    name: str = 'shop'
    limits: Limits = Limits()


@lru_cache
def settings():
    return Settings()

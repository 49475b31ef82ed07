from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file='.env', env_prefix='SHOP_', extra='ignore')

    name: str = 'shop'
    debug: bool = False
    key: SecretStr = SecretStr('a key that is long enough for HMAC')
    limits: list[int] = Field(default=[1, 2])


settings = Settings()

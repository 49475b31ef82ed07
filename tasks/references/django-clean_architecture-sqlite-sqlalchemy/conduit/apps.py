from django.apps import AppConfig


class ConduitConfig(AppConfig):
    name = "conduit"

    def ready(self) -> None:
        from .database import create_schema

        create_schema()

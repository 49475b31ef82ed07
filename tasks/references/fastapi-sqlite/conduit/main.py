from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI

from .database import create_schema
from .errors import add_error_handlers
from .routes import articles, comments, profiles, tags, users


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
    create_schema()
    yield


def create_app() -> FastAPI:
    app = FastAPI(title="Conduit", lifespan=lifespan)
    add_error_handlers(app)

    api = APIRouter(prefix="/api")

    @api.get("/health-check")
    def health_check() -> dict[str, str]:
        return {"status": "ok"}

    for module in (users, profiles, articles, comments, tags):
        api.include_router(module.router)
    app.include_router(api)
    return app


app = create_app()

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from .database import create_schema, engine
from .routes import api
from .routes.problems import add_error_handlers


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
    create_schema()
    yield
    engine.dispose()


app = FastAPI(title="Conduit", lifespan=lifespan)
add_error_handlers(app)
app.include_router(api)

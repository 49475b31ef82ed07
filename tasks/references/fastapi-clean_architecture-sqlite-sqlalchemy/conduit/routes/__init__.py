"""The endpoints, one router a subject."""

from fastapi import APIRouter

from . import articles, comments, profiles, tags, users

api = APIRouter(prefix="/api")


@api.get("/health-check")
def health_check() -> dict[str, str]:
    return {"status": "ok"}


for module in (users, profiles, articles, comments, tags):
    api.include_router(module.router)

from fastapi import APIRouter

from .dependencies import Articles
from .schemas import TagListResponse

router = APIRouter(tags=["tags"])


@router.get("/tags")
def list_tags(articles: Articles) -> TagListResponse:
    return TagListResponse(tags=articles.tags())

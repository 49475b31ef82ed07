from fastapi import APIRouter

from ..dependencies import StoreDep
from ..schemas import TagListResponse

router = APIRouter(tags=["tags"])


@router.get("/tags")
async def list_tags(store: StoreDep) -> TagListResponse:
    return TagListResponse(tags=store.tags())

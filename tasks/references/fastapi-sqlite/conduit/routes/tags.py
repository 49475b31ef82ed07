from fastapi import APIRouter

from ..dependencies import QueriesDep
from ..schemas import TagListResponse

router = APIRouter(tags=["tags"])


@router.get("/tags")
def list_tags(queries: QueriesDep) -> TagListResponse:
    return TagListResponse(tags=queries.tags())

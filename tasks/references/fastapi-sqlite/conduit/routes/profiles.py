from fastapi import APIRouter

from ..dependencies import CurrentUser, QueriesDep, ViewerId
from ..presenters import show_profile
from ..schemas import ProfileResponse

router = APIRouter(prefix="/profiles/{username}", tags=["profiles"])


@router.get("")
def read_profile(username: str, viewer_id: ViewerId, queries: QueriesDep) -> ProfileResponse:
    return ProfileResponse(profile=show_profile(queries.profile(username, viewer_id)))


@router.post("/follow")
def follow(current: CurrentUser, username: str, queries: QueriesDep) -> ProfileResponse:
    with queries.transaction():
        queries.follow(current["id"], queries.profile(username, current["id"])["id"])
    return ProfileResponse(profile=show_profile(queries.profile(username, current["id"])))


@router.delete("/follow")
def unfollow(current: CurrentUser, username: str, queries: QueriesDep) -> ProfileResponse:
    with queries.transaction():
        queries.unfollow(current["id"], queries.profile(username, current["id"])["id"])
    return ProfileResponse(profile=show_profile(queries.profile(username, current["id"])))

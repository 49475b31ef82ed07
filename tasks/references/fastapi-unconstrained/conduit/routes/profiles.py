from fastapi import APIRouter

from ..dependencies import CurrentUser, ProfileUser, Viewer
from ..presenters import show_profile
from ..schemas import ProfileResponse

router = APIRouter(prefix="/profiles/{username}", tags=["profiles"])


@router.get("")
async def read_profile(user: ProfileUser, viewer: Viewer) -> ProfileResponse:
    return ProfileResponse(profile=show_profile(user, viewer))


@router.post("/follow")
async def follow(current: CurrentUser, user: ProfileUser) -> ProfileResponse:
    user.followers.add(current.id)
    return ProfileResponse(profile=show_profile(user, current))


@router.delete("/follow")
async def unfollow(current: CurrentUser, user: ProfileUser) -> ProfileResponse:
    user.followers.discard(current.id)
    return ProfileResponse(profile=show_profile(user, current))

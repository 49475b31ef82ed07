from fastapi import APIRouter

from ..services.results import Profile
from .dependencies import CurrentUser, Profiles, ViewerId
from .schemas import ProfileOut, ProfileResponse

router = APIRouter(prefix="/profiles/{username}", tags=["profiles"])


def show(profile: Profile) -> ProfileResponse:
    return ProfileResponse(profile=ProfileOut.model_validate(profile))


@router.get("")
def read_profile(username: str, viewer_id: ViewerId, profiles: Profiles) -> ProfileResponse:
    return show(profiles.show(username, viewer_id))


@router.post("/follow")
def follow(current: CurrentUser, username: str, profiles: Profiles) -> ProfileResponse:
    return show(profiles.follow(username, current.id))


@router.delete("/follow")
def unfollow(current: CurrentUser, username: str, profiles: Profiles) -> ProfileResponse:
    return show(profiles.unfollow(username, current.id))

from django.http import HttpRequest, JsonResponse
from django.views import View

from ..errors import missing
from ..models import User
from ..shapes import show_profile
from .common import require_user


def find_user(username: str) -> User:
    user = User.objects.filter(username=username).first()
    if user is None:
        raise missing("profile")
    return user


class ProfileView(View):
    def get(self, request: HttpRequest, username: str) -> JsonResponse:
        user = find_user(username)
        viewer = request.viewer
        following = viewer is not None and viewer.following.filter(pk=user.pk).exists()
        return JsonResponse({"profile": show_profile(user, following)})


class FollowView(View):
    @require_user
    def post(self, request: HttpRequest, username: str) -> JsonResponse:
        user = find_user(username)
        request.viewer.following.add(user)
        return JsonResponse({"profile": show_profile(user, following=True)})

    @require_user
    def delete(self, request: HttpRequest, username: str) -> JsonResponse:
        user = find_user(username)
        request.viewer.following.remove(user)
        return JsonResponse({"profile": show_profile(user, following=False)})

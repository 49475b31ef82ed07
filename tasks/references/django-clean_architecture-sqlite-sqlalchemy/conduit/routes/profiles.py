from django.http import HttpRequest, JsonResponse
from django.views import View

from ..services import ProfileService
from .common import require_user, viewer_id
from .shapes import show_profile


class ProfileView(View):
    def get(self, request: HttpRequest, username: str) -> JsonResponse:
        return JsonResponse(show_profile(ProfileService(request.db).show(username, viewer_id(request))))


class FollowView(View):
    @require_user
    def post(self, request: HttpRequest, username: str) -> JsonResponse:
        return JsonResponse(show_profile(ProfileService(request.db).follow(username, request.viewer.id)))

    @require_user
    def delete(self, request: HttpRequest, username: str) -> JsonResponse:
        return JsonResponse(show_profile(ProfileService(request.db).unfollow(username, request.viewer.id)))

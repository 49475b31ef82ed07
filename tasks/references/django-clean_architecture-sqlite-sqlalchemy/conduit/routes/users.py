from django.http import HttpRequest, JsonResponse
from django.views import View

from ..services import UserService
from .bodies import read_body
from .common import require_user
from .shapes import show_account


class RegistrationView(View):
    def post(self, request: HttpRequest) -> JsonResponse:
        fields = read_body(request, "user", required=("username", "email", "password"))
        return JsonResponse(show_account(UserService(request.db).register(**fields)), status=201)


class LoginView(View):
    def post(self, request: HttpRequest) -> JsonResponse:
        fields = read_body(request, "user", required=("email", "password"))
        return JsonResponse(show_account(UserService(request.db).login(**fields)))


class CurrentUserView(View):
    @require_user
    def get(self, request: HttpRequest) -> JsonResponse:
        return JsonResponse(show_account(request.viewer))

    @require_user
    def put(self, request: HttpRequest) -> JsonResponse:
        changes = read_body(
            request, "user", optional=("username", "email", "password"), nullable=("bio", "image")
        )
        return JsonResponse(show_account(UserService(request.db).update(request.viewer.id, changes)))
